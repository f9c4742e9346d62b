"""What the page shows of one story: its words by language, its sources, and its events with their members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsclust.articles import UNDETERMINED, Article
from newsclust.rendering.html_data import lead, origin, span_text, web_link
from newsclust.stories import Member, Story
from newsclust.text.display import printable


@dataclass(frozen=True, slots=True)
class Told:
    """A story in one language: a headline, and how the most central article in that language begins."""

    language: str
    headline: str
    lead: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a story, how many of its articles it has, and the address of the most central of them."""

    name: str
    articles: int
    link: str | None


@dataclass(frozen=True, slots=True)
class Folded:
    """A member of a story with the copies of its text."""

    number: int
    member: Member
    copies: tuple[tuple[int, Member], ...]


@dataclass(frozen=True, slots=True)
class EventBlock:
    """An event as the page lists it."""

    title: str
    span: str
    size: int
    members: tuple[Folded, ...]


def told_in(story: Story) -> tuple[Told, ...]:
    """The story in each language that has a headline, the one of its title first, then by number of articles."""
    first: dict[str, Article] = {}
    for member in story.members:
        first.setdefault(member.article.language, member.article)
    told = [Told(c, printable(story.headlines[c]), lead(first[c])) for c in story.languages if c in story.headlines]
    title = printable(story.title)
    if all(entry.headline != title for entry in told):
        told.insert(0, Told(UNDETERMINED, title, lead(story.members[0].article) if story.members else ""))
    return tuple(sorted(told, key=lambda entry: entry.headline != title))


def sources_of(story: Story) -> tuple[Source, ...]:
    """The sources, that of most articles first, then that of the most central one."""
    found: dict[str, list[Article]] = {}
    for member in story.members:
        found.setdefault(origin(member.article), []).append(member.article)
    sources = (Source(name, len(all_), next(filter(None, map(_link, all_)), None)) for name, all_ in found.items())
    return tuple(sorted(sources, key=lambda source: -source.articles))


def event_blocks(story: Story, numbers: Mapping[str, int]) -> list[EventBlock]:
    """The events of a story in order, with their members, copies folded under what they repeat."""
    members = {member.article.id: member for member in story.members}
    copies: dict[str, list[tuple[int, Member]]] = {}
    for member in story.members:
        if member.duplicate_of in members:
            copies.setdefault(member.duplicate_of or "", []).append((numbers[member.article.id], member))
    blocks = []
    for event in story.events:
        present = [members[id_] for id_ in event.articles if id_ in members]
        shown = [m for m in present if m.duplicate_of not in members]
        folded = tuple(Folded(numbers[m.article.id], m, tuple(copies.get(m.article.id, ()))) for m in shown)
        blocks.append(EventBlock(printable(event.title), _span(present), len(present), folded))
    return blocks


def _span(members: Sequence[Member]) -> str:
    return span_text(*_ends(m.article.published for m in members if m.article.published))


def _ends(moments: Iterable[datetime]) -> tuple[datetime | None, datetime | None]:
    known = sorted(moments)
    return (known[0], known[-1]) if known else (None, None)


def _link(article: Article) -> str | None:
    return web_link(article.url)
