"""A store keeps what its stories name, and gives texts back to a briefing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from newsclust.api import group
from newsclust.articles import Article, ReadResult
from newsclust.errors import StoreError
from newsclust.rendering.briefing.leads import story_lead
from newsclust.rendering.briefing.markdown import to_markdown
from newsclust.settings import Effort
from newsclust.store.file import reading
from newsclust.store.read import whole_result
from newsclust.store.update import Update

Feed = Callable[..., Update]


def test_countries_places_and_people_are_those_of_a_run_without_a_store(
    feed: Feed, sample: Sequence[Article], store: Path
) -> None:
    feed(sample)
    alone = {story.id: story.mentions for story in group(ReadResult(tuple(sample)), effort=Effort.FAST).stories}
    with reading(store) as connection:
        kept = {story.id: story.mentions for story in whole_result(connection, group([]).settings).stories}
    assert kept == alone
    assert any(mentions.people for mentions in kept.values())


def test_a_briefing_of_what_changed_has_leads(feed: Feed, sample: Sequence[Article]) -> None:
    done = feed(sample, changes_only=True, texts=True)
    briefing = to_markdown(done.result, done.changes)
    assert briefing.count("\n## ") == len(done.result.stories)
    assert all(story_lead(story) and story_lead(story)[:40] in briefing for story in done.result.stories)
    assert "Countries: " in briefing


def test_damaged_mentions_are_named(feed: Feed, sample: Sequence[Article], store: Path) -> None:
    feed(sample)
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE stories SET mentions = '[1]'")
    with pytest.raises(StoreError, match="what a story names"), reading(store) as connection:
        whole_result(connection, group([]).settings)
