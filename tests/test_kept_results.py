"""What a run decided is kept: the same bytes the second time, anew where anything changed, never in the way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from command_line import Command
from handmade import embassy_result
from hostile_rows import LEAD
from hypothesis import given
from hypothesis import strategies as st
from samples import sample

from newsclust.articles import Article, ReadResult
from newsclust.cache import working
from newsclust.cache.working import WEIGHTS, hash_of_files
from newsclust.encoders.builtin.parts import weights_path
from newsclust.kept.encoding import plain, reviving
from newsclust.kept.files import read_kept, write_kept
from newsclust.kept.keys import result_key
from newsclust.kept.results import keep, recalled
from newsclust.pipeline import find_stories_with_features
from newsclust.settings import DEFAULTS, Effort, Settings
from newsclust.stories import Kind, Nearest, Relation, Unclustered, Version

FAST = Settings(effort=Effort.FAST)
KEPT = "the result of an earlier run on the same articles\n"
ROWS: list[dict[str, Any]] = [
    {"id": "ä1", "title": "Botschaften: Gespräche in Istanbul", "text": f"{LEAD[0]}.",
     "date": "2025-02-27T21:30:00+07:00", "rubrik": {"größe": [1, 2.5, None, "北京"]}},
    {"id": "ä2", "title": "Gespräche in Istanbul über Botschaften", "text": f"{LEAD[1]}.", "date": "2025-02-27"},
    {"id": "ä3", "title": "Ziege im Bus", "text": "In Goslar ist eine Ziege ausgerissen.\n\nDiesen Artikel teilen\n"
     "Sie hielt eine Stunde lang den Bus auf."},
    {"id": "新4", "title": "岐阜の和紙", "text": "岐阜県の和紙工房が、宇宙飛行士の手帳に使う薄い紙を納入した。"},
]  # fmt: skip


@pytest.fixture
def results(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where results are kept, in a cache of this test alone, which is asked."""
    monkeypatch.delenv("NEWSCLUST_ANEW")
    return own_cache / "results"


@pytest.fixture
def group(newsclust: Command, results: Path) -> Callable[..., SimpleNamespace]:
    """Group rows in a hurry; `kept` says whether an earlier run was asked, `err` leaves that and the time out."""

    def call(*options: str, rows: Sequence[dict[str, Any]] = ROWS, more: str = "") -> SimpleNamespace:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        Path("artikel.jsonl").write_text(lines + more, encoding="utf-8")
        outcome = newsclust("group", "artikel.jsonl", "--effort", "fast", "-v", *options)
        outcome.kept = KEPT in outcome.err
        outcome.err = re.sub(r"in \d+\.\d s", "", outcome.err.replace(KEPT, ""))
        return outcome

    return call


Group = Callable[..., SimpleNamespace]


# The same again


@pytest.mark.parametrize("format_", ["json", "ndjson", "csv", "md", "atom", "html", "table"])
def test_the_second_run_gives_the_same_bytes_and_says_the_same(group: Group, format_: str) -> None:
    first = group("--format", format_)
    again = group("--format", format_)
    anew = group("--format", format_, "--anew")
    assert [run.kept for run in (first, again, anew)] == [False, True, False]
    assert first.out == again.out == anew.out != ""
    assert first.err == again.err == anew.err
    assert "Diesen Artikel teilen" in first.err


def test_a_folder_of_pages_and_other_files_is_kept(newsclust: Command, results: Path) -> None:
    folder = str(Path(__file__).parents[1] / "data" / "articles")
    first, second = (newsclust("group", folder, "--effort", "fast", "-v") for _ in range(2))
    assert (KEPT in first.err, KEPT in second.err) == (False, True)
    assert second.out == first.out


def test_after_the_table_every_other_format_is_there(group: Group) -> None:
    group("--format", "table")
    kept = {format_: group("--format", format_) for format_ in ("html", "csv", "json")}
    assert all(run.kept for run in kept.values())
    assert all(run.out == group("--format", format_, "--anew").out for format_, run in kept.items())


def test_options_of_the_output_alone_need_no_other_result(group: Group) -> None:
    group()
    for options in (["--with-text"], ["--keep", "rubrik"], ["--top", "1"], ["--format", "csv", "--raw-cells"]):
        again, anew = group(*options), group(*options, "--anew")
        assert again.kept
        assert again.out == anew.out


def test_what_was_skipped_is_said_again_and_decides_nothing(group: Group) -> None:
    plain = group()
    broken = group("--strict", more='{"text": \n')
    assert broken.kept
    assert (plain.code, broken.code) == (0, 3)
    assert "skipped artikel.jsonl:5" in broken.err
    assert broken.out == group("--anew", more='{"text": \n').out


def test_a_run_that_had_something_to_say_is_not_kept(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    import newsclust.pipeline as pipeline

    def telling(*given: Any, say: Any, **more: Any) -> Any:
        say("probabilitas hanya tebakan")
        return find_stories_with_features(*given, say=say, **more)

    monkeypatch.setattr(pipeline, "find_stories_with_features", telling)
    assert "probabilitas" in group().err
    assert "probabilitas" in group().err


def test_the_default_effort_is_kept_too_and_neither_for_the_other(group: Group) -> None:
    assert not group().kept
    assert not group("--effort", "balanced").kept
    assert group("--effort", "balanced").kept
    assert group().kept


def test_a_store_keeps_its_own(group: Group, results: Path) -> None:
    group("--store", "berita.db")
    assert not results.exists()


def test_the_order_of_paths_decides_nothing(newsclust: Command, results: Path) -> None:
    for row in ROWS:
        Path(f"{row['id']}.json").write_text(json.dumps(row), "utf-8")
    names = [f"{row['id']}.json" for row in ROWS]
    first = newsclust("group", *names, "--effort", "fast", "-v")
    again = newsclust("group", *reversed(names), "--effort", "fast", "-v")
    assert KEPT not in first.err
    assert KEPT in again.err
    assert first.out == again.out


def test_nothing_numeric_is_imported_for_what_is_kept(group: Group) -> None:
    first = group()
    code = (
        "import sys; from newsclust.cli import run\n"
        "code = run(['group', 'artikel.jsonl', '--effort', 'fast', '-q'])\n"
        "sys.exit(code or str({'numpy', 'scipy', 'hdbscan', 'sklearn', 'langdetect'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (first.out, "set()\n")


def test_two_runs_at_once_give_the_same_and_leave_one_whole_result(group: Group, results: Path) -> None:
    expected = group().out
    next(results.iterdir()).unlink()
    command = [sys.executable, "-m", "newsclust", "group", "artikel.jsonl", "--effort", "fast", "-q"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    assert [run.communicate()[0].decode() for run in both] == [expected] * 2
    assert len(list(results.iterdir())) == 1
    assert group().kept


# Anew


def changed(**fields: Any) -> tuple[Article, ...]:
    first, *rest = embassy_result().articles
    return (replace(first, **fields), *rest)


@pytest.mark.parametrize(
    "articles",
    [
        changed(text="Ein anderer Text."),
        changed(title=None),
        changed(published=datetime(2025, 2, 28, tzinfo=UTC)),
        changed(published=None),
        changed(language="sv"),
        changed(source="Elbkurier "),
        changed(url=None),
        changed(path="woanders.txt"),
        changed(id="ウ"),
        changed(extra={"größe": 1}),
        embassy_result().articles[1:],
        (*embassy_result().articles, Article(id="ж", text="Новое.")),
    ],
)
def test_every_article_and_every_field_of_it_decides(articles: tuple[Article, ...]) -> None:
    bare = tuple(replace(article, boilerplate=()) for article in articles)
    before = tuple(replace(article, boilerplate=()) for article in embassy_result().articles)
    assert result_key(bare, FAST) != result_key(before, FAST)
    assert result_key(bare, FAST) == result_key(bare[::-1], FAST)


@pytest.mark.parametrize(("one", "other"), [(1, 1.0), (1, True), (1, "1"), (None, "null"), ("a", ["a"])])
def test_values_of_two_kinds_are_two_inputs(one: Any, other: Any) -> None:
    def key(value: Any) -> str | None:
        return result_key([Article(id="ş", text="Ankara.", extra={"ölçü": value})], FAST)

    assert key(one) == key(one) != key(other)


def test_every_setting_decides() -> None:
    others = [
        DEFAULTS, Settings(effort=Effort.THOROUGH), replace(FAST, granularity=1), replace(FAST, label_language="fi"),
        replace(FAST, model="muu/malli"),
    ]  # fmt: skip
    assert len({result_key([], settings) for settings in (FAST, *others)}) == 6


def test_code_libraries_model_and_machine_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    def sets(name: str, value: object) -> str | None:
        with monkeypatch.context() as patch:
            patch.setattr(name, value)
            return result_key([], FAST)

    now = result_key([], FAST)
    others = {
        sets("newsclust.cache.working.hash_of_files", lambda folder: "andere"),
        sets("newsclust.cache.working.version", lambda name: "0.0"),
        sets("platform.machine", lambda: "z80"),
        sets("sys.version", "4.0"),
        sets("newsclust.cache.working.WEIGHTS", ("numpy", "numpy/__init__.py")),
    }
    assert len(others | {now}) == 6
    assert result_key([], FAST) == now


def test_the_hash_of_files_knows_names_contents_and_folders(tmp_path: Path) -> None:
    (tmp_path / "ü").mkdir()
    (tmp_path / "ü" / "a.py").write_text("x")
    seen = {hash_of_files(tmp_path)}
    (tmp_path / "ü" / "a.py").write_text("y")
    seen.add(hash_of_files(tmp_path))
    (tmp_path / "ü" / "a.py").rename(tmp_path / "a.py")
    seen.add(hash_of_files(tmp_path))
    assert len(seen) == 3
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("z")
    assert hash_of_files(tmp_path) in seen


def test_the_content_of_a_profile_decides_and_one_that_cannot_be_read_keeps_nothing(tmp_path: Path) -> None:
    profile = tmp_path / "perfil.json"
    settings = replace(DEFAULTS, profile=str(profile))
    assert result_key([], settings) is None
    seen = set()
    for content in ("{}", "[]"):
        profile.write_text(content)
        seen.add(result_key([], settings))
    assert len(seen - {None}) == 2


def test_a_model_by_name_or_folder_and_a_missing_one_keep_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert result_key([], replace(DEFAULTS, model="muu/malli")) is None
    monkeypatch.setattr(working, "WEIGHTS", ("kein-paket", "kein/paket.bin"))
    assert result_key([], FAST) is None
    monkeypatch.setattr(working, "WEIGHTS", ("numpy", "keine/datei.bin"))
    assert result_key([], FAST) is None


def test_what_has_no_one_form_keeps_nothing() -> None:
    assert result_key([Article(id="é", text="Où ?", extra={"objet": object()})], FAST) is None


def test_the_built_in_model_is_where_the_key_looks_for_it() -> None:
    found = weights_path()
    assert found is None or found.as_posix().endswith(WEIGHTS[1])


def test_a_changed_text_and_setting_make_a_new_result(group: Group) -> None:
    group()
    rows = [*ROWS[:-1], {**ROWS[-1], "text": f"{LEAD[0]}, auch über Gas."}]
    new = group(rows=rows)
    assert not new.kept
    assert '"新4"' in new.out
    assert new.out == group("--anew", rows=rows).out
    assert not group("--granularity", "1").kept
    assert group().kept


# What is in it


def test_a_result_comes_back_equal_to_the_last_bit(results: Path) -> None:
    before = tuple(replace(article, boilerplate=(), language="und") for article in sample())
    read = ReadResult(before)
    result, features, rows = find_stories_with_features(read, FAST)
    from newsclust.explaining.evidence import gather_evidence

    evidence = gather_evidence(result, features, rows)
    keep("ab", read, result, evidence)
    back = recalled("ab", read, FAST, with_evidence=True)
    assert back is not None
    assert back[0] == result
    assert back[1] is not None
    assert back[1].near == evidence.near
    for id_, matrix in evidence.matrices.items():
        same = back[1].matrices[id_]
        assert same.members == matrix.members
        assert same.probabilities.tobytes() == matrix.probabilities.tobytes()
    alone = recalled("ab", read, FAST, with_evidence=False)
    assert alone == (result, None)


def test_a_result_made_by_hand_comes_back_equal(results: Path) -> None:
    result = embassy_result()
    before = (replace(article, text=f"{article.text}\n\nTeilen", boilerplate=()) for article in result.articles)
    read = ReadResult(tuple(before), result.skipped)
    keep("cd", read, result, None)
    assert recalled("cd", read, result.settings, with_evidence=False) == (result, None)


def test_what_would_not_come_back_equal_is_not_kept(results: Path) -> None:
    result = embassy_result()
    read = ReadResult(tuple(replace(article, source="Ein anderer") for article in result.articles), result.skipped)
    keep("ef", read, result, None)
    keep("ef", ReadResult(()), result, None)
    assert not results.exists()


def test_a_text_is_kept_only_where_cleaning_changed_it(group: Group, results: Path) -> None:
    group()
    (file,) = results.iterdir()
    content = read_kept(file.name)
    assert content is not None
    document = json.loads(content)
    texts = {id_: fields["text"] for id_, fields in document["articles"].items() if "text" in fields}
    assert set(texts) == {"ä3"}
    assert LEAD[1][:40] not in json.dumps(document, ensure_ascii=False)


ARTICLES = {article.id: article for article in embassy_result().articles}
IDS = st.sampled_from(sorted(ARTICLES))
UNCLUSTERED = st.builds(
    Unclustered,
    article=IDS.map(ARTICLES.__getitem__),
    nearest=st.none() | st.builds(Nearest, IDS, st.floats(0, 1), st.none() | IDS, st.none() | st.floats(0, 1)),
    version=st.none() | st.builds(Version, IDS, st.sampled_from(Relation)),
    kind=st.sampled_from(Kind),
    mentions=st.lists(st.text()).map(tuple),
)


@given(UNCLUSTERED)
def test_any_value_comes_back_equal(value: Unclustered) -> None:
    assert reviving(Unclustered)(json.loads(json.dumps(plain(value))), ARTICLES) == value


# The files


def damaged(content: bytes) -> list[bytes]:
    flipped = bytes([content[40] ^ 1])
    return [b"", content[:20], content[:-1], content[:40] + flipped + content[41:], b"\0" * 32 + zlib.compress(b"{}")]


def test_a_damaged_file_is_not_believed_and_written_anew(group: Group, results: Path) -> None:
    whole = group()
    (file,) = results.iterdir()
    for content in damaged(file.read_bytes()):
        file.write_bytes(content)
        outcome = group()
        assert (outcome.kept, outcome.out, outcome.err) == (False, whole.out, whole.err)
        assert group().kept


@pytest.mark.parametrize("data", [b"", b"nul", b"[]", b"{}", b'{"articles": 3}', b"[" * 100_000, b"\xff"])
def test_a_whole_file_with_something_else_in_it_is_not_believed(group: Group, results: Path, data: bytes) -> None:
    whole = group()
    (file,) = results.iterdir()
    write_kept(file.name, data)
    outcome = group()
    assert (outcome.kept, outcome.out) == (False, whole.out)
    assert group().kept


def test_a_file_under_the_name_of_another_is_not_believed(results: Path) -> None:
    write_kept("ab", "北京".encode())
    (results / "ab").rename(results / "cd")
    assert read_kept("cd") is None


def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(group: Group, results: Path) -> None:
    whole = group("--anew")
    for file in results.iterdir():
        file.unlink()
    results.rmdir()
    results.write_text("kein Ordner")
    outcome = group()
    assert (outcome.kept, outcome.code, outcome.out, outcome.err) == (False, 0, whole.out, whole.err)
    assert results.read_text() == "kein Ordner"


def test_no_place_for_a_cache_costs_nothing(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSCLUST_CACHE")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: "~/.cache/newsclust")
    write_kept("ab", b"x")
    assert read_kept("ab") is None


def test_what_was_used_longest_ago_goes_when_the_folder_is_full(results: Path) -> None:
    content = os.urandom(1000)
    for age, key in enumerate(["03", "02", "01"]):
        write_kept(key, content)
        os.utime(results / key, (age, age))
    (results / "04.4711").write_bytes(content)  # what a killed run left
    os.utime(results / "04.4711", (1.5, 1.5))
    assert read_kept("03") == content  # the oldest, used now
    write_kept("05", content, max_bytes=3500)
    assert sorted(path.name for path in results.iterdir()) == ["01", "03", "05"]


def test_a_result_larger_than_the_bound_is_not_kept(results: Path) -> None:
    write_kept("ab", b"alt", max_bytes=100)
    write_kept("ab", os.urandom(1000), max_bytes=100)
    assert read_kept("ab") == b"alt"
