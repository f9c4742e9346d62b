"""What is told of one input: what was lost, and what was kept but is less than it seems, in a line for each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsclust.articles import Article, Skipped
from newsclust.reading.fields import Bare, Unusable, has_column, listed
from newsclust.reading.records import Problem, Record
from newsclust.reading.rows.values import shortened

MOST_NAMES = 100
"""Names of fields that are remembered of one input."""
MOST_ALIKE = 20
"""Parts of one input that are told one by one where they were lost for one reason."""


@dataclass(slots=True)
class Tally:
    """What became of the records of the input called `name`; `named` says that its fields have the user's names."""

    name: str
    named: bool
    mapping: tuple[tuple[str, str], ...] = ()
    rows: int = 0
    articles: int = 0
    untexted: list[str] = field(default_factory=list)  # the locations of articles that are a title alone
    text_known: bool = False  # whether one of them has a field for the text
    lost: list[tuple[str, str, bool]] = field(default_factory=list)  # where, why, and whether no field was known
    remarks: dict[str, list[str]] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)  # the first value that a remark is on
    names: dict[str, None] = field(default_factory=dict)  # of fields, in the order they were met

    def lose(self, problem: Problem) -> None:
        """Count a part of the input that was lost."""
        self.lost.append((problem.where, problem.reason, False))

    def unusable(self, record: Record, verdict: Unusable) -> None:
        """Count a record that became no article."""
        self.rows += 1
        bare = isinstance(verdict, Bare)
        if bare:
            self._meet(record.values)
        self.lost.append((record.where, str(verdict), bare))

    def article(self, record: Record, article: Article) -> None:
        """Count a record that became an article."""
        self.rows += 1
        self.articles += 1
        if not article.text:
            self.untexted.append(record.where)
            self._meet(record.values)
            columns = tuple(record.values)
            self.text_known = self.text_known or has_column("text", columns, self.mapping)

    def remark(self, reason: str, where: str, met: str = "") -> None:
        """Count a remark, on a value that was `met`; those of one kind are told once, with the first value."""
        self.remarks.setdefault(reason, []).append(where)
        self.met.setdefault(reason, met)

    def skipped(self) -> list[Skipped]:
        """What was lost, part by part, and for one reason at most MOST_ALIKE parts, the others in a line.

        The first row in which no field is known names those it has; many such rows, and nothing else, are one line.
        """
        bare = sum(unknown for _, _, unknown in self.lost)
        if bare > MOST_ALIKE and not self.articles:
            whole = f"{bare:,} rows, none has a title or a text; {self._fields('text')}"
            return [Skipped(self.name, whole), *self._each([entry for entry in self.lost if not entry[2]])]
        return self._each(self.lost)

    def _each(self, lost: list[tuple[str, str, bool]]) -> list[Skipped]:
        entries: list[Skipped] = []
        counts: Counter[str] = Counter()
        for where, reason, unknown in lost:
            counts[reason] += 1
            if counts[reason] <= MOST_ALIKE:
                told = f"{reason}; {self._fields('text')}" if unknown and self.names and counts[reason] == 1 else reason
                entries.append(Skipped(f"{self.name}{where}", told))
        more = ((reason, count - MOST_ALIKE) for reason, count in counts.items() if count > MOST_ALIKE)
        return [*entries, *(Skipped(self.name, f"{reason} (in {count:,} more rows)") for reason, count in more)]

    def notes(self) -> list[Skipped]:
        """What was kept but is not what it may seem, a line for each kind."""
        notes = [
            Skipped(f"{self.name}{locations[0]}", self._remark(reason)) for reason, locations in self.remarks.items()
        ]
        if self.untexted:
            notes.append(Skipped(f"{self.name}{self.untexted[0] if self.rows > 1 else ''}", self._untexted()))
        return notes

    def _remark(self, reason: str) -> str:
        met, more = shortened(self.met[reason]), len(self.remarks[reason]) - 1
        return f"{reason}{f': {met!r}' if met else ''}{f' (and {more} more)' if more else ''}"

    def _untexted(self) -> str:
        count = len(self.untexted)
        what = "a title and no text"
        if self.rows > 1:
            what = f"{count:,} of {self.rows:,} rows {'have' if count > 1 else 'has'} {what}"
        if count == self.rows > 1:
            what = f"none of the {count:,} rows has a text; they are compared by their titles"
        return f"{what}; {self._fields('text')}" if self.named and not self.text_known else what

    def _fields(self, wanted: str) -> str:
        return f"the fields are {listed(tuple(self.names))}; name one with --map {wanted}=FIELD"

    def _meet(self, values: Mapping[str, object]) -> None:
        if len(self.names) < MOST_NAMES:
            self.names.update(dict.fromkeys(values))
