"""Every default, once. A `Settings` value is all that changes a result."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

BUILTIN_MODEL = "builtin"
"""Name of the model that comes with newsclust: multilingual-e5-small."""


class Effort(StrEnum):
    """How much time to spend on quality."""

    FAST = "fast"
    BALANCED = "balanced"
    THOROUGH = "thorough"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that changes a result; equal settings and equal input give equal bytes.

    `granularity` moves both cuts in steps: below 0 joins more, above 0 splits more (-2 to 2). `label_language` (ISO
    639-1) is the language preferred for titles; it changes nothing else.
    """

    model: str = BUILTIN_MODEL
    effort: Effort = Effort.BALANCED
    granularity: int = 0
    label_language: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The settings as plain values, in declaration order, as the JSON output prints them."""
        return {name: str(v) if isinstance(v, StrEnum) else v for name, v in asdict(self).items()}


DEFAULTS = Settings()
