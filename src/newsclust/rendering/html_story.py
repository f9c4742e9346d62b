"""What the page shows of one story: its words by language, its sources, and its events with their members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsclust.articles import UNDETERMINED, Article
from newsclust.rendering.briefing.leads import story_lead
from newsclust.rendering.html_data import origin, span_text, web_link
from newsclust.stories import Member, Story
from newsclust.text.display import printable
from newsclust.text.naming.cldr import city_name, country_name
from newsclust.text.naming.mentioned_places import place_named_by

ASKED_FOR_LEAD = 3
"""Articles of a language, most central first, in which a lead is looked for."""
MOST_NAMES, MOST_CHIPS = 6, 10
"""Countries, people and places that a card shows, and all of them with keywords; the filters have them all."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story in one language: a headline, and the lead of the most central article in that language."""

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
class Chip:
    """A word that stories are filtered by: its facet, its value there, and its name for people.

    One that is not `shown` counts in the filters all the same.
    """

    facet: str
    value: str
    name: str
    shown: bool


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
    codes = [code for code in story.languages if code in story.headlines]
    told = [Told(code, printable(story.headlines[code]), _lead_in(story, code)) for code in codes]
    title = printable(story.title)
    if all(entry.headline != title for entry in told):
        told.insert(0, Told(UNDETERMINED, title, printable(story_lead(story))))
    return tuple(sorted(told, key=lambda entry: entry.headline != title))


def _lead_in(story: Story, language: str) -> str:
    """A lead from one of the most central articles in this language, "" where none has one."""
    members = [member for member in story.members if member.article.language == language]
    return printable(story_lead(replace(story, members=tuple(members[:ASKED_FOR_LEAD]))))


def chips_of(story: Story) -> tuple[Chip, ...]:
    """The countries, people and places that most articles name, then the keywords that are none of them.

    A keyword that names one of the countries or places in a language of the story is not shown beside it.
    """
    mentions = [
        *((count, "country", code, country_name(code, "en")) for code, count in story.countries.items()),
        *((count, "person", name, name) for name, count in story.people.items()),
        *((count, "place", name, name) for name, count in story.places.items()),
    ]
    words = [*sorted(mentions, key=lambda mention: -mention[0]), *((0, "keyword", w, w) for w in story.keywords)]
    chips: list[Chip] = []
    names: set[str] = set()
    for count, facet, value, name in words:
        known = printable(name).casefold() in names or (facet == "keyword" and _names_a_place(name, story))
        most = MOST_NAMES if count else MOST_CHIPS
        shown = not known and sum(chip.shown for chip in chips) < most
        chips.append(Chip(facet, printable(value), printable(name), shown))
        names.add(printable(name).casefold())
    return tuple(chips)


def _names_a_place(word: str, story: Story) -> bool:
    """Whether a word is what one of the story's languages calls a country or place that the story names."""
    named = {place_named_by(word, language) for language in story.languages} - {""}
    return any(code in story.countries or ("/" in code and city_name(code, "en") in story.places) for code in named)


def sources_of(story: Story) -> tuple[Source, ...]:
    """The sources, that of most articles first, then that of the most central one."""
    by_source: dict[str, list[Article]] = {}
    for member in story.members:
        by_source.setdefault(origin(member.article), []).append(member.article)
    sources = (Source(name, len(all_), next(filter(None, map(_link, all_)), None)) for name, all_ in by_source.items())
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
