"""What a run changed, in every format: the ordinary result of the stories that changed, with what happened to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newsclust.rendering.cells import LANGUAGE, META, TITLE, WEAK, cell, layout_grid, one_line
from newsclust.rendering.contract import as_contract
from newsclust.rendering.store import change_to_dict
from newsclust.rendering.tabular.csv import COLUMNS, article_rows, columns_of, written
from newsclust.rendering.tabular.extras import NO_EXTRAS, Extras
from newsclust.rendering.terminal import WHOLE, Shown
from newsclust.store.read import Change
from newsclust.stories import ClusterResult, Story
from newsclust.text.display import count_of
from newsclust.text.json_text import json_document, json_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


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
    """Print what happened to each story, the largest first, and its articles below it, the new ones marked.

    In a tree each event has a line of its own. Titles hang: what does not fit goes on below the first word.
    """
    if not changes:
        console.print(cell("Nothing changed."))
        return
    stories = {story.id: story for story in result.stories}
    told = {story.id: story for story in (*result.stories, *result.left_out)}
    mark_width = max(len(_mark(change)) for change in changes)
    sizes = {story.id: len(story.members) for story in told.values()}
    for index, change in enumerate(sorted(changes, key=lambda change: (-sizes.get(change.story, 0), change.story))):
        if index:
            console.print()
        grid = layout_grid()
        grid.add_column(width=mark_width, no_wrap=True)
        grid.add_column(overflow="fold", ratio=1)
        title = cell(told[change.story].title, TITLE).append(" ") if change.story in told else cell("")
        grid.add_row(cell(_mark(change), META), title.append_text(cell(f"({change.story})", WEAK)))
        for words in _in_words(change, {id_: story.title for id_, story in told.items()}):
            grid.add_row("", cell(words))
        if story := stories.get(change.story):
            _add_members(grid, story, set(change.added), tree=shown.tree)
        console.print(grid)


OLD_SHOWN = 5
"""Articles that were there before, and that stand below a story that changed; of the others their number is told."""


def _mark(change: Change) -> str:
    return "new" if "new" in change.kinds else change.kinds[0]


def _add_members(grid: Table, story: Story, added: set[str], *, tree: bool) -> None:
    """Add the new articles of a story, each with a mark, and behind them some of the old ones."""
    members = {member.article.id: member for member in story.members}
    groups = [(event.title, event.articles) for event in story.events] if tree else [("", tuple(members))]
    for title, ids in groups:
        if title:
            grid.add_row("", one_line(f"▸ {title}"))
        new, old = ([id_ for id_ in ids if (id_ in added) is wanted] for wanted in (True, False))
        for id_ in new + old[:OLD_SHOWN]:
            article = members[id_].article
            line = one_line(f"{article.language} {article.headline}", "" if id_ in added else WEAK)
            grid.add_row(cell("+", LANGUAGE) if id_ in added else "", line)
        if len(old) > OLD_SHOWN:
            more = count_of(len(old) - OLD_SHOWN, "article", "articles")
            grid.add_row("", cell(f"and {more} as before", WEAK))


def _in_words(change: Change, titles: Mapping[str, str]) -> list[str]:
    """What happened to a story, a sentence for each thing."""

    def named(ids: Sequence[str]) -> str:
        return ", ".join(f"{titles[id_]} ({id_})" if id_ in titles else id_ for id_ in ids)

    words = []
    if change.added:
        words.append(f"{count_of(len(change.added), 'article', 'articles')} joined")
    if change.merged:
        words.append(f"took in {named(change.merged)}")
    if change.left:
        tell = "tells" if len(change.left) == 1 else "tell"
        to = f"went to {named(change.into)}" if change.into else f"went, and {tell} no story with another now"
        words.append(f"{count_of(len(change.left), 'article', 'articles')} {to}")
    if "dissolved" in change.kinds:
        words.append("the story is no more: fewer than two articles tell it")
    return words
