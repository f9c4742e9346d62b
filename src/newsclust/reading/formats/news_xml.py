"""XML of news agencies (NewsML-G2, NewsML 1, NITF) and of text editions (TEI): an article for each item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from newsclust.reading.formats.base import Input, InputFormat, read_text, start_text
from newsclust.reading.formats.markup import text_of_html, text_of_tree
from newsclust.reading.formats.pages import declared_charset
from newsclust.reading.formats.xml_items import local_name, read_items
from newsclust.reading.records import Parsed

if TYPE_CHECKING:
    from lxml.etree import _Element

# Where fields stand in an item, best first: the last names of a path of elements, and an attribute behind "@".
_G2 = {
    "id": ("newsItem@guid",),
    "title": ("contentMeta/headline", "itemMeta/title"),
    "date": ("itemMeta/firstCreated", "contentMeta/contentCreated", "itemMeta/versionCreated"),
    "source": ("infoSource/name", "infoSource@literal", "provider/name", "provider@literal", "contentMeta/creditline"),
    "language": ("contentMeta/language@tag", "newsItem@lang"),
    "author": ("contentMeta/by", "contentMeta/creator/name"),
    "text": ("contentSet/inlineXML", "contentSet/inlineData"),
}
_NEWSML = {
    "id": ("NewsIdentifier/PublicIdentifier", "NewsIdentifier/NewsItemId"),
    "title": ("NewsLines/HeadLine", "NewsComponent/Headline"),
    "date": ("NewsManagement/FirstCreated", "NewsManagement/ThisRevisionCreated"),
    "source": ("Source/Party@FormalName", "Provider/Party@FormalName", "NewsIdentifier/ProviderId"),
    "language": ("DescriptiveMetadata/Language@FormalName", "NewsItem@lang"),
    "author": ("NewsLines/ByLine",),
    "text": ("ContentItem/DataContent",),
}
_NITF = {
    "id": ("docdata/doc-id@id-string",),
    "title": ("hedline/hl1", "head/title"),
    "date": ("docdata/date.issue@norm", "docdata/date.release@norm", "pubdata@date.publication", "story.date@norm"),
    "source": ("pubdata@name", "body.head/distributor", "docdata/doc.copyright@holder"),
    "language": ("nitf@lang", "body@lang"),
    "author": ("body.head/byline",),
    "text": ("body/body.content",),
}
_TEI = {
    "id": ("publicationStmt/idno", "TEI@id"),
    "title": ("titleStmt/title",),
    "date": ("sourceDesc//date@when", "publicationStmt/date@when", "sourceDesc//date", "publicationStmt/date"),
    "source": ("monogr/title", "sourceDesc//publisher", "publicationStmt/publisher"),
    "language": ("TEI@lang", "text@lang", "langUsage/language@ident"),
    "author": ("titleStmt/author",),
    "text": ("text/body",),
}
SHAPES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"newsItem": _G2, "NewsItem": _NEWSML, "nitf": _NITF, "TEI": _TEI, "TEI.2": _TEI}
)
"""The fields of an item, by the name of its element."""

_PARAGRAPHS = frozenset("p li hl2 h2 h3 h4 head pre quote l".split())
_NO_TEXT = frozenset("media media-caption figure note fw script style".split())
_ROOT = re.compile(r"<(?:\w+:)?(?:newsMessage|newsItem|NewsML|nitf|TEI|teiCorpus|TEI\.2)[\s>]")
_SNIFFED_CHARACTERS = 4_000


def parse_news_xml(text: str) -> Parsed:
    """A record for each outermost item, its location the number of the item where there are several."""
    return read_items(text, frozenset(SHAPES), _fields, "items of news")


def _fields(item: _Element) -> dict[str, Any]:
    shape = SHAPES[local_name(item)]
    elements = list(_with_paths(item))
    values: dict[str, Any] = {}
    for field, paths in shape.items():
        said = (said for path in paths for said in _at(elements, path, texts=field == "text"))
        values[field] = max(said, key=len, default="") if field == "text" else next(filter(None, said), "")
    return {field: value for field, value in values.items() if value}


def _with_paths(item: _Element) -> Iterator[tuple[str, _Element]]:
    """Each element with the names from the item down to it, "/newsItem/itemMeta/title"."""
    waiting = [(f"/{local_name(item)}", item)]
    while waiting:
        path, element = waiting.pop()
        yield path, element
        waiting.extend((f"{path}/{local_name(child)}", child) for child in reversed(element))


def _at(elements: list[tuple[str, _Element]], wanted: str, *, texts: bool) -> Iterator[str]:
    """What stands at the path that is wanted, once for each element there."""
    names, _, attribute = wanted.partition("@")
    above, _, last = names.rpartition("//")
    for path, element in elements:
        if not path.endswith(f"/{last}") or (above and f"/{above}/" not in path):
            continue
        if attribute:
            yield next((str(value) for key, value in element.items() if key.rpartition("}")[2] == attribute), "")
        else:
            yield _text(element) if texts else " ".join("".join(map(str, element.itertext())).split())


def _text(holder: _Element) -> str:
    """The paragraphs of an element, those of captions and notes left out; all that it says where it has none."""
    lines: list[str] = []
    waiting = [holder]
    while waiting:
        element = waiting.pop()
        name = local_name(element)
        if name in _PARAGRAPHS:
            lines.append(text_of_tree(element).replace("\n", " "))
        elif name not in _NO_TEXT:
            waiting.extend(reversed(element))
    return "\n".join(filter(None, lines)) or text_of_html("".join(map(str, holder.itertext())))


def _begins_news(start: bytes) -> bool:
    text = start_text(start)[:_SNIFFED_CHARACTERS]
    return text.startswith("<") and _ROOT.search(text) is not None


def _read(given: Input) -> Parsed:
    return read_text(given, parse_news_xml, given.limits.document_bytes, declared_charset)


NEWS_XML = InputFormat("news XML", (".xml", ".nitf", ".newsml", ".tei"), _begins_news, _read)
