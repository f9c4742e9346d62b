"""A line of bars: how many articles a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

NONE, BARS = "▁", "▂▃▄▅▆▇█"


def spark_line(moments: Iterable[datetime], width: int) -> str:
    """A bar a day from the first to the last, or for several days each where they are more than `width`.

    Heights are relative to the busiest; a day without an article is the lowest bar. Empty for fewer than two days.
    """
    days = [moment.date().toordinal() for moment in moments]
    if len(set(days)) < 2:
        return ""
    first, span = min(days), max(days) - min(days) + 1
    step = -(-span // width)
    counts = Counter((day - first) // step for day in days)
    most = max(counts.values())
    columns = range((span - 1) // step + 1)
    return "".join(BARS[-(-counts[column] * len(BARS) // most) - 1] if counts[column] else NONE for column in columns)
