"""A store from Python: the memory of a newsroom, with the verbs of the commands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsclust.api import Articles, read
from newsclust.settings import DEFAULTS, Settings
from newsclust.stories import ClusterResult, Story

if TYPE_CHECKING:
    import sqlite3

    from newsclust.archive.corrections import Corrected, Correction
    from newsclust.archive.maintain import Forgotten, Health
    from newsclust.archive.search import Found
    from newsclust.archive.transfer import Imported
    from newsclust.encoders.base import Encoder
    from newsclust.store.update import Update


class Store:
    """Articles and stories that last, in one SQLite file.

        store = newsclust.Store("news.db")
        store.add("articles")
        store.search("embassy talks")

    Every method opens the file and closes it again. `settings` count for a new store; one that is there keeps its own
    where they are None. `wait` is how many seconds writers wait for each other. All methods raise StoreError where the
    file cannot be used, and those that write StoreLocked where another run keeps it.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        settings: Settings | None = None,
        *,
        wait: float = 0.0,
        encoder: Encoder | None = None,
    ) -> None:
        self.path = Path(path)
        self._settings, self._wait, self._encoder = settings, wait, encoder

    @property
    def settings(self) -> Settings:
        """What the store was made with, or will be."""
        from newsclust.store.features import settings_of

        return self._settings or settings_of(self.path) or DEFAULTS

    def add(
        self,
        articles: Articles,
        *,
        mapping: Mapping[str, str] | None = None,
        window: timedelta | None = None,
        changes_only: bool = False,
    ) -> Update:
        """Bring articles in, in any form that `newsclust.read` takes, and say what that changed.

        `window` leaves out pairs published further apart. The result holds the stories of these articles, or with
        `changes_only` those that changed.
        """
        from newsclust.store.update import Options, update

        days = None if window is None else window / timedelta(days=1)
        options = Options(window=days, wait=self._wait, changes_only=changes_only)
        return update(self.path, read(articles, mapping=mapping), self.settings, options, encoder=self._encoder)

    def result(self) -> ClusterResult:
        """Everything that the store holds."""
        from newsclust.store.read import whole_result

        settings = self.settings
        with self._reading() as connection:
            return whole_result(connection, settings)

    def stories(
        self,
        *,
        since: datetime | None = None,
        language: str | None = None,
        min_size: int = 2,
        by_recency: bool = False,
    ) -> list[Story]:
        """The stories with an article `since` a moment, in a language, of a size; largest or most recent first."""
        from newsclust.store.read import Wanted, list_stories

        wanted = Wanted(since=_seconds(since), language=language, min_size=min_size, by_recency=by_recency)
        with self._reading() as connection:
            return list_stories(connection, wanted)

    def story(self, id_: str) -> Story | None:
        """The story that an id, or the start of one, answers as; None where there is none."""
        from newsclust.store.read import find_story

        with self._reading() as connection:
            return find_story(connection, id_)

    def search(
        self, query: str, *, limit: int = 10, since: datetime | None = None, language: str | None = None
    ) -> Found:
        """The articles that answer a question, in every language, best first."""
        from newsclust.archive.search import Sought, search

        sought = Sought(limit=limit, since=_seconds(since), language=language)
        with self._reading() as connection:
            return search(connection, query, sought, encoder=self._encoder)

    def join(self, one: str, other: str, *, reason: str | None = None) -> Corrected:
        """Make two stories one, or take an article into a story, for good."""
        from newsclust.archive.corrections import join

        return join(self.path, one, other, reason=reason, wait=self._wait)

    def part(self, story: str, *articles: str, reason: str | None = None) -> Corrected:
        """Take articles out of a story, for good."""
        from newsclust.archive.corrections import part

        return part(self.path, story, articles, reason=reason, wait=self._wait)

    def rename(self, story: str, title: str, *, reason: str | None = None) -> Corrected:
        """Give a story a title that stays."""
        from newsclust.archive.corrections import rename

        return rename(self.path, story, title, reason=reason, wait=self._wait)

    def undo(self, number: int | None = None) -> Corrected:
        """Take back the last correction, or that of a number."""
        from newsclust.archive.corrections import undo

        return undo(self.path, number, wait=self._wait)

    def corrections(self) -> list[Correction]:
        """Every correction, in the order in which they were made."""
        from newsclust.archive.corrections import corrections

        with self._reading() as connection:
            return corrections(connection)

    def forget(self, *ids: str, before: datetime | None = None, dry_run: bool = False) -> Forgotten:
        """Remove articles by their id or their story's, and those published (or else added) before a moment."""
        from newsclust.archive.maintain import forget, would_forget

        if not dry_run:
            return forget(self.path, ids, before=_seconds(before), wait=self._wait)
        with self._reading() as connection:
            return would_forget(connection, ids, before=_seconds(before))

    def check(self) -> Health:
        """Look at every page and row; `problems` is empty for a whole store."""
        from newsclust.archive.maintain import check

        with self._reading() as connection:
            return check(connection, self.path)

    def export(self) -> Iterator[dict[str, Any]]:
        """Give each article with the ids of its story and event, as `newsclust export` writes it."""
        from newsclust.archive.transfer import exported

        with self._reading() as connection:
            yield from exported(connection)

    def load(self, lines: Iterable[str]) -> Imported:
        """Read lines that `newsclust export` wrote."""
        from newsclust.archive.transfer import import_lines

        return import_lines(self.path, lines, self.settings, wait=self._wait, encoder=self._encoder)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        from newsclust.store.file import reading

        with reading(self.path) as connection:
            yield connection


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()
