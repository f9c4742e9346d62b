"""What a page is laid out in: articles that follow one another, and tables around the text or in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

AN_ARTICLE = 400
"""Characters of text from which what has a heading of its own is another article rather than a box."""

MOST_OTHERS = 50
"""Articles and headings behind the first that are looked at: each look may read the page."""

A_CELL = 200
"""Characters of a cell from which its table is the layout of a page."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col")


def own_heading(tree: HtmlElement, titles: Iterable[str]) -> HtmlElement | None:
    """The <h1> that is the page's title, else the first that says anything."""
    headings = [heading for heading in tree.iter("h1") if _letters(heading)]
    known = {_NOT_LETTERS.sub("", title.casefold()) for title in titles}
    for heading in headings:  # a kicker may stand in it
        if any(title in _letters(heading) for title in known if title):
            return heading
    return headings[0] if headings else None


def keep_one_article(tree: HtmlElement, titles: Iterable[str]) -> None:
    """Take the articles behind the first off a page that goes on with the next one.

    The first is the one with the heading that is the page's title, and has text of its own. What follows it is another
    where it is an <article> with a heading too, or stands under an <h1> of its own in an element of the same class.
    """
    own = own_heading(tree, titles)
    if own is None:
        return
    above = {own, *own.iterancestors()}
    home = next(own.iterancestors("article"), None)
    written = home is not None and _written(home) >= AN_ARTICLE
    elements = list(tree.iter("article", "h1"))
    for element in elements[elements.index(own) + 1 :][:MOST_OTHERS]:
        if element in above or element.getparent() is None:
            continue
        if element.tag == "h1":
            other = _twin(element, above)
        else:
            headed = next(element.iter("h1", "h2", "h3"), None) is not None
            inside = any(around is home for around in element.iterancestors("article"))
            other = element if written and headed and not inside else None
        if other is not None and _written(other) >= AN_ARTICLE:
            other.drop_tree()


def _twin(heading: HtmlElement, above: set[HtmlElement]) -> HtmlElement | None:
    """The element around a heading that stands beside one of the same class around the page's own heading."""
    block = heading
    for element in heading.iterancestors():
        if element in above:
            beside = next((child for child in element if child in above), None)
            if beside is None:  # a heading within the page's own
                return None
            same = block is not heading and block.tag == beside.tag and block.get("class") == beside.get("class")
            return block if same and _written(beside) >= AN_ARTICLE else None
        block = element
    return None


def lay_out_tables(tree: HtmlElement) -> None:
    """Make the tables that lay a page out plain blocks, and drop those of data: a text of figures tells no story."""
    for table in list(tree.iter("table")):
        if table.getparent() is None:
            continue
        if any(len(" ".join("".join(cell.itertext()).split())) >= A_CELL for cell in table.iter("td")):
            for element in table.iter(*_TABLE):
                element.tag = "div"
        else:
            table.drop_tree()


def drop_lists_of_links(tree: HtmlElement) -> None:
    """Drop lists in which every item is a pointer to another page: mostly the text of a link."""
    for block in list(tree.iter("ul", "ol")):
        items = [item for item in block if item.tag == "li"]
        if items and block.getparent() is not None and all(_is_pointer(item) for item in items):
            block.drop_tree()


def _is_pointer(item: HtmlElement) -> bool:
    length = len(" ".join("".join(item.itertext()).split()))
    linked = sum(len(" ".join("".join(link.itertext()).split())) for link in item.iter("a"))
    return length <= A_CELL and 2 * linked > length


def _written(element: HtmlElement) -> int:
    """The characters of the paragraphs in an element."""
    return sum(len(" ".join("".join(paragraph.itertext()).split())) for paragraph in element.iter("p"))


def _letters(element: HtmlElement) -> str:
    return _NOT_LETTERS.sub("", "".join(element.itertext()).casefold())
