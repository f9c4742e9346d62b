"""What is read: articles, what was skipped, and what cleaning took out."""

from __future__ import annotations

import copyreg
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal, get_args

UNDETERMINED = "und"
"""Language code of an article whose language is not known (ISO 639-2)."""

HEADLINE_LENGTH = 120
"""Longest headline made from a text that has no title, in characters."""

SHORT_TEXTS = (
    *("description", "og:description", "twitter:description", "teaser", "summary", "abstract", "excerpt", "snippet"),
    *("standfirst", "subtitle", "subtitulo"),
)
"""Input fields that hold a text shorter than the article's own, by their plain names, best first."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


# Python cannot pickle a read-only mapping, and articles travel between processes.
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))

_HOST = re.compile(r"https?://(?:www\.)?([^\s/?#:@]+)(?=[/?#:]|$)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s|(?<=[。！？।؟])")


Reason = Literal["wording", "shared"]
"""Why a passage is boilerplate: its wording is known, or unlike articles hold it too."""

REASONS: tuple[Reason, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A passage that was taken out of an article, and why."""

    text: str
    reason: Reason = "wording"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article.

    `id` is unique within a run. `path` says where it was read ("feed.jsonl#17"). `language` is an ISO 639-1 code or
    "und". `published`, where known, is timezone-aware. `extra` keeps unknown input fields. `boilerplate`
    is what cleaning took out of the text.
    """

    id: str
    text: str
    title: str | None = None
    path: str = ""
    language: str = UNDETERMINED
    published: datetime | None = None
    url: str | None = None
    source: str | None = None
    extra: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    boilerplate: tuple[Boilerplate, ...] = ()

    @property
    def headline(self) -> str:
        """The title, or else the first sentence of the text, on one line; the id when there is neither."""
        if self.title and self.title.strip():
            return " ".join(self.title.split())
        for line in self.text.splitlines():
            if line.strip():
                return _shortened(" ".join(_SENTENCE_END.split(line.strip(), maxsplit=1)[0].split()))
        return self.id

    @property
    def outlet(self) -> str | None:
        """Who published it: its source, or else the host of its address; None where neither is known."""
        if self.source and self.source.strip():
            return " ".join(self.source.split())
        found = _HOST.match((self.url or "").strip())
        return found[1].lower() if found else None

    @property
    def short_texts(self) -> tuple[str, ...]:
        """The texts that `extra` holds under the names of SHORT_TEXTS, best first."""
        found = (self.extra.get(name) for name in SHORT_TEXTS)
        return tuple(text.strip() for text in found if isinstance(text, str) and text.strip())

    @property
    def boilerplate_by_reason(self) -> dict[Reason, list[str]]:
        """The passages that were taken out, in order, for each reason."""
        taken_out = self.boilerplate
        return {reason: [passage.text for passage in taken_out if passage.reason == reason] for reason in REASONS}

    @property
    def body(self) -> str:
        """Title and text, as the encoder and the word features read them."""
        if self.title and not self.text.lstrip().startswith(self.title.strip()):
            return f"{self.title.strip()}\n{self.text}"
        return self.text


@dataclass(frozen=True, slots=True)
class Skipped:
    """Input that could not become an article: where ("feed.jsonl:17"), and why in one line."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What reading gives: articles in a total order, whatever the order of the arguments, and what was skipped.

    `notes` are remarks on input that was kept, or left out on purpose: characters replaced, files of other kinds.
    """

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Skipped, ...] = ()


def _shortened(line: str) -> str:
    if len(line) <= HEADLINE_LENGTH:
        return line
    cut = line.rfind(" ", HEADLINE_LENGTH // 2, HEADLINE_LENGTH)
    return line[: cut if cut > 0 else HEADLINE_LENGTH].rstrip(" ,;:–-") + "…"
