"""What an article is known by: its own id, its address, its source with title and date, or its location in a file."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from newsclust.articles import Article, Skipped

KEY_DIGITS = 16
"""Hexadecimal digits of an id made from source, title and date: of a million articles two meet once in 37 million."""

_TRACKING = re.compile(
    r"(?:utm|mtm|pk|matomo|hsa|at|ns|itm|oly|vero|mkt|wt)_|"
    r"(?:fbclid|gclid|gclsrc|dclid|wbraid|gbraid|yclid|ysclid|twclid|ttclid|msclkid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|"
    r"xtor|cmp|cmpid|icid|ncid|ocid|smid|ref_src|ref_url|referrer|__twitter_impression|guccounter|spm|s_cid|srnd|sref|"
    r"traffic_source|campaign_id)=|(?:ref|share|shared|amp|rss|feature|source|from|ito)=(?!\d{3})",
    re.I,
)
"""Parameters that say where a reader came from. Those that name the article on some sites (cid, uid, ref=4711) stay: an
address taken for another's costs an article, one that is not known again gives a copy, which is told as such."""
_URL = re.compile(
    r"https?://(?:[^/?#@]*@)?([^/?#:]+)(?::(\d*))?(/[^?#]*)?(?:\?([^#]*))?(?:#(.*))?$",  # host, port, path, query, rest
    re.I,
)
_PATH_END = re.compile(r"[/\s]+$")
_USUAL_PORTS = (None, "", "80", "443")
_ROUTES = ("!", "/")
"""How a fragment begins that names a page of a site which is one page: "#!/2025/ferry"."""


def canonical_url(url: str) -> str | None:
    """An address as it names an article: no tracking parameters, no fragment; None for what names no article.

    Scheme, host, port and the order of parameters have one form. A site's home page names no article.
    """
    parts = _URL.match(url.strip())
    if parts is None:
        return None
    host, port, path, query, fragment = parts.groups()
    if query:
        query = "&".join(
            sorted(pair for pair in map(str.strip, query.split("&")) if pair and not _TRACKING.match(pair))
        )
    path = _PATH_END.sub("", path or "")
    route = fragment if fragment and fragment.startswith(_ROUTES) else ""
    if not (path or query or route):
        return None
    authority = host.lower().rstrip(".") if port in _USUAL_PORTS else f"{host.lower()}:{port}"
    return f"https://{authority}{path or '/'}{'?' if query else ''}{query or ''}{'#' if route else ''}{route}"


def made_id(title: str, text: str, url: str | None, source: str | None, published: datetime | None) -> str | None:
    """The id of a row that has none of its own: its address, or else one made from source, title and date.

    None where neither is there: a title alone ("Weather") tells no two articles apart.
    """
    if url and (address := canonical_url(url)):
        return address
    return keyed_id(title, text, source, published)


def keyed_id(title: str, text: str, source: str | None, published: datetime | None) -> str | None:
    """An id made from title (else text) with source and date; None where there is neither source nor date."""
    if not (source or published):
        return None
    key = "\0".join((source or "", title or text, published.isoformat() if published else ""))
    return f"a-{hashlib.sha256(key.encode()).hexdigest()[:KEY_DIGITS]}"


def settled(
    articles: Sequence[tuple[Article, str]], *, keep_all: bool = False
) -> tuple[tuple[Article, ...], tuple[Skipped, ...]]:
    """The articles (each with the name of its folder), each under an id of its own; and what is to be told.

    The same title and text under one address, or one source, title and date, is one article, unless `keep_all`. Of
    other articles that share an id, those in several folders get the folder's name in front, those still equal a number
    behind. Within one folder the first keeps its id: a folder that the same article comes to in one file after the
    other knows it under one name.
    """
    if len({article.id for article, _ in articles}) == len(articles):
        return tuple(article for article, _ in articles), ()
    addressed = _addressed(articles)
    once, again = (addressed, []) if keep_all else _each_once(addressed)
    notes: tuple[Skipped, ...] = ()
    if again:
        more = f" (and {len(again) - 1} more)" if len(again) > 1 else ""
        notes = (Skipped(again[0].path, f"the same article again under one address; kept once{more}"),)
    return _numbered(once), notes


def _addressed(articles: Sequence[tuple[Article, str]]) -> list[tuple[Article, str]]:
    """The articles; where rows of one file share an address but no title, it is that of a list, and no id."""
    titles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for article, folder in articles:
        if _is_address(article):
            titles[_file_of(article, folder), article.id].add(article.headline)
    result = []
    for article, folder in articles:
        if len(titles.get((_file_of(article, folder), article.id), ())) > 1:
            other = keyed_id(article.title or "", article.text, article.source, article.published) or article.path
            article = dataclasses.replace(article, id=other)
        result.append((article, folder))
    return result


def _each_once(articles: Sequence[tuple[Article, str]]) -> tuple[list[tuple[Article, str]], list[Article]]:
    """The articles without those that are there already, and these."""
    seen: set[tuple[str, str | None, str]] = set()
    once: list[tuple[Article, str]] = []
    again: list[Article] = []
    for article, folder in articles:
        content = (article.id, article.title, article.text)
        if _is_made(article) and content in seen:
            again.append(article)
            continue
        seen.add(content)
        once.append((article, folder))
    return once, again


def _is_address(article: Article) -> bool:
    return article.url is not None and article.id != article.path and article.id == canonical_url(article.url)


def _is_made(article: Article) -> bool:
    """Whether an id was made here from what the article says of itself."""
    if _is_address(article):
        return True
    return article.id == keyed_id(article.title or "", article.text, article.source, article.published)


def _file_of(article: Article, folder: str) -> str:
    return f"{folder}\0{article.path.rpartition('#')[0]}"


def _numbered(articles: Sequence[tuple[Article, str]]) -> tuple[Article, ...]:
    """The articles; ids that several folders have get the folder's name in front, those still equal a number behind."""
    counts = Counter(article.id for article, _ in articles)
    folders: defaultdict[str, set[str]] = defaultdict(set)
    for article, folder in articles:
        if counts[article.id] > 1 and not _is_made(article):
            folders[article.id].add(folder)
    shared = {id_ for id_, holders in folders.items() if len(holders) > 1}
    wanted = [
        f"{folder}/{article.id}" if folder and article.id in shared else article.id for article, folder in articles
    ]
    again = Counter(wanted)
    taken = {name for name, count in again.items() if count == 1}
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: iter(range(1, len(articles) + 2)))
    result = []
    for (article, _), name in zip(articles, wanted, strict=True):
        unique = name if again[name] == 1 else _next_free(name, numbers[name], taken)
        taken.add(unique)
        result.append(article if unique == article.id else dataclasses.replace(article, id=unique))
    return tuple(result)


def _next_free(name: str, numbers: Iterator[int], taken: set[str]) -> str:
    for number in numbers:
        candidate = name if number == 1 else f"{name}~{number}"
        if candidate not in taken:
            return candidate
    raise AssertionError("there are more numbers than articles")
