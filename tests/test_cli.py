"""The command line from the outside: exit codes, streams, flags, environment and configuration."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from command_line import Command
from handmade import embassy_result, hostile_result
from platformdirs import user_config_path

from newsclust.articles import Article, ReadResult
from newsclust.cli import run
from newsclust.commands.stderr import pace
from newsclust.errors import ModelError, StoreLocked
from newsclust.execution.progress import SILENT, Progress
from newsclust.execution.threads import thread_count
from newsclust.settings import DEFAULTS, Effort, Settings
from newsclust.stories import ClusterResult, Unclustered

HEAVY = {
    "torch",
    "sentence_transformers",
    "transformers",
    "sklearn",
    "onnxruntime",
    "numpy",
    "scipy",
    "rich",
}


class Outcome(SimpleNamespace):
    code: int
    out: str
    err: str


class Pipeline:
    """Stands in for the grouping: gives back `result`, or every article read as unclustered."""

    def __init__(self) -> None:
        self.calls: list[tuple[ReadResult, Settings, Progress]] = []
        self.result: ClusterResult | None = None
        self.error: BaseException | None = None

    def find_stories_with_features(
        self, read: ReadResult, settings: Settings = DEFAULTS, *, progress: Progress = SILENT, **_: object
    ) -> tuple[ClusterResult, None, None]:
        self.calls.append((read, settings, progress))
        if self.error:
            raise self.error
        unclustered = tuple(Unclustered(article, None) for article in read.articles)
        return self.result or ClusterResult((), unclustered, read.skipped, settings, "hand"), None, None

    @property
    def settings(self) -> Settings:
        return self.calls[-1][1]

    @property
    def articles(self) -> dict[str, str]:
        return {article.id: article.text for article in self.calls[-1][0].articles}


Newsclust = Callable[..., Outcome]
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    stand_in = Pipeline()
    module = ModuleType("stand_in")
    module.__dict__["find_stories_with_features"] = stand_in.find_stories_with_features
    module.__dict__["gather_evidence"] = lambda *_: None
    for name in ("newsclust.pipeline", "newsclust.explaining.evidence"):
        monkeypatch.setitem(sys.modules, name, module)
    return stand_in


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run in a folder with two articles, with no variable and no configuration of whoever runs the tests."""
    for name in [*os.environ]:
        if name.startswith("NEWSCLUST_") or name in {"NO_COLOR", "COLUMNS"} or name.endswith("_NUM_THREADS"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NEWSCLUST_ANEW", "1")  # each call asks the stand-in
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "arbeit"
    (folder / "artikel").mkdir(parents=True)
    (folder / "artikel" / "istanbul.txt").write_text(
        "Gespräche in Istanbul\n\nDie Delegationen sprachen am Donnerstag sechs Stunden lang über die Botschaften.\n"
    )
    (folder / "artikel" / "jakarta.txt").write_text(
        "Banjir di Jakarta\n\nRatusan rumah terendam setelah hujan deras semalaman di ibu kota negara itu.\n"
    )
    monkeypatch.chdir(folder)


@pytest.fixture
def newsclust(
    pipeline: Pipeline, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Newsclust:
    def call(*arguments: str, stdin: bytes | None = None) -> Outcome:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run(arguments)
        out, err = capsysbinary.readouterr()
        return Outcome(code=code, out=out.decode(), err=err.decode())

    return call


@pytest.fixture
def elsewhere(tmp_path: Path) -> Start:
    """Start the command in a process of its own whose grouping runs the code given."""

    def start(arguments: list[str], code: str = "return embassy_result()", **options: Any) -> subprocess.Popen[bytes]:
        program = (
            "import sys, types\n"
            "from handmade import *\n"
            "def find_stories(read, settings, *, progress=None, **_):\n"
            f"    {code}\n"
            "module = types.ModuleType('stand_in')\n"
            "module.find_stories_with_features = lambda *given, **more: (find_stories(*given, **more), None, None)\n"
            "module.gather_evidence = lambda *_: None\n"
            "sys.modules |= {'newsclust.pipeline': module, 'newsclust.explaining.evidence': module}\n"
            "from newsclust.cli import main\n"
            "main(sys.argv[1:])\n"
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), **options.pop("env", {})}
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.Popen([sys.executable, "-c", program, *arguments], env=environment, **streams)

    return start


# Start


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom newsclust.cli import run\nassert run(['--help']) == 0 and run(['group', '-h']) == 0\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "Usage: newsclust [OPTIONS] COMMAND" in done.stdout
    assert not HEAVY & set(done.stderr.split())


def test_help_names_every_command_and_the_ways_to_set_options(newsclust: Newsclust) -> None:
    assert "group" in newsclust("-h").out
    shown = " ".join(newsclust("group", "-h").out.split())
    assert "NEWSCLUST_RAW_CELLS" in shown
    assert "newsclust group articles/ --format csv -o stories.csv" in shown


def test_python_dash_m_newsclust_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "newsclust", "--version"], capture_output=True, check=True, text=True)
    assert done.stdout.startswith("newsclust, version ")


def test_an_unknown_command_is_misuse(newsclust: Newsclust) -> None:
    outcome = newsclust("gruop")
    assert outcome.code == 2
    assert "No such command 'gruop'. Did you mean 'group'?" in outcome.err
    assert not outcome.out


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("artikel", "newsclust group artikel"),
        ("fehlt/*.txt", "newsclust group fehlt/*.txt"),
        ("https://zeitung.example/züge", "downloads nothing"),
    ],
)
def test_paths_and_addresses_in_place_of_a_command_are_told_what_to_do(
    newsclust: Newsclust, word: str, said: str
) -> None:
    outcome = newsclust(word)
    assert outcome.code == 2
    assert said in outcome.err
    assert "Did you mean" not in outcome.err


def test_an_address_in_place_of_a_path_is_told_what_to_do(newsclust: Newsclust) -> None:
    outcome = newsclust("group", "https://zeitung.example/züge.xml")
    assert outcome.code == 2
    assert (
        "'https://zeitung.example/züge.xml' is an address: newsclust reads files and downloads nothing" in outcome.err
    )


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--format", "json", "--tree"), "--tree does nothing with the format json; it belongs to table"),
        (("--format", "csv", "--unclustered"), "--unclustered does nothing with the format csv; it belongs to table"),
        (("-o", "weg.md", "--raw-cells"), "--raw-cells does nothing with the format md; it belongs to csv"),
        (("--format", "table", "--keep", "all"), "--keep does nothing with the format table; it belongs to json"),
    ],
)
def test_an_option_that_does_nothing_with_the_format_is_misuse(
    newsclust: Newsclust, flags: tuple[str, ...], said: str
) -> None:
    outcome = newsclust("group", "artikel", *flags)
    assert outcome.code == 2
    assert said in outcome.err


def test_such_an_option_in_the_environment_is_no_error(newsclust: Newsclust, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCLUST_TREE", "1")
    assert newsclust("group", "artikel", "--format", "json").code == 0


# Streams


def test_results_go_to_stdout_as_json_and_the_summary_to_stderr(newsclust: Newsclust) -> None:
    outcome = newsclust("group", "artikel")
    document = json.loads(outcome.out)
    assert outcome.code == 0
    assert [article["id"] for article in document["unclustered"]] == ["istanbul.txt", "jakarta.txt"]
    assert outcome.err.startswith("0 stories from 2 articles in 1 language, 2 unclustered, in 0.")
    assert outcome.err.endswith(" s\n")


@pytest.mark.parametrize("format_", ["table", "json", "ndjson", "csv"])
def test_every_format_can_be_asked_for(newsclust: Newsclust, pipeline: Pipeline, format_: str) -> None:
    pipeline.result = embassy_result()
    out = newsclust("group", "artikel", "--format", format_).out
    readable: dict[str, Callable[[str], object]] = {
        "table": lambda text: text.startswith("2 stories from 8 articles ·"),
        "json": lambda text: json.loads(text)["schema"] == "newsclust/1",
        "ndjson": lambda text: [json.loads(line)["id"] for line in text.splitlines()] == ["s-6f1c2a9b", "s-0a0a0a0a"],
        "csv": lambda text: len(list(csv.DictReader(io.StringIO(text)))) == 8,
    }
    assert readable[format_](out)


def test_raw_cells_are_left_alone(newsclust: Newsclust, pipeline: Pipeline) -> None:
    pipeline.result = hostile_result()
    assert ",'=HYPERLINK" not in newsclust("group", "artikel", "--format", "csv", "--raw-cells").out
    assert "'=HYPERLINK" in newsclust("group", "artikel", "--format", "csv").out


def test_each_skipped_input_is_one_harmless_line_even_with_quiet(newsclust: Newsclust, pipeline: Pipeline) -> None:
    Path("artikel/\x1b[31mkaputt\n.json").write_bytes(b'{"title": "\xc3\xbc')
    err = newsclust("group", "artikel", "--quiet").err
    assert len(err.splitlines()) == 1
    assert err.startswith("skipped \N{REPLACEMENT CHARACTER}[31mkaputt .json")


def test_what_grouping_skips_is_named_once(newsclust: Newsclust, pipeline: Pipeline) -> None:
    pipeline.result = embassy_result()
    err = newsclust("group", "artikel").err
    assert err.count("skipped feed.jsonl:17: no title and no text\n") == 1


def test_quiet_says_nothing_when_all_is_well(newsclust: Newsclust) -> None:
    assert newsclust("group", "artikel", "-q").err == ""


def test_verbose_says_what_cleaning_removed(newsclust: Newsclust, pipeline: Pipeline) -> None:
    pipeline.result = embassy_result()
    assert (
        "removed from antara/perundingan.txt by its wording: Komentar (0)\n"
        in newsclust("group", "artikel", "--verbose").err
    )
    assert "Komentar" not in newsclust("group", "artikel").err


def test_articles_of_which_only_the_title_is_left_are_counted(newsclust: Newsclust, pipeline: Pipeline) -> None:
    articles = [Article(id=name, title=name, text="") for name in ("istanbul.txt", "jakarta.txt", "neu")]
    pipeline.result = ClusterResult((), tuple(Unclustered(article, None) for article in articles), (), Settings(), "m")
    assert (
        "note istanbul.txt: 2 articles are compared by their titles: what stands for a text says nothing of its own; "
        "--verbose shows it\n"
    ) in newsclust("group", "artikel").err
    assert "note" not in newsclust("group", "artikel", "--quiet").err


def test_nothing_found_is_an_empty_result_and_a_warning(newsclust: Newsclust) -> None:
    Path("leer").mkdir()
    outcome = newsclust("group", "leer")
    assert outcome.code == 0
    assert json.loads(outcome.out)["summary"]["articles"] == 0
    assert outcome.err.startswith("warning: no article found in leer\n")


def test_output_is_utf8_whatever_the_locale(elsewhere: Start) -> None:
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    out, _ = elsewhere(["group", "artikel", "--format", "json"], env=plain).communicate()
    assert "新しいマラリアワクチン" in out.decode()


def test_a_table_on_a_terminal_that_knows_only_ascii_is_readable(elsewhere: Start) -> None:
    process = elsewhere(["group", "artikel", "--format", "table"], env={"PYTHONIOENCODING": "ascii"})
    out, _ = process.communicate()
    assert process.returncode == 0
    assert "id 2 | de 1 | ru 1 | 2025-02-27 - 03-18 #_____-" in out.decode("ascii")


# A terminal


def on_terminal(elsewhere: Start, code: str = "return embassy_result()", *flags: str, **env: str) -> str:
    """Return what the command shows on a terminal of its own, which is where it reads too."""
    leader, follower = pty.openpty()
    own = {"TERM": "xterm-256color", "PAGER": "cat", **env}
    with elsewhere(["group", "artikel", *flags], code, stdin=follower, stdout=follower, env=own) as process:
        os.close(follower)
        shown = b""
        while chunk := _read(leader):
            shown += chunk
        process.communicate()
    os.close(leader)
    return shown.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_a_terminal_gets_a_coloured_table(elsewhere: Start) -> None:
    shown = on_terminal(elsewhere)
    assert "\x1b[" in shown
    assert "2 stories from 8 articles" in shown


def test_what_is_longer_than_the_terminal_goes_to_the_pager(elsewhere: Start) -> None:
    shown = on_terminal(elsewhere, PAGER="sed s/^/GEBLÄTTERT:/", LINES="5", NO_COLOR="1")
    assert "GEBLÄTTERT:2 stories from 8 articles" in shown


@pytest.mark.parametrize(("flags", "lines"), [((), "500"), (("--no-pager",), "5")])
def test_what_fits_and_what_shall_not_be_paged_is_printed(elsewhere: Start, flags: tuple[str, ...], lines: str) -> None:
    shown = on_terminal(elsewhere, "return embassy_result()", *flags, PAGER="sed s/^/GEBLÄTTERT:/", LINES=lines)
    assert "GEBLÄTTERT" not in shown
    assert "2 stories from 8 articles" in shown


def test_a_file_and_a_pipe_are_never_paged(elsewhere: Start) -> None:
    process = elsewhere(["group", "artikel", "--format", "table"], env={"PAGER": "sed s/^/GEBLÄTTERT:/", "LINES": "5"})
    assert "GEBLÄTTERT" not in process.communicate()[0].decode()


def test_a_terminal_shows_twenty_stories_and_counts_the_rest(elsewhere: Start) -> None:
    code = (
        "import dataclasses; from handmade import embassy_result; r = embassy_result(); one = r.stories[0]\n"
        "    many = tuple(dataclasses.replace(one, id=f's-{n}', title=f'Nr. {n}') for n in range(23))\n"
        "    return dataclasses.replace(r, stories=many)"
    )
    shown = on_terminal(elsewhere, code, NO_COLOR="1")
    assert ("Nr. 19" in shown, "Nr. 20" in shown) == (True, False)
    assert "3 smaller stories not shown: --top 23 lists all" in shown
    assert "2 articles joined no story (--unclustered lists them)" in shown
    assert "Nr. 20" in on_terminal(elsewhere, code, "--top", "23", NO_COLOR="1")


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(elsewhere: Start, env: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal(elsewhere, **env)


def test_hostile_titles_do_nothing_on_a_terminal(elsewhere: Start) -> None:
    shown = on_terminal(elsewhere, "return hostile_result()", NO_COLOR="1")
    assert "[red]Merah[/red]" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ((512, 2000, 68.4, 21.8, 7.5), "512 of 2,000 · 68/s · 0:22 left"),
        ((0, 12000, None, None, 0.0), "0 of 12,000"),
        ((3, 9, 0.52, 3725.0, 5.8), "3 of 9 · 0.5/s · 1:02:05 left"),
        ((9, 9, 2.0, 0.0, 4.5), "9 of 9 · 2.0/s"),
        ((0, None, None, None, 61.2), "1:01"),
    ],
)
def test_progress_says_how_far_how_fast_and_how_long(state: Any, shown: str) -> None:
    assert pace(*state) == shown


def test_bars_stand_on_stderr_and_go_when_done(elsewhere: Start) -> None:
    leader, follower = pty.openpty()
    code = (
        "with progress.stage('Einbetten [red]', 2) as advance: advance(2); import time; time.sleep(0.3)\n"
        "    return embassy_result()"
    )
    process = elsewhere(["group", "artikel"], code, stderr=follower, env={"TERM": "xterm"})
    os.close(follower)
    out, _ = process.communicate()
    shown = _read(leader).decode()
    os.close(leader)
    assert "Einbetten [red]" in shown
    assert json.loads(out)["schema"] == "newsclust/1"


# Standard input and paths


def test_a_dash_reads_standard_input(newsclust: Newsclust, pipeline: Pipeline) -> None:
    line = '{"überschrift": "Gespräche in Istanbul", "text": "Sechs Stunden lang sprachen sie über Botschaften."}\n'
    outcome = newsclust("group", "-", "--map", "title=überschrift", stdin=line.encode())
    assert outcome.code == 0
    assert pipeline.calls[-1][0].articles[0].title == "Gespräche in Istanbul"


def test_a_terminal_as_standard_input_is_refused_at_once(elsewhere: Start) -> None:
    leader, follower = pty.openpty()
    process = elsewhere(["group", "-"], stdin=follower)
    _, err = process.communicate(timeout=30)
    os.close(leader)
    os.close(follower)
    assert process.returncode == 2
    assert b"terminal" in err


def test_closed_standard_input_is_refused_at_once() -> None:
    done = subprocess.run(
        ["bash", "-c", '"$0" -m newsclust group - <&-', sys.executable], capture_output=True, timeout=30, check=False
    )
    assert done.returncode == 2
    assert b"closed" in done.stderr


def test_no_path_is_misuse_with_a_way_out(newsclust: Newsclust) -> None:
    outcome = newsclust("group")
    assert outcome.code == 2
    assert "no PATHS given" in outcome.err
    assert not outcome.out


def test_a_missing_path_is_misuse(newsclust: Newsclust) -> None:
    outcome = newsclust("group", "artikel", "fehlt\x1b[31m")
    assert outcome.code == 2
    assert "fehlt" in outcome.err
    assert "\x1b" not in outcome.err


# Exit codes


def test_strict_fails_when_anything_was_skipped_and_still_writes_the_result(newsclust: Newsclust) -> None:
    assert newsclust("group", "artikel", "--strict").code == 0
    Path("artikel/leer.txt").touch()
    outcome = newsclust("group", "artikel", "--strict")
    assert outcome.code == 3
    assert json.loads(outcome.out)["summary"]["skipped"] == 1
    assert newsclust("group", "artikel").code == 0


@pytest.mark.parametrize(
    ("error", "code"), [(ModelError("Modell „x“ fehlt"), 1), (StoreLocked("Prozess 7 hält die Sperre"), 75)]
)
def test_an_error_on_purpose_is_one_line_and_its_exit_code(
    newsclust: Newsclust, pipeline: Pipeline, error: Exception, code: int
) -> None:
    pipeline.error = error
    outcome = newsclust("group", "artikel")
    assert (outcome.code, outcome.out, outcome.err) == (code, "", f"Error: {error}\n")


def test_a_bug_keeps_its_traceback(newsclust: Newsclust, pipeline: Pipeline) -> None:
    pipeline.error = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        newsclust("group", "artikel")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_the_run_cleanly(elsewhere: Start, number: signal.Signals, code: int) -> None:
    process = elsewhere(
        ["group", "artikel", "-o", "ergebnis.json"], "import time; print('los', flush=True); time.sleep(60)"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"los\n"
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert b"Traceback" not in err
    assert sorted(os.listdir()) == ["artikel"]


def test_a_reader_that_leaves_is_no_error(elsewhere: Start) -> None:
    process = elsewhere(["group", "artikel"], "import time; time.sleep(0.3); return embassy_result()")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    assert process.wait(timeout=30) == 0
    assert b"Error" not in err
    assert b"Broken" not in err
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_a_clear_failure(elsewhere: Start) -> None:
    with open("/dev/full", "wb") as full:
        process = elsewhere(["group", "artikel"], stdout=full)
        _, err = process.communicate()
    assert process.returncode == 1
    assert b"Error: cannot write to stdout: No space left on device" in err
    assert b"Traceback" not in err


def test_closed_stdout_is_a_clear_failure(elsewhere: Start) -> None:
    code = "import sys; sys.stdout = None; return embassy_result()"
    process = elsewhere(["group", "artikel"], code)
    _, err = process.communicate()
    assert process.returncode == 1
    assert b"stdout is closed" in err


# Output files


def test_an_output_file_is_written_whole_and_its_ending_chooses_the_format(newsclust: Newsclust) -> None:
    assert newsclust("group", "artikel", "-o", "geschichten.CSV").out == ""
    assert Path("geschichten.CSV").read_text().startswith("story,story_title,event,id,")
    newsclust("group", "artikel", "-o", "geschichten.csv", "--format", "json")
    assert json.loads(Path("geschichten.csv").read_text())["schema"] == "newsclust/1"
    assert sorted(os.listdir()) == ["artikel", "geschichten.CSV", "geschichten.csv"]


@pytest.mark.parametrize("name", ["üç.xlsx", "rapor.PDF", "rapor.csv.txt"])
def test_an_ending_of_no_format_is_refused_before_the_work_and_those_known_are_named(
    newsclust: Newsclust, pipeline: Pipeline, name: str
) -> None:
    outcome = newsclust("group", "artikel", "-o", name)
    assert outcome.code == 2
    assert f"{Path(name).suffix.lower()} is the ending of no format" in outcome.err
    assert ".json .ndjson .jsonl .csv .md .markdown .atom .html .htm" in outcome.err
    assert not pipeline.calls
    assert not Path(name).exists()
    assert newsclust("group", "artikel", "-o", name, "--format", "csv").code == 0
    assert Path(name).read_text("utf-8").startswith("story,")


def test_an_answer_is_not_written_into_a_file_whose_ending_says_otherwise(newsclust: Newsclust) -> None:
    for command, endings in ((["explain", "artikel"], ".json"), (["search", "deprem", "--store", "yok.db"], ".json")):
        outcome = newsclust(*command, "-o", "cevap.csv")
        assert outcome.code == 2
        assert f"name the file with one of {endings}, or say" in outcome.err


def test_a_failed_write_leaves_the_old_file_alone(
    newsclust: Newsclust, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("alt.json").write_text("alt")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    outcome = newsclust("group", "artikel", "-o", "alt.json")
    assert outcome.code == 1
    assert "cannot write alt.json: No space left on device" in outcome.err
    assert Path("alt.json").read_text() == "alt"
    assert sorted(os.listdir()) == ["alt.json", "artikel"]


def test_a_replaced_file_keeps_its_permissions_and_a_link_its_target(newsclust: Newsclust) -> None:
    Path("echt.json").write_text("alt")
    Path("echt.json").chmod(0o640)
    Path("link.json").symlink_to("echt.json")
    newsclust("group", "artikel", "-o", "link.json")
    assert Path("link.json").is_symlink()
    assert Path("echt.json").stat().st_mode & 0o777 == 0o640
    assert json.loads(Path("echt.json").read_text())["schema"] == "newsclust/1"


def test_a_new_file_has_the_permissions_any_new_file_would_have(newsclust: Newsclust) -> None:
    Path("vergleich").touch()
    newsclust("group", "artikel", "-o", "neu.json")
    assert Path("neu.json").stat().st_mode == Path("vergleich").stat().st_mode


@pytest.mark.parametrize("target", ["artikel", "fehlt/x.json"])
def test_an_output_that_cannot_be_is_refused_before_the_work(
    newsclust: Newsclust, pipeline: Pipeline, target: str
) -> None:
    assert newsclust("group", "artikel", "-o", target).code == 2
    assert not pipeline.calls


def test_a_device_as_output_is_written_to(newsclust: Newsclust) -> None:
    assert newsclust("group", "artikel", "-o", os.devnull).code == 0
    assert not Path(os.devnull).is_file()


# Settings


def test_flags_become_settings(newsclust: Newsclust, pipeline: Pipeline) -> None:
    newsclust("group", "artikel", "--model", "m", "--effort", "fast", "--granularity", "-1")
    assert pipeline.settings == Settings(model="m", effort=Effort.FAST, granularity=-1)


@pytest.mark.parametrize(("given", "code"), [("id", "id"), ("Deutsch", "de"), ("zh-Hans", "zh"), ("", None)])
def test_the_language_of_titles_is_a_setting(
    newsclust: Newsclust, pipeline: Pipeline, given: str, code: str | None
) -> None:
    newsclust("group", "artikel", "--label-language", given)
    assert pipeline.settings == Settings(label_language=code)


def test_a_language_of_titles_that_is_none_is_misuse(newsclust: Newsclust) -> None:
    outcome = newsclust("group", "artikel", "--label-language", "klingonisch")
    assert outcome.code == 2
    assert "'klingonisch' is not a language" in outcome.err


def test_without_flags_the_defaults_hold(newsclust: Newsclust, pipeline: Pipeline) -> None:
    newsclust("group", "artikel")
    assert pipeline.settings == DEFAULTS


def test_threads_hold_the_process(newsclust: Newsclust, monkeypatch: pytest.MonkeyPatch) -> None:
    newsclust("group", "artikel", "--threads", "3")
    assert thread_count() == 3
    assert os.environ["OMP_NUM_THREADS"] == "3"


@pytest.mark.parametrize("given", ["", "0", "-1", "viele", "２"])
def test_a_thread_count_that_is_none_means_all_cores(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCLUST_THREADS", given)
    assert thread_count() == len(os.sched_getaffinity(0))


def test_flags_win_over_environment_over_file_over_defaults(
    newsclust: Newsclust, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("newsclust.toml").write_text('effort = "thorough"\nmodel = "datei"\ngranularity = 1\n')
    monkeypatch.setenv("NEWSCLUST_MODEL", "umgebung")
    monkeypatch.setenv("NEWSCLUST_GRANULARITY", "2")
    newsclust("group", "artikel", "--granularity", "-2")
    assert pipeline.settings == Settings(model="umgebung", effort=Effort.THOROUGH, granularity=-2)


@pytest.mark.parametrize(
    ("variable", "value", "shows"),
    [("FORMAT", "csv", "story,"), ("QUIET", "1", ""), ("STRICT", "true", ""), ("OUTPUT", "aus.json", "")],
)
def test_flags_can_be_set_by_environment(
    newsclust: Newsclust, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, shows: str
) -> None:
    Path("artikel/leer.txt").touch()
    monkeypatch.setenv(f"NEWSCLUST_{variable}", value)
    outcome = newsclust("group", "artikel")
    assert outcome.out.startswith(shows)
    assert outcome.code == (3 if variable == "STRICT" else 0)
    assert ("stories from" in outcome.err) == (variable != "QUIET")
    assert Path("aus.json").exists() == (variable == "OUTPUT")


def test_a_wrong_value_in_the_environment_is_misuse(newsclust: Newsclust, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCLUST_EFFORT", "groß")
    outcome = newsclust("group", "artikel")
    assert outcome.code == 2
    assert "'groß' is not one of" in outcome.err


@pytest.mark.parametrize("argument", ["text", "=body", "text="])
def test_a_mapping_must_be_a_pair(newsclust: Newsclust, argument: str) -> None:
    outcome = newsclust("group", "artikel", "--map", argument)
    assert outcome.code == 2
    assert "is not FIELD=NAME" in outcome.err


def test_a_field_cannot_be_mapped_twice(newsclust: Newsclust) -> None:
    outcome = newsclust("group", "artikel", "--map", "text=inhalt", "--map", "text=körper")
    assert outcome.code == 2
    assert "mapped twice" in outcome.err


# Configuration file


def test_the_users_own_file_is_read_where_no_local_one_stands(newsclust: Newsclust, pipeline: Pipeline) -> None:
    own = user_config_path("newsclust", appauthor=False) / "config.toml"
    own.parent.mkdir(parents=True)
    own.write_text('effort = "fast"\n')
    newsclust("group", "artikel")
    assert pipeline.settings == Settings(effort=Effort.FAST)
    Path("newsclust.toml").write_text("")
    newsclust("group", "artikel")
    assert pipeline.settings == DEFAULTS


def test_a_named_file_is_read_instead_of_all_others(newsclust: Newsclust, pipeline: Pipeline) -> None:
    Path("newsclust.toml").write_text('effort = "fast"\n')
    Path("andere.toml").write_bytes(b'\xef\xbb\xbfraw_cells = true\nmap = { text = "k\xc3\xb6rper" }\nquiet = true\n')
    Path("zeile.jsonl").write_text('{"id": "1", "körper": "Sechs Stunden lang sprachen sie über die Botschaften."}\n')
    assert newsclust("group", "zeile.jsonl", "--config", "andere.toml").err == ""
    assert pipeline.settings == DEFAULTS
    assert [*pipeline.articles.values()] == ["Sechs Stunden lang sprachen sie über die Botschaften."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('efort = "fast"', "unknown key 'efort'; did you mean 'effort'?"),
        ("äpfel = 1", None),
        ('output = "x.json"', "it is a flag only: use --output"),
        ('effort = "schnell"', "effort: 'schnell' is not one of"),
        ("granularity = 3", "granularity: 3 is not in the range"),
        ("granularity = 1.5", "granularity: 1.5 is not a value of --granularity"),
        ("granularity = true", "granularity: True is not a value of --granularity"),
        ('strict = "ja"', "strict: must be true or false, not 'ja'"),
        ("map = 3", "map: must be a table of strings or a list of strings"),
        ('map = ["text"]', "map: 'text' is not FIELD=NAME"),
        ("effort = ", "not valid TOML"),
        ("[section]", "unknown key 'section'"),
    ],
)
def test_a_wrong_configuration_names_the_file_and_the_key(
    newsclust: Newsclust, pipeline: Pipeline, text: str, message: str | None
) -> None:
    Path("newsclust.toml").write_text(text)
    outcome = newsclust("group", "artikel")
    assert outcome.code == 2
    assert outcome.err.startswith("Error: newsclust.toml: ")
    assert (message or "not valid TOML") in outcome.err
    assert not pipeline.calls


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_configuration_that_cannot_be_read_is_misuse(newsclust: Newsclust, content: bytes | None) -> None:
    if content is not None:
        Path("meine.toml").write_bytes(content)
    outcome = newsclust("group", "artikel", "--config", "meine.toml")
    assert outcome.code == 2
    assert "meine.toml: " in outcome.err


def test_help_does_not_need_a_right_configuration(newsclust: Newsclust) -> None:
    Path("newsclust.toml").write_text("kaputt")
    assert newsclust("--help").code == 0
    assert newsclust("--version").code == 0


def test_a_format_that_only_some_commands_know_may_stand_in_the_file_that_serves_them_all(
    newsclust: Newsclust, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("newsclust.toml").write_text('format = "csv"\n')
    assert newsclust("group", "artikel").out.startswith("story,")
    assert "Missing option '--store'" in newsclust("stories").err
    monkeypatch.setenv("NEWSCLUST_FORMAT", "csv")
    assert "nothing to explain" in newsclust("explain").err


def test_the_ending_of_a_named_output_comes_before_what_the_environment_says(
    newsclust: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.txt").write_text("Ein Wal strandet vor Föhr.", "utf-8")
    Path("newsclust.toml").write_text('format = "table"', "utf-8")
    monkeypatch.setenv("NEWSCLUST_FORMAT", "csv")
    for flags in (["-o", "x.json"], ["-o", "x.json", "--format", "csv"], ["-o", "x"]):
        assert newsclust("group", "a.txt", "--effort", "fast", "-q", *flags).code == 0
        written = Path(flags[1]).read_text("utf-8")
        assert written.startswith("{") == (flags == ["-o", "x.json"])


@pytest.mark.parametrize("text", ["map=" + "[" * 50_000 + "]" * 50_000, "wait=" + "9" * 5000])
def test_a_configuration_that_cannot_be_read_is_one_line(newsclust: Command, text: str) -> None:
    Path("c.toml").write_text(text, "utf-8")
    outcome = newsclust("stories", "--config", "c.toml", "--store", "a.db")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1


def test_a_table_on_a_very_wide_terminal_takes_no_time(newsclust: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "1000000")
    for name in "ab":
        Path(f"{name}.txt").write_text(f"Ein Wal strandet vor Föhr. {name}", "utf-8")
    outcome = newsclust("group", ".", "--effort", "fast", "-q", "--format", "table")
    assert outcome.code == 0
    assert not [line for line in outcome.out.splitlines() if line.endswith(" ")]
