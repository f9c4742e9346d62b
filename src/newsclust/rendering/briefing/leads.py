"""The lead of a story: two sentences of its most central article, as they stand there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import regex

from newsclust.articles import Article
from newsclust.stories import Story
from newsclust.text.display import printable
from newsclust.text.naming.dateline import without_dateline
from newsclust.text.notices import is_notice, tells
from newsclust.text.recurring import UNSPACED
from newsclust.text.sentences import is_whole, sentences

SENTENCES = 2
LONGEST = 600
"""Characters of a lead of two sentences; a sentence is never cut, so one that is longer stands alone."""
LONGEST_SENTENCE = 500
READ_CHARACTERS = 3000
_FIRST = 8
"""Among so many sentences the first one that tells what the headline says begins the lead."""

_TOLD = 0.05
"""Share of a headline's words that does: one of them."""

_SHORTEST, _SHORTEST_DENSE = 25, 10
"""Letters of a sentence that says something."""
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_LETTERS_SHARE = 0.55
_FOREIGN = regex.compile(r"https?://|www\.|\S@\S|[©®|►▶→#]|\p{L}\.(?:com|net|org)\b", regex.IGNORECASE)
"""What stands in calls to follow, to write or to buy, and in lines of a page's frame."""
_CAPTION = regex.compile(
    r"\((?:[^()]*\b)?(?:photo|foto|fotos|fotó|φωτο|фото|ảnh|صورة|الصورة|عکس|写真|図|사진)\b[^()]*\)\W*$",
    regex.IGNORECASE,
)
"""How a line below a picture ends."""


def story_lead(story: Story, language: str | None = None) -> str:
    """Give the first sentences of the most central article that has any, one in `language` before the others.

    "" where no article has a whole sentence.
    """
    members = [member.article for member in story.members]
    preferred = [article for article in members if article.language == language]
    leads = (lead for article in (*preferred, *members) if (lead := article_lead(article)))
    return next(leads, "")


def article_lead(article: Article) -> str:
    """Give the first two sentences of an article that tell what its headline says, as they stand in its text.

    Datelines, headings, what repeats the headline, calls to follow and sentences that were cut are passed over.
    """
    headline, told = article.headline, _telling(article)
    chosen: list[str] = []
    for sentence in islice(told, _FIRST):
        chosen.append(sentence)
        if tells(sentence, headline, _TOLD):
            chosen = [sentence, *islice(told, SENTENCES - 1)]
            break
    lead: list[str] = []
    for sentence in chosen[:SENTENCES]:
        if lead and len(" ".join([*lead, sentence])) > LONGEST:
            break
        lead.append(sentence)
    return ("" if article.language in UNSPACED else " ").join(lead)


def _telling(article: Article) -> Iterator[str]:
    """The sentences of an article that could stand in a lead, in their order."""
    left_out = {_plain(line) for line in (article.headline, *(passage.text for passage in article.boilerplate))}
    lines = article.text[:READ_CHARACTERS].splitlines()
    text = "\n".join(without_dateline(line, article.language) for line in lines)
    last_may_be_cut = len(article.text) > READ_CHARACTERS
    all_sentences = [printable(sentence) for sentence in sentences(text, article.language)]
    for sentence in all_sentences[: -1 if last_may_be_cut else None]:
        if _plain(sentence) not in left_out and _says_something(sentence) and is_whole(sentence, article.language):
            left_out.add(_plain(sentence))
            yield sentence


def _says_something(sentence: str) -> bool:
    letters = len(_LETTER.findall(sentence))
    shortest = _SHORTEST_DENSE if _DENSE.search(sentence) else _SHORTEST
    enough = shortest <= letters and letters >= _LETTERS_SHARE * len(sentence.replace(" ", ""))
    return enough and len(sentence) <= LONGEST_SENTENCE and not _is_frame(sentence)


def _is_frame(sentence: str) -> bool:
    return bool(_FOREIGN.search(sentence) or _CAPTION.search(sentence)) or is_notice(sentence)


def _plain(line: str) -> str:
    return " ".join(line.casefold().split()).strip(" .!?…\"'“”„«»")
