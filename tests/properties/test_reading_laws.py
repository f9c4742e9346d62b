"""Laws of reading: every row is an article or an entry, in whatever company and order."""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
from collections import Counter
from pathlib import Path

from fuzz.promises import check_cleaning, check_read
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclust.articles import Article, ReadResult
from newsclust.cleaning.boilerplate import clean
from newsclust.reading.reader import read_articles

laws = settings(max_examples=40, deadline=None, derandomize=True)

WORDS = st.text(alphabet="aÄß北ا \n.", max_size=20)
ROWS: st.SearchStrategy[object] = st.one_of(
    st.fixed_dictionaries({"text": WORDS}, optional={"title": WORDS, "id": WORDS, "date": WORDS, "lang": WORDS}),
    st.dictionaries(st.text(max_size=5), st.none() | st.booleans() | st.text(max_size=5), max_size=3),
    st.sampled_from([[], 3, None, "ä"]),
)
BROKEN = st.sampled_from(['{"text": ', "}", "[1", '{"text": "\ud83d"}', "nul"])
FURNITURE = ["Share", "Komentar (0)", "Related Articles", "Baca juga: Ä", "(NordWire) – Größe", "Von Zoë Müller", "***"]
PROSE = ["Die Unterhändler sprachen sechs Stunden über Visa, Konten und Personal.", "北京没有评论。", "", "Kurz"]


def read(files: dict[str, str]) -> ReadResult:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content.encode("utf-8", "surrogatepass"))
        result = read_articles([folder])
    check_read(result, files)
    return result


@laws
@given(st.lists(ROWS.map(json.dumps) | BROKEN, min_size=1, max_size=12))
def test_every_line_of_json_is_an_article_or_an_entry(lines: list[str]) -> None:
    result = read({"a.jsonl": "{}\n" + "\n".join(lines)})  # the first line makes it JSON lines for sure

    places = [int(article.path.partition("#")[2]) for article in result.articles]
    places += [int(entry.where.partition(":")[2]) for entry in result.skipped]
    assert sorted(places) == list(range(1, len(lines) + 2))


@laws
@given(st.lists(ROWS, min_size=1, max_size=12))
def test_every_item_of_a_list_is_an_article_or_an_entry(items: list[object]) -> None:
    result = read({"a.json": json.dumps(items, ensure_ascii=False)})

    places = [int(article.path.partition("#")[2]) for article in result.articles]
    places += [int(entry.where.partition("#")[2]) for entry in result.skipped]
    assert sorted(places) == list(range(1, len(items) + 1))


@laws
@given(st.lists(st.tuples(WORDS, WORDS).filter(lambda row: any(map(str.strip, row))), max_size=12))
def test_every_row_of_a_table_is_an_article_or_an_entry(rows: list[tuple[str, str]]) -> None:
    table = io.StringIO()
    csv.writer(table, quoting=csv.QUOTE_ALL).writerows([("title", "text"), *rows])
    result = read({"a.csv": table.getvalue()})

    assert len(result.articles) + len(result.skipped) == len(rows)


@laws
@given(st.lists(WORDS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_of_files_changes_what_is_read(texts: list[str], order: random.Random) -> None:
    rows = [json.dumps({"text": f"{text} Ende"}) for text in texts]
    shuffled = order.sample(rows, len(rows))
    first, second = read({"a.jsonl": "\n".join(rows)}), read({"a.jsonl": "\n".join(shuffled)})
    assert Counter(a.text for a in first.articles) == Counter(a.text for a in second.articles)
    files = {f"{n}.jsonl": row for n, row in enumerate(rows)}
    assert read(files) == read(dict(order.sample(list(files.items()), len(files))))


@laws
@given(st.lists(st.lists(st.sampled_from([*FURNITURE, *PROSE]), max_size=9), max_size=5))
def test_cleaning_again_loses_nothing_and_comes_to_an_end(texts: list[list[str]]) -> None:
    articles = [Article(id=str(n), path=f"x/{n}.txt", text="\n".join(lines)) for n, lines in enumerate(texts)]
    articles = [article for article in articles if article.text.strip()]
    for _ in range(10):  # what stood behind boilerplate may be boilerplate at the edge
        check_cleaning(articles)
        before, articles = articles, list(clean(articles))
    assert articles == before
