"""What a page says of itself in its head: the contents of <meta>, its address, language and the name of its site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from newsclust.text.urls import host_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_SITE = 60
"""Characters of the name of a site at most; a longer one is a slogan or a sentence."""

_NAMES = ("property", "name", "itemprop", "http-equiv")
_LEGAL = re.compile(r"©|\(c\)|copyright|all rights|alle rechte|tous droits|todos los derechos|\b(?:19|20)\d\d\b", re.I)
_ADDRESS = re.compile(r"(?:https?:)?//|^www\.", re.I)
_LETTERS = re.compile(r"[\W_]+")


def metas(tree: HtmlElement) -> dict[str, str]:
    """The contents of the page's <meta> by their names in lower case, the first of each name."""
    contents: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        name = next((value for key in _NAMES if (value := element.get(key))), None)
        if name and content:
            contents.setdefault(str(name).strip().lower(), content)
    return contents


def first_of(meta: Mapping[str, str], names: Iterable[str]) -> str | None:
    """The content of the first of these names that the page has."""
    return next((meta[name] for name in names if name in meta), None)


def address(tree: HtmlElement, meta: Mapping[str, str]) -> str | None:
    """The page's own address, with its host."""
    links = [str(link.get("href")) for link in tree.iter("link") if link.get("rel") == "canonical" and link.get("href")]
    known = (*links, meta.get("og:url"), meta.get("twitter:url"))
    return next((url for url in known if url and url.startswith("http")), None)


def language(tree: HtmlElement, meta: Mapping[str, str], linked: str | None) -> str | None:
    """The language that the page declares."""
    for name in ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang"):
        if value := tree.get(name):
            return str(value)
    return first_of(meta, ("content-language", "og:locale", "language", "dc.language")) or linked


def site(
    tree: HtmlElement, meta: Mapping[str, str], publisher: str | None, url: str | None, headlines: Collection[str]
) -> str | None:
    """The name of the site: declared, behind the headline in <title>, else the host of its address.

    Accounts ("@paper"), addresses, legal lines and headlines stand there too; they are no names.
    """
    names = (meta.get("og:site_name"), publisher, meta.get("application-name"), meta.get("dc.publisher"))
    for name in names:
        plain = " ".join((name or "").split())
        if plain and plain not in headlines and is_site_name(plain):
            return plain
    host = host_of(url)
    return _site_in_title(tree, host) or host or None


def is_site_name(name: str) -> bool:
    """Whether a text may be the name of a site."""
    return len(name) <= LONGEST_SITE and name[0] != "@" and not _ADDRESS.search(name) and not _LEGAL.search(name)


def _site_in_title(tree: HtmlElement, host: str) -> str | None:
    """The last part of <title>, where it is written as the host is: "Coast Times" at coasttimes.example."""
    label = _LETTERS.sub("", host.rpartition(".")[0].rpartition(".")[2])
    last = re.split(r"\s[|–—:•»-]\s|[|｜]", tree.findtext(".//title") or "")[-1].strip()
    return last if label and _LETTERS.sub("", last.casefold()) in (label, _LETTERS.sub("", host)) else None
