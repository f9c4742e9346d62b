"""What is known of one word or name while the texts of a story are read."""

from __future__ import annotations


class Word:
    """A word: there are a thousand of them a story, so no dataclass fields."""

    __slots__ = ("capitals", "count", "languages", "small", "surfaces", "weight")

    def __init__(self) -> None:
        self.weight = 0.0
        self.count = self.capitals = self.small = 0
        self.languages: set[str] = set()
        self.surfaces: dict[str, int] = {}

    def add(self, other: Word) -> None:
        """Take in what is known of another form."""
        self.weight += other.weight
        self.count += other.count
        self.capitals += other.capitals
        self.small += other.small
        self.languages |= other.languages
        for surface, count in other.surfaces.items():
            self.saw(surface, count)

    def saw(self, surface: str, count: int = 1) -> None:
        """Note a spelling that was met."""
        self.surfaces[surface] = self.surfaces.get(surface, 0) + count

    @property
    def is_name(self) -> bool:
        """Whether it stands with a capital more often than not."""
        return self.capitals > self.small
