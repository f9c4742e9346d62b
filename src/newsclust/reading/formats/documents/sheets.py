"""Spreadsheets (.xlsx, .xls, .xlsb, .ods) and Parquet: rows under a header, as in CSV."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from newsclust.reading.formats.archives.zipped import START
from newsclust.reading.formats.base import Input, InputFormat
from newsclust.reading.formats.documents.package import sound_package
from newsclust.reading.formats.extras import needing, reading
from newsclust.reading.records import Parsed, Problem, Record, Refused
from newsclust.reading.streams import read_whole

_OPEN_SHEET = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_BATCH = 16
"""Rows of a Parquet file that are held at once."""


def _read_workbook(given: Input) -> Parsed:
    with needing("documents", "spreadsheet"):
        from python_calamine import CalamineWorkbook
    zipped = given.start.startswith(START) or given.ending != ".xls"
    most = given.limits.document_bytes
    content = sound_package(given, "spreadsheet") if zipped else io.BytesIO(read_whole(given.stream, most))
    with reading("spreadsheet"):
        workbook = CalamineWorkbook.from_filelike(content)
        names = list(workbook.sheet_names)
    for name in names:
        with reading("spreadsheet"):
            rows = workbook.get_sheet_by_name(name).iter_rows()
        yield from _rows(given, iter(rows), f"/{name}" if len(names) > 1 else "")


def _rows(given: Input, rows: Iterator[Sequence[Any]], location: str) -> Parsed:
    """The rows of a sheet below its header: the first row that has more than one cell filled."""
    header: list[str] = []
    number = 0
    while True:
        with reading("spreadsheet"):
            row = next(rows, None)
        if row is None:
            return
        number += 1
        cells = [_cell(value) for value in row]
        if header:
            values = {name: cell for name, cell in zip(header, cells, strict=False) if name and cell not in ("", None)}
            if values:
                yield Record(values, f"{location}#{number}")
        elif sum(cell not in ("", None) for cell in cells) > 1:
            header = [str(cell).strip() for cell in cells]
            if len(header) > given.limits.row_fields:
                yield Problem(location, f"{len(header):,} columns are over the limit of {given.limits.row_fields:,}")
                return


def _cell(value: Any) -> Any:
    """A value as an article's field may hold it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, list, dict)) or value is None else str(value)


def _read_parquet(given: Input) -> Parsed:
    with needing("parquet", "Parquet table"):
        from pyarrow.parquet import ParquetFile
    data = read_whole(given.stream, given.limits.document_bytes)
    with reading("Parquet table"):
        import pyarrow

        table = ParquetFile(pyarrow.BufferReader(data))
        width = len(table.schema_arrow.names)
        unpacked = sum(table.metadata.row_group(n).total_byte_size for n in range(table.metadata.num_row_groups))
    if width > given.limits.row_fields:
        raise Refused(f"{width:,} columns are over the limit of {given.limits.row_fields:,}")
    given.allowance.spend(unpacked)
    number = held = 0
    batches = table.iter_batches(batch_size=_BATCH)
    while True:
        with reading("Parquet table"):
            batch = next(batches, None)
        if batch is None:
            return
        held += batch.nbytes  # more than the file says where values are kept once and meant often
        if held > unpacked:
            given.allowance.spend(held - unpacked)
            unpacked = held
        with reading("Parquet table"):
            rows = batch.to_pylist()
        for row in rows:
            number += 1
            yield Record({str(name): _cell(value) for name, value in row.items()}, f"#{number}")


def _begins_workbook(start: bytes) -> bool:
    return start.startswith(START) and (b"xl/" in start or start[30:].startswith(_OPEN_SHEET))


_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
WORKBOOK = InputFormat(
    "spreadsheet", _ENDINGS, _begins_workbook, _read_workbook, True, signed=True, slow=True, named=True
)
PARQUET = InputFormat(
    "parquet",
    (".parquet",),
    lambda start: start.startswith(b"PAR1"),
    _read_parquet,
    binary=True,
    signed=True,
    named=True,
)
