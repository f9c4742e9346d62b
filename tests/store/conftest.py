"""A store and articles that the tests of the store share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from newsclust.articles import Article, ReadResult
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings
from newsclust.store.update import Options, Update, update

SAMPLE = Path(__file__).parents[2] / "data" / "articles"
FAST = Settings(effort=Effort.FAST)

Feed = Callable[..., Update]


@pytest.fixture(scope="session")
def sample() -> tuple[Article, ...]:
    """The sample articles, as they are read."""
    return read_articles([str(SAMPLE)]).articles


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where a store will be."""
    return tmp_path / "berita.db"


@pytest.fixture
def feed(builtin_model: None, store: Path) -> Feed:
    """Bring articles into the store, without the transformer."""

    def fed(articles: Sequence[Article], **options: object) -> Update:
        return update(store, ReadResult(tuple(articles)), FAST, Options(**options))  # type: ignore[arg-type]

    return fed
