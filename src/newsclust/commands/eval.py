"""`newsclust eval`: how right the stories are, measured against a gold file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from newsclust.articles import Article, ReadResult
from newsclust.commands.options import (
    Comparison,
    cluster_options,
    complete_paths,
    format_options,
    quiet_option,
    settings_options,
)
from newsclust.commands.output import answer, check_answer
from newsclust.commands.stderr import progress_on_stderr, say, say_skipped
from newsclust.errors import InputError, UsageError
from newsclust.evaluation.gold import (
    GoldSet,
    Grouping,
    Level,
    first_words,
    grouping_of,
    in_articles,
    read_gold,
    read_grouping,
    read_pairs,
)

BESIDE_GOLD = "articles"
"""The folder beside a gold file without texts where its articles are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Comparison):
    """What the command line and the environment together ask for."""

    gold: str | None
    result: str | None
    level: str | None
    articles: tuple[str, ...]
    pairs: str | None
    format_: str | None
    output: str | None


@click.command("eval", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("gold", required=False, shell_complete=complete_paths)
@click.option(
    "--result",
    metavar="FILE",
    shell_complete=complete_paths,
    help="Score this JSON result instead of grouping anew.",
)
@click.option(
    "--level",
    type=click.Choice([level.value for level in Level]),
    help="Score only the events, or only the stories that hold them. [default: both]",
)
@click.option(
    "--articles",
    multiple=True,
    metavar="PATH",
    shell_complete=complete_paths,
    help="Read the articles from here. Repeatable. [default: the gold file, or the folder articles beside it]",
)
@click.option(
    "--pairs",
    metavar="FILE",
    shell_complete=complete_paths,
    help="Score judged pairs (id1, id2, overall) instead; needs --articles.",
)
@format_options
@settings_options
@cluster_options
@quiet_option
def evaluate(**values: Any) -> None:
    """Score the stories found in GOLD against its labels.

    GOLD is read as articles are, and has the columns id, story and perhaps event; articles without a label take part
    and are not scored. One with id and story alone is matched to the articles of --articles. No configuration file is
    read.

    \b
    Examples:
      newsclust eval gold.jsonl.gz
      newsclust eval gold.csv --articles articles/ --format json
      newsclust eval gold.csv --result stories.json
      newsclust eval --pairs pairs.jsonl --articles docs.jsonl
    """  # noqa: D301
    _run(Request(**values))


eval = evaluate  # noqa: A001 - commands are looked up by their own name


def _run(request: Request) -> None:
    if (request.gold is None) == (request.pairs is None):
        raise UsageError("name either a GOLD file or --pairs FILE; see newsclust eval -h")
    if request.pairs is not None and request.scheduler is not None:
        raise UsageError("--scheduler: pairs are scored in this process; leave it out, or score a GOLD file")
    check_answer(request.format_, request.output)
    request.limit_threads()
    if request.gold is not None:
        _score_gold(request, request.gold)
    elif request.pairs is not None:
        _score_pairs(request, request.pairs)


def _score_gold(request: Request, path: str) -> None:
    from newsclust.evaluation.scoring import score
    from newsclust.rendering.scores import Origin, print_scores, scores_to_json

    levels = [Level(request.level)] if request.level else list(Level)
    gold = read_gold(path)
    groupings, model, settings, texts = _groupings(request, gold, path, levels)
    any_level = groupings[levels[0]]
    missing = _missing(any_level, [article for article, label in gold.stories.items() if label is not None], path)
    languages = {**any_level.languages, **gold.languages}
    scores = {level.value: score(gold.labels(level), groupings[level].labels, languages) for level in levels}
    origin = Origin(
        gold=Path(path).name,
        result=Path(request.result).name if request.result else None,
        model=model,
        settings=settings,
        missing=missing,
        titles=any_level.titles,
        openings={article.id: first_words(article) for article in texts},
    )
    answer(
        request.format_,
        request.output,
        to_json=lambda: scores_to_json(scores, origin),
        to_table=lambda console: print_scores(scores, origin, console),
    )


def _groupings(
    request: Request, gold: GoldSet, path: str, levels: list[Level]
) -> tuple[dict[Level, Grouping], str | None, dict[str, Any] | None, tuple[Article, ...]]:
    """The labels of each level, the model and settings that they come from, and the articles where they were read."""
    if request.result is not None:
        return {level: read_grouping(request.result, level) for level in levels}, None, None, gold.articles
    from newsclust.pipeline import find_stories

    read = _read(_paths(request, gold, path))
    if read is None:
        say_skipped(gold.skipped)
        read = ReadResult(gold.articles, gold.skipped)
    with request.executor() as executor, progress_on_stderr(quiet=request.quiet) as progress:
        result = find_stories(read, request.settings, progress=progress, say=say, executor=executor)
    groupings = {level: grouping_of(result, level) for level in levels}
    return groupings, result.model_id, result.settings.as_dict(), result.articles


def _paths(request: Request, gold: GoldSet, path: str) -> tuple[str, ...]:
    """Where the articles are, when they are not in the gold file."""
    if request.articles or gold.articles:
        return request.articles
    beside = Path(path).parent / BESIDE_GOLD
    if not beside.is_dir():
        raise UsageError(
            f"{path} holds no texts and there is no folder {beside}: name the articles with --articles PATH"
        )
    return (str(beside),)


def _read(paths: tuple[str, ...]) -> ReadResult | None:
    if not paths:
        return None
    from newsclust.reading.reader import read_articles

    read = read_articles(paths)
    say_skipped(read.skipped)
    return read


def _missing(grouping: Grouping, judged: list[str], path: str) -> int:
    """Count the judged articles that the result lacks; none in common means that the two do not belong together."""
    missing = [article for article in judged if article not in grouping.labels]
    if judged and len(missing) == len(judged):
        others = ", ".join(map(repr, sorted(grouping.labels)[:2])) or "nothing"
        raise InputError(f"{path}: no gold article is in the result: gold has {judged[0]!r}, the result has {others}")
    if missing:
        say(f"warning: {len(missing)} gold articles are not in the result ({missing[0]!r} first): counted unclustered")
    return len(missing)


def _score_pairs(request: Request, path: str) -> None:
    from newsclust.evaluation.pairs import pair_scores
    from newsclust.pipeline import pair_probabilities
    from newsclust.rendering.scores import pair_scores_to_json, print_pair_scores

    read = _read(request.articles)
    if read is None:
        raise UsageError("--pairs needs --articles FILE: the articles that the pairs name")
    pairs, missing = in_articles(read.articles, read_pairs(path))
    if missing:
        say(
            f"warning: {len(missing)} articles of the pairs are missing, {missing[0]!r} first; their pairs are left out"
        )
    if not pairs:
        raise InputError(f"{path}: no pair has both its articles in {' '.join(request.articles)}")
    index_of = {article.id: index for index, article in enumerate(read.articles)}
    indexed = [(index_of[pair.first], index_of[pair.second]) for pair in pairs]
    probabilities = pair_probabilities(read.articles, indexed, request.settings)
    languages = [(_language(read.articles[i]), _language(read.articles[j])) for i, j in indexed]
    scores = pair_scores(probabilities.tolist(), [pair.overall for pair in pairs], languages)
    answer(
        request.format_,
        request.output,
        to_json=lambda: pair_scores_to_json(scores, Path(path).name, len(missing)),
        to_table=lambda console: print_pair_scores(scores, Path(path).name, len(missing), console),
    )


def _language(article: Article) -> str:
    from newsclust.languages.detect import detect

    return detect(article.body, article.language)
