"""The surfaces that read what others wrote: one function each, taking any bytes, raising only where a promise breaks.

Errors below NewsclustError and entries for what was skipped are answers; any other exception is a crash.
"""

from __future__ import annotations

import atexit
import bz2
import gzip
import io
import json
import lzma
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from fuzz.promises import check_articles, check_cleaning, check_read, hold, signs

from newsclust.archive.transfer import Beside, read_lines
from newsclust.articles import Article, ReadResult
from newsclust.encoders.builtin.onnx_graph import encoder_graph
from newsclust.encoders.builtin.sentencepiece_proto import unigram_model
from newsclust.encoders.builtin.weights_file import normalisation_map, open_model_file, token_texts
from newsclust.errors import InputError, ModelError
from newsclust.evaluation.gold import Level, read_gold, read_grouping, read_pairs
from newsclust.reading.compression import Allowance, undone
from newsclust.reading.decoding import charset, decode, is_binary
from newsclust.reading.formats import json_rows, plain, tables
from newsclust.reading.formats.press.prose import parse_prose
from newsclust.reading.limits import DEFAULT_LIMITS, Limits
from newsclust.reading.reader import read_articles
from newsclust.reading.records import Parsed, Problem, Record

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Target = Callable[[bytes], None]

TIGHT = Limits(
    file_bytes=4096, document_bytes=2048, page_bytes=1024, line_bytes=256, article_characters=200, file_rows=12,
    packed_ratio=4, packed_free_bytes=2048, json_depth=3,
)  # fmt: skip
"""Limits that inputs of a few kilobytes reach."""

MARKS = frozenset(map(chr, range(0xE010, 0xE016)))
"""What stands in front of lines of which a page says what they are, while it is read."""

GOOD = "In İzmir hat ein Fährmann den Hafenpreis gewonnen. 北京 gratuliert."
LABELS = (None, "utf-8", "windows-1251", "gb2312", "utf-16", "x-sjis", "iso-2022-jp", "hz", "no such charset")


@cache
def _folder() -> Path:
    memory = Path("/dev/shm")  # noqa: S108 - a folder in memory, where the system has one: files are written by thousands
    folder = Path(tempfile.mkdtemp(prefix="newsclust-fuzz-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "gut.txt").write_text(GOOD, "utf-8")
    return folder


def _read_both(extension: str, data: bytes) -> None:
    """Read with the limits of the product and with tight ones, beside a good file, and clean what was read."""
    odd, good = _folder() / f"x{extension}", _folder() / "gut.txt"
    odd.write_bytes(data)
    for limits in (DEFAULT_LIMITS, TIGHT):
        result = read_articles([str(odd), str(good)], limits=limits)
        hold(
            GOOD in [article.text for article in result.articles if article.path == good.name], "the good file is lost"
        )
        check_read(result, [odd.name])
        check_cleaning(result.articles)


def decoding(data: bytes) -> None:
    """Any bytes become text that can be written, and characters are lost only where it is told."""
    label = LABELS[data[0] % len(LABELS)] if data else None
    is_binary(data)
    decoded = decode(data[1:], label)
    decoded.text.encode("utf-8", "surrogatepass")
    hold(decoded == decode(data[1:], label), "decoding twice gives two results")
    if not decoded.lossy:
        hold(data[1:].decode(decoded.encoding) == decoded.text, f"not what {decoded.encoding} says")
    charset(data[:60].decode("latin-1"))


def json_document(data: bytes) -> None:
    """Every item of a list is a record or a problem."""
    _read_both(".json", data)
    text = decode(data).text
    parsed = list(json_rows.parse_document(text))
    try:
        items = json.loads(_without_last_comma(text), strict=False)
    except (ValueError, RecursionError):
        hold(any(isinstance(item, Problem) for item in parsed), "broken JSON is passed over")
        return
    if isinstance(items, list) and text.lstrip(" \t\r\n")[:1] == "[":
        hold(len(parsed) == len(items), f"{len(items)} items, {len(parsed)} told")


def _without_last_comma(text: str) -> str:
    """A list with a comma behind its last item, which is read as if it were not there."""
    body = text.rstrip(" \t\r\n").removesuffix("]").rstrip(" \t\r\n")
    return f"{body.removesuffix(',')}]" if body.endswith("},") else text


def json_lines(data: bytes) -> None:
    """Every filled line is a record or a problem, by its number."""
    _read_both(".jsonl", data)
    if data[:1] in (b"\xff", b"\xfe", b"\xef", b"\0"):  # a mark: lines are cut after decoding
        return
    found = [_place(item) for item in _told(json_rows.parse_lines(_stream(data), DEFAULT_LIMITS))]
    lines = enumerate(data.split(b"\n"), 1)
    hold(found == [number for number, line in lines if line.strip(b" \t\0\x1e\r")], f"lines told: {found}")


def table(data: bytes) -> None:
    """Where nothing is wrong, every letter of the rows is in a cell."""
    extension = ".tsv" if b"\t" in data[:40] else ".csv"
    _read_both(extension, data)
    if not data.isascii() or data[:1] == b"\0" or data.replace(b"\0", b"").lower().startswith(b"sep="):
        return  # the last: no row, but a spreadsheet's word for its delimiter
    found = list(tables.parse_table(_stream(data), DEFAULT_LIMITS))
    rows = [line for line in data.replace(b"\0", b"").decode().split("\n") if line.strip()]
    if not rows or rows[0].count('"') % 2 or any(isinstance(item, Problem) for item in found):
        return  # a header may go on over several lines, and a problem tells what is lost
    cells = [cell for item in found if isinstance(item, Record) for cell in item.values.values()]
    kept = " ".join(" ".join(cell) if isinstance(cell, list) else str(cell) for cell in cells)
    hold(signs(kept) == signs(" ".join(rows[1:])), "a cell is lost")


def feed(data: bytes) -> None:
    """A feed, or anything else named .xml."""
    _read_both(".xml", data)


def page(data: bytes) -> None:
    """A page, or anything else named .html."""
    _read_both(".html", data)


def prose(data: bytes) -> None:
    """Plain text and Markdown: every letter is in the title, the text or the boilerplate."""
    _read_both(".txt", data)
    _read_both(".md", data)
    text = decode(data).text
    (record,) = plain.parse_plain(text)
    hold(isinstance(record, Record), "plain text is never a problem")
    if isinstance(record, Record):
        parts = [str(record.values["title"] or ""), str(record.values["text"]), *record.boilerplate]
        hold(signs(" ".join(parts)) == signs(text), "a letter is lost")


def packed(data: bytes) -> None:
    """The first byte says how the rest is compressed: not at all, in members, cut short, with a tail, by whom."""
    kind, rest = (data[0] % 8, data[1:]) if data else (0, b"")
    middle = len(rest) // 2
    whole = gzip.compress(rest, mtime=0)
    members = gzip.compress(rest[:middle], mtime=0) + gzip.compress(rest[middle:], mtime=0)
    by_gzip = (whole, members, whole[: len(whole) * 3 // 4], members + b"\0stray")
    made = (rest, *by_gzip, bz2.compress(rest), lzma.compress(rest), zstd.compress(rest))[kind]
    _read_both(".jsonl.gz", made)
    _read_both(".txt.gz", made)
    if kind not in (0, 3) and undone(_stream(rest), Allowance(DEFAULT_LIMITS)).peek(64)[:64] == rest[:64]:
        packed_result, plain_result = _piped(made), _piped(rest)
        hold(packed_result.articles == plain_result.articles, "compression changes what is read")


def press(data: bytes) -> None:
    """Text that may be an export of a press database."""
    _read_both(".txt", data)
    for item in parse_prose(decode(data).text):
        if isinstance(item, Record):
            said = " ".join(str(value) for value in item.values.values())
            hold(set(said) & MARKS <= set(decode(data).text), "a mark of the parser is left in an article")


def reader_of(extension: str) -> Target:
    """The surface of a format: its files, or anything else under their name."""

    def read(data: bytes) -> None:
        _read_both(extension, data)

    return read


def stream(data: bytes) -> None:
    """Standard input of any kind, and the same when it comes a few bytes at a time."""
    result = _piped(data)
    check_read(result, ["stdin"])
    hold(result == read_articles(["-"], stdin=_Slow(data)), "a slow pipe reads otherwise")
    check_read(read_articles(["-"], stdin=io.BytesIO(data), limits=TIGHT), ["stdin"])


def cleaning(data: bytes) -> None:
    """Articles of one source, parted by form feeds: words are kept, and no order matters."""
    texts = [text for text in data.decode("utf-8", "ignore").split("\f") if text.strip()]
    articles = [Article(id=str(n), path=f"x/{n}.txt", text=text, title="A | x") for n, text in enumerate(texts)]
    check_articles(articles)
    check_cleaning(articles)


def model_file(data: bytes) -> None:
    """The built-in model's file: a ModelError, or everything that is made of it."""
    path = _folder() / "model.bin"
    path.write_bytes(data)
    try:
        model = open_model_file(path)
        normalisation_map(model)
        unigram_model(token_texts(model), model.scores.tolist(), model.special)
        encoder_graph(model)
    except ModelError as error:
        hold("model.bin" in str(error), "the message does not name the file")


def exported(data: bytes) -> None:
    """Lines of newsclust export: an InputError, or articles that the store can hold."""
    beside = Beside()
    try:
        lines = list(read_lines(io.StringIO(data.decode("utf-8", "surrogatepass")), "x", Beside()))
    except (InputError, UnicodeDecodeError):
        return
    for line in lines:
        named = [line.article.id, line.article.title, line.article.text, line.article.path, line.article.language]
        named += [line.article.url, line.article.source, line.story, line.event, *line.aliases]
        for value in (*named, *(passage.text for passage in line.article.boilerplate), *beside.retired):
            hold(value is None or isinstance(value, str), f"{value!r} is no text")
            (value or "").encode()
        json.dumps(dict(line.article.extra), allow_nan=False).encode()
        hold(line.article.published is None or line.article.published.tzinfo is not None, "a date without a zone")


def judged(data: bytes) -> None:
    """Gold files, judged pairs and earlier results: an InputError, or labels."""
    for name in ("x.jsonl", "x.csv", "x.jsonl.gz"):
        path = _folder() / name
        path.write_bytes(data)
        for read in (read_gold, read_pairs):
            try:
                read(str(path))
            except InputError as error:
                hold(len(str(error).splitlines()) == 1, f"not one line: {error}")
    with suppress(InputError):
        read_grouping(str(_folder() / "x.jsonl"), Level.EVENT)


class _Slow(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(3, size) if size and size > 0 else size)


def _piped(data: bytes) -> ReadResult:
    return read_articles(["-"], stdin=io.BytesIO(data))


def _stream(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(data))


def _told(parsed: Parsed) -> list[Record | Problem]:
    return [item for item in parsed if isinstance(item, Record) or not item.remark]


def _place(item: Record | Problem) -> int:
    return int(item.where.removeprefix(":"))


TARGETS: Mapping[str, Target] = {
    "decoding": decoding,
    "json": json_document,
    "json_lines": json_lines,
    "table": table,
    "feed": feed,
    "html": page,
    "prose": prose,
    "gzip": packed,
    "press": press,
    "exported_page": reader_of(".html"),
    "zip": reader_of(".zip"),
    "tar": reader_of(".tar"),
    "mail": reader_of(".eml"),
    "mailbox": reader_of(".mbox"),
    "warc": reader_of(".warc"),
    "webarchive": reader_of(".webarchive"),
    "epub": reader_of(".epub"),
    "docx": reader_of(".docx"),
    "odt": reader_of(".odt"),
    "rtf": reader_of(".rtf"),
    "pdf": reader_of(".pdf"),
    "spreadsheet": reader_of(".xlsx"),
    "parquet": reader_of(".parquet"),
    "sqlite": reader_of(".sqlite"),
    "news_xml": reader_of(".xml"),
    "stdin": stream,
    "cleaning": cleaning,
    "model_file": model_file,
    "export": exported,
    "gold": judged,
}
"""The surfaces by name; each has seeds in tests/fuzz/corpus."""
