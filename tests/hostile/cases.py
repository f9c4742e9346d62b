"""Input made to be slow, large or deep, at any size: each case writes its files into a folder.

`size` 1 is the full corpus; tests take a small part of it. The text is always the same for a size.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

Make = Callable[[Path, float], None]

MB = 1 << 20
SENTENCE = "In İzmir hat ein Fährmann den Hafenpreis gewonnen, und 北京 gratuliert ihm am 27. Februar. "


def _row(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _write(path: Path, parts: Iterable[bytes | str]) -> None:
    with path.open("wb") as file:
        for part in parts:
            file.write(part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part)


def _filled(unit: str, characters: float) -> Iterator[str]:
    """A unit again and again, `characters` long, in pieces that fit into memory."""
    block = unit * max(1, 100_000 // len(unit))
    for _ in range(int(characters // len(block))):
        yield block
    yield unit * int(characters % len(block) // len(unit))


def deep_json(folder: Path, size: float) -> None:
    """Lists and objects in each other, as a document and as rows."""
    depth = int(5_000_000 * size)
    _write(folder / "lists.json", ["[" * depth])
    _write(folder / "objects.json", ['{"a":' * depth])
    _write(folder / "closed.jsonl", [f'{{"text": "a", "x": {"[" * 500}{"]" * 500}}}\n', f'{{"text": {"[" * depth}\n'])


def wide_json(folder: Path, size: float) -> None:
    """Nothing but empty objects: each takes three bytes in the file and sixty in memory."""
    characters = 240 * MB * size
    _write(folder / "items.json", ["[", *_filled("{},", characters / 4), "{}]"])
    _write(folder / "answer.json", ['{"articles": [', *_filled("{},", characters), "{}]}"])
    _write(folder / "beside.json", ['{"text": "a", "x": [', *_filled("[],", characters), "[]]}"])


def many_keys(folder: Path, size: float) -> None:
    """Rows of a million fields, other ones in every row; names of fields of many megabytes; tables as wide."""
    count = int(600_000 * size)
    rows = (_row(**{f"{n}-{key}": 1 for key in range(count)}, text="a") for n in range(20))
    _write(folder / "rows.jsonl", rows)
    _write(folder / "names.jsonl", (_row(**{f"{n}" + "x" * int(15 * MB * size): "v"}, text="a") for n in range(40)))
    _write(folder / "table.csv", [("," * int(10 * MB * size) + "text\n") * 3])


def long_fields(folder: Path, size: float) -> None:
    """Megabytes as title, id, address, source and language."""
    rows = []
    for field in ("title", "id", "url", "source", "language", "date", "author"):
        rows += [_row(**{field: f"{n} {'ä x' * int(2 * MB * size)}"}, text=SENTENCE) for n in range(3)]
    _write(folder / "rows.jsonl", rows)


def deep_xml(folder: Path, size: float) -> None:
    """Elements in each other, around and inside an item."""
    depth = int(2_000_000 * size)
    _write(folder / "around.xml", ["<rss>" + "<a>" * depth])
    _write(folder / "inside.xml", ["<rss><channel><item><title>x</title>", "<a>" * depth])


def entities(folder: Path, size: float) -> None:
    """Billion laughs, a quadratic blow-up, an entity in another file, and declarations behind a comment."""
    depth, length = max(3, int(12 * size)), int(100_000 * size)
    levels = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(depth))
    laughs = f'[<!ENTITY a0 "ha">{levels}]><rss><channel><item><title x="&a{depth};">&a{depth};</title></item>'
    _write(folder / "laughs.xml", [f"<?xml version='1.0'?><!DOCTYPE rss {laughs}</channel></rss>"])
    _write(
        folder / "hidden.xml",
        [f"<?xml version='1.0'?><!-- <rss> --><?x <rss> ?><!DOCTYPE rss {laughs}</channel></rss>"],
    )
    item = f"<item><title>{'&a;' * length}</title></item>"
    _write(
        folder / "square.xml", [f'<!DOCTYPE rss [<!ENTITY a "{"ha" * length}">]><rss><channel>{item}</channel></rss>']
    )
    outside = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title></item></channel></rss>'
    _write(folder / "outside.xml", [outside])
    _write(folder / "remote.xml", ['<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel></channel></rss>'])


def deep_html(folder: Path, size: float) -> None:
    """Elements in each other: some kinds are closed by the next, others never."""
    depth = int(1_000_000 * size)
    for name in ("div", "b", "span", "ul><li", "table><tr><td", "font", "object"):
        _write(
            folder / f"{name[:4].strip('<>')}.html",
            [f"<html><body><p>{SENTENCE * 5}</p>", f"<{name}>" * depth, SENTENCE],
        )
    _write(folder / "field.jsonl", [_row(text=f"<p>{SENTENCE}</p>" + "<div>" * depth)])


def wide_html(folder: Path, size: float) -> None:
    """Two million characters of one mark, and as many attributes."""
    most = 1_900_000 * size
    units = {"p": "<p>x", "a": "<a href=x>y</a>", "br": "<br>", "li": "<li>x", "td": "<td>x", "span": "<span>x</span>"}
    units |= {"text": "a ", "amp": "&amp;", "lt": "<", "comment": "<!--", "img": "<img src=a>", "h2": "<h2>a</h2>"}
    units |= {"divs": "<div>a</div>", "quote": '<a b="', "table": "<table><tr><td>x</table>", "q": "<q>a</q>"}
    for name, unit in units.items():
        _write(folder / f"{name}.html", ["<html><body>", *_filled(unit, most), f"<p>{SENTENCE * 5}"])
    names = "".join(f" a{n}" for n in range(int(1_500_000 * size)))
    _write(folder / "attributes.html", [f"<html><body><p{names}>{SENTENCE * 5}"])
    nodes = ",".join(['{"headline":"x"}'] * int(600_000 * size))
    big = json.dumps({"headline": "y", "articleBody": SENTENCE * int(50_000 * size)})
    data = f'<script type="application/ld+json">{{"@graph":[{big},{nodes}]}}</script>'
    _write(folder / "linked.html", [f"<html><body>{data}<p>{SENTENCE}"])


def long_token(folder: Path, size: float) -> None:
    """One word of 100 MB, as a file, a row and a cell; and the longest that is still read."""
    characters = 100 * MB * size
    _write(folder / "token.txt", _filled("a", characters))
    _write(folder / "token.jsonl", ['{"text": "', *_filled("a", characters), '"}\n', _row(text=SENTENCE)])
    _write(folder / "token.csv", ["text\n", *_filled("a", characters), f"\n{SENTENCE}\n"])
    _write(folder / "token.xml", ["<rss><channel><item><title>", *_filled("a", characters)])
    for name, unit in (("latin", "a"), ("han", "北"), ("digit", "1"), ("mark", "\u0301"), ("thai", "ก")):
        _write(folder / f"{name}.txt", ["Ein Wort ist lang.\n", *_filled(unit, 1_900_000 * size)])


def bombs(folder: Path, size: float) -> None:
    """Gzip that grows a thousand times, gzip in gzip, and empty members without end."""
    for name, start in (
        ("rows.jsonl.gz", b'{"text": "a"}\n'),
        ("document.json.gz", b'{"text": "'),
        ("page.txt.gz", b"x"),
    ):
        with gzip.open(folder / name, "wb") as file:
            file.write(start)
            for _ in range(int(1_000 * size) + 40):
                file.write(b" " * MB)
    (folder / "twice.txt.gz").write_bytes(gzip.compress(gzip.compress(b"a" * int(100 * MB * size))))
    (folder / "members.jsonl.gz").write_bytes(gzip.compress(b"", mtime=0) * int(2_000_000 * size))


def _zipped(entries: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def archives(folder: Path, size: float) -> None:
    """Zip and tar archives: bombs, bombs in bombs, more entries than are read, paths that lead out, sizes that lie."""
    blanks = b" " * int(500 * MB * size)
    bomb = _zipped({"a.jsonl": blanks, "../b.txt": SENTENCE})
    (folder / "bomb.zip").write_bytes(bomb)
    (folder / "packed.txt").write_bytes(bomb)
    (folder / "dolls.zip").write_bytes(
        _zipped({f"{n}.zip": _zipped({f"{m}.zip": bomb for m in range(8)}) for n in range(8)})
    )
    (folder / "entries.zip").write_bytes(_zipped({f"{n}.txt": f"{SENTENCE}{n}" for n in range(int(30_000 * size))}))
    (folder / "false.zip").write_bytes(bomb.replace(len(blanks).to_bytes(4, "little"), (99).to_bytes(4, "little")))
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name in ("../out.txt", "/etc/out.txt", "in.txt", "long/" * 4_000 + "a.txt"):
            text = SENTENCE.encode() * int(100_000 * size)
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text))
    (folder / "tape.tar").write_bytes(buffer.getvalue())
    (folder / "tape.txt.gz").write_bytes(gzip.compress(buffer.getvalue()))
    for ending, pack in (("bz2", bz2.compress), ("xz", lzma.compress)):
        (folder / f"blanks.jsonl.{ending}").write_bytes(pack(_row(text=SENTENCE).encode() + blanks))


def mails(folder: Path, size: float) -> None:
    """Parts in each other, headers without end, attachments without number, and a mailbox of nothing but beginnings."""
    count = int(200_000 * size)
    deep = "".join(f"Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n" for n in range(count // 20))
    _write(folder / "deep.eml", ["MIME-Version: 1.0\n", deep, SENTENCE])
    _write(folder / "headers.eml", ["MIME-Version: 1.0\n", "Subject: =?utf-8?q?", "=C3=A4" * count, "?=\n\n", SENTENCE])
    words = "=?utf-8?q?=C3=A4?= " * count
    _write(folder / "words.eml", [f"MIME-Version: 1.0\nFrom: {words}\nSubject: {words}\n\n", SENTENCE])
    part = "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename={n}.txt\n\n{text}\n"
    parts = (part.format(n=n, text=SENTENCE) for n in range(count // 10))
    _write(folder / "parts.eml", ["MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n", *parts])
    _write(folder / "starts.mbox", ["From a Thu Feb 27 18:22:00 2025\nA: b\n\n" * (count // 10)])


def documents(folder: Path, size: float) -> None:
    """Office files that unpack to gigabytes, whose entities laugh, or whose cells have no end."""
    blanks = " " * int(400 * MB * size)
    laughs = (
        "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9)) + "]>"
    )
    deep = "<a>" * int(1_000_000 * size)
    for name, part in (
        ("docx", "word/document.xml"),
        ("xlsx", "xl/workbook.xml"),
        ("odt", "content.xml"),
        ("epub", "x.opf"),
    ):
        for kind, content in (("blanks", f"<a>{blanks}</a>"), ("laughs", f"{laughs}<a>&a9;</a>"), ("deep", deep)):
            first = {"mimetype": f"application/vnd.oasis.opendocument.text{'' if name == 'odt' else '-none'}"}
            (folder / f"{kind}.{name}").write_bytes(_zipped({**first, part: content}))
    _write(folder / "groups.rtf", ["{\\rtf1 ", "{" * int(2_000_000 * size), SENTENCE])
    _write(folder / "words.rtf", ["{\\rtf1 ", *_filled("\\par ä \\'e4 ", 2_000_000 * size)])
    _write(folder / "objects.pdf", ["%PDF-1.7\n", *_filled("1 0 obj<</A 1 0 R/B[", 4_000_000 * size)])
    _write(
        folder / "pages.pdf",
        ["%PDF-1.7\n1 0 obj<</Type/Pages/Kids[1 0 R 1 0 R]/Count 9>>endobj trailer<</Root 1 0 R>>"],
    )


def exports(folder: Path, size: float) -> None:
    """Texts made of nothing but what exports of press databases are told by."""
    units: tuple[str, ...] = (
        "1 of 3 DOCUMENTS\n\n",
        "End of Document\n\n",
        "27 February 2025\n\n",
        "LENGTH: 60 words\n\n",
        "Title: ä\n\n",
    )
    units += ("Document CSTTMS0000020250227ed000001v\n\n", "news·20250227·CT·0q\n\n", "HD\n\nä\n\n", "_" * 40 + "\n\n")
    units += ("Full text: ä\n\nä ö\n\n", "(c) 2025 ä\n\n", "AN A" + "0" * 80 + "\n\n", "Ä: ", "1 ", "\n \n")
    for number, unit in enumerate(units):
        _write(folder / f"{number}.txt", _filled(unit, 2_000_000 * size))
    _write(folder / "all.txt", _filled("".join(units), 4_000_000 * size))
    _write(
        folder / "page.html", ["<title>Factiva</title>", *_filled("<p>Document A20250227ed000</p>", 2_000_000 * size)]
    )


def nul_bytes(folder: Path, size: float) -> None:
    """NUL alone, and between letters in every format."""
    count = int(15 * MB * size)
    _write(folder / "all.txt", ["\0" * count])
    _write(folder / "some.txt", [SENTENCE, "\0", SENTENCE])
    _write(
        folder / "rows.jsonl",
        [f'{{"text": "{SENTENCE}\\u0000b", "id": "a\\u0000b"}}\n', "\0" * count, _row(text="\0a")],
    )
    _write(folder / "table.csv", ["text,id\n", f"{SENTENCE}\0,x\0y\n"])
    _write(folder / "feed.xml", [f"<rss><channel><item><title>a\0b &#0; {SENTENCE}</title></item></channel></rss>"])
    _write(folder / "page.html", [f"<html><body><p>{SENTENCE * 4}\0&#0;</p>"])


def surrogates(folder: Path, size: float) -> None:
    """Halves of pairs in every field of JSON, and their bytes in text."""
    half = r'"\ud83d %d \udc00 \udfff"'
    keys = ("id", "title", "text", "url", "source", "language", r"\udead")
    rows = ("{" + ", ".join(f'"{key}": {half % n}' for key in keys) + "}\n" for n in range(int(10_000 * size) + 1))
    _write(folder / "rows.jsonl", rows)
    _write(folder / "bytes.txt", [f"{SENTENCE} \ud83d\udc00 {SENTENCE}"])


def languages(folder: Path, size: float) -> None:
    """Ten thousand names of languages, each by one article."""
    count = int(10_000 * size) + 1
    _write(folder / "rows.jsonl", (_row(lang=f"q{n:05}", text=f"{SENTENCE} {n * 7919}") for n in range(count)))


def one_word_articles(folder: Path, size: float) -> None:
    """A million articles of one word: half of them say the same one."""
    count = int(1_000_000 * size)
    words = ("Fähre" if n % 2 else f"Wort{n}" for n in range(count))
    _write(folder / "rows.jsonl", (_row(text=word) for word in words))


def tiny_lines(folder: Path, size: float) -> None:
    """A million lines that are no rows, one article of a million lines, and a quote in every line of a table."""
    count = int(1_000_000 * size)
    _write(folder / "rows.jsonl", _filled("{}\n", 3 * count))
    _write(folder / "lines.txt", _filled("x\n", 1_999_000 * size))
    _write(folder / "quotes.csv", ["text\n", *_filled('"\n', 2 * count), "\n"])
    _write(folder / "open.csv", ['text\n"', *_filled("a\n", 2 * count)])
    _write(folder / "stray.csv", ["text\n", *_filled('a"b\n', 4 * count), _row(text="a")])


def large_articles(folder: Path, size: float) -> None:
    """Two articles just below the limit that tell one story, and one above it."""
    for number in range(2):
        _write(
            folder / f"book{number}.txt",
            [f"Der Fährmann von İzmir, Band {number}\n\n", *_filled(SENTENCE, 1_900_000 * size)],
        )
    _write(folder / "over.txt", _filled(SENTENCE, 15 * MB * size))


def undecodable(folder: Path, size: float) -> None:
    """Rows in no encoding at all, each of which asks for detection; and dates in no language."""
    count = int(200_000 * size) + 100
    junk = bytes(range(0x80, 0x100)).replace(b'"', b"")
    _write(folder / "rows.jsonl", (b'{"text": "%d %s"}\n' % (n, junk[n % 64 :] + junk[: n % 64]) for n in range(count)))
    dates = (f"{n % 28 + 1} {'brumaire' * 4}{n} in 2024 at dawn" for n in range(count))
    _write(folder / "dates.jsonl", (_row(text=str(n), date=date) for n, date in enumerate(dates)))


def file_names(folder: Path, size: float) -> None:
    """Names with line breaks, controls, invalid UTF-8, other directions, 255 bytes, and many folders deep."""
    names = [b"new\nline.txt", b"caf\xe9\xff.txt", "\u202egpj.txt".encode(), b"\x1b[31mred.txt", "עברית.txt".encode()]
    names += [
        b"x" * 251 + b".txt",
        b" .txt",
        b"-.txt",
        b"a\\b.txt",
        "\u2028.txt".encode(),
        b"[red]x.txt",
        b"{}%s$(id).txt",
    ]
    for number, name in enumerate(names):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(f"{SENTENCE} {number}".encode())
    at = os.fsencode(folder)
    for _ in range(int(400 * size) + 1):
        at = os.path.join(at, b"d")
        os.mkdir(at)
    with open(os.path.join(at, b"deep.txt"), "wb") as file:
        file.write(SENTENCE.encode())


def many_files(folder: Path, size: float) -> None:
    """Fifty thousand files."""
    for number in range(int(50_000 * size)):
        (folder / f"{number}.txt").write_bytes(f"Wort{number}".encode())


REPEATED = (
    *(
        "(",
        "[",
        "{",
        '"',
        "'",
        "|",
        ":",
        "- ",
        "a:",
        ": a",
        "A ",
        "Aa ",
        "a'",
        "A-",
        "A of ",
        "Von A ",
        "of ",
        "von der ",
    ),
    *("(A) – ", "(Reuters) –", "[a_1]", "1,", "1.", "1:", "12:34", "2024-", "27 Feb ", "http://", "www.", "www.a "),
    *(
        "facebook | x ",
        "Share: ",
        "Baca juga: ",
        "Komentar (0) ",
        "![",
        "](",
        "[a](b ",
        '[a](b "',
        "*",
        "_",
        "**a",
        "> ",
        "# ",
    ),
    *(
        "<p",
        "<p ",
        "&",
        "&#",
        "&amp",
        "<!--",
        "]]>",
        "。",
        ". ",
        "? ",
        "北",
        "カ",
        "ก",
        "เ",
        "က",
        "가",
        "ا",
        "ال",
        "\u0301",
    ),
    *(
        "ß",
        "İ",
        "ﷺ",
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\u2028",
        "\t",
        "\r",
        "\f",
        "\x1b",
        "é'",
        "--",
        "…",
        "!!",
        "aA",
        "x1",
    ),
)
"""What a text is made of to be slow: every mark, script and phrase that an expression of the product looks for."""


def repeated(folder: Path, size: float) -> None:
    """Two texts of each: so that they are copies of each other, make a story, and its terms are looked for."""
    most = 100_000 * size
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as file:
        for unit in REPEATED:
            for end in ("", "Z", ".\n"):
                text = "".join(_filled(unit + end, most))
                file.writelines(
                    _row(title=text[:1500], text=f"{SENTENCE}{text}{tail}", date=text[:60]) for tail in ("", " x")
                )
    for number, unit in enumerate(REPEATED):
        _write(folder / f"{number}.md", [f"{SENTENCE}\n", *_filled(unit, most)])


def equal_ids(folder: Path, size: float) -> None:
    """One id, or hardly another, for a hundred thousand articles."""
    count = int(100_000 * size) + 3
    _write(
        folder / "rows.jsonl", (_row(id=f"a~{n % 3}" if n % 2 else "a", text=f"{SENTENCE}{n}") for n in range(count))
    )


def alike(folder: Path, size: float) -> None:
    """The same words in another order: other texts that no vector of words tells apart, and no copies."""
    words = SENTENCE.split()
    count = int(50_000 * size)
    _write(
        folder / "rows.jsonl",
        (_row(text=" ".join(random.Random(n).sample(words, len(words)))) for n in range(count)),
    )


CASES: Mapping[str, Make] = {
    make.__name__.replace("_", "-"): make
    for make in (
        *(deep_json, wide_json, many_keys, long_fields, deep_xml, entities, deep_html, wide_html, long_token, bombs),
        *(
            archives,
            mails,
            documents,
            exports,
            nul_bytes,
            surrogates,
            languages,
            one_word_articles,
            tiny_lines,
            large_articles,
            undecodable,
        ),
        *(file_names, many_files, repeated, equal_ids, alike),
    )
}
