"""The result of `newsclust.group`, with ways to go on: labels, records, data frames, and every format as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from newsclust.articles import ReadResult
from newsclust.stories import ClusterResult, Story

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, repr=False)
class Result(ClusterResult):
    """A ClusterResult that also knows in which order its articles were given.

    `order` holds the id of each article in the order given, None for one that was skipped; `library` names the library
    of the data frame that they came in.
    """

    order: tuple[str | None, ...] = ()
    library: str | None = None

    @classmethod
    def of(cls, result: ClusterResult, read: ReadResult, library: str | None = None) -> Result:
        """Make one of a plain result and of what was read."""
        values = {field.name: getattr(result, field.name) for field in fields(ClusterResult)}
        return cls(**values, order=_order(read), library=library)

    @property
    def labels(self) -> NDArray[np.intp]:
        """The index of each article's story in `stories`, in the order given; -1 for none. Shape (articles given,)."""
        import numpy as np

        stories = (*self.stories, *self.left_out)
        label_of = {member.article.id: number for number, story in enumerate(stories) for member in story.members}
        return np.array([label_of.get(id_ or "", -1) if id_ is not None else -1 for id_ in self.order], np.intp)

    def story(self, id_: str) -> Story:
        """Give the story with this id.

        Raises:
            KeyError: there is none.
        """
        for story in (*self.stories, *self.left_out):
            if story.id == id_:
                return story
        raise KeyError(id_)

    def to_records(self) -> list[dict[str, Any]]:
        """Give a mapping an article, in the order given: what a line of CSV holds, the text, and unknown fields."""
        from newsclust.rendering.tabular.records import to_records

        return to_records(self, [id_ for id_ in self.order if id_ is not None])

    def to_frame(self, library: str | None = None) -> Any:
        """Make a data frame of `to_records`: of the library named, else that of the input, else one installed.

        Raises:
            UsageError: neither pandas nor Polars is installed.
        """
        from newsclust.rendering.tabular.records import to_frame

        return to_frame(self.to_records(), library or self.library)

    def to_json(self, *, keep: Iterable[str] = (), with_text: bool = False) -> str:
        """Return the document of `newsclust group --format json`."""
        from newsclust.rendering.contract import to_json
        from newsclust.rendering.tabular.extras import Extras

        return to_json(self, Extras(tuple(keep), with_text))

    def to_csv(self, *, keep: Iterable[str] = (), with_text: bool = False, raw: bool = False) -> str:
        """Return the lines of `newsclust group --format csv`."""
        from newsclust.rendering.tabular.csv import to_csv
        from newsclust.rendering.tabular.extras import Extras

        return to_csv(self, Extras(tuple(keep), with_text), raw=raw)

    def to_markdown(self) -> str:
        """Return the briefing of `newsclust group --format md`."""
        from newsclust.rendering.briefing.markdown import to_markdown

        return to_markdown(self)

    def to_atom(self) -> str:
        """Return the feed of `newsclust group --format atom`."""
        from newsclust.rendering.briefing.atom import to_atom

        return to_atom(self)

    def to_html(self) -> str:
        """Return the page of `newsclust group --format html`, without what only the score knew."""
        from newsclust.rendering.html import to_html

        return to_html(self)

    def __repr__(self) -> str:
        from newsclust.rendering.briefing.fragment import in_short

        return f"<{in_short(self)}>"

    def _repr_html_(self) -> str:
        from newsclust.rendering.briefing.fragment import to_fragment

        return to_fragment(self)


def _order(read: ReadResult) -> tuple[str | None, ...]:
    """The ids of what was read in its order, with None where an item ("#3") was skipped."""
    order: list[str | None] = [article.id for article in read.articles]
    numbers = (entry.where.removeprefix("#") for entry in read.skipped)
    for number in sorted(int(number) for number in numbers if number.isdecimal()):
        order.insert(number - 1, None)
    return tuple(order)
