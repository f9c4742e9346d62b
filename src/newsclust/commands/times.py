"""Lengths of time and moments, as options take them."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    _DaysType = click.ParamType[float]
else:
    _DaysType = click.ParamType  # takes no type argument before click 8.4

_UNITS = {"m": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0}
_SECONDS_PER_DAY = 86400.0
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*([mhdw])")


class Duration(_DaysType):
    """A length of time such as 90m, 12h, 14d or 2w, in days."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the days that a length of time stands for."""
        if isinstance(value, int | float):
            return float(value)
        match = _LENGTH.fullmatch(str(value).strip().lower())
        if match is None:
            self.fail(f"{value!r} is not a length of time: give 90m, 12h, 14d or 2w", param, ctx)
        return float(match[1]) * _UNITS[match[2]]


class Moment(_DaysType):
    """A date or time such as 2021-07-23, or a length of time before now such as 2d, in seconds since 1970."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the moment that a date, or a length of time before now, stands for."""
        if isinstance(value, int | float):
            return float(value)
        text = str(value).strip()
        if _LENGTH.fullmatch(text.lower()):
            return time.time() - Duration().convert(text, param, ctx) * _SECONDS_PER_DAY
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.fail(
                f"{value!r} is no date and no length of time: give 2021-07-23, or 90m, 12h, 14d or 2w", param, ctx
            )
        return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
