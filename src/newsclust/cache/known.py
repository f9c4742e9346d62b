"""Asks for what earlier runs found out of articles and stories, and finds out the rest.

A key is the hash of the question (all that decides the answer) and of what newsclust is made of here. An answer is
revived from bytes also where it was just found, so it is the same with and without the cache. Nothing in it is run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import TypeVar

from newsclust.cache.entries import Entries, Table, count_entries
from newsclust.cache.folder import cache_folder
from newsclust.cache.working import working
from newsclust.errors import CacheError

ANSWERS = Table("words-1.sqlite", "answers", "answer", called="word cache")
MAX_BYTES = 256 * 1024 * 1024
"""Answers kept, in bytes: those of some 50,000 articles."""
WRITTEN_AT_ONCE = 4096
"""Answers between two writes: what a run that is ended loses at most."""

UNFIT = (AttributeError, LookupError, TypeError, ValueError, RecursionError)
"""What reviving an answer raises where bytes hold none."""

T = TypeVar("T")

Find = Callable[[Sequence[int]], Iterable[bytes]]
"""Finds the answers to some questions, by their indices, in that order."""
Question = Sequence[str | None]
"""What decides an answer; questions of one kind have the same parts."""


class Known:
    """The answers of earlier runs; without `entries` there are none."""

    def __init__(self, entries: Entries | None = None, made_of: bytes = b"") -> None:
        self._entries = entries
        self._made_of = made_of
        self._new: dict[bytes, bytes] = {}

    def ask(self, kind: str, questions: Iterable[Question], find: Find, revive: Callable[[bytes], T]) -> Iterator[T]:
        """The answer to each question, in order, as it is there.

        `revive` makes an answer of bytes, and raises what is in UNFIT where they hold none: that is found anew.
        """
        if self._entries is None:
            count = sum(1 for _ in questions)
            yield from map(revive, find(range(count)) if count else ())
            return
        keys = [self._key(kind, question) for question in questions]
        answers = dict(_revived(self._entries.read(keys), revive))
        missing = {key: index for index, key in reversed([*enumerate(keys)]) if key not in answers}
        found = iter(find(sorted(missing.values())) if missing else ())
        for key in keys:
            if key not in answers:
                answer = next(found)
                answers[key] = revive(answer)
                self._new[key] = answer
                if len(self._new) >= WRITTEN_AT_ONCE:
                    self.write()
            yield answers[key]

    def write(self) -> None:
        """Keep what was found since the last time."""
        if self._entries is not None:
            self._entries.write(self._new)
        self._new = {}

    def _key(self, kind: str, question: Question) -> bytes:
        parts = ("-" if part is None else f"{len(part)}:{part}" for part in (kind, *question))
        return hashlib.sha256(self._made_of + "".join(parts).encode("utf-8", "surrogatepass")).digest()


NOTHING = Known()
"""What is known without a cache."""


@contextmanager
def opened(say: Callable[[str], None] | None = None) -> Iterator[Known]:
    """What the cache folder holds, and keeps; nothing where the built-in model is not here.

    `say` takes a line where the cache cannot be used.
    """
    try:
        made_of = hashlib.sha256(json.dumps(working()).encode()).digest()
        known = Known(Entries(cache_folder(), ANSWERS, max_bytes=MAX_BYTES, say=say), made_of)
    except (OSError, PackageNotFoundError, CacheError):
        known = NOTHING
    yield known
    known.write()


def count_answers(folder: Path | None = None) -> int | None:
    """How many answers the cache holds; None where there is no cache, or none that can be read."""
    return count_entries(folder or cache_folder(), ANSWERS)


def _revived(entries: dict[bytes, bytes], revive: Callable[[bytes], T]) -> Iterator[tuple[bytes, T]]:
    for key, entry in entries.items():
        try:
            answer = revive(entry)
        except UNFIT:
            continue
        yield key, answer
