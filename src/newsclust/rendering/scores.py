"""Scores as a table for people and as a document for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsclust.evaluation.pairs import Correlations, PairScores
from newsclust.evaluation.scoring import ClusterScores, LanguagePairScores, Measure, Mistake, PairCounts, Scores
from newsclust.rendering.cells import TITLE, cell, ruled
from newsclust.text.display import count_of, printable
from newsclust.text.json_text import json_document

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

SCHEMA_NAME = "newsclust-eval/2"
PAIRS_SCHEMA_NAME = "newsclust-eval-pairs/1"
DECIMALS = 4
_SHOWN_LANGUAGE_PAIRS = 15
_TITLE_LENGTH = 70
_INDENT = 7
"""Columns in which the articles of a part are counted."""
_PLURALS = {"event": "events", "story": "stories"}
_PARTS = (("precision", "P"), ("recall", "R"), ("f1", "F1"))


@dataclass(frozen=True, slots=True)
class Origin:
    """What was scored: the gold file, what gave the result, how many gold articles it lacks, and the articles' texts.

    `titles` and `openings` are headlines and first words of texts by article id.
    """

    gold: str
    result: str | None
    model: str | None
    settings: Mapping[str, Any] | None
    missing: int
    titles: Mapping[str, str]
    openings: Mapping[str, str]


def scores_to_json(levels: Mapping[str, Scores], origin: Origin) -> str:
    """One JSON document with a final newline, the scores by level; its schema stands in docs/quality.md."""
    document = {
        "schema": SCHEMA_NAME,
        "gold": origin.gold,
        "result": origin.result,
        "model": origin.model,
        "settings": dict(origin.settings) if origin.settings is not None else None,
        "missing": origin.missing,
        "levels": {level: _level(scores, origin) for level, scores in levels.items()},
    }
    return json_document(document)


def _level(scores: Scores, origin: Origin) -> dict[str, Any]:
    return {
        "unjudged": scores.unjudged,
        "scores": {
            "everything": _cluster_scores(scores.everything),
            "without_singletons": _cluster_scores(scores.without_singletons),
            "merge_nothing": _cluster_scores(scores.merge_nothing),
            "merge_all": _cluster_scores(scores.merge_all),
        },
        "pairs": {"within": _pairs(scores.within), "across": _pairs(scores.across)},
        "by_languages": [_language_pair(entry) for entry in scores.by_languages],
        "mistakes": [_mistake(mistake, origin) for mistake in scores.mistakes],
    }


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


def print_scores(levels: Mapping[str, Scores], origin: Origin, console: Console) -> None:
    """Print the levels side by side on `console`; strings from outside are printed as text, never as markup."""
    judged = max(scores.everything.articles for scores in levels.values())
    unjudged = min(scores.unjudged for scores in levels.values())
    facts = [count_of(judged, "judged article", "judged articles")]
    facts += [f"{unjudged} not judged"] if unjudged else []
    facts += [f"{origin.missing} missing from the result"] if origin.missing else []
    console.print(cell(f"{origin.gold}: {', '.join(facts)}", TITLE))
    console.print(_summary_table(levels))
    for level, scores in levels.items():
        if len(scores.by_languages) > 1:
            console.print(cell(f"pairs of {_PLURALS[level]} by language", TITLE))
            console.print(_language_table(scores.by_languages))
    for level, scores in levels.items():
        if scores.mistakes:
            console.print(cell(f"worst {_PLURALS[level]}", TITLE))
        for mistake in scores.mistakes:
            _print_mistake(mistake, origin, console)


def print_pair_scores(scores: PairScores, pairs: str, missing: int, console: Console) -> None:
    """Print the correlations on `console`."""
    lacking = f", {count_of(missing, 'article', 'articles')} missing" if missing else ""
    console.print(cell(f"{pairs}: {count_of(scores.everything.pairs, 'pair', 'pairs')}{lacking}", TITLE))
    table = _table("languages", "pairs", "Pearson", "Pearson of logit", "Spearman")
    for names, entry in [(("all", ""), scores.everything), *scores.by_languages]:
        values = (entry.pearson, entry.pearson_logit, entry.spearman)
        table.add_row(cell("–".join(filter(None, names))), str(entry.pairs), *(_number(value) for value in values))
    console.print(table)


def _summary_table(levels: Mapping[str, Scores]) -> Table:
    """A row a measure; of each level the result, without what is alone in gold, and before anything is merged."""
    table = _table("", *(name for level in levels for name in (_PLURALS[level], "of two+", "unmerged")))
    columns = [
        scores
        for level in levels.values()
        for scores in (level.everything, level.without_singletons, level.merge_nothing)
    ]
    for name, title in (("articles", "articles"), ("stories", "gold groups"), ("clusters", "groups found")):
        table.add_row(title, *(str(getattr(column, name)) for column in columns))
    for name, title in (("bcubed", "B-cubed"), ("pairwise", "pairs")):
        for part, short in _PARTS:
            values = [getattr(getattr(column, name), part) for column in columns]
            table.add_row(f"{title} {short}", *map(_number, values), style=TITLE if part == "f1" else None)
    for name in ("within", "across"):
        for part, short in _PARTS[:2]:
            row = [[_number(getattr(getattr(scores, name).measure, part)), "", ""] for scores in levels.values()]
            table.add_row(f"pairs {name} {short}", *(text for three in row for text in three))
        counts = [[str(getattr(scores, name).gold), "", ""] for scores in levels.values()]
        table.add_row(f"gold pairs {name}", *(text for three in counts for text in three))
    for part, short in _PARTS:
        table.add_row(f"CEAF-e {short}", *(_number(getattr(column.ceaf_e, part)) for column in columns))
    for name in ("ari", "nmi"):
        table.add_row(name.upper(), *(_number(getattr(column, name)) for column in columns))
    return table


def _language_table(entries: tuple[LanguagePairScores, ...]) -> Table:
    """The language pairs with the most gold pairs; the JSON has them all."""
    table = _table("languages", "gold pairs", "pair P", "pair R", "pair F1", "B³ P", "B³ R", "B³ F1")
    for entry in sorted(entries, key=lambda e: (-e.pairs.gold, e.languages))[:_SHOWN_LANGUAGE_PAIRS]:
        values = (*_three(entry.pairs.measure), *_three(entry.bcubed))
        table.add_row(cell("–".join(entry.languages)), str(entry.pairs.gold), *(_number(value) for value in values))
    if len(entries) > _SHOWN_LANGUAGE_PAIRS:
        table.caption = f"{len(entries) - _SHOWN_LANGUAGE_PAIRS} more language pairs: --format json"
    return table


def _print_mistake(mistake: Mistake, origin: Origin, console: Console) -> None:
    what = "split into" if mistake.kind == "split" else "mixed from"
    facts = f"({mistake.articles} articles, {mistake.wrong_pairs} wrong pairs)"
    console.print(cell(f"{what} {mistake.parts}: {mistake.label} {facts}", "yellow"))
    for part in mistake.largest:
        label = part.label if part.label is not None else "unclustered"
        opening = origin.openings.get(part.example)
        line = cell(
            f"{part.articles} {printable(origin.titles.get(part.example, part.example))[:_TITLE_LENGTH]} [{label}]"
        )
        line.pad_left(_INDENT - len(str(part.articles)))
        console.print(line, no_wrap=True, overflow="ellipsis")
        if opening:
            line = cell(printable(opening))
            line.pad_left(_INDENT + 1)
            console.print(line, no_wrap=True, overflow="ellipsis")
    if mistake.parts > len(mistake.largest):
        line = cell(f"and {mistake.parts - len(mistake.largest)} more")
        line.pad_left(_INDENT + 2)
        console.print(line)


def _table(*headings: str) -> Table:
    table = ruled()
    for index, heading in enumerate(headings):
        table.add_column(heading, justify="right" if index else "left", no_wrap=True)
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
        "pairs": _pairs(entry.pairs),
        "bcubed": _measure(entry.bcubed),
    }


def _pairs(pairs: PairCounts) -> dict[str, Any]:
    return {"gold": pairs.gold, "found": pairs.found, **_measure(pairs.measure)}


def _mistake(mistake: Mistake, origin: Origin) -> dict[str, Any]:
    return {
        "kind": mistake.kind,
        "label": mistake.label,
        "articles": mistake.articles,
        "parts": mistake.parts,
        "wrong_pairs": mistake.wrong_pairs,
        "largest": [
            {
                "label": part.label,
                "articles": part.articles,
                "example": part.example,
                "title": origin.titles.get(part.example),
                "opening": origin.openings.get(part.example),
            }
            for part in mistake.largest
        ],
    }


def _correlations(entry: Correlations) -> dict[str, Any]:
    values = (entry.pearson, entry.pearson_logit, entry.spearman)
    rounded = [None if value is None else round(value, DECIMALS) for value in values]
    return {"pairs": entry.pairs, "pearson": rounded[0], "pearson_logit": rounded[1], "spearman": rounded[2]}
