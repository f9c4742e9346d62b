"""The input formats, a line each in one table."""

from __future__ import annotations

from newsclust.reading.formats.archives.epub import EPUB
from newsclust.reading.formats.archives.mail import MAIL, MAILBOX
from newsclust.reading.formats.archives.tarred import TAR
from newsclust.reading.formats.archives.warc import WARC, WEBARCHIVE
from newsclust.reading.formats.archives.zipped import ZIP
from newsclust.reading.formats.base import Formats, InputFormat
from newsclust.reading.formats.documents.pdf import PDF
from newsclust.reading.formats.documents.sheets import PARQUET, WORKBOOK
from newsclust.reading.formats.documents.sqlite import SQLITE
from newsclust.reading.formats.documents.text_documents import DOCX, ODT, RTF
from newsclust.reading.formats.feeds import FEED
from newsclust.reading.formats.json_rows import JSON
from newsclust.reading.formats.news_xml import NEWS_XML
from newsclust.reading.formats.pages import PAGE
from newsclust.reading.formats.plain import MARKDOWN
from newsclust.reading.formats.press.exported_page import EXPORTED_PAGE
from newsclust.reading.formats.press.prose import PLAIN
from newsclust.reading.formats.tables import TABLE

FORMATS: tuple[InputFormat, ...] = (
    EXPORTED_PAGE,
    DOCX,
    ODT,
    RTF,
    PDF,
    WORKBOOK,
    PARQUET,
    SQLITE,
    EPUB,
    TAR,
    ZIP,
    MAIL,
    MAILBOX,
    WARC,
    WEBARCHIVE,
    NEWS_XML,
    FEED,
    PAGE,
    JSON,
    TABLE,
    MARKDOWN,
    PLAIN,
)
"""Every input format, in the order in which they are asked whether an input begins as theirs do. A new one is a module
with its `InputFormat`, and its name here."""


def formats() -> Formats:
    """The table as it is now."""
    return Formats(FORMATS, PLAIN)
