"""What is shown of an article beside its usual fields: its text, and input fields that newsclust does not know."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from newsclust.articles import Article

ALL = "all"
"""Stands for every field."""


@dataclass(frozen=True, slots=True)
class Extras:
    """The names of input fields to give back, ALL for every one, and whether texts are given too."""

    keep: tuple[str, ...] = ()
    with_text: bool = False

    def fields_of(self, article: Article) -> dict[str, Any]:
        """The unknown input fields of an article that are wanted, in the order of their names, as JSON knows them."""
        wanted = article.extra if ALL in self.keep else set(self.keep)
        kept = {name: article.extra[name] for name in sorted(wanted) if name in article.extra}
        plain: dict[str, Any] = json.loads(json.dumps(kept, default=str))
        return plain

    def names_in(self, articles: Iterable[Article]) -> list[str]:
        """The names of all fields that are wanted and that some article has, sorted; those asked for by name too."""
        named = {name for name in self.keep if name != ALL}
        return sorted(named.union(*(self.fields_of(article) for article in articles)))


NO_EXTRAS = Extras()
