"""CSV, an article a line, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

import regex

from newsclust.articles import Article
from newsclust.rendering.contract import DECIMALS, rfc3339
from newsclust.stories import ClusterResult
from newsclust.text.display import encodable, harmless

COLUMNS = (
    "story",
    "story_title",
    "event",
    "id",
    "path",
    "title",
    "language",
    "published",
    "url",
    "source",
    "confidence",
    "duplicate_of",
    "keywords",
    "countries",
    "places",
    "people",
)

SEPARATOR = "; "
"""What stands between several names in one cell."""

# Spreadsheets run a cell that begins so as a formula (OWASP, "CSV injection"); the full-width forms count in some
# Asian locales. Neither spaces nor characters that are not seen stop all of them.
_FORMULA = regex.compile(r"[\s\p{C}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠]|[\t\r\n]")
_LINE_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def to_csv(result: ClusterResult, *, raw: bool = False) -> str:
    r"""Return a header and a line an article, members story by story first, then the unclustered with no story.

    A cell that a spreadsheet would run gets a leading `'`, line breaks become spaces, and what steers a terminal or
    reorders text is neutralised, unless `raw`. Lines end in `\n`.
    """
    return written([COLUMNS, *article_rows(result)], raw=raw)


def article_rows(result: ClusterResult) -> Iterator[list[str]]:
    """Give the cells of each article in the order of COLUMNS, as they are."""
    for story in result.stories:
        told = [SEPARATOR.join(names) for names in (story.keywords, story.countries, story.places, story.people)]
        for member in story.members:
            yield [
                *(story.id, story.title, member.event),
                *_article_cells(member.article),
                *(f"{member.confidence:.{DECIMALS}f}", member.duplicate_of or ""),
                *told,
            ]
    for unclustered in result.unclustered:
        yield ["", "", "", *_article_cells(unclustered.article), "", "", "", "", "", ""]


def written(rows: Iterable[Sequence[str]], *, raw: bool) -> str:
    """Return rows as CSV, their cells made safe unless `raw`."""
    out = io.StringIO()
    # QUOTE_MINIMAL leaves a lone carriage return unquoted, which then reads as the end of the line.
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL if raw else csv.QUOTE_MINIMAL)
    writer.writerows(rows if raw else (map(_safe, row) for row in rows))
    return encodable(out.getvalue())


def _article_cells(article: Article) -> list[str]:
    published = rfc3339(article.published) or ""
    url, source = article.url or "", article.source or ""
    return [article.id, article.path, article.headline, article.language, published, url, source]


def _safe(cell: str) -> str:
    plain = harmless(_LINE_BREAKS.sub(" ", cell))
    # What is removed must not uncover a formula, nor what is replaced hide a line break.
    return f"'{plain}" if _FORMULA.match(cell) or _FORMULA.match(plain) else plain
