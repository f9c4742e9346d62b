"""An Atom feed (RFC 4287): an entry a story, under an id that lasts as long as the story's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_OID, uuid5
from xml.etree import ElementTree

from newsclust.articles import Article
from newsclust.rendering.briefing.leads import story_lead
from newsclust.rendering.contract import rfc3339
from newsclust.rendering.html_data import web_link
from newsclust.store.read import Change
from newsclust.stories import ClusterResult, Story
from newsclust.text.display import count_of, printable
from newsclust.text.naming.cldr import country_name

NAMESPACE = "http://www.w3.org/2005/Atom"
TITLE = "News stories"
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""What stands for a date that is not known: Atom asks for one, and no clock is read."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_atom(result: ClusterResult, changes: Sequence[Change] | None = None) -> str:
    """Return the stories of the result as a feed, latest first; with `changes` those that are new or have grown.

    An entry links to the story's most central article, and its content gives the lead and a link to every article.
    """
    told = result.stories
    if changes is not None:
        changed = {change.story for change in changes if {"new", "grown", "merged"}.intersection(change.kinds)}
        told = tuple(story for story in told if story.id in changed)
    feed = ElementTree.Element("feed", xmlns=NAMESPACE)
    _add(feed, "title", TITLE)
    _add(feed, "id", _urn("feed"))
    _add(feed, "updated", _moment(max((story.last_seen or _NO_DATE for story in told), default=_NO_DATE)))
    _add(_add(feed, "author"), "name", "newsclust")
    _add(feed, "generator", "newsclust")
    for story in sorted(told, key=lambda story: (-(story.last_seen or _NO_DATE).timestamp(), story.id)):
        _entry(feed, story, result.settings.label_language)
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _entry(feed: ElementTree.Element, story: Story, language: str | None) -> None:
    entry = _add(feed, "entry")
    _add(entry, "title", story.title)
    _add(entry, "id", _urn(story.id))
    _add(entry, "updated", _moment(story.last_seen or _NO_DATE))
    if story.first_seen:
        _add(entry, "published", _moment(story.first_seen))
    links = (link for member in story.members if (link := web_link(member.article.url)))
    if link := next(links, None):
        _add(entry, "link", rel="alternate", href=_clean(link))
    for term in dict.fromkeys((*story.keywords, *(country_name(code, language or "en") for code in story.countries))):
        _add(entry, "category", term=_clean(printable(term)))
    lead = story_lead(story, language)
    if lead:
        _add(entry, "summary", lead)
    _add(entry, "content", _content(story, lead), type="html")


def _content(story: Story, lead: str) -> str:
    """The lead, and the articles as a list of links, as HTML."""
    body = ElementTree.Element("div")
    if lead:
        _text(body, "p", lead)
    sources = f", {count_of(len(story.sources), 'source', 'sources')}" if story.sources else ""
    languages = ", ".join(f"{code} {count}" for code, count in story.languages.items())
    _text(body, "p", f"{count_of(len(story.members), 'article', 'articles')}{sources}: {languages}")
    listed = ElementTree.SubElement(body, "ul")
    for member in story.members:
        _article(ElementTree.SubElement(listed, "li"), member.article)
    return ElementTree.tostring(body, encoding="unicode", method="html")


def _article(item: ElementTree.Element, article: Article) -> None:
    if link := web_link(article.url):
        _text(item, "a", article.headline).set("href", _clean(link))
    else:
        _text(item, "span", article.headline)
    where = ", ".join(filter(None, [article.outlet, article.language]))
    item[0].tail = f" ({_clean(printable(where))})"


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, attributes)
    if text is not None:
        element.text = _clean(printable(text) if "type" not in attributes else text)
    return element


def _text(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = _clean(printable(text))
    return element


def _clean(text: str) -> str:
    """A text without the few characters that no XML can hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _urn(name: str) -> str:
    """A name as a URN that is the same wherever the feed lies."""
    return uuid5(NAMESPACE_OID, f"newsclust/{name}").urn


def _moment(moment: datetime) -> str:
    return rfc3339(moment) or ""
