"""Why articles are, or are not, one story: what `newsclust explain` gives."""

from __future__ import annotations

from dataclasses import dataclass

from newsclust.articles import Article
from newsclust.settings import Settings
from newsclust.stories import Relation


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that the score knows of a pair, and what it adds to the log odds of one story and of one event.

    `name` is the feature's: one of those of `similarity.pair_features`, or "dates", "copy" or "frame" (one frame with
    other facts). `value` is what was measured (days apart for "dates", None where a date is unknown), the weights what
    it is multiplied by, None for "dates", "copy" and "frame", whose effect is no multiple.
    """

    name: str
    value: float | None
    story_weight: float | None
    event_weight: float | None
    story: float
    event: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Log odds, and the probability in (0, 1) that they stand for."""

    log_odds: float
    probability: float


KINDS = ("name", "sound", "number", "word")
"""What two texts can share: names spelt alike, names that only sound alike, numbers, other words."""


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """Something that both texts hold, as each spells it most often.

    `kind` is one of KINDS. `share` is its part of the cosine it belongs to: over names and numbers, over how names
    sound, or over tokens (there an estimate, as words share tokens).
    """

    kind: str
    first: str
    second: str
    share: float


@dataclass(frozen=True, slots=True)
class Passages:
    """A passage of each text, and the cosine in [-1, 1] of their vectors."""

    first: str
    second: str
    cosine: float


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """What made the probability of one pair.

    The `event` contributions of `parts` sum to `event.log_odds`, the `story` ones to `story.log_odds`. `across` says
    whether the pair counts as in two languages, `relation` how the second text is a version of the first, if it is.
    `shared` is ordered by kind, then by share; `passages` by cosine.
    """

    first: Article
    second: Article
    across: bool
    relation: Relation | None
    parts: tuple[Part, ...]
    event: Estimate
    story: Estimate
    shared: tuple[SharedTerm, ...]
    passages: tuple[Passages, ...]
    settings: Settings
    model_id: str

    @property
    def copy(self) -> bool:
        """Whether one text repeats the other."""
        return self.relation is Relation.COPY


@dataclass(frozen=True, slots=True)
class Link:
    """How likely a member and another one (its index in the matrix) tell one story."""

    other: int
    probability: float


@dataclass(frozen=True, slots=True)
class Matrix:
    """The probabilities of one story and of one event for all pairs of some articles.

    `story` and `event` are square, symmetric and 1 on the diagonal. `strongest` and `weakest` hold each article's
    links, None for an article alone. `id` and `title` name the story they are members of, if they are, and `events`
    then holds each one's event. `left_out` counts members beyond those compared.
    """

    articles: tuple[Article, ...]
    story: tuple[tuple[float, ...], ...]
    event: tuple[tuple[float, ...], ...]
    strongest: tuple[Link | None, ...]
    weakest: tuple[Link | None, ...]
    settings: Settings
    model_id: str
    id: str | None = None
    title: str | None = None
    events: tuple[str, ...] | None = None
    left_out: int = 0

    @property
    def cohesion(self) -> float | None:
        """The mean probability of one story over all pairs; None for fewer than two articles."""
        size = len(self.articles)
        if size < 2:
            return None
        return (sum(map(sum, self.story)) - size) / (size * (size - 1))
