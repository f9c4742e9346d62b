"""The layouts of exports: how the articles of each are parted, and what their head lines say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from newsclust.reading.formats.press.head_lines import (
    DATE_MARK,
    LONGEST_HEAD_LINE,
    MARKED,
    TITLE_MARK,
    date_in,
    is_byline,
    is_length,
    is_rights,
    labelled,
)

Paragraphs: TypeAlias = Sequence[str]
Values: TypeAlias = dict[str, Any]

BOUNDARY = "\ue014"
"""A paragraph of its own between two articles of a page that parts them itself."""

_FACTIVA_ID = re.compile(r"(?:AN\W+)?\S{1,20}[ \xa0]+([A-Z][A-Z0-9]*?0*(?:19|20)\d{6}[a-z][a-z0-9]{3,11})$")
_CODE = re.compile(r"([A-Z]{2,3})(?:[\s|\xa0]{2,}|\||\t|\xa0|\s*$)\s*(.*)", re.S)
_CODES = {"HD": "title", "PD": "date", "SN": "source", "LA": "language", "BY": "author", "LP": "text", "TD": "text"}
_EUROPRESSE_ID = re.compile(r"(?:.{0,60}\W)?(news[·•]\d{8}[·•]\w+[·•][\w.-]+)$")
_NUMBERED = re.compile(r"\D{0,24}?(\d{1,6})\D{1,12}(\d{1,6})\D{0,24}$")
_DOCUMENT = re.compile("do[ck]ument", re.I)
_ENDS = frozenset(
    ("end of document", "ende des dokuments", "fin du document", "fin del documento", "fim do documento",
     "fine del documento", "einde van document", "koniec dokumentu")
)  # fmt: skip
_BODY = frozenset("body text texte haupttext textkörper corps cuerpo corpo tekst hoofdtekst treść".split())
_RULE = re.compile(r"[_=*-]{20,}$")
_PROQUEST_LABELS = 4
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}\b.{0,12}$")
_CLOCK_AND_CODE = re.compile(r"[A-Z0-9_]{2,12}$|\S{0,6}\d\S{0,6}$")
LONGEST_AUTHOR = 60
"""Characters of a line behind a title that names its author."""
_LEAST = 3
"""Paragraphs that an article has more of: title, day and end."""
_DATED = 0.8
"""Share of articles below numbers that must be dated, where no number is called that of a document."""
_HEAD = 12
"""Paragraphs in which the head of an article is looked for."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout of exports.

    `parts` cuts paragraphs into articles, none where the layout is another; `read` gives the fields of one article.
    """

    name: str
    parts: Callable[[Paragraphs], list[Paragraphs]]
    read: Callable[[Paragraphs], Values]


def cut_after(paragraphs: Paragraphs, ends: Callable[[str], bool]) -> list[Paragraphs]:
    """The paragraphs up to and with each that ends an article; what follows the last end is none."""
    parts: list[Paragraphs] = []
    start = 0
    for at, paragraph in enumerate(paragraphs, 1):
        if ends(paragraph):
            parts.append(paragraphs[start:at])
            start = at
    return parts


def cut_before(paragraphs: Paragraphs, starts: Iterable[int]) -> list[Paragraphs]:
    """The paragraphs behind each that starts an article, up to the next; what stands before the first is none."""
    bounds = [*starts, len(paragraphs)]
    return [paragraphs[start + 1 : end] for start, end in pairwise(bounds)]


def _of_factiva(paragraphs: Paragraphs) -> list[Paragraphs]:
    parts = cut_after(paragraphs, lambda paragraph: _number(_FACTIVA_ID, paragraph) is not None)
    return parts if all(any(map(is_length, part)) or _coded(part) for part in parts) else []


def _read_factiva(part: Paragraphs) -> Values:
    """Title, byline, length, date, time, paper, its code, page, language and rights in this order, then the text."""
    values = _coded(part)
    if values is None:
        values = _read_plain_factiva(part[:-1])
    return values | {"id": _number(_FACTIVA_ID, part[-1])}


def _read_plain_factiva(part: Paragraphs) -> Values:
    values, lines = _marked(part)
    at = next((n for n, line in enumerate(lines[:_HEAD]) if is_length(line)), 0)
    before = [line for line in lines[:at] if not is_byline(line)]
    title = values.get("title") or max(before, key=len, default=None)
    authors = [line for line in lines[:at] if is_byline(line)]
    if not authors and title in before:
        authors = before[before.index(title) + 1 :]
    head = lines[at : at + _HEAD]
    rights = next((n for n, line in enumerate(head) if is_rights(line)), None)
    dated = next((n for n, line in enumerate(head) if date_in(line)), 0)
    named = dated + 2 if len(head) > dated + 1 and _TIME.match(head[dated + 1]) else dated + 1
    end = rights + 1 if rights is not None else named + 1
    while rights is None and end < len(head) and _CLOCK_AND_CODE.match(head[end]):
        end += 1
    return values | {
        "title": title,
        "author": "; ".join(authors),
        "length": head[0] if head else None,
        "date": date_in(head[dated]) if head else None,
        "source": head[named] if len(head) > named else None,
        "language": head[rights - 1] if rights is not None and rights > named + 1 else None,
        "head": [line for line in (*before, *head[named + 1 : end]) if line != title],
        "text": _joined(lines[at + end :]),
    }


def _coded(part: Paragraphs) -> Values | None:
    """The fields of an article with two letters in front of each ("HD", "WC", "PD"); None where it has no such."""
    codes: dict[str, list[str]] = {}
    code = ""
    for paragraph in part:
        for line in paragraph.split("\n"):
            match = _CODE.match(line)
            if match:
                code, line = match[1], match[2]
            if code and (said := line.strip(" |\t\xa0" + "".join(MARKED))):
                codes.setdefault(code, []).append(said)
    if not {"HD", "PD"} <= set(codes):
        return None
    values: Values = {}
    for known, lines in codes.items():
        field = _CODES.get(known, known.lower())
        text = _joined(lines) if field == "text" else " ".join(lines)
        values[field] = f"{values[field]}\n\n{text}" if field in values else text
    return values


def _of_nexis_uni(paragraphs: Paragraphs) -> list[Paragraphs]:
    parts = cut_after(paragraphs, lambda paragraph: paragraph.strip().casefold() in _ENDS)
    return [part for part in parts if len(part) > _LEAST]


def _read_nexis_uni(part: Paragraphs) -> Values:
    """Title, paper, date, rights, labels, and the text behind "Body"; in front of the first, a list of all."""
    body = next((n for n, line in enumerate(part) if line.strip().casefold() in _BODY), None)
    if body is None:
        labels = [n for n, line in enumerate(part[: 2 * _HEAD]) if labelled(line) and not is_rights(line)]
        body = max(labels, default=min(3, len(part) - 1))
    dated = [n for n, line in enumerate(part[:body]) if not labelled(line) and date_in(line)]
    at = dated[-1] if dated else min(2, body)
    values = _labels(part[at + 1 : body + 1])
    if at < 2:  # the order of older exports: paper, date, title
        title, body = next((n for n in range(at + 1, len(part)) if not labelled(part[n])), at), max(body, at + 1)
    else:
        title = at - 2
    return values | {
        "title": part[title],
        "source": part[at - 1] if at > 0 else None,
        "date": date_in(part[at]),
        **_body(part[body + 1 : -1]),
    }


def _of_nexis(paragraphs: Paragraphs) -> list[Paragraphs]:
    """Articles below "3 of 20 DOCUMENTS": numbers that count up to one total, whatever words stand around them."""
    marks: list[int] = []
    total, last = "", 0
    for at, paragraph in enumerate(paragraphs):
        match = _NUMBERED.match(paragraph.strip()) if len(paragraph) <= LONGEST_HEAD_LINE else None
        if match is None or date_in(paragraph) or int(match[1]) > int(match[2]):
            continue
        if not marks or (match[2] == total and int(match[1]) > last):
            marks.append(at)
            total, last = match[2], int(match[1])
    parts = cut_before(paragraphs, marks)
    if marks and all(_DOCUMENT.search(paragraphs[at]) for at in marks):
        return parts
    dated = sum(any(map(date_in, part[:_HEAD])) for part in parts)
    return parts if len(parts) > 1 and dated >= _DATED * len(parts) else []


def _of_one_nexis_article(paragraphs: Paragraphs) -> list[Paragraphs]:
    fields = [label[0] for line in paragraphs if (label := labelled(line)) and line.lstrip()[:3].isupper()]
    return [paragraphs] if "length" in fields and len(fields) > 1 and any(map(date_in, paragraphs[:_HEAD])) else []


def _read_nexis(part: Paragraphs) -> Values:
    """Paper, date and title (the last two in any order), labels, the text, more labels, rights."""
    part = [line for line in part if not is_rights(line)] if part and is_rights(part[0]) else part
    first = next((n for n, line in enumerate(part[:_HEAD]) if labelled(line)), min(3, len(part)))
    head = [" ".join(line.split()) for line in part[:first]]
    dated = next((n for n, line in enumerate(head) if date_in(line)), None)
    named = [line for n, line in enumerate(head) if n != dated]
    start = len(named) - 1
    while start > 1 and named[start - 1].endswith(";"):  # a headline of several parts
        start -= 1
    end = _head_end(part, first)
    return {
        "source": named[0] if named else None,
        "date": date_in(head[dated]) if dated is not None else None,
        "title": " ".join(named[start:]) if len(named) > 1 else None,
        "head": named[1:start],
        **_labels(part[first:end]),
        **_body(part[end:]),
    }


def _of_europresse(paragraphs: Paragraphs) -> list[Paragraphs]:
    """Articles that end with their number; it comes again below a certificate, which is no article."""
    parts = cut_after(paragraphs, lambda paragraph: _number(_EUROPRESSE_ID, paragraph) is not None)
    return [part for part in parts if any(line.startswith(DATE_MARK) or date_in(line) for line in part)]


def _read_europresse(part: Paragraphs) -> Values:
    """Paper, section with date and page, perhaps a rubric, title, author; the text; rights and number."""
    named = [at for at, line in enumerate(part) if line.startswith(TITLE_MARK)]
    values, lines = _marked(part)
    number = _number(_EUROPRESSE_ID, part[-1])
    if named:
        lines = [line for line in part[named[-1] + 1 :] if line[:1] not in MARKED]
    dated = next((n for n, line in enumerate(lines) if not labelled(line) and date_in(line)), None)
    if "date" in values:
        values["date"] = date_in(str(values["date"])) or values["date"]
    elif dated is not None:
        values["date"] = date_in(lines[dated])
        values.setdefault("source", lines[dated - 1] if dated else None)
        lines = lines[dated + 1 :]
    if "title" not in values and lines:
        at = 1 if len(lines) > 1 and lines[0].isupper() and len(lines[0].split()) < 3 else 0
        values["title"], lines = lines[at], [*lines[:at], *lines[at + 1 :]]
    if len(lines) > 2 and "author" not in values and len(lines[0]) < LONGEST_AUTHOR and lines[0][-1] not in ".!?…»”":
        values["author"], lines = lines[0], lines[1:]
    source = re.sub(r", n[o°º]\.? ?[\w-]+$", "", str(values.get("source") or "").strip())
    return values | {"source": source, **_body(lines[: -1 if number else None]), "id": number}


def _of_proquest(paragraphs: Paragraphs) -> list[Paragraphs]:
    parts = cut_before(paragraphs, (n for n, line in enumerate(paragraphs) if _RULE.match(line) or line == BOUNDARY))
    kept = [part for part in parts if sum(labelled(line) is not None for line in part) >= _PROQUEST_LABELS]
    return kept if kept and all("text" in _labels(part) or "abstract" in _labels(part) for part in kept) else []


def _read_labelled(part: Paragraphs) -> Values:
    """A title, then labels; what follows a label of a text belongs to it, up to the next one."""
    values, lines = _marked(part)
    first = next((n for n, line in enumerate(lines) if labelled(line)), 0)
    values |= _labels(lines[first:])
    if "title" not in values and first:
        values["title"] = next((line for line in reversed(lines[:first]) if not _NUMBERED.match(line)), None)
    if "text" not in values:
        values["text"] = values.pop("abstract", None) or _joined(lines[_head_end(lines, first) :])
    return values | {"date": date_in(str(values.get("date") or "")) or values.get("date")}


def _of_repeated_heads(paragraphs: Paragraphs) -> list[Paragraphs]:
    """Articles that each begin with the same label, a title's among them."""
    names = [(label[0] if (label := labelled(line)) else "") for line in paragraphs]
    first = next(filter(None, names), "")
    starts = [at for at, name in enumerate(names) if name == first]
    if len(starts) < 2 or names[0] != first:
        return []
    parts = [paragraphs[start:end] for start, end in zip(starts, [*starts[1:], len(names)], strict=True)]
    return parts if all({"title", "date"} <= set(_labels(part)) for part in parts) else []


def _head_end(lines: Paragraphs, first: int) -> int:
    """Where the labels that begin there end: a value may stand below its label."""
    while first < len(lines) and (label := labelled(lines[first])):
        first += 1 if label[1] else 2
    return first


def _labels(lines: Paragraphs) -> Values:
    """The fields that labels name; a value below its label belongs to it, and all text below that of a text."""
    values: dict[str, list[str]] = {}
    field = ""
    for line in lines:
        label = labelled(line)
        if label:
            field, said = label
            values.setdefault(field, [said] if said else [])
        elif field and line.strip().casefold() not in _BODY and (field in ("text", "abstract") or not values[field]):
            values[field].append(line)
    return {field: "\n\n".join(said) for field, said in values.items()}


def _body(lines: Paragraphs) -> Values:
    """The text without the rights and labels behind it, and these."""
    end = len(lines)
    while end > 0 and _is_behind(lines, end - 1):
        end -= 1
    rights = [line for line in lines[end:] if is_rights(line)]
    behind = {f"{name}": said for name, said in _labels(lines[end:]).items() if name not in ("text", "title", "date")}
    return {**behind, "text": _joined(lines[:end]), **({"copyright": " ".join(rights)} if rights else {})}


def _is_behind(lines: Paragraphs, at: int) -> bool:
    """Whether a line is a label or rights, or goes on with those above it ("All Rights Reserved")."""
    if is_rights(lines[at]) or labelled(lines[at]):
        return True
    above = labelled(lines[at - 1]) if at > 0 else None
    short = at > 0 and len(lines[at]) < LONGEST_AUTHOR
    return (above is not None and not above[1]) or (short and is_rights(lines[at - 1]))


def _marked(part: Paragraphs) -> tuple[Values, list[str]]:
    """The fields of lines that the page itself names, and the other lines."""
    values: Values = {}
    others = []
    for line in part:
        field = MARKED.get(line[:1])
        if field is None:
            others.append(line)
        elif said := line[1:].strip():
            values[field] = f"{values[field]} {said}" if field in values else said
    return values, others


def _number(form: re.Pattern[str], line: str) -> str | None:
    """The number of a document in the line that ends it; None in any other line."""
    match = form.match(line) if len(line) <= LONGEST_HEAD_LINE else None
    return match[1] if match else None


def _joined(lines: Paragraphs) -> str:
    return "\n\n".join(" ".join(line.split()) for line in lines if line.strip())


LAYOUTS = (
    Layout("Factiva", _of_factiva, _read_factiva),
    Layout("Nexis Uni", _of_nexis_uni, _read_nexis_uni),
    Layout("Europresse", _of_europresse, _read_europresse),
    Layout("ProQuest", _of_proquest, _read_labelled),
    Layout("Nexis", _of_nexis, _read_nexis),
    Layout("repeated heads", _of_repeated_heads, _read_labelled),
    Layout("Nexis, one article", _of_one_nexis_article, _read_nexis),
)
"""The layouts, in the order in which they are tried."""
