"""What earlier runs found of articles: the same bytes with and without it, never trusted, never in the way."""

from __future__ import annotations

import pickle
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from command_line import Command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import DATA, described, sample, unrelated

from newsclust.articles import Article, ReadResult
from newsclust.building import keywords
from newsclust.cache import entries
from newsclust.cache.entries import Entries
from newsclust.cache.known import ANSWERS, NOTHING, Known, count_answers, opened
from newsclust.execution.local import local_executor
from newsclust.languages import detect
from newsclust.pipeline import find_stories, word_features
from newsclust.reading.reader import read_articles
from newsclust.rendering.contract import to_json
from newsclust.settings import Effort, Settings
from newsclust.similarity import features as similarity
from newsclust.similarity import templates
from newsclust.similarity.packed import checked, pack, unpack
from newsclust.testing import make_article

FAST = Settings(effort=Effort.FAST)
QUESTIONS = [("tr", "İzmir'de deprem"), ("ja", "地震"), ("de", None), ("de", ""), ("", "de"), ("id", "Gempa \ud800")]


def grouped(articles: Sequence[Article], settings: Settings = FAST, **options: Any) -> str:
    return to_json(find_stories(ReadResult(tuple(articles)), settings, **options))


def read_again() -> tuple[Article, ...]:
    """The sample as it is read, without what cleaning and languages changed of it."""
    return read_articles([str(DATA / "articles")]).articles


@pytest.fixture
def found(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many answers of each kind were found anew, in a cache of this test alone."""
    counts = dict.fromkeys(("languages", "words", "frames", "stories"), 0)

    def counting(module: Any, name: str, kind: str) -> None:
        plain = getattr(module, name)

        def call(items: Sequence[Any], *rest: Any, **more: Any) -> Any:
            counts[kind] += len(items)
            return plain(items, *rest, **more)

        monkeypatch.setattr(module, name, call)

    counting(detect, "_languages", "languages")
    counting(similarity, "names_of", "words")
    counting(templates, "_sketches", "frames")
    counting(keywords, "_told", "stories")
    return counts


def anew(counts: dict[str, int]) -> list[int]:
    """What was found anew since the last time."""
    numbers = list(counts.values())
    counts.update(dict.fromkeys(counts, 0))
    return numbers


def without_a_cache(monkeypatch: pytest.MonkeyPatch, *given_: Any) -> str:
    """What comes out where nothing is known and nothing is kept."""
    with monkeypatch.context() as patch:
        patch.setattr("newsclust.cache.working.WEIGHTS", ("kein-paket", "kein/paket.bin"))
        return grouped(*given_)


# The same bytes


@pytest.mark.parametrize("effort", [Effort.FAST, Effort.BALANCED])
def test_a_second_run_gives_the_same_bytes_and_finds_nothing_anew(
    found: dict[str, int], monkeypatch: pytest.MonkeyPatch, effort: Effort
) -> None:
    articles, chosen = read_again(), Settings(effort=effort)
    expected = without_a_cache(monkeypatch, articles, chosen)
    assert min(anew(found)) > 0
    assert count_answers() is None
    assert grouped(articles, chosen) == expected
    assert min(anew(found)) > 0
    assert grouped(articles[::-1], chosen) == expected
    assert anew(found) == [0, 0, 0, 0]


@pytest.mark.parametrize("effort", [Effort.FAST, Effort.BALANCED])
def test_known_and_new_articles_mixed_give_the_same_bytes(
    found: dict[str, int], monkeypatch: pytest.MonkeyPatch, effort: Effort
) -> None:
    articles, chosen = read_again(), Settings(effort=effort)
    for some in (articles[::2], articles[::3], articles[10:40], articles):
        assert grouped(some, chosen) == without_a_cache(monkeypatch, some, chosen)
    assert grouped([*articles, *unrelated()], chosen) == without_a_cache(monkeypatch, [*articles, *unrelated()], chosen)


@given(st.sets(st.integers(0, 51)))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whichever_articles_are_known_features_are_the_same_to_the_last_bit(own_cache: Path, some: set[int]) -> None:
    (own_cache / ANSWERS.file).unlink(missing_ok=True)
    with opened() as known:
        word_features([sample()[index] for index in some], known=known)
    with opened() as known:
        mixed = word_features(sample(), known=known)
    assert_equal(mixed, described(sample()))


def test_only_what_is_new_is_found(found: dict[str, int]) -> None:
    *most, last = unrelated()
    grouped(most)
    first = anew(found)
    grouped([*most, last])
    assert first[:3] == [29, 29, 29]
    assert anew(found)[:3] == [1, 1, 1]


def test_other_ids_dates_and_addresses_of_a_known_text_are_told_as_they_are(
    found: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = read_again()
    grouped(articles)
    anew(found)
    days = [datetime(2025, 3, number % 28 + 1, tzinfo=UTC) for number in range(len(articles))]
    others = [
        replace(article, id=f"новый-{article.id}", path="", url=None, source="Elbkurier", published=day)
        for article, day in zip(articles, days, strict=True)
    ]
    assert grouped(others) == without_a_cache(monkeypatch, others)
    with opened() as known:
        assert_equal(word_features(others, known=known), described(others))


def test_articles_that_hold_nothing_are_told_apart_by_their_ids(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Ankara", "Бишкек", "北京"):
        empty = [Article(id=f"{name} {n}", text=" ") for n in range(3)]
        assert grouped(empty) == without_a_cache(monkeypatch, empty)


def test_on_several_processes_the_bytes_are_the_same(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = read_again()
    expected = without_a_cache(monkeypatch, articles)
    monkeypatch.setattr("newsclust.execution.local.WORTH_PROCESSES", 1)
    monkeypatch.setattr("newsclust.pipeline.DESCRIBED_AT_ONCE", 5)
    for _ in range(2):
        with local_executor(2) as executor:
            assert grouped(articles, executor=executor) == expected


def test_on_a_cluster_nothing_is_known_and_nothing_is_kept(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Elsewhere:
        remote, by_value, threads = True, True, 2

        def map(self, function: Callable[..., Any], chunks: Iterable[Any], *shared: Any) -> Iterator[Any]:
            for chunk in chunks:
                call, given_ = pickle.loads(pickle.dumps((function, chunk)))  # noqa: S301
                yield pickle.loads(pickle.dumps(call(given_, *shared)))  # noqa: S301

    articles = read_again()
    assert grouped(articles, executor=Elsewhere()) == without_a_cache(monkeypatch, articles)
    assert count_answers() is None


# What decides


def test_another_declared_language_is_another_question(found: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Toimitus kertoo Oulun yliopiston uusista mittauksista ja niiden kalliista laitteista."
    for language in ("und", "fi", "et", "sv"):
        articles = [Article(id="ö", text=text, language=language), *unrelated()[:3]]
        expected = without_a_cache(monkeypatch, articles)
        anew(found)
        assert grouped(articles) == expected
        assert anew(found)[0] == (4 if language == "und" else 1)


@pytest.mark.parametrize("change", [{"text": "Ein anderer Text."}, {"title": None}, {"title": "Anders"}])
def test_a_changed_text_or_title_is_found_anew(
    found: dict[str, int], monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    before = make_article(language="und")
    after = replace(before, **change)
    grouped([before])
    anew(found)
    expected = without_a_cache(monkeypatch, [after])
    anew(found)
    assert grouped([after]) == expected
    assert anew(found)[:3] == [1, 1, 1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("newsclust.cache.working.hash_of_files", lambda folder: "andere"),
        ("newsclust.cache.working.version", lambda name: "0.0"),
        ("platform.machine", lambda: "z80"),
    ],
)
def test_what_another_version_found_is_not_read(
    found: dict[str, int], monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    grouped(unrelated())
    first = anew(found)
    monkeypatch.setattr(name, value)
    grouped(unrelated())
    assert anew(found) == first


def test_stories_in_another_language_are_named_anew(found: dict[str, int]) -> None:
    articles = read_again()
    plain = grouped(articles)
    stories = anew(found)[3]
    indonesian = grouped(articles, replace(FAST, label_language="id"))
    assert anew(found) == [0, 0, 0, stories]
    assert grouped(articles, replace(FAST, label_language="id")) == indonesian != plain
    assert anew(found) == [0, 0, 0, 0]


@given(st.lists(st.tuples(st.none() | st.text(max_size=3), st.none() | st.text(max_size=3)), max_size=6))
def test_no_two_questions_are_taken_for_one(questions: list[tuple[str | None, str | None]]) -> None:
    known = Known()
    keys = {known._key(kind, question) for kind in ("words", "word") for question in questions}
    assert len(keys) == 2 * len(set(questions))


# The file


def answers_to(folder: Path, questions: Sequence[Sequence[str | None]] = QUESTIONS, **more: Any) -> list[int]:
    """Ask; which of the questions (by their indices) had to be answered anew."""
    asked: list[int] = []

    def find(missing: Sequence[int]) -> Iterator[bytes]:
        for index in missing:
            asked.append(index)
            yield repr(questions[index]).encode()

    known = Known(Entries(folder, ANSWERS, **{"max_bytes": 1 << 20, **more}))
    answers = list(known.ask("frage", questions, find, bytes.decode))
    known.write()
    assert answers == [repr(question) for question in questions]
    return asked


def change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / ANSWERS.file)) as database, database:
        database.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answers SET answer = zeroblob(256)",
        "UPDATE answers SET answer = 'text', checksum = 7",
        "UPDATE answers SET checksum = (SELECT checksum FROM answers ORDER BY written DESC LIMIT 1), "
        "answer = (SELECT answer FROM answers ORDER BY written DESC LIMIT 1)",
    ],
)
def test_a_changed_entry_is_found_again(tmp_path: Path, statement: str) -> None:
    answers_to(tmp_path)
    change(tmp_path, statement)
    assert len(answers_to(tmp_path)) >= 5
    assert answers_to(tmp_path) == []


@pytest.mark.parametrize("content", [b"keine Datenbank, und lang genug" * 40, b"SQLite format 3\0" * 99])
def test_a_file_that_is_no_database_is_started_anew_and_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ANSWERS.file).write_bytes(content)
    said: list[str] = []
    assert len(answers_to(tmp_path, say=said.append)) == 6
    assert len(said) == 1
    assert "word cache" in said[0]
    assert "damaged" in said[0]
    assert answers_to(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "dosya").touch()
    said: list[str] = []
    assert len(answers_to(tmp_path / "dosya" / "x", say=said.append)) == 6
    assert len(said) == 1
    assert "is not used" in said[0]


def test_a_full_file_drops_what_was_written_first(tmp_path: Path) -> None:
    questions = [("berita", f"{n:02}" * 1500) for n in range(40)]
    for question in questions:
        answers_to(tmp_path, [question], max_bytes=20 * 3000)
    assert answers_to(tmp_path, questions[-10:], max_bytes=20 * 3000) == []
    assert answers_to(tmp_path, questions[:10], max_bytes=20 * 3000) == [*range(10)]
    assert (count_answers(tmp_path) or 0) <= 20


def test_several_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    questions = [("berita", f"kota {n}") for n in range(300)]
    said: list[str] = []
    threads = [
        threading.Thread(target=answers_to, args=(tmp_path, questions[n:]), kwargs={"say": said.append})
        for n in (0, 50, 100, 150)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == []
    assert answers_to(tmp_path, questions) == []


def test_whole_entries_with_something_else_in_them_are_not_believed(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = read_again()
    expected = grouped(articles)
    row = pack(described(articles[:1]))[0]
    wide = row[:12] + b"\x01\0\0\0" * 3 + row[24:]  # columns outside of a matrix of one
    for data in (b"", b"?", b"[]", b"[[], 3]", b"\xff\xfe", row[:-1], wide):
        with closing(sqlite3.connect(own_cache / ANSWERS.file)) as database, database:
            kept = dict(database.execute("SELECT key, answer FROM answers").fetchall())
            # Of a frame any four bytes are a hash: nothing but the checksum tells.
            keys = [key for key, answer in kept.items() if data != wide or len(answer) > 512]
            database.executemany(
                "UPDATE answers SET answer = ?, checksum = ? WHERE key = ?",
                [(data, entries._checksum(key, data), key) for key in keys],
            )
        assert grouped(articles) == expected


def test_before_anything_is_found_no_file_is_made(tmp_path: Path) -> None:
    assert Entries(tmp_path / "yok", ANSWERS, max_bytes=1).read([b"a"]) == {}
    assert not (tmp_path / "yok").exists()


def test_a_store_keeps_its_own_words(newsclust: Command, own_cache: Path) -> None:
    Path("a.txt").write_text("岐阜県の和紙工房が、宇宙飛行士の手帳に使う薄い紙を納入した。", "utf-8")
    assert newsclust("group", "a.txt", "--effort", "fast", "--store", "berita.db").code == 0
    assert count_answers() is None


# Rows as bytes


def assert_equal(ours: similarity.ArticleFeatures, theirs: similarity.ArticleFeatures) -> None:
    for name in ("words", "names", "phonetic", "numbers"):
        one, other = getattr(ours, name), getattr(theirs, name)
        assert one.shape == other.shape
        for part in ("data", "indices", "indptr"):
            assert getattr(one, part).tolist() == getattr(other, part).tolist()
            assert getattr(one, part).dtype == getattr(other, part).dtype
    for name in ("static", "static_density", "unfamiliar", "languages", "days"):
        one, other = getattr(ours, name), getattr(theirs, name)
        assert one.tobytes() == other.tobytes()
        assert one.dtype == other.dtype


def test_rows_come_back_equal_to_the_last_bit(builtin_model: None) -> None:
    articles = [*sample(), Article(id="空", text=""), *unrelated()]
    assert_equal(unpack(pack(described(articles)), articles), described(articles))


def test_rows_of_another_shape_are_refused(builtin_model: None) -> None:
    articles = sample()[:2]
    one, two = pack(described(articles))
    for wrong in (b"", one[:20], one[:-1], one + b"\0", b"\xff" * len(one)):
        with pytest.raises(ValueError, match="are no row"):
            checked(wrong)
    narrow = one[:16] + b"\x01\0\0\0" + one[20:]
    with pytest.raises(ValueError, match="several widths"):
        unpack([narrow, two], articles)
    with pytest.raises(ValueError, match="columns outside"):
        unpack([narrow], articles[:1])
    below = one[:36] + b"\xff" * 4 + one[40:]
    with pytest.raises(ValueError, match="columns outside"):
        unpack([below, two], articles)


def test_without_a_cache_every_question_is_answered() -> None:
    assert list(NOTHING.ask("frage", [], lambda missing: 1 / 0, bytes.decode)) == []  # type: ignore[arg-type, return-value]
    found = NOTHING.ask("frage", QUESTIONS, lambda missing: [b"%d" % index for index in missing], bytes.decode)
    assert list(found) == ["0", "1", "2", "3", "4", "5"]
