from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from newsclust.archive.maintain import check, forget
from newsclust.archive.transfer import import_lines
from newsclust.articles import Article, ReadResult
from newsclust.cli import run
from newsclust.errors import StoreError
from newsclust.rendering.schema import contract_schema
from newsclust.settings import Effort, Settings
from newsclust.store import file
from newsclust.store.file import reading
from newsclust.store.read import whole_result
from newsclust.store.update import Update, update
from newsclust.testing import WordHashEncoder

SAMPLE = Path(__file__).parents[2] / "data" / "articles"
FAST = Settings(effort=Effort.FAST)
Feed = Callable[..., Update]


@pytest.fixture
def ask(builtin_model: None, store: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run a command on the store; what it prints, read as JSON unless another format is asked for."""

    def asked(*arguments: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert run([*arguments, "--store", str(store)]) == code
        out = capsys.readouterr().out
        return out if "--format" in arguments else json.loads(out)

    return asked


def test_group_with_a_store_prints_the_contract(ask: Callable[..., Any]) -> None:
    result = ask("group", str(SAMPLE), "--effort", "fast", "-q")
    Draft202012Validator(contract_schema()).validate(result)
    assert result["summary"]["articles"] == 52
    assert ask("group", str(SAMPLE), "--effort", "fast", "-q") == result


def test_changes_name_what_is_new_and_then_nothing(ask: Callable[..., Any]) -> None:
    group = ("group", str(SAMPLE), "--effort", "fast", "-q", "--changes")
    first = ask(*group)
    Draft202012Validator(contract_schema()).validate(first)
    assert [change["kinds"] for change in first["changes"]] == [["new"]] * len(first["stories"])
    again = ask(*group)
    assert (again["changes"], again["stories"]) == ([], [])
    assert ask(*group, "--format", "ndjson") == ""
    assert ask(*group, "--format", "table") == "Nothing changed.\n"
    assert len(ask(*group, "--format", "csv").splitlines()) == 1
    assert "<html" in ask(*group, "--format", "html")


def test_a_page_of_stored_stories_has_the_title_asked_for_and_no_other_format_takes_one(
    feed: Feed, ask: Callable[..., Any], sample: tuple[Article, ...]
) -> None:
    feed(sample)
    page = ask("stories", "--title", "Pagi ini – heute früh", "--format", "html")
    assert '<h1 dir="auto">Pagi ini – heute früh</h1>' in page
    assert ask("stories", "--title", "Pagi ini", "--format", "csv", code=2) == ""


def test_changes_in_every_format_tell_what_grew(
    feed: Feed, ask: Callable[..., Any], sample: tuple[Article, ...], tmp_path: Path
) -> None:
    grown = feed(sample).result.stories[0]
    article = next(a for a in sample if a.id == grown.members[0].article.id)
    for number, format_ in enumerate(("ndjson", "csv", "table")):
        more = replace(article, id=f"baru-{number}", text=f"{article.text}\nDiperbarui {number} kali.")
        file = tmp_path / f"{number}.jsonl"
        file.write_text(json.dumps({"id": more.id, "title": more.title, "text": more.text}), encoding="utf-8")
        text = ask("group", str(file), "--effort", "fast", "-q", "--changes", "--format", format_)
        if format_ == "ndjson":
            line = json.loads(text)
            assert (line["id"], line["change"]["kinds"], line["change"]["added"]) == (grown.id, ["grown"], [more.id])
        elif format_ == "csv":
            rows = list(csv.DictReader(io.StringIO(text)))
            assert {row["id"] for row in rows if row["change"] == "new"} == {more.id}
            assert {row["change"] for row in rows} == {"new", "grown"}
        else:
            assert text.startswith("grown ")
            assert f" ({grown.id})" in text
            lines = [line.strip() for line in text.splitlines()]
            assert "1 article joined" in lines
            assert sum(line.startswith("+ ") for line in lines) == 1


def test_stories_are_listed_by_language_size_and_age(
    feed: Feed, ask: Callable[..., Any], sample: tuple[Article, ...]
) -> None:
    stories = {story.id: story for story in feed(sample).result.stories}
    assert {story["id"] for story in ask("stories")["stories"]} == set(stories)
    indonesian = ask("stories", "--language", "id", "--min-size", "4")["stories"]
    assert {s["id"] for s in indonesian} == {
        id_ for id_, s in stories.items() if "id" in s.languages and len(s.members) >= 4
    }
    assert ask("stories", "--since", "1h")["stories"] == []
    seen = [story["last_seen"] for story in ask("stories", "--sort", "recent")["stories"]]
    assert seen == sorted(seen, reverse=True)
    _, *lines = ask("stories", "--format", "table").splitlines()
    assert [line.split()[0] for line in lines] == list(stories)


def test_a_story_is_shown_with_its_history(feed: Feed, ask: Callable[..., Any], sample: tuple[Article, ...]) -> None:
    story = feed(sample).result.stories[0]
    shown = ask("story", story.id)
    assert (shown["story"]["id"], shown["aliases"]) == (story.id, [])
    assert len(shown["story"]["articles"]) == len(story.members)
    assert shown["history"][0]["kinds"] == ["new"]
    assert story.id in ask("story", story.id, "--format", "table")


def test_an_id_that_was_never_given_is_named(
    feed: Feed, sample: tuple[Article, ...], store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(sample[:3])
    assert run(["story", "s-000000000ş", "--store", str(store)]) == 1
    assert "'s-000000000ş' is not in this store" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("query", "languages"),
    [("embassy talks in Istanbul", {"en", "id"}), ("deprem İstanbul Marmara", {"tr", "de", "id"})],
)
def test_a_question_in_one_language_finds_its_story_in_others(
    feed: Feed, ask: Callable[..., Any], sample: tuple[Article, ...], query: str, languages: set[str]
) -> None:
    feed(sample)
    hits = ask("search", query, "--limit", "10")["hits"]
    best = hits[0]["story"]
    assert languages <= {hit["article"]["language"] for hit in hits if hit["story"] == best}
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_an_empty_question_is_refused(feed: Feed, store: Path, sample: tuple[Article, ...]) -> None:
    feed(sample[:2])
    assert run(["search", " ?! ", "--store", str(store)]) == 2


def test_what_is_forgotten_is_gone_from_the_file(
    feed: Feed, ask: Callable[..., Any], store: Path, sample: tuple[Article, ...]
) -> None:
    story = feed(sample).result.stories[0]
    secret = replace(sample[0], id="rahasia", title="Quixoteplatz Ünverwechselbar", text="Quixoteplatz " * 3)
    feed([secret])
    gone = ask("forget", "rahasia", story.id)
    assert gone["articles"] == sorted(["rahasia", *(member.article.id for member in story.members)])
    assert gone["stories"] == [story.id]
    data = b"".join(path.read_bytes() for path in store.parent.glob(f"{store.name}*"))
    for trace in ("Quixoteplatz", "rahasia", story.title, story.members[0].article.id):
        assert trace.encode() not in data
    with reading(store) as connection:
        assert check(connection, store).problems == ()
        for table in ("texts", "vectors", "words"):
            (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
            assert 0 < rows <= len(sample) - len(story.members)


def test_forgotten_ids_are_not_given_again(feed: Feed, ask: Callable[..., Any], sample: tuple[Article, ...]) -> None:
    before = {story.id for story in feed(sample).result.stories}
    ask("forget", *sorted(before))
    after = {story.id for story in feed(sample).result.stories}
    assert after
    assert before.isdisjoint(after)


def test_forgetting_part_of_a_story_describes_the_rest_anew(
    feed: Feed, ask: Callable[..., Any], store: Path, sample: tuple[Article, ...]
) -> None:
    story = feed(sample).result.stories[0]
    titled = next(m.article.id for m in story.members if m.article.headline == story.title)
    assert ask("forget", titled)["stories"] == []
    rest = ask("story", story.id)["story"]
    assert rest["title"] != story.title
    assert len(rest["articles"]) == len(story.members) - 1


def test_the_first_of_two_copies_can_go(feed: Feed, ask: Callable[..., Any], sample: tuple[Article, ...]) -> None:
    article = next(a for a in sample if len(a.text) > 500)
    feed([article])
    feed([replace(article, id="salinan"), replace(article, id="salinan-2")])
    ask("forget", article.id)
    assert ask("check")["problems"] == []
    done = feed([replace(article, id="salinan-3")])
    assert len(done.result.stories[0].members) == 3


def test_old_articles_are_forgotten_by_their_date(
    feed: Feed, ask: Callable[..., Any], sample: tuple[Article, ...]
) -> None:
    feed(sample)
    gone = ask("forget", "--older-than", "1d")["articles"]
    assert set(gone) == {article.id for article in sample if article.published}
    assert ask("check")["articles"] == len(sample) - len(gone)


def test_an_unknown_id_forgets_nothing(
    feed: Feed, store: Path, sample: tuple[Article, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    feed(sample[:4])
    assert run(["forget", sample[0].id, "tidak-ada", "--store", str(store)]) == 1
    assert "'tidak-ada'; nothing was forgotten" in capsys.readouterr().err
    assert feed(sample[:4]).known == 4


def test_export_and_import_bring_back_the_same_store(
    feed: Feed, ask: Callable[..., Any], store: Path, sample: tuple[Article, ...], tmp_path: Path
) -> None:
    stories = feed(sample).result.stories
    ask("forget", stories[-1].id)
    file, copy = tmp_path / "semua.jsonl", tmp_path / "salinan.db"
    assert run(["export", "--store", str(store), "-o", str(file)]) == 0
    assert run(["import", str(file), "--store", str(copy), "--effort", "fast", "-q"]) == 0
    again = tmp_path / "lagi.jsonl"
    assert run(["export", "--store", str(copy), "-o", str(again)]) == 0
    assert again.read_bytes() == file.read_bytes()
    with reading(copy) as connection:
        assert check(connection, copy).problems == ()
    store.unlink()
    copy.rename(store)
    assert feed(sample).known == len(sample) - len(stories[-1].members)


def test_what_is_no_export_is_named_by_its_line(
    builtin_model: None, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "salah.jsonl"
    file.write_text('{"id": "a", "text": "Gempa"}\n{"id": "b"}\n', encoding="utf-8")
    assert run(["import", str(file), "--store", str(store), "--effort", "fast", "-q"]) == 1
    assert f"{file}:2: not an article of newsclust export" in capsys.readouterr().err


@pytest.mark.parametrize("flags", [["--changes"], ["--window", "2d"]])
def test_remembering_without_a_store_is_a_usage_error(flags: list[str]) -> None:
    assert run(["group", str(SAMPLE), *flags]) == 2


def test_a_length_of_time_that_is_none_is_refused(store: Path) -> None:
    assert run(["stories", "--store", str(store), "--since", "kemarin"]) == 2


def test_an_event_answers_as_the_story_that_it_is_in(
    feed: Feed, ask: Callable[..., Any], sample: tuple[Article, ...]
) -> None:
    story = feed(sample).result.stories[0]
    assert ask("story", story.events[-1].id)["story"]["id"] == story.id


@pytest.mark.parametrize("command", [["stories"], ["search", "Botschaft"]])
def test_a_language_that_there_is_not_is_told(
    feed: Feed, store: Path, sample: tuple[Article, ...], command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    feed(sample[:3])
    assert run([*command, "--language", "klingonisch", "--store", str(store)]) == 2
    assert "'klingonisch' is not a language" in capsys.readouterr().err
    assert run([*command, "--language", "und", "--store", str(store)]) == 0


def test_an_output_that_cannot_be_written_is_told_before_anything_is_imported(
    builtin_model: None, store: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.jsonl").write_text("", "utf-8")
    missing = str(tmp_path / "gibt-es-nicht" / "x.json")
    assert run(["import", str(tmp_path / "x.jsonl"), "--store", str(store), "-o", missing]) == 2
    assert not store.exists()


def lone(store: Path) -> dict[str, str | None]:
    with reading(store) as connection:
        found = whole_result(connection, FAST).unclustered
    return {entry.article.id: entry.nearest.article if entry.nearest else None for entry in found}


APART = (
    "In İzmir gewinnt ein Fährmann den Hafenpreis der Stadt.",
    "Die Notenbank in Ankara senkt den Leitzins um einen halben Punkt.",
    "Am Vulkan auf Flores regnet es Asche, Flüge fallen aus.",
)


def test_an_article_that_is_read_again_is_again_the_nearest_of_another(feed: Feed, store: Path) -> None:
    articles = [Article(id=str(n), text=text, language="de") for n, text in enumerate(APART)]
    feed(articles)
    before = lone(store)
    assert None not in before.values()
    for article in articles:
        feed([replace(article, url="https://example.org/neu")])
        assert lone(store) == before


def test_no_probability_is_kept_of_a_nearest_that_is_gone(feed: Feed, ask: Callable[..., Any], store: Path) -> None:
    feed([Article(id=str(n), text=text, language="de") for n, text in enumerate(APART[:2])])
    ask("forget", "0")
    with reading(store) as connection:
        assert connection.execute("SELECT nearest, probability FROM articles").fetchall() == [(None, None)]
    feed([Article(id="2", text=APART[2], language="de")])
    assert lone(store) == {"1": "2", "2": "1"}


def test_what_is_left_of_a_story_names_its_nearest(
    feed: Feed, ask: Callable[..., Any], store: Path, sample: tuple[Article, ...]
) -> None:
    story = min(feed(sample).result.stories, key=lambda story: len(story.members))
    kept, *gone = [member.article.id for member in story.members]
    ask("forget", *gone)
    assert ask("check")["problems"] == []
    nearest = lone(store)
    assert kept in nearest
    assert None not in nearest.values()


def test_of_a_forgotten_text_nothing_stays_in_the_means(builtin_model: None, store: Path) -> None:
    encoder = WordHashEncoder(64)
    articles = [Article(id=str(n), text=text, language="de") for n, text in enumerate(APART)]
    foreign = Article(id="en", text="A ferryman wins the harbour prize.", language="en")

    def sums() -> dict[str, tuple[int, list[float]]]:
        with reading(store) as connection:
            rows = connection.execute("SELECT language, articles, total FROM language_sums").fetchall()
        return {language: (count, np.frombuffer(total, "<f8").tolist()) for language, count, total in rows}

    update(store, ReadResult(tuple(articles)), encoder=encoder)
    before = sums()
    update(store, ReadResult((foreign, replace(articles[0], id="neu", text=APART[0] * 2))), encoder=encoder)
    assert sums()["en"][0] == 1
    forget(store, ["en", "neu"])
    assert sums().keys() == {"de"}
    assert sums()["de"][0] == 3
    assert sums()["de"][1] == pytest.approx(before["de"][1], abs=1e-9)


def test_a_reader_that_keeps_forgotten_pages_in_the_file_is_told(
    feed: Feed, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "_BUSY_SECONDS", 0.1)
    feed([Article(id=str(n), text=text, language="de") for n, text in enumerate(APART)])
    with reading(store) as connection:
        connection.execute("SELECT count(*) FROM articles").fetchone()
        with pytest.raises(StoreError, match="forgotten, but another program was reading"):
            forget(store, ["0"])
    feed([Article(id="3", text="Ein Wal strandet vor Föhr.", language="de")])
    data = b"".join(path.read_bytes() for path in store.parent.glob(f"{store.name}*"))
    assert b"Hafenpreis" not in data


def test_an_imported_copy_of_a_lone_article_takes_it_into_its_story(feed: Feed, store: Path) -> None:
    feed([Article(id="yang-lama", text=APART[2], language="de")])
    lines = [
        {"id": "salinan", "text": APART[2], "story": "s-0000000001", "event": "e-1"},
        {"id": "lain", "text": APART[0], "story": "s-0000000001", "event": "e-2"},
        {"id": "salinan-2", "text": APART[2], "story": "s-0000000002", "event": "e-3"},
        {"id": "lain-2", "text": APART[1], "story": "s-0000000002", "event": "e-4"},
    ]
    import_lines(store, map(json.dumps, lines), FAST)
    with reading(store) as connection:
        assert check(connection, store).problems == ()
        (story,) = whole_result(connection, FAST).stories
    assert story.id == "s-0000000001"
    assert {member.article.id for member in story.members} == {"yang-lama", "salinan", "salinan-2", "lain"}
    assert lone(store).keys() == {"lain-2"}
