"""Which articles the transformer reads, and who lends a vector to the others."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from samples import sample, sample_stories, unrelated

from newsclust import pipeline
from newsclust.articles import Article, ReadResult
from newsclust.clustering.transformer_sample import first_groups, first_read, stand_ins, then_read
from newsclust.execution.progress import Advance
from newsclust.pipeline import find_stories, pair_probabilities
from newsclust.rendering.contract import to_json
from newsclust.settings import DEFAULTS, Effort, Settings
from newsclust.similarity.score import Pairs
from newsclust.testing import WordHashEncoder


def odds(chance: float) -> float:
    return float(np.log(chance / (1 - chance)))


def pairs_of(chances: dict[tuple[int, int], float], stories: dict[tuple[int, int], float] | None = None) -> Pairs:
    ends = np.array(sorted(chances), np.intp).reshape(-1, 2)
    event = np.array([odds(chances[a, b]) for a, b in ends.tolist()])
    story = np.array([odds((stories or chances)[a, b]) for a, b in ends.tolist()])
    return Pairs(ends[:, 0], ends[:, 1], event, story)


def groups_of(*labels: int) -> NDArray[np.intp]:
    return np.array(labels, np.intp)


def mask(*labels: int) -> NDArray[np.bool_]:
    return np.array(labels, bool)


FOUR = pairs_of({(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.95, (2, 3): 0.6, (0, 4): 0.1, (3, 4): 0.2})
"""Articles 0 to 3 are one group, 2 in the middle of it, then 1; 4 is alone."""


def test_the_two_most_central_of_a_group_are_read_and_who_is_alone() -> None:
    assert first_read(FOUR, groups_of(0, 0, 0, 0, 1)).tolist() == [False, True, True, False, True]


def test_equally_central_ones_are_read_in_their_order() -> None:
    alike = pairs_of({(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9})
    assert first_read(alike, groups_of(0, 0, 0)).tolist() == [True, True, False]


def test_groups_need_no_pair() -> None:
    none = pairs_of({})
    groups = first_groups(none, 3)
    assert groups.tolist() == [0, 1, 2]
    assert first_read(none, groups).all()
    assert then_read(none, groups, mask(1, 1, 1)).all()
    assert stand_ins(none, groups, mask(1, 1, 1)).tolist() == [0, 1, 2]


def test_no_articles_need_nobody() -> None:
    none, groups = pairs_of({}), groups_of()
    found = (first_groups(none, 0), first_read(none, groups), then_read(none, groups, mask()))
    assert [len(rows) for rows in (*found, stand_ins(none, groups, mask()))] == [0, 0, 0, 0]


@pytest.mark.parametrize(("between", "all_read"), [(0.35, False), (0.45, True), (0.55, True), (0.65, False)])
@pytest.mark.parametrize("level", ["event", "story"])
def test_groups_near_the_cut_to_another_are_read_whole(between: float, all_read: bool, level: str) -> None:
    settled = {(a, b): 0.99 if (a < 3) == (b < 3) else 0.01 for b in range(6) for a in range(b)}
    moved = settled | {(a, b): between for a in range(3) for b in range(3, 6)}
    pairs = pairs_of(moved, settled) if level == "event" else pairs_of(settled, moved)
    read = mask(1, 1, 0, 1, 1, 0)
    assert then_read(pairs, groups_of(0, 0, 0, 1, 1, 1), read).tolist() == (read | all_read).tolist()


def test_a_group_whose_two_readings_disagree_is_read_whole() -> None:
    chances = {(a, b): 0.99 for b in range(4) for a in range(b)}
    groups, read = groups_of(0, 0, 0, 0), mask(1, 1, 0, 0)
    assert then_read(pairs_of(chances), groups, read).tolist() == read.tolist()
    assert then_read(pairs_of(chances | {(0, 1): 0.3}), groups, read).all()
    # Of an article that is not read a vector is not known: it can disagree with nobody.
    assert then_read(pairs_of(chances | {(0, 3): 0.3}), groups, read).tolist() == read.tolist()


def test_others_take_the_vector_of_the_member_they_are_most_surely_one_event_with() -> None:
    groups = groups_of(0, 0, 0, 0, 1)
    assert stand_ins(FOUR, groups, mask(0, 1, 1, 0, 1)).tolist() == [1, 1, 2, 2, 4]
    # 3 is in no pair with 0 or 1: it takes the first.
    assert stand_ins(FOUR, groups, mask(1, 1, 0, 0, 1)).tolist() == [0, 1, 1, 0, 4]


@given(st.integers(1, 12), st.randoms(use_true_random=False))
def test_everybody_has_a_vector_of_the_own_group(size: int, chance: random.Random) -> None:
    possible = [(a, b) for b in range(size) for a in range(b)]
    pairs = pairs_of({ends: chance.uniform(0.01, 0.99) for ends in possible if chance.random() < 0.7})
    groups = first_groups(pairs, size)
    read = first_read(pairs, groups)
    assert all(read[groups == group].sum() == min(2, (groups == group).sum()) for group in set(groups.tolist()))
    more = then_read(pairs, groups, read)
    assert (more >= read).all()
    sources = stand_ins(pairs, groups, more)
    assert more[sources].all()
    assert (groups[sources] == groups).all()
    assert (sources[more] == np.flatnonzero(more)).all()


class Counting(WordHashEncoder):
    """Remembers what it was asked to read."""

    def __init__(self) -> None:
        super().__init__(dimensions=256)
        self.model_id = f"counting/{secrets.token_hex(8)}"  # nothing of it is in a cache
        self.read: list[str] = []

    def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
        self.read += texts
        return super().encode(texts, progress=progress)


def copies(number: int) -> list[Article]:
    """`number` reports of one event that differ in a sentence each, and articles of other things."""
    text = (
        "Das Erdbeben der Stärke 6,2 erschütterte am Mittwoch İstanbul; Bürgermeister Kerem Yıldız ließ die Schulen "
        "schließen, und in Silivri liefen Tausende auf die Straßen. Die Katastrophenbehörde AFAD zählte 51 Nachbeben."
    )
    ends = "Yalova Bursa Edirne Tekirdağ Kocaeli Sakarya Düzce Bolu Bilecik Balıkesir Çanakkale Kütahya".split()
    return [Article(id=f"beben-{n}", title="Erdbeben in İstanbul", text=f"{text} {ends[n]}.") for n in range(number)]


@pytest.fixture(autouse=True)
def _from_few_articles_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "READ_ALL_UP_TO", 5)


def test_of_many_alike_reports_two_are_read(builtin_model: None) -> None:
    encoder = Counting()
    result = find_stories(ReadResult((*copies(12), *unrelated())), encoder=encoder)
    assert len([text for text in encoder.read if "Erdbeben" in text]) == 2
    assert len([text for text in encoder.read if "Erdbeben" not in text]) == len(unrelated())
    assert len(encoder.read) == len(set(encoder.read))
    assert max(len(story.members) for story in result.stories) == 12


@pytest.mark.parametrize(("effort", "number"), [(Effort.BALANCED, 5), (Effort.THOROUGH, 12)])
def test_all_are_read_of_a_few_and_with_thorough(builtin_model: None, effort: Effort, number: int) -> None:
    encoder = Counting()
    find_stories(ReadResult(tuple(copies(number))), Settings(effort=effort), encoder=encoder)
    assert len(encoder.read) == number


def test_a_pair_that_is_asked_about_is_always_read(builtin_model: None) -> None:
    encoder = Counting()
    pair_probabilities(copies(8), [(0, 1)], encoder=encoder)
    assert len(encoder.read) == 8


def test_the_order_of_the_articles_changes_no_byte(builtin_model: None) -> None:
    articles = [*copies(9), *sample(), *unrelated()]
    found = set()
    for seed in range(3):
        random.Random(seed).shuffle(articles)
        found.add(to_json(find_stories(ReadResult(tuple(articles)), encoder=WordHashEncoder(256))))
    assert len(found) == 1


def test_the_sample_has_its_stories_also_by_representatives(builtin_model: None) -> None:
    gold = sample_stories()
    result = find_stories(ReadResult(sample()), DEFAULTS)
    found = {frozenset(m.article.id for m in story.members) for story in result.stories}
    wanted = {frozenset(id_ for id_, story in gold.items() if story == name) for name in set(gold.values()) if name}
    assert found == wanted
