"""What a story is called: a title, and a headline in each of its languages."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from newsclust.articles import Article


def headlines(members: Sequence[Article]) -> dict[str, str]:
    """Give the most central headline of each language, in the order in which the languages first appear."""
    by_language: dict[str, str] = {}
    for language in dict.fromkeys(article.language for article in members):
        by_language[language] = story_title([article for article in members if article.language == language])
    return by_language


def story_title(members: Sequence[Article], *, label_language: str | None = None) -> str:
    """Give the most central headline, in `label_language` where a member has it.

    `members` come most central first; at least one. A headline without a letter, the source's name or a line that
    cleaning removed as boilerplate anywhere in the story gives way to the first sentence of its text, then to the next
    member's headline. Never empty for articles with an id.
    """
    boilerplate = {_plain(passage.text) for article in members for passage in article.boilerplate}
    preferred = [article for article in members if article.language == label_language]
    for article in (*preferred, *members):
        if _is_headline(article, boilerplate):
            return article.headline
        untitled = dataclasses.replace(article, title=None)
        if article.title and _is_headline(untitled, boilerplate):
            return untitled.headline
    return (*preferred, *members)[0].headline


def _is_headline(article: Article, boilerplate: set[str]) -> bool:
    plain = _plain(article.headline)
    has_text = bool((article.title or "").strip() or article.text.strip())
    return (
        has_text
        and any(map(str.isalpha, plain))
        and plain not in boilerplate
        and plain != _plain(article.source or "")
        and not plain.startswith(("http://", "https://", "www."))
    )


def _plain(line: str) -> str:
    return " ".join(line.casefold().split()).strip(" |·•–—-:")
