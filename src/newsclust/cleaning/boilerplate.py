"""Taking boilerplate out of articles: share bars, comment forms, notices, lists of other articles.

What goes is kept in `Article.boilerplate`. A line goes where it is known wording or nothing but
links or a counter, a passage or a headline where articles share it that are unlike in all else (`shared_passages`). An
article is never emptied; where its title is left it may lose its text.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from newsclust.articles import Article, Boilerplate, Reason
from newsclust.cleaning import box_wording, wording
from newsclust.cleaning.placeholders import stubs_of, without_stub
from newsclust.cleaning.shared_passages import Shared, boilerplate_among, boilerplate_in, without_spans
from newsclust.cleaning.site_names import without_site
from newsclust.execution.executor import IN_PROCESS, Executor, in_chunks
from newsclust.text.letter_shingles import Hashes

SHORT = 160
"""Longest line that may be boilerplate by its wording, in characters; notices: `NOTICE`."""

BAR = 100
"""Longest share bar or counter, in characters."""

POINTER = 220
"""Longest line that points to another article ("Read also: ...") or is made of addresses, in characters."""

NOTICE = 900
"""Longest syndication notice, in characters. Those of wire services run to about 500."""

EDGE = 12
"""Filled lines looked at, at the head, and twice as many at the end, where pages have their menus. Set by judgement."""

_CLEANED_AT_ONCE = 512
"""Articles that a worker looks at in one go: 0.1 s."""

_AROUND = " \t\xa0.:!…*»«›‹→↓↑←|•·–—->_#[](){}“”\"'،؛。：>＞▶►■●©"
_ENDS_SENTENCE = (*".。।۔!?！？؟", '."', ".”", ".»")
_PLACEHOLDER = re.compile(r"\[/?[a-z]{2,20}[_-]?\d{1,4}\]$", re.I)
_DIGIT = re.compile(r"\d")
_COUNTER = re.compile(r"[^\W\d_]{2,24}(?: [^\W\d_]{1,24})?\s?\(\d{1,6}\)$")  # "Maoni (0)", in any language
_COUNT = re.compile(r"[\d()\[\]:.,\s]+")
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIRE = re.compile(r"\(([^\W\d_][^()\n]{1,40})\)\s{0,3}[–—-]{1,2}\s{1,3}(?=\S)")
_SEPARATORS = re.compile(r"[|/·•,\s]+")
_DAY_WORDS = frozenset("and und en et y e i и dan ve och og de da do van von der di del la le bin al".split())
_WEB = ("http://", "https://", "www.")


@dataclass(frozen=True, slots=True)
class _Words:
    """The tables of `wording`, ready for lookup."""

    lines: frozenset[str]
    edges: frozenset[str]
    lists: frozenset[str]
    also: frozenset[str]
    notices: tuple[str, ...]
    appeals: tuple[tuple[str, ...], ...]
    triggers: frozenset[str]
    counted: frozenset[str]
    labels: frozenset[str]
    origins: frozenset[str]
    networks: frozenset[str]
    bylines: frozenset[str]
    credits: frozenset[str]


def clean(articles: Iterable[Article], executor: Executor = IN_PROCESS) -> tuple[Article, ...]:
    """The articles in the same order, each without its boilerplate."""
    cleaned = without_known_wording(articles, executor)
    shared = boilerplate_among(cleaned, executor)
    return tuple(_without_shared(article, some) for article, some in zip(cleaned, shared, strict=True))


def without_known_wording(articles: Iterable[Article], executor: Executor = IN_PROCESS) -> tuple[Article, ...]:
    """The articles in the same order, each without what is boilerplate by its wording."""
    given = tuple(articles)
    stubs = stubs_of(given)
    read = tuple(without_stub(article, stubs) for article in given) if stubs else given
    cleaned = chain.from_iterable(executor.map(_cleaned_of, in_chunks(read, _CLEANED_AT_ONCE)))
    return tuple(article if other is None else other for article, other in zip(read, cleaned, strict=True))


def _cleaned_of(articles: Sequence[Article]) -> list[Article | None]:
    """Each article that loses something without it; None for the others, which need not travel back."""
    cleaned = ((article, _cleaned(article)) for article in articles)
    return [None if other is article else other for article, other in cleaned]


def without_passages(article: Article, passages: Hashes) -> Article:
    """The article without those of the passages in it that are none of its own; they go to `Article.boilerplate`."""
    return _without_shared(article, boilerplate_in(article.title, article.text, passages))


def _without_shared(article: Article, shared: Shared) -> Article:
    if article.title and shared.headline:
        article = _without([article.title], "headline", dataclasses.replace(article, title=None))
    if not shared.spans:
        return article
    text, gone = without_spans(article.text, shared.spans)
    return _without(gone, "shared", dataclasses.replace(article, text=text))


def _cleaned(article: Article) -> Article:
    lines = article.text.split("\n")
    removed = _lines_of_known_wording(lines) | _title_again(article.title, lines)
    kept = [line for at, line in enumerate(lines) if at not in removed]
    tag = _take_wire_tag(kept)
    title, site = article.title, None
    if title is not None:
        title, site = without_site(title, article.source, article.url, _words().edges)
    if not removed and tag is None and site is None:
        return article
    text = _joined(kept)
    gone = [lines[at].strip() for at in sorted(removed)]
    if not any(character.isalnum() for character in text):
        text, gone, tag = article.text, [], None
    gone = [*([site] if site else []), *([tag] if tag else []), *gone]
    return _without(gone, "wording", dataclasses.replace(article, title=title, text=text))


def _title_again(title: str | None, lines: list[str]) -> set[int]:
    """The index of the first filled line where it is the title in the same letters, and text follows."""
    filled = [at for at, line in enumerate(lines) if line and not line.isspace()]
    if not title or len(filled) < 2 or len(lines[filled[0]]) > 2 * len(title):
        return set()
    return {filled[0]} if _letters(lines[filled[0]]) == _letters(title) != "" else set()


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _without(passages: Iterable[str], reason: Reason, article: Article) -> Article:
    taken_out = tuple(Boilerplate(passage, reason) for passage in passages)
    return dataclasses.replace(article, boilerplate=article.boilerplate + taken_out)


def _joined(lines: list[str]) -> str:
    """Lines as a text without the gaps that removed lines leave."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    return "\n".join(kept).strip()


def _lines_of_known_wording(lines: list[str]) -> set[int]:
    """The indices of the lines that are wording."""
    filled = [at for at, line in enumerate(lines) if line and not line.isspace()]
    if len(filled) < 2:
        return set()  # a text of one line is never boilerplate as a whole
    keys = {at: _key(lines[at]) for at in filled if len(lines[at]) <= POINTER}
    removed = {at for at, key in keys.items() if _is_boilerplate(lines[at].strip(), key)}
    if _is_byline(lines[filled[0]].strip()):
        removed.add(filled[0])
    end = _start_of_lists(lines, filled, keys, removed)
    removed.update(filled[end:])
    for edge, is_tail in ((filled[:EDGE], False), (filled[:end][: -2 * EDGE - 1 : -1], True)):
        for at in edge:
            if at in removed:
                continue
            if not _is_boilerplate_at_edge(lines[at].strip(), keys.get(at), is_tail):
                break
            removed.add(at)
    return removed


def _is_boilerplate(line: str, key: str) -> bool:
    """Whether a line is boilerplate wherever it stands."""
    words = _words()
    if key in words.lines:
        return True
    if not line.isascii() or ":" in line:
        if _opens_also(line):
            return True
        if _is_links(line):
            return True
    elif "www." in line and _is_links(line):
        return True
    if len(line) > BAR:
        return False
    if _is_credit(line):
        return True
    if line[-1] == "]" and _PLACEHOLDER.match(line):
        return True
    if _DIGIT.search(line) and _COUNT.sub(" ", key).strip() in words.counted:
        return True
    return (":" in line or "：" in line or "|" in line or len(line) <= 60) and _is_share_bar(line)


def _is_boilerplate_at_edge(line: str, key: str | None, is_tail: bool) -> bool:
    """Whether a line is boilerplate before the first or, `is_tail`, behind the last line of text."""
    words = _words()
    if key is not None and len(line) <= SHORT:
        if key in words.edges or key in words.lists or key in words.networks:
            return True
        label, colon, _ = line.replace("：", ":", 1).partition(":")
        if colon and len(label) <= 25:
            name = _key(label)
            # At the head "Sources: ..." is how a headline quotes insiders.
            if name in words.labels or (is_tail and name in words.origins):
                return True
        if _COUNTER.match(line) or not any(character.isalnum() for character in line):
            return True
    return len(line) <= NOTICE and _is_notice(line.casefold())


def _is_notice(folded: str) -> bool:
    """Whether a line says where the text is from, or calls to subscribe; a rare word of each is looked up first."""
    words = _words()
    if words.triggers.isdisjoint(_WORD.findall(folded)) and (folded.isascii() or not _UNSPACED.search(folded)):
        return False
    if any(notice in folded for notice in words.notices):
        return True
    return len(folded) <= SHORT and any(all(part in folded for part in parts) for parts in words.appeals)


def _opens_also(line: str) -> bool:
    """Whether a line points to another article: "Read also: ...", "Baca Juga : ..."."""
    head, colon, tail = line[:40].replace("：", ":").partition(":")
    return bool(colon) and bool(tail) and _key(head) in _words().also


def _is_credit(line: str) -> bool:
    """Whether a line names who took a picture: "Photo: Ana Ruiz / Coast Times"."""
    label, mark, name = line[:BAR].replace("：", ":").replace("=", ":").partition(":")
    if not mark or not name.strip() or len(label) > 25 or line.endswith(_ENDS_SENTENCE):
        return False
    return _key(label) in _words().credits


def _is_links(line: str) -> bool:
    """Whether a line holds addresses and at most a label in front ("Source: https://...")."""
    if "://" not in line and "www." not in line:
        return False
    rest = [token for token in line.split() if not token.lstrip("(<[").lower().startswith(_WEB)]
    label = " ".join(rest)
    return not label or not label.strip(_AROUND) or (len(label) <= 30 and label.endswith((":", "：")))


def _is_share_bar(line: str) -> bool:
    """Whether a line is made of names of networks and words for sharing: "Share: Facebook | X", "Print | Comments"."""
    words = _words()
    label, colon, rest = line.replace("：", ":", 1).partition(":")
    if colon and len(label) <= 40 and rest.strip():
        parts = [part for part in _SEPARATORS.split(rest.casefold()) if part]
        if _key(label) in words.lines or (parts and all(part in words.networks for part in parts)):
            return True
    parts = [part for part in _SEPARATORS.split(line.casefold().strip(_AROUND)) if part]
    if len(set(parts)) > 1 and all(part in words.networks for part in parts):
        return True
    cells = [_key(cell) for cell in line.split("|")]
    return len(cells) > 1 and all(c in words.lines or c in words.edges or c in words.networks for c in cells if c)


def _is_byline(line: str) -> bool:
    """Whether a line names the author and perhaps a day: "Von Clemens Rathke, 1. März 2025"."""
    if not 6 <= len(line) <= 80 or line.endswith((".", "。", "!", "?")):
        return False
    first, *rest = line.replace(":", " ").split() or [""]
    named = [word for word in rest if word[0].isalpha()]
    if first.casefold() not in _words().bylines or not 2 <= len(named) <= 8:
        return False
    return not first.islower() and all(word[0].isupper() or word in _DAY_WORDS for word in named[:3])


def _start_of_lists(lines: list[str], filled: list[int], keys: Mapping[int, str], removed: set[int]) -> int:
    """The index in `filled` of the first heading of other articles behind which no text comes, or its length.

    Behind "Related Articles" headlines follow: short lines that end no sentence. Where a sentence follows, the heading
    stood in the middle of the text.
    """
    lists = _words().lists
    start = len(filled)
    for index in range(len(filled) - 1, 0, -1):
        at = filled[index]
        if keys.get(at) in lists:
            start = index
        elif at not in removed and (at not in keys or lines[at].rstrip().endswith(_ENDS_SENTENCE)):
            break
    return start


def _take_wire_tag(lines: list[str]) -> str | None:
    """Take "(Wire Name) –" off the start of the first line of text, in place."""
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        match = _WIRE.match(line.lstrip()) if line.lstrip().startswith("(") else None
        if match is None or not match[1][0].isupper() or len(match[1].split()) > 4:
            return None
        lines[at] = line.lstrip()[match.end() :]
        return match[0].strip()
    return None


def _key(line: str) -> str:
    """A line as the tables hold it: no case, no punctuation around it."""
    return line.casefold().strip(_AROUND)


@lru_cache(maxsize=1)
def _words() -> _Words:
    def table(*texts: str) -> frozenset[str]:
        return frozenset(key for text in texts for entry in text.split("|") if (key := _key(" ".join(entry.split()))))

    lists = table(*wording.LISTS.values())
    notices = table(wording.NOTICES, box_wording.BOX_NOTICES)
    appeals = table(wording.APPEALS, box_wording.BOX_APPEALS)
    return _Words(
        lines=table(*wording.LINES.values(), *box_wording.BOXES.values()),
        edges=table(*wording.EDGES.values()),
        lists=lists,
        also=table(wording.ALSO) | lists,
        notices=tuple(sorted(notices)),
        appeals=tuple(tuple(part.strip() for part in entry.split("...")) for entry in sorted(appeals)),
        triggers=frozenset(max(_WORD.findall(entry), key=len, default="") for entry in notices | appeals),
        counted=table(wording.COUNTED),
        labels=table(wording.LABELS),
        origins=table(wording.ORIGINS),
        networks=table(wording.NETWORKS),
        bylines=table(wording.BYLINES),
        credits=table(box_wording.CREDITS),
    )
