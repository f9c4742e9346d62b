"""Scores as a table for people and as a document for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsclust.evaluation.pairs import Correlations, PairScores
from newsclust.evaluation.scoring import ClusterScores, LanguagePairScores, Measure, Mistake, Scores
from newsclust.rendering.cells import TITLE, cell, ruled
from newsclust.text.display import count_of, printable
from newsclust.text.json_text import json_document

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

SCHEMA_NAME = "newsclust-eval/1"
PAIRS_SCHEMA_NAME = "newsclust-eval-pairs/1"
DECIMALS = 4
_SHOWN_LANGUAGE_PAIRS = 15
_TITLE_LENGTH = 70
_INDENT = 7
"""Columns in which the articles of a piece are counted."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What was scored: the gold file, the level, what gave the result, and how many gold articles it lacks."""

    gold: str
    level: str
    result: str | None
    model: str | None
    settings: Mapping[str, Any] | None
    missing: int


def scores_to_json(scores: Scores, titles: Mapping[str, str], origin: Origin) -> str:
    """One JSON document with a final newline; its schema stands in docs/quality.md."""
    document = {
        "schema": SCHEMA_NAME,
        "gold": origin.gold,
        "level": origin.level,
        "result": origin.result,
        "model": origin.model,
        "settings": dict(origin.settings) if origin.settings is not None else None,
        "unjudged": scores.unjudged,
        "missing": origin.missing,
        "scores": {
            "everything": _cluster_scores(scores.everything),
            "without_singletons": _cluster_scores(scores.without_singletons),
            "merge_nothing": _cluster_scores(scores.merge_nothing),
            "merge_all": _cluster_scores(scores.merge_all),
        },
        "by_languages": [_language_pair(entry) for entry in scores.by_languages],
        "mistakes": [_mistake(mistake, titles) for mistake in scores.mistakes],
    }
    return json_document(document)


def pair_scores_to_json(scores: PairScores, pairs: str, missing: int) -> str:
    """One JSON document with a final newline; its schema stands in docs/quality.md."""
    document = {
        "schema": PAIRS_SCHEMA_NAME,
        "pairs": pairs,
        "missing": missing,
        "everything": _correlations(scores.everything),
        "by_languages": [{"languages": list(names), **_correlations(entry)} for names, entry in scores.by_languages],
    }
    return json_document(document)


def print_scores(scores: Scores, titles: Mapping[str, str], origin: Origin, console: Console) -> None:
    """Print the scores on `console`; strings from outside are printed as text, never as markup."""
    counts = scores.everything
    facts = [
        count_of(counts.articles, "judged article", "judged articles"),
        count_of(counts.stories, f"gold {origin.level}", "gold events" if origin.level == "event" else "gold stories"),
        count_of(counts.clusters, "cluster", "clusters"),
    ]
    facts += [f"{scores.unjudged} not judged"] if scores.unjudged else []
    facts += [f"{origin.missing} missing from the result"] if origin.missing else []
    console.print(cell(f"{origin.gold}, {origin.level} level: {', '.join(facts)}", TITLE))
    console.print(_summary_table(scores))
    if len(scores.by_languages) > 1:
        console.print(_language_table(scores.by_languages))
    for mistake in scores.mistakes:
        _print_mistake(mistake, titles, console)


def print_pair_scores(scores: PairScores, pairs: str, missing: int, console: Console) -> None:
    """Print the correlations on `console`."""
    lacking = f", {count_of(missing, 'article', 'articles')} missing" if missing else ""
    console.print(cell(f"{pairs}: {count_of(scores.everything.pairs, 'pair', 'pairs')}{lacking}", TITLE))
    table = _table("languages", "pairs", "Pearson", "Pearson of logit", "Spearman")
    for names, entry in [(("all", ""), scores.everything), *scores.by_languages]:
        values = (entry.pearson, entry.pearson_logit, entry.spearman)
        table.add_row(cell("–".join(filter(None, names))), str(entry.pairs), *(_number(value) for value in values))
    console.print(table)


def _summary_table(scores: Scores) -> Table:
    """A row a measure, a column a grouping: narrow enough for any terminal."""
    table = _table("", "result", "without singletons", "merge nothing", "merge all")
    columns = (scores.everything, scores.without_singletons, scores.merge_nothing, scores.merge_all)
    for name in ("articles", "stories", "clusters"):
        table.add_row(name, *(str(getattr(column, name)) for column in columns))
    for name, title in (("bcubed", "B-cubed"), ("pairwise", "pairwise"), ("ceaf_e", "CEAF-e")):
        for part in ("precision", "recall", "f1"):
            values = [getattr(getattr(column, name), part) for column in columns]
            label = f"{title} {'F1' if part == 'f1' else part}"
            table.add_row(label, *map(_number, values), style=TITLE if (name, part) == ("bcubed", "f1") else None)
    for name in ("ari", "nmi"):
        table.add_row(name.upper(), *(_number(getattr(column, name)) for column in columns))
    return table


def _language_table(entries: tuple[LanguagePairScores, ...]) -> Table:
    """The language pairs with the most gold pairs; the JSON has them all."""
    table = _table("languages", "gold pairs", "pair P", "pair R", "pair F1", "B³ P", "B³ R", "B³ F1")
    for entry in sorted(entries, key=lambda e: (-e.gold_pairs, e.languages))[:_SHOWN_LANGUAGE_PAIRS]:
        values = (*_three(entry.pairwise), *_three(entry.bcubed))
        table.add_row(cell("–".join(entry.languages)), str(entry.gold_pairs), *(_number(value) for value in values))
    if len(entries) > _SHOWN_LANGUAGE_PAIRS:
        table.caption = f"{len(entries) - _SHOWN_LANGUAGE_PAIRS} more language pairs: --format json"
    return table


def _print_mistake(mistake: Mistake, titles: Mapping[str, str], console: Console) -> None:
    what = "split into" if mistake.kind == "split" else "mixed from"
    facts = f"({mistake.articles} articles, {mistake.wrong_pairs} wrong pairs)"
    console.print(cell(f"{what} {mistake.pieces}: {mistake.label} {facts}", "yellow"))
    for piece in mistake.largest:
        title = printable(titles.get(piece.example, piece.example))[:_TITLE_LENGTH]
        label = piece.label if piece.label is not None else "unclustered"
        line = cell(f"{piece.articles} {title} [{label}]")
        line.pad_left(_INDENT - len(str(piece.articles)))
        console.print(line, no_wrap=True, overflow="ellipsis")
    if mistake.pieces > len(mistake.largest):
        line = cell(f"and {mistake.pieces - len(mistake.largest)} more")
        line.pad_left(_INDENT + 2)
        console.print(line)


def _table(*headings: str) -> Table:
    table = ruled()
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left", no_wrap=True)
    return table


def _three(measure: Measure) -> tuple[float, float, float]:
    return measure.precision, measure.recall, measure.f1


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _measure(measure: Measure) -> dict[str, float]:
    precision, recall, f1 = (round(value, DECIMALS) for value in _three(measure))
    return {"precision": precision, "recall": recall, "f1": f1}


def _cluster_scores(scores: ClusterScores) -> dict[str, Any]:
    return {
        "articles": scores.articles,
        "stories": scores.stories,
        "clusters": scores.clusters,
        "bcubed": _measure(scores.bcubed),
        "pairwise": _measure(scores.pairwise),
        "ceaf_e": _measure(scores.ceaf_e),
        "ari": round(scores.ari, DECIMALS),
        "nmi": round(scores.nmi, DECIMALS),
    }


def _language_pair(entry: LanguagePairScores) -> dict[str, Any]:
    return {
        "languages": list(entry.languages),
        "articles": entry.articles,
        "gold_pairs": entry.gold_pairs,
        "found_pairs": entry.found_pairs,
        "bcubed": _measure(entry.bcubed),
        "pairwise": _measure(entry.pairwise),
    }


def _mistake(mistake: Mistake, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "kind": mistake.kind,
        "label": mistake.label,
        "articles": mistake.articles,
        "pieces": mistake.pieces,
        "wrong_pairs": mistake.wrong_pairs,
        "largest": [
            {
                "label": piece.label,
                "articles": piece.articles,
                "example": piece.example,
                "title": titles.get(piece.example),
            }
            for piece in mistake.largest
        ],
    }


def _correlations(entry: Correlations) -> dict[str, Any]:
    values = (entry.pearson, entry.pearson_logit, entry.spearman)
    rounded = [None if value is None else round(value, DECIMALS) for value in values]
    return {"pairs": entry.pairs, "pearson": rounded[0], "pearson_logit": rounded[1], "spearman": rounded[2]}
