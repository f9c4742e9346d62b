"""What comes out: stories, their events and members, and the result of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from newsclust.articles import Article, Skipped
from newsclust.settings import Settings

LIKELY = 0.5
"""Mean probability from which articles are one event, or one story, where reports confirm each other: joining is as
likely right as wrong."""
SURE = 0.8
"""The same where none does: two reports alone, or a story no two articles of which tell one event."""

_NOTHING: Mapping[str, int] = MappingProxyType({})


class Relation(StrEnum):
    """How one text is a version of another: the same, cut, longer, or with some of its facts brought up to date."""

    COPY = "copy"
    SHORTENED = "shortened"
    EXTENDED = "extended"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class Version:
    """The id of the article that another one is a version of, and how."""

    article: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Member:
    """An article inside a story.

    `confidence` is the probability in [0, 1] that it belongs there: its mean same-story probability with the other
    members. `version` names the article that it is a version of, if it is one.
    """

    article: Article
    event: str
    confidence: float
    version: Version | None = None

    @property
    def duplicate_of(self) -> str | None:
        """The id of the article whose text it repeats, whole, cut or extended; an update repeats none."""
        return repeated(self.version)

    @property
    def copied(self) -> str | None:
        """The id of the article that it is a copy of."""
        return self.version.article if self.version and self.version.relation is Relation.COPY else None


def repeated(version: Version | None) -> str | None:
    """The id of the article whose text such a version repeats."""
    return version.article if version and version.relation is not Relation.UPDATED else None


@dataclass(frozen=True, slots=True)
class Event:
    """One development of a story. `articles` are article ids, most central first."""

    id: str
    title: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the articles of a story name, and how many of them name it, most first.

    Keys are ISO 3166 codes of countries ("EU" and "UN" among them), English names of cities, names of people.
    """

    countries: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    places: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    people: Mapping[str, int] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that report one affair, whatever their languages.

    `members` are ordered most central first, `events` by first date then id, undated ones by size. `headlines` holds
    one headline per language, `cohesion` the mean same-story probability over all pairs of members, `mentions` the
    countries, places and people that its articles name.
    """

    id: str
    title: str
    headlines: Mapping[str, str]
    keywords: tuple[str, ...]
    events: tuple[Event, ...]
    members: tuple[Member, ...]
    cohesion: float
    mentions: Mentions = Mentions()

    @property
    def countries(self) -> Mapping[str, int]:
        """ISO 3166 codes of the countries that its articles name, each with the number of articles."""
        return self.mentions.countries

    @property
    def places(self) -> Mapping[str, int]:
        """English names of the large cities that its articles name, each with the number of articles."""
        return self.mentions.places

    @property
    def people(self) -> Mapping[str, int]:
        """Names of the people whom its articles name, each with the number of articles."""
        return self.mentions.people

    @property
    def sources(self) -> dict[str, int]:
        """Articles per outlet, most frequent first, then by name; articles without one do not count."""
        counts = Counter(outlet for member in self.members if (outlet := member.article.outlet))
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def languages(self) -> dict[str, int]:
        """Articles per language, most frequent first, then by code."""
        return count_languages(member.article for member in self.members)

    @property
    def first_seen(self) -> datetime | None:
        """The earliest known publication date."""
        return min(self._dates(), default=None)

    @property
    def last_seen(self) -> datetime | None:
        """The latest known publication date."""
        return max(self._dates(), default=None)

    def _dates(self) -> list[datetime]:
        return [m.article.published for m in self.members if m.article.published is not None]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The article most likely to tell the same story, and that probability.

    Where that article is in a story, `story` is its id and `mean` the mean probability over its members, or over the
    most central of many.
    """

    article: str
    probability: float
    story: str | None = None
    mean: float | None = None


class Kind(StrEnum):
    """What an article is: a report, or a page that tells several stories."""

    ARTICLE = "article"
    ROUND_UP = "round-up"


@dataclass(frozen=True, slots=True)
class Unclustered:
    """An article that joined no story; `nearest` is None only when there was nothing to compare it with.

    A round-up joins none, and `mentions` holds the ids of the stories that it tells, in its order.
    """

    article: Article
    nearest: Nearest | None
    version: Version | None = None
    kind: Kind = Kind.ARTICLE
    mentions: tuple[str, ...] = ()

    @property
    def duplicate_of(self) -> str | None:
        """As that of a Member."""
        return repeated(self.version)


@dataclass(frozen=True, slots=True)
class ClusterResult:
    """The result of a run: stories largest first, then by id; the rest by article id.

    `left_out` are the stories that `only` took out, in the same order.
    """

    stories: tuple[Story, ...]
    unclustered: tuple[Unclustered, ...]
    skipped: tuple[Skipped, ...]
    settings: Settings
    model_id: str
    left_out: tuple[Story, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article of the run: the members of each story in order, then the unclustered."""
        members = tuple(m.article for story in (*self.stories, *self.left_out) for m in story.members)
        return members + tuple(u.article for u in self.unclustered)

    def only(self, *, top: int | None = None, min_size: int = 0, first: Sequence[Story] | None = None) -> ClusterResult:
        """Leave out stories of fewer than `min_size` articles, and all but the `top` first; they stay in `left_out`.

        `first` is another order of the stories to choose by.
        """
        large = [story for story in (self.stories if first is None else first) if len(story.members) >= min_size]
        kept = {story.id for story in large[:top]}
        others = tuple(story for story in self.stories if story.id not in kept)
        stories = tuple(story for story in self.stories if story.id in kept)
        return replace(self, stories=stories, left_out=(*self.left_out, *others))

    @property
    def languages(self) -> dict[str, int]:
        """Articles per language over the whole run, most frequent first, then by code."""
        return count_languages(self.articles)


def count_languages(articles: Iterable[Article]) -> dict[str, int]:
    """Count articles per language, most frequent first, then by code."""
    counts = Counter(article.language for article in articles)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
