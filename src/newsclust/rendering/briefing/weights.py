"""How much a story weighs in a briefing: how many report it, from how far around, and how lately."""

from __future__ import annotations

from datetime import datetime

from newsclust.stories import ClusterResult, Story

NEWNESS = 0.25
"""By how much more a story weighs that is still told at the end of the run: what many report stays above what is merely
later."""
HALF_LIFE = 3.0
"""Days in which half of that is gone."""
_SECONDS_PER_DAY = 86400.0


def by_weight(result: ClusterResult) -> list[Story]:
    """Order the stories of a result by weight, heaviest first, then by id.

    The weight is the number of articles that repeat no other's text, plus the sources, plus the languages; up to
    NEWNESS of it is added the nearer the story's last article is to the newest of the run. No clock is read.
    """
    newest = max((story.last_seen for story in result.stories if story.last_seen), default=None)
    return sorted(result.stories, key=lambda story: (-_weight(story, newest), story.id))


def _weight(story: Story, newest: datetime | None) -> float:
    told = sum(member.duplicate_of is None for member in story.members)
    newness = 0.0
    if newest and story.last_seen:
        newness = 0.5 ** ((newest - story.last_seen).total_seconds() / _SECONDS_PER_DAY / HALF_LIFE)
    return float((told + len(story.sources) + len(story.languages)) * (1 + NEWNESS * newness))
