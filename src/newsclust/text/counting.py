"""Numbers in sentences."""

from __future__ import annotations


def count_of(number: int, one: str, many: str) -> str:
    """Return "1 story" or "3 stories"."""
    return f"{number} {one if number == 1 else many}"
