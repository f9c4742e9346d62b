"""A store answers the questions of its documentation, in plain SQL and through Datasette."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from doc_commands import fences

from newsclust.archive.corrections import join
from newsclust.articles import Article
from newsclust.store.update import Update

PAGE = (Path(__file__).parents[2] / "docs" / "database.md").read_text(encoding="utf-8")
QUERIES = [content for kind, content in fences(PAGE) if kind == "sql"]
Feed = Callable[..., Update]


@pytest.fixture
def told(feed: Feed, store: Path, sample: Sequence[Article]) -> Update:
    """A store with copies, a story without an English article among them, and a story that was joined to another."""
    copied = next(article for article in sample if len(article.text) > 500)
    french = next(article for article in sample if "courrier" in article.path)
    copies = [replace(copied, id="salinan", source="Salinan Pos"), replace(french, id="copie", source="La Copie")]
    done = feed([*sample, *copies])
    one, other, *_ = done.result.stories
    join(store, one.id, other.id, reason="satu perkara")
    return done


def rows(store: Path, query: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]


def test_every_question_of_the_page_is_answered(told: Update, store: Path) -> None:
    assert len(QUERIES) == 10
    for query in QUERIES:
        assert rows(store, query), query


def test_views_show_texts_ids_and_times_as_people_read_them(
    told: Update, store: Path, sample: Sequence[Article]
) -> None:
    articles = {row["id"]: row for row in rows(store, "SELECT * FROM articles_view")}
    assert articles.keys() == {article.id for article in sample} | {"salinan", "copie"}
    stories = {row["id"]: row for row in rows(store, "SELECT * FROM stories_view")}
    assert {row["story"] for row in articles.values()} - {None} == stories.keys()
    assert sum(story["articles"] for story in stories.values()) == sum(
        row["story"] is not None for row in articles.values()
    )
    for row in articles.values():
        assert datetime.fromisoformat(row["added"]).tzinfo is not None
        assert row["text"] or row["title"]
    events = rows(store, "SELECT story, sum(articles) AS articles FROM events_view GROUP BY story")
    assert {row["story"]: row["articles"] for row in events} == {
        id_: story["articles"] for id_, story in stories.items()
    }
    changes = rows(store, "SELECT * FROM changes_view WHERE correction IS NOT NULL")
    assert {(row["correction"], row["reason"]) for row in changes} == {("join", "satu perkara")}


def test_datasette_answers_the_first_question(told: Update, store: Path) -> None:
    app = pytest.importorskip("datasette.app", reason="datasette is not installed")

    async def asked() -> Any:
        client = app.Datasette([str(store)]).client
        return (await client.get(f"/{store.stem}.json", params={"sql": QUERIES[0], "_shape": "array"})).json()

    assert asyncio.run(asked()) == rows(store, QUERIES[0])
