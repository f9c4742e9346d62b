"""Group raw news articles in any language into stories: offline, deterministic, with reasons.

    import newsclust

    result = newsclust.group("articles")
    for story in result.stories:
        print(story.title, story.languages)

`docs/api.md` describes every name below. Importing newsclust loads nothing heavy.
"""

from typing import Any

from newsclust.api import explain, group, read, to_json
from newsclust.articles import Article, ReadResult, Skipped
from newsclust.errors import (
    CacheError,
    InputError,
    ModelError,
    NewsclustError,
    StoreError,
    StoreLocked,
    UsageError,
)
from newsclust.settings import Effort, Settings
from newsclust.stories import ClusterResult, Event, Member, Nearest, Story, Unclustered

__all__ = [
    "Article",
    "CacheError",
    "ClusterResult",
    "Effort",
    "Event",
    "InputError",
    "Member",
    "ModelError",
    "Nearest",
    "NewsclustError",
    "ReadResult",
    "Settings",
    "Skipped",
    "StoreError",
    "StoreLocked",
    "Story",
    "Unclustered",
    "UsageError",
    "explain",
    "group",
    "read",
    "to_json",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":  # looked up only when asked for: it costs more than all the rest
        from importlib.metadata import version

        return version("newsclust")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
