"""Data frames and columns of texts, told by what they can do: pandas, Polars and Arrow are not imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def rows_of(frame: Any) -> list[dict[str, Any]] | None:
    """Give the rows of a data frame as mappings without empty values; None for what is no data frame.

    Polars has `to_dicts`, Arrow `to_pylist`, pandas `to_dict("records")`.
    """
    if isinstance(frame, dict) or not hasattr(frame, "columns"):
        return None
    if hasattr(frame, "to_dicts"):
        rows = frame.to_dicts()
    elif hasattr(frame, "to_pylist"):
        rows = frame.to_pylist()
    elif hasattr(frame, "to_dict"):
        rows = frame.to_dict("records")
    else:
        return None
    return [{str(name): plain for name, value in row.items() if (plain := _plain(value)) is not None} for row in rows]


def texts_of(column: Any) -> list[str] | None:
    """Give the texts of a column (a Series of pandas or Polars, an array); None for what is none."""
    if hasattr(column, "columns") or not hasattr(column, "dtype"):
        return None
    values: Sequence[Any] = column.tolist() if hasattr(column, "tolist") else column.to_list()
    return ["" if _plain(value) is None else str(value) for value in values]


def library_of(frame: Any) -> str | None:
    """Name the library of a data frame: "pandas", "polars", or None where it is of neither."""
    home = type(frame).__module__.partition(".")[0]
    return home if home in ("pandas", "polars") else None


def _plain(value: Any) -> Any:
    """A cell as Python knows it; None for one that is empty (None, NaN, NaT)."""
    if value is None or (isinstance(value, float) and value != value) or type(value).__name__ in ("NaTType", "NAType"):
        return None
    # Numbers of NumPy; a Timestamp of pandas is a datetime already.
    return value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value
