"""Group raw news articles in any language into stories: offline, deterministic, with reasons.

    import newsclust

    result = newsclust.group("articles")
    for story in result.stories:
        print(story.title, story.languages)

`docs/api.md` describes every name below. Importing newsclust loads nothing heavy.
"""

import os as _os  # every interpreter has it loaded: nothing is imported here

if _os.environ.get("NEWSCLUST_TELEMETRY") != "1":
    # ONNX Runtime reports the machine to its makers, huggingface_hub what it loads; both look when they are imported.
    # Nothing else that newsclust imports reports anything.
    _os.environ |= {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}

TYPE_CHECKING = False  # type checkers take it for True; to import typing would cost more than all else here

if TYPE_CHECKING:
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
    from newsclust.memory import Store
    from newsclust.results import Result
    from newsclust.settings import Effort, Settings
    from newsclust.stories import ClusterResult, Event, Member, Mentions, Nearest, Story, Unclustered

    __version__: str

__all__ = [
    "Article",
    "CacheError",
    "ClusterResult",
    "Effort",
    "Event",
    "InputError",
    "Member",
    "Mentions",
    "ModelError",
    "Nearest",
    "NewsclustError",
    "ReadResult",
    "Result",
    "Settings",
    "Skipped",
    "Store",
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

_HOMES = {
    **dict.fromkeys(("explain", "group", "read", "to_json"), "api"),
    **dict.fromkeys(("Article", "ReadResult", "Skipped"), "articles"),
    **dict.fromkeys(("CacheError", "InputError", "ModelError", "NewsclustError"), "errors"),
    **dict.fromkeys(("StoreError", "StoreLocked", "UsageError"), "errors"),
    **dict.fromkeys(("Effort", "Settings"), "settings"),
    "Store": "memory",
    **dict.fromkeys(("ClusterResult", "Event", "Member", "Mentions", "Nearest", "Story", "Unclustered"), "stories"),
    "Result": "results",
}
"""The module of each name. It is imported when the name is first asked for: the command begins at once."""

if not TYPE_CHECKING:  # else a checker would take every name for one of newsclust

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version

            value = version("newsclust")
        elif name in _HOMES:
            from importlib import import_module

            value = getattr(import_module(f"newsclust.{_HOMES[name]}"), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__, "__version__"})
