"""What is read: articles, what was skipped, and what cleaning took out."""

from __future__ import annotations

import copyreg
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal, Protocol, get_args

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
_SHORTEST_HEADLINE = 25
"""Fewest characters in front of two blanks, or of an agency's date line, that are a headline."""
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)]*(?=\s)|[。！？।؟۔።]+[」』”’»）]*")
_END_OF_LINE = (*".。।؛;:,،、；：۔።", "...", "…")
_GAP = re.compile(r"(?:[ \xa0]{2,}|\t+)(?=[^\s\d_a-zß-ÿ])")
_DATE_LINE = re.compile(
    r"(?<!\S)[^\W\d_a-zß-ÿ][^\W\d_a-z]{2,}(?:[ '’/-][^\W\d_a-z]{2,}){0,3}"  # a place in capitals
    r"(?:, [^():–—]{2,25}?)?(?:\s?\([^()]{2,30}\)\s?[:–—-]?|\s?[–—]|\s-|:)\s"  # a day, an agency, a dash
)
_ABBREVIATIONS = frozenset(
    "prof gen sen rep gov col capt rev hon pres adm supt assn dept univ jan feb mar apr jun jul aug sep sept oct nov "
    "dec inc corp co jr sr no vs approx est ave sra dra ing tte gral pág núm art av ca abb inh geb gest sog usw etc "
    "evtl inkl tel ul im ver tzv tj resp mim obr op al".split()
)
"""Words with a vowel that a full stop shortens: those without one (Dr, Mrs, bzw, Nr, str) are told by that."""
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýąęěėīūőűœ]|[^\x00-\u024f]", re.I)


Reason = Literal["wording", "shared", "headline"]
"""Why a passage is boilerplate: its wording is known, unlike articles hold it too, or have it as their headline."""

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
    def title_as_read(self) -> str | None:
        """The title, also where it was set aside."""
        return next((passage.text for passage in self.boilerplate if passage.reason == "headline"), self.title)

    @property
    def headline(self) -> str:
        """The title; without one the first line of the text, where it reads as a headline, or else its first sentence.

        On one line; the id where there is neither title nor text.
        """
        if self.title and self.title.strip():
            return " ".join(self.title.split())
        lines = (line.strip() for line in self.text.splitlines())
        first, following = next(filter(None, lines), None), next(filter(None, lines), "")
        return self.id if first is None else _shortened(_headline_of(first, following))

    @property
    def outlet(self) -> str | None:
        """Who published it: its source, or else the host of its address; None where neither is known."""
        if self.source and self.source.strip():
            return " ".join(self.source.split())
        match = _HOST.match((self.url or "").strip())
        return match[1].lower() if match else None

    @property
    def short_texts(self) -> tuple[str, ...]:
        """The texts that `extra` holds under the names of SHORT_TEXTS, best first."""
        texts = (self.extra.get(name) for name in SHORT_TEXTS)
        return tuple(text.strip() for text in texts if isinstance(text, str) and text.strip())

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


class Articles(Protocol):
    """Articles by their indices."""

    def __getitem__(self, index: int, /) -> Article:
        """The article at an index."""
        ...


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


def _headline_of(line: str, following: str) -> str:
    """The headline that a text's first line is, or begins with; `following` is the next one."""
    line = line[: 4 * HEADLINE_LENGTH]
    for mark in (_GAP, _DATE_LINE):
        match = next((hit for hit in mark.finditer(line) if hit.start() >= _SHORTEST_HEADLINE), None)
        if match is not None and match.start() <= HEADLINE_LENGTH and not _ends(line[: match.start()].rstrip()):
            return " ".join(line[: match.start()].split())
    line = " ".join(line.split())
    broken = following[:1].islower()  # a line broken at a width
    if following and not broken and len(line) <= HEADLINE_LENGTH and not line.endswith(_END_OF_LINE):
        return line
    end = next((hit.end() for hit in _SENTENCE_END.finditer(line) if _is_end(line, hit)), len(line))
    return line[:end]


def _ends(text: str) -> bool:
    """Whether a text ends a sentence."""
    match = next((hit for hit in _SENTENCE_END.finditer(f"{text} ") if hit.end() == len(text)), None)
    return match is not None and _is_end(text, match)


def _is_end(line: str, stop: re.Match[str]) -> bool:
    """Whether a sentence ends at a stop: not behind an ordinal, initial or abbreviation, nor before a small letter."""
    if stop[0][0] != ".":
        return True
    word = re.split(r"[\s(\[\"'“„«’-]", line[: stop.start()])[-1]
    if not word or line[stop.end() :].lstrip()[:1].islower():
        return False
    if word.isdigit():
        return len(word) > 3  # "in 2025." may end a sentence, "33." counts
    plain = word.casefold()
    return not (len(word) == 1 or "." in word or plain in _ABBREVIATIONS or not _VOWEL.search(plain))


def _shortened(line: str) -> str:
    if len(line) <= HEADLINE_LENGTH:
        return line
    cut = line.rfind(" ", HEADLINE_LENGTH // 2, HEADLINE_LENGTH)
    return line[: cut if cut > 0 else HEADLINE_LENGTH].rstrip(" ,;:–-") + "…"
