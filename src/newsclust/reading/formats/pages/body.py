"""The text of a page's article: trafilatura where it is sure, more of the page where that is too little."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from newsclust.reading.formats.markup import looks_like_html, text_of_html, text_of_tree
from newsclust.reading.formats.pages.layout import drop_lists_of_links, keep_one_article, lay_out_tables, own_heading
from newsclust.text.notices import is_notice

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ENOUGH = 250
"""Characters below which an extraction is doubted and the fallbacks are looked at: trafilatura's own
`min_extracted_size`, under which it doubts itself."""

COVERED = 0.6
"""Share of the page's paragraphs below which an extraction is doubted, and a more generous one is tried. Half to .9 do
as well; it is so for one page in fifteen."""

LARGEST = 2_000_000
"""Characters of text of a page above which only the fallbacks read it. Extraction takes 1.5 s a million characters."""

MOST_ELEMENTS = 20_000
"""Elements above which only the fallbacks read a page. Where there are many and little in them, extraction takes 0.1 ms
for each; pages of news have some 2,000."""

DEEPEST = 256
"""Elements in each other above which only the fallbacks read a page: at 2,000 extraction takes 5 s for a paragraph."""

RESCUED = 2_000
"""Elements with text up to which trafilatura may ask justext when it finds little: justext took 20 s for 5,000 list
items on a busy machine, and takes the square of that for more."""

SENTENCES = 80
"""Characters from which a paragraph is text rather than a label."""

LEAD = 600
"""Longest lead, in characters."""

MOST_LEADS = 8
"""Blocks looked at that begin as a description does: each may be as large as the page."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_UNSEEN = ("script", "style", "noscript", "template")
_NO_LEAD = ("aside", "nav", "footer", "figure", "figcaption", "form", "body")
_HEAD = 4
"""Lines at the head of a text among which the page's title may stand again."""
_LEAD_BLOCKS = ("p", "div", "h2", "h3")
_LEAD_NAMES = re.compile(
    r"lead|excerpt|sub-?(?:title|head|line)|standfirst|intro|summary|\bdek|abstract|chap[eo]|ingress", re.I
)
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "۔", "؟", '."', ".”", ".»")
_KEY = 40
"""Letters at the beginning of a description that a lead is known by."""


def can_be_searched(tree: HtmlElement) -> bool:
    """Whether a page is small enough for what takes more than a glance at each element."""
    elements, deepest, _, length = _extent(tree)
    return length <= LARGEST and elements <= MOST_ELEMENTS and deepest <= DEEPEST


def article_text(
    tree: HtmlElement,
    titles: Sequence[str],
    linked: Mapping[str, str],
    described: Sequence[str],
    *,
    searched: bool,
) -> str:
    """The text of the first article on a page, without its title; changes the tree.

    `titles` are those that the page has, `described` the texts that it is described by: one that stands in front of the
    text is its lead. A page that is not `searched` has the text of its JSON-LD, else its paragraphs.
    """
    extracted = ""
    if searched:
        keep_one_article(tree, titles)
        lay_out_tables(tree)
        drop_lists_of_links(tree)
        leads = (_described_block(tree, described), _block_under_heading(tree, titles))
        extracted = _extracted(tree)
        for lead in leads:
            extracted = _with_lead(lead, extracted)
    text = _best(extracted, linked.get("articleBody", "")) or _paragraphs(tree)
    return _without_titles(text, titles)


def _best(extracted: str, linked: str) -> str:
    """The extraction, or, where it is next to nothing, the text of the JSON-LD if that is longer."""
    walled = is_notice(extracted)
    if len(extracted) >= ENOUGH and not walled:
        return extracted
    if looks_like_html(linked):
        linked = text_of_html(linked)
    if len(linked) > len(extracted) or (linked and walled):
        return linked
    return extracted


def _extracted(tree: HtmlElement) -> str:
    """What trafilatura is sure of; where that is little of the page's paragraphs, the longest of other attempts."""
    extracted = _by_trafilatura(tree, sure=True)
    written = _written(tree)
    if len(extracted) >= max(ENOUGH, COVERED * sum(length for _, length in written)):
        return extracted
    _, _, filled, _ = _extent(tree)
    attempts = [extracted, _by_trafilatura(tree, sure=False, fast=filled > RESCUED)]
    if (home := _home(written)) is not None:
        home.set("itemprop", "articleBody")  # trafilatura takes the first of the parts that a text is laid out in
        attempts.append(_by_trafilatura(tree, sure=True))
    longest = max(attempts, key=len)
    return longest if len(longest) > 1.1 * len(extracted) else extracted


def _by_trafilatura(tree: HtmlElement, *, sure: bool, fast: bool = True) -> str:
    from trafilatura import bare_extraction

    try:
        with warnings.catch_warnings(action="ignore"):
            document = bare_extraction(tree, fast=fast, favor_precision=sure, include_comments=False)
    except Exception:
        return ""  # a third-party parser on a page of any kind: whatever it trips over, the fallbacks still read
    return "" if document is None or isinstance(document, dict) else document.text or ""


def _written(tree: HtmlElement) -> list[tuple[HtmlElement, int]]:
    """The paragraphs of a page that are text, outside menus and forms, and their characters."""
    paragraphs = []
    for paragraph in tree.iter("p"):
        text = " ".join("".join(paragraph.itertext()).split())
        if len(text) < SENTENCES or _linked(paragraph) > len(text) / 2:
            continue
        if next(paragraph.iterancestors("a", "aside", "footer", "nav", "form"), None) is None:
            paragraphs.append((paragraph, len(text)))
    return paragraphs


def _linked(element: HtmlElement) -> int:
    """The characters of an element's links."""
    return sum(len("".join(link.itertext())) for link in element.iter("a"))


def _home(written: Sequence[tuple[HtmlElement, int]]) -> HtmlElement | None:
    """The innermost element around the page's text, which may be laid out in several parts of one class."""
    parts: dict[tuple[str, str], list[tuple[HtmlElement, int]]] = {}
    for paragraph, length in written:
        parent = paragraph.getparent()
        if parent is not None:
            kind = (parent.get("class") or "").split()[:1]
            parts.setdefault((str(parent.tag), "".join(kind)), []).append((paragraph, length))
    if not parts:
        return None
    text = max(parts.values(), key=lambda part: sum(length for _, length in part))
    around = list(text[0][0].iterancestors("article", "div", "main", "section"))
    for paragraph, _ in text[1:]:
        above = set(paragraph.iterancestors("article", "div", "main", "section"))
        around = [element for element in around if element in above]
    return next(iter(around), None)


def _extent(tree: HtmlElement) -> tuple[int, int, int, int]:
    """Elements of a tree, how deep they go, how many have text in or behind them, and the length of that text."""
    from lxml import etree

    elements = depth = deepest = filled = length = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        elements, depth = elements + 1, depth + 1
        deepest = max(deepest, depth)
        text = "" if element.tag in _UNSEEN else (element.text or "").strip()
        tail = (element.tail or "").strip()
        filled += bool(text or tail)
        length += len(text) + len(tail)
    return elements, deepest, filled, length


def _paragraphs(tree: HtmlElement) -> str:
    from lxml import etree

    texts = []
    depth = 0  # paragraphs in paragraphs (by way of <object>) are read once, with the outermost
    for event, paragraph in etree.iterwalk(tree, events=("start", "end"), tag="p"):
        if event == "start" and depth == 0:
            texts.append(text_of_tree(paragraph).replace("\n", " "))
        depth += 1 if event == "start" else -1
    return "\n".join(text for text in texts if text)


def _described_block(tree: HtmlElement, described: Iterable[str]) -> str:
    """The block of the page that holds the beginning of one of its descriptions; "" where none does."""
    keys = [key for text in described if len(key := _letters(text)[:_KEY]) == _KEY]
    body = tree.find("body")
    if not keys or body is None:
        return ""
    tried = 0
    for element in body.iter("*"):
        start = _letters(element.text.strip()[:80])[:20] if element.text and element.tag not in _UNSEEN else ""
        if len(start) < 8 or not any(start in key for key in keys):
            continue
        tried += 1
        if tried > MOST_LEADS:
            break
        for block in (element, *element.iterancestors()):
            if block.tag in _NO_LEAD:
                break
            text = " ".join(text_of_tree(block).split())
            if len(text) > LEAD:
                break
            if any(0 <= _letters(text).find(key) <= _KEY // 2 for key in keys):  # "Berlin." may stand in front
                return text
    return ""


def _block_under_heading(tree: HtmlElement, titles: Iterable[str]) -> str:
    """The sentence or two that stand right under the page's <h1>, or are called its lead there; "" where none do."""
    heading = own_heading(tree, titles)
    for element in () if heading is None else (heading, *heading.iterancestors("div", "hgroup", "header")):
        below = element.getnext()
        if below is None or below.tag not in _LEAD_BLOCKS:
            continue
        text = " ".join(text_of_tree(below).split())
        named = any(_LEAD_NAMES.search(part.get("class") or "") for part in below.iter(*_LEAD_BLOCKS))
        if _KEY <= len(text) <= LEAD and (named or text.endswith(_SENTENCE_ENDS)) and _linked(below) <= len(text) / 3:
            return text
        return ""
    return ""


def _with_lead(lead: str, text: str) -> str:
    if not lead or not text or _letters(lead)[:_KEY] in _letters(text):
        return text
    return f"{lead}\n{text}"


def _without_titles(text: str, titles: Iterable[str]) -> str:
    """A text without the page's titles in front of it."""
    known = {_letters(title) for title in titles}
    lines = text.split("\n")
    kept = [line for line in lines[:_HEAD] if _letters(line) not in known]
    return "\n".join((*kept, *lines[_HEAD:])) if len(kept) + len(lines[_HEAD:]) else text


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())
