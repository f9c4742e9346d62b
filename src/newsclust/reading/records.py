"""What every parser gives: records, and problems with parts of its input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


class Refused(Exception):  # noqa: N818 - a verdict on one input, caught inside reading, never an error of the run
    """An input, or the rest of it, cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one article, under whatever names its input gave them.

    `location` is where it stands in the input ("" for a whole file, "#17" for row 17 or item 17), `line` says that the
    location is a line. `boilerplate` holds lines already known to be no part of the text.
    """

    values: Mapping[str, Any]
    location: str = ""
    line: bool = False
    boilerplate: tuple[str, ...] = ()

    @property
    def is_row(self) -> bool:
        """Whether it is one of many in a file, and no file of its own, as the entries of an archive are."""
        return re.search(r"#[\d.]+$", self.location) is not None

    @property
    def where(self) -> str:
        """The location as messages write it: lines after a colon, as compilers and editors do."""
        return ":".join(self.location.rsplit("#", 1)) if self.line else self.location


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of an input that was lost (or, with `remark`, was kept but is not what it should be), and why."""

    where: str
    reason: str
    remark: bool = False


Parsed: TypeAlias = Iterator[Record | Problem]
