"""CSV, an article a line, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence

import regex

from newsclust.articles import Article
from newsclust.rendering.contract import DECIMALS, rfc3339
from newsclust.rendering.tabular.extras import NO_EXTRAS, Extras
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


def to_csv(result: ClusterResult, extras: Extras = NO_EXTRAS, *, raw: bool = False) -> str:
    r"""Return a header and a line an article, members story by story first, then the unclustered with no story.

    A cell that a spreadsheet would run gets a leading `'`, line breaks become spaces, and what steers a terminal or
    reorders text is neutralised, unless `raw`. Lines end in `\n`.
    """
    return written([columns_of(result, extras), *article_rows(result, extras)], raw=raw)


def columns_of(result: ClusterResult, extras: Extras = NO_EXTRAS) -> list[str]:
    """Give the names of all columns: an unknown field keeps its name, or is "extra_url" where that name is taken."""
    text = ["text"] if extras.with_text else []
    taken = {*COLUMNS, *text}
    names = extras.names_in(result.articles)
    return [*COLUMNS, *text, *(f"extra_{name}" if name in taken else name for name in names)]


def article_rows(result: ClusterResult, extras: Extras = NO_EXTRAS) -> Iterator[list[str]]:
    """Give the cells of each article in the order of `columns_of`, as they are."""
    names = extras.names_in(result.articles)
    for story in result.stories:
        told = [SEPARATOR.join(names) for names in (story.keywords, story.countries, story.places, story.people)]
        for member in story.members:
            yield [
                *(story.id, story.title, member.event),
                *_article_cells(member.article),
                *(f"{member.confidence:.{DECIMALS}f}", member.duplicate_of or ""),
                *told,
                *_extra_cells(member.article, extras, names),
            ]
    for unclustered in result.unclustered:
        article = unclustered.article
        alone = ["", unclustered.duplicate_of or "", "", "", "", ""]
        yield ["", "", "", *_article_cells(article), *alone, *_extra_cells(article, extras, names)]


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


def _extra_cells(article: Article, extras: Extras, names: Sequence[str]) -> Iterator[str]:
    if extras.with_text:
        yield article.text
    kept = extras.fields_of(article)
    for name in names:
        value = kept.get(name, "")
        yield value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _safe(cell: str) -> str:
    plain = harmless(_LINE_BREAKS.sub(" ", cell))
    # What is removed must not uncover a formula, nor what is replaced hide a line break.
    return f"'{plain}" if _FORMULA.match(cell) or _FORMULA.match(plain) else plain
