"""What a run changed, in every format: the ordinary result of the stories that changed, with what happened to each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsclust.rendering.contract import as_contract, writable
from newsclust.rendering.csv import to_csv
from newsclust.rendering.store_json import change_to_dict
from newsclust.rendering.terminal import print_table
from newsclust.store.library import Change
from newsclust.stories import ClusterResult
from newsclust.text.counting import count_of
from newsclust.text.display import printable

if TYPE_CHECKING:
    from rich.console import Console


def changes_to_json(result: ClusterResult, changes: Sequence[Change]) -> str:
    """Return the contract's document of the stories that changed, with the list `changes` after its summary."""
    document: dict[str, object] = {}
    for name, value in as_contract(result).items():
        document[name] = value
        if name == "summary":
            document["changes"] = [change_to_dict(change) for change in changes]
    return writable(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def changes_to_ndjson(result: ClusterResult, changes: Sequence[Change]) -> str:
    """Return a line a change: the story as the contract has it, with `change`; `change` alone for one dissolved."""
    stories = {story["id"]: story for story in as_contract(result)["stories"]}
    lines = []
    for change in changes:
        line = {**stories.get(change.story, {}), "change": change_to_dict(change)}
        lines.append(writable(json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False)) + "\n")
    return "".join(lines)


def changes_to_csv(result: ClusterResult, changes: Sequence[Change], *, raw: bool = False) -> str:
    """Return the articles of the stories that changed, with the column `change` in front.

    It says "new" for an article that joined, else what happened to its story.
    """
    kinds = {change.story: " ".join(change.kinds) for change in changes}
    added = {id_ for change in changes for id_ in change.added}
    # The first column of every row is our own id, which no spreadsheet runs; the article's id may have been made safe.
    rows = list(csv.reader(io.StringIO(to_csv(result, raw=raw), newline="")))
    ids = [member.article.id for story in result.stories for member in story.members]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL if raw else csv.QUOTE_MINIMAL)
    writer.writerow(["change", *rows[0]])
    for row, id_ in zip(rows[1:], ids, strict=True):
        writer.writerow(["new" if id_ in added else kinds.get(row[0], ""), *row])
    return out.getvalue()


def print_changes(result: ClusterResult, changes: Sequence[Change], console: Console, *, tree: bool = False) -> None:
    """Print a line for each change, then the stories that changed."""
    from rich.text import Text

    if not changes:
        console.print(Text("Nothing changed."))
        return
    titles = {story.id: story.title for story in result.stories}
    for change in changes:
        console.print(Text(printable(f"{_in_words(change)}: {titles.get(change.story, '')} ({change.story})")))
    if result.stories:
        console.print()
        print_table(result, console, tree=tree)


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
