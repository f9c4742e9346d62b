"""How much of one input is read before it is refused: the bounds that keep memory small on hostile or broken files."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one input. What goes over one of them is a `Skipped` entry; everything else is still read.

    - `file_bytes`: most bytes of a file read row by row (JSON lines, CSV), after decompression.
    - `document_bytes`: most bytes of a file held in memory as a whole (a JSON list, a feed).
    - `page_bytes`: most bytes of a file that is one article (text, Markdown, HTML).
    - `line_bytes`: most bytes of one row.
    - `article_characters`: longest text of one article; a book of 1,000 pages has about 2 million.
    - `file_rows`: most rows or items of one file, empty rows of a table among them; as articles they take about 300 MB
      besides their text.
    - `run_files`: most files that folders and patterns bring into one run.
    - `document_values`: most values of a JSON document, counted by its commas and brackets; each takes up to 72 bytes
      of memory where it may take 3 in the file.
    - `row_fields`: most fields of an object or columns of a table.
    - `field_characters`: longest title, id, address, source or language. A longer title is read as text; what else is
      longer is not used, and kept with the fields that have no meaning here.
    - `packed_ratio`: most bytes out of a compressed file or an archive for a byte in, at all depths together, once
      `packed_free_bytes` are out. 73,437 articles compress 2.4 times; a gzip bomb reaches the format's bound of 1,032.
    - `archive_entries`: most files of one archive.
    - `archive_depth`: deepest nesting of archives, mails and other files that hold files.
    - `json_depth`: deepest nesting of lists and objects kept of one row.
    - `tag_characters`: longest tag of a page whose attributes are read; the parser compares each with all before it.
    """

    file_bytes: int = 8192 * MIB
    document_bytes: int = 256 * MIB
    page_bytes: int = 16 * MIB
    line_bytes: int = 16 * MIB
    article_characters: int = 2_000_000
    file_rows: int = 1_000_000
    run_files: int = 1_000_000
    document_values: int = 10_000_000
    row_fields: int = 1_000
    field_characters: int = 2_000
    packed_ratio: int = 100
    packed_free_bytes: int = 32 * MIB
    archive_entries: int = 200_000
    archive_depth: int = 3
    json_depth: int = 64
    tag_characters: int = 8_192


DEFAULT_LIMITS = Limits()
