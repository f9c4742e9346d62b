"""Every default, once. A `Settings` value is all that changes a result."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from newsclust.errors import UsageError

BUILTIN_MODEL = "builtin"
"""Name of the model that comes with newsclust: multilingual-e5-small."""


GRANULARITIES = range(-2, 3)
"""Every step of granularity."""
GRANULARITY_STEP = 0.75
"""What one step takes from the log odds: a probability of 0.5 becomes 0.32."""


class Effort(StrEnum):
    """How much time to spend on quality."""

    FAST = "fast"
    BALANCED = "balanced"
    THOROUGH = "thorough"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that changes a result; equal settings and equal input give equal bytes.

    `granularity` moves both cuts in steps: below 0 joins more, above 0 splits more (-2 to 2). `label_language` (ISO
    639-1) is the language preferred for titles; it changes nothing else. `profile` is the file that
    `newsclust calibrate` wrote for the model.
    """

    model: str = BUILTIN_MODEL
    effort: Effort = Effort.BALANCED
    granularity: int = 0
    label_language: str | None = None
    profile: str | None = None

    def __post_init__(self) -> None:
        """Raise UsageError for a value that no run can use; a plain "fast" becomes Effort.FAST."""
        try:
            object.__setattr__(self, "effort", Effort(self.effort))
        except ValueError:
            raise UsageError(f"effort {self.effort!r} is none of {', '.join(Effort)}") from None
        if self.granularity not in GRANULARITIES:
            steps = f"{GRANULARITIES[0]} to {GRANULARITIES[-1]}"
            raise UsageError(f"granularity {self.granularity!r} is no whole number from {steps}")

    @property
    def penalty(self) -> float:
        """What granularity takes from the log odds of each pair."""
        return self.granularity * GRANULARITY_STEP

    def as_dict(self) -> dict[str, Any]:
        """The settings as plain values, in declaration order, as the JSON output prints them."""
        return {name: str(v) if isinstance(v, StrEnum) else v for name, v in asdict(self).items()}


DEFAULTS = Settings()
