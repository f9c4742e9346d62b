"""What a run changed, in every format: the ordinary result of the stories that changed, with what happened to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsclust.rendering.cells import META, cell, layout_grid
from newsclust.rendering.contract import as_contract
from newsclust.rendering.store import change_to_dict
from newsclust.rendering.tabular.csv import COLUMNS, article_rows, columns_of, written
from newsclust.rendering.tabular.extras import NO_EXTRAS, Extras
from newsclust.rendering.terminal import WHOLE, Shown, print_table
from newsclust.store.read import Change
from newsclust.stories import ClusterResult
from newsclust.text.display import count_of
from newsclust.text.json_text import json_document, json_line

if TYPE_CHECKING:
    from rich.console import Console


def changes_to_json(result: ClusterResult, changes: Sequence[Change], extras: Extras = NO_EXTRAS) -> str:
    """Return the contract's document of the stories that changed, with the list `changes` after its summary."""
    document: dict[str, object] = {}
    for name, value in as_contract(result, extras).items():
        document[name] = value
        if name == "summary":
            document["changes"] = [change_to_dict(change) for change in changes]
    return json_document(document)


def changes_to_ndjson(result: ClusterResult, changes: Sequence[Change], extras: Extras = NO_EXTRAS) -> str:
    """Return a line a change: the story as the contract has it, with `change`; `change` alone for one dissolved."""
    stories = {story["id"]: story for story in as_contract(result, extras)["stories"]}
    return "".join(json_line({**stories.get(change.story, {}), "change": change_to_dict(change)}) for change in changes)


def changes_to_csv(
    result: ClusterResult, changes: Sequence[Change], extras: Extras = NO_EXTRAS, *, raw: bool = False
) -> str:
    """Return the articles of the stories that changed, with the column `change` in front.

    It says "new" for an article that joined, else what happened to its story.
    """
    kinds = {change.story: " ".join(change.kinds) for change in changes}
    added = {id_ for change in changes for id_ in change.added}
    story, article = COLUMNS.index("story"), COLUMNS.index("id")
    rows = (
        [("new" if row[article] in added else kinds.get(row[story], "")), *row] for row in article_rows(result, extras)
    )
    return written([("change", *columns_of(result, extras)), *rows], raw=raw)


def print_changes(result: ClusterResult, changes: Sequence[Change], console: Console, shown: Shown = WHOLE) -> None:
    """Print what happened to each story, its title behind it, then the stories that changed."""
    if not changes:
        console.print(cell("Nothing changed."))
        return
    titles = {story.id: story.title for story in (*result.stories, *result.left_out)}
    grid = layout_grid()
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    for change in changes:
        title = titles.get(change.story)
        what = f"{_in_words(change)}: {title} ({change.story})" if title else f"{_in_words(change)}: {change.story}"
        grid.add_row(cell("·", META), cell(what))
    console.print(grid)
    if result.stories:
        console.print()
        print_table(result, console, shown)


def _in_words(change: Change) -> str:
    words = []
    for kind in change.kinds:
        match kind:
            case "new" | "grown":
                words.append(f"{kind} by {count_of(len(change.added), 'article', 'articles')}")
            case "merged":
                words.append(f"took in {', '.join(change.merged)}")
            case "split" | "dissolved":
                to = f" to {', '.join(change.into)}" if change.into else ""
                words.append(f"{kind}, {count_of(len(change.left), 'article', 'articles')} left{to}")
    text = "; ".join(words)
    return text[:1].upper() + text[1:]
