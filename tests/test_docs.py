"""The documentation tells what is: its commands run, its Python runs, its names exist, its reference is the help."""

from __future__ import annotations

import doctest
import gzip
import importlib.util
import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import click
import pytest
from doc_commands import carry_out, commands, fences, missing_tools
from reference_model import write_reference
from samples import DATA
from tiny_model import PIECES, write_tiny_model

from newsclust.cli import EXIT_CODES, newsclust
from newsclust.commands import COMMANDS
from newsclust.encoders.builtin.weights_file import open_model_file

ROOT = Path(__file__).parents[1]
PAGES = sorted({*ROOT.glob("[A-Z]*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "data" / "README.md"})
OUTLETS = ("hanse-anzeiger", "kabar-nusantara", "meridian-dispatch", "rheinblick", "volzhsky-listok")
"""The part of the sample that commands are run on."""

NOT_RUN = {
    "make ": "installs, or runs these tests",
    "python3 -m venv ": "installs",
    ".venv/bin/pip ": "installs",
    ". .venv/bin/activate": "changes the shell",
    "eval ": "sets up a shell; test_completion.py does it",
    "_NEWSCLUST_COMPLETE=": "sets up a shell; test_completion.py does it",
    "man ": "shows the man page, which is installed with the package",
    "newsclust group archive/ --scheduler ": "needs a cluster; tests/cluster has one",
}
"""How commands begin that are not run here, and why."""

NOT_OPTIONS = {"NEWSCLUST_COMPLETE", "NEWSCLUST_GOLD"}
"""Variables of click's completion and of the quality tests."""

PLACES = {
    "/opt/newsclust/bin/newsclust": "newsclust",
    "/var/spool/news": "articles",
    "/var/lib/newsclust/": "",
    "/var/log/newsclust/": "",
}
"""What stands in the working directory here."""


@cache
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_reference", ROOT / "docs" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


# What is written from the help


def test_the_reference_and_the_man_page_are_the_help() -> None:
    for path, text in reference().pages().items():
        assert path.read_text(encoding="utf-8") == text, f"{short(path)} is not what --help says: run `make docs`"


def test_the_reference_has_every_command_and_option() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for command in reference().commands():
        section = page.partition(f"## {command.name}\n")[2].partition("\n## ")[0]
        assert section, command.name
        missing = [flag for option in command.options for flag in option.opts if flag not in section]
        assert missing == [], command.name


def test_the_man_page_says_what_could_be_taken_for_roff() -> None:
    page = (ROOT / "docs" / "newsclust.1").read_text(encoding="utf-8")
    requests = re.findall(r"^[.'](\S*)", page, re.MULTILINE)
    assert set(requests) == {"TH", "SH", "SS", "PP", "TP", "B", "nf", "fi"}
    assert not re.search(r"\\(?![-e&]|f[BIR])", page)
    assert '.SS "newsclust group' in page


def test_every_exit_code_is_told() -> None:
    told = re.findall(r"^\| ([\d, ]+) \|", (ROOT / "docs" / "use.md").read_text(encoding="utf-8"), re.MULTILINE)
    codes = [int(code) for cell in told for code in cell.split(",")]
    assert sorted(codes) == sorted(EXIT_CODES)


# Commands


@pytest.fixture(scope="session")
def workplace(built_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that the pages' commands name."""
    place = tmp_path_factory.mktemp("workplace")
    articles = place / "articles"
    for outlet in OUTLETS:
        shutil.copytree(DATA / "articles" / outlet, articles / outlet)
    shutil.copytree(articles, place / "data" / "articles")
    wanted = ("hanse-anzeiger/kurz-istanbul.txt", "rheinblick/politik/botschaften-istanbul.html")
    for source, name in zip(wanted, ("istanbul.txt", "botschaften.html"), strict=True):
        shutil.copy(articles / source, articles / name)
        shutil.copy(articles / source, place / name)
    for language, outlet in (("de", "hanse-anzeiger"), ("id", "harian-selat")):
        (articles / language).mkdir()
        for path in sorted((DATA / "articles" / outlet).glob("*.txt"))[:2]:
            shutil.copy(path, articles / language / path.name)
    write_rows(place)
    write_reference(open_model_file(write_tiny_model(place / "m.bin")), range(len(PIECES)), place / "models" / "mine")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSCLUST_CACHE", str(built_cache))
        patch.chdir(place)
        done = carry_out("newsclust group articles/ --store news.db --format json -o stories.json --quiet")
        assert done.code == 0, done.err
        done = carry_out('newsclust rename s-558e426ab3 "Embassies" --store news.db')
        assert done.code == 0, done.err
        shutil.copy(place / "news.db", place / "old.db")
        done = carry_out("newsclust export --store news.db -o news.jsonl")
        assert done.code == 0, done.err
        done = carry_out("newsclust calibrate gold.jsonl.gz --model models/mine -o mine.json")
        assert done.code == 0, done.err
    return place


def write_rows(place: Path) -> None:
    """Articles as JSON lines, and labels and judgements on them."""
    rows = [
        {"id": f"n-{number}", "title": f"Überschrift {number}", "body": f"Am {number}. März sprachen sie in Zürich."}
        for number in range(1, 10)
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (place / "feed.jsonl").write_text(lines, encoding="utf-8")
    (place / "articles" / "feed.jsonl").write_text(lines.replace('"id"', '"nummer"'), encoding="utf-8")
    (place / "docs.jsonl").write_text(lines, encoding="utf-8")
    (place / "archive").mkdir()
    (place / "archive" / "2025.jsonl.gz").write_bytes(gzip.compress(lines.encode(), mtime=0))
    pairs = [{"id1": "n-1", "id2": f"n-{number}", "overall": number / 2} for number in range(2, 8)]
    (place / "pairs.jsonl").write_text("".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf-8")
    shutil.copy(DATA / "gold.csv", place / "gold.csv")
    gold = [{**row, "text": row["body"], "story": str(number // 3)} for number, row in enumerate(rows)]
    written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in gold)
    (place / "gold.jsonl.gz").write_bytes(gzip.compress(written.encode(), mtime=0))


@pytest.fixture
def beside_the_sample(built_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in an empty folder, with no setting of whoever runs the tests."""
    for name in [*os.environ]:
        if name.startswith("NEWSCLUST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NEWSCLUST_CACHE", str(built_cache))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


def to_run(page: Path) -> list[str]:
    """The commands of a page that are run, with what stands elsewhere brought here."""
    found = []
    for line in commands(page.read_text(encoding="utf-8")):
        if line.startswith(tuple(NOT_RUN)):
            continue
        for there, here in PLACES.items():
            line = line.replace(there, here)
        found.append(line)
    return found


@pytest.mark.parametrize("page", [page for page in PAGES if to_run(page)], ids=short)
def test_every_command_of_a_page_runs(
    page: Path, workplace: Path, beside_the_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if page.name == "cron.md":
        monkeypatch.setenv("NEWSCLUST_STORE", "news.db")
    for number, line in enumerate(to_run(page)):
        place = beside_the_sample / str(number)
        shutil.copytree(workplace, place)
        monkeypatch.chdir(place)
        for tool in missing_tools(line):  # jq, sqlite3, mail: what newsclust itself does is run all the same
            line = re.split(rf"(?:\||&&) {tool}", line)[0]
        outcome = carry_out(line)
        assert outcome.code == 0, f"{short(page)}: {line}\n{outcome.err}"


def test_a_command_that_fails_would_be_seen(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workplace)
    assert carry_out("newsclust group fehlt/ --format json").code == 2
    assert carry_out("newsclust stories --store news.db | cat").out.startswith(b"{")
    assert carry_out("newsclust group fehlt/ | cat").code == 2
    assert carry_out("newsclust check --store news.db --output /dev/null && newsclust gruop").code == 2


def test_what_is_not_run_is_there() -> None:
    everything = [line for page in PAGES for line in commands(page.read_text(encoding="utf-8"))]
    unused = [start for start in NOT_RUN if not any(line.startswith(start) for line in everything)]
    assert unused == []


def test_the_story_in_the_readme_is_what_the_command_prints(
    beside_the_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = next(text for kind, text in fences((ROOT / "README.md").read_text(encoding="utf-8")) if kind == "text")
    monkeypatch.setenv("COLUMNS", "88")
    outcome = carry_out(f"newsclust group {shlex.quote(str(DATA / 'articles'))} --format table --quiet")
    assert shown in outcome.out.decode(), "take it anew: COLUMNS=88 newsclust group data/articles --format table"


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_block_says_what_it_holds(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    kinds = {kind for kind, _ in fences(text)}
    assert text.count("\n```") == 2 * len(fences(text))
    assert kinds <= {"sh", "text", "sql", "toml", "pycon", "cron", "ini"}, "name it: sh for commands, which are run"


# Python


@pytest.mark.parametrize("page", [page for page in PAGES if "```pycon" in page.read_text(encoding="utf-8")], ids=short)
def test_the_python_of_a_page_runs_and_gives_what_it_shows(page: Path, beside_the_sample: Path) -> None:
    shutil.copytree(DATA / "articles", "articles")
    text = re.sub(r"^```.*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, page.name, short(page), 0)
    assert examples.examples
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples, out=said.append)
    assert "".join(said) == ""


# Names


def flags() -> dict[str, set[str]]:
    """The flags of each command."""
    return {
        command.name: {flag for option in command.options for flag in option.opts} | {"-h", "--help", "--version"}
        for command in reference().commands()
    }


def variables() -> set[str]:
    named = {name for command in reference().commands() for name in command.variables}
    return named | set(reference().NOT_OPTIONS) | {"NEWSCLUST_THREADS", "NEWSCLUST_TELEMETRY"}


def spans(page: Path) -> Iterator[str]:
    """The code inside the lines of a page."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    yield from re.findall(r"`([^`]+)`", text)


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_command_option_and_variable_named_in_a_page_exists(page: Path) -> None:
    known = flags()
    of_any = set().union(*known.values())
    for span in spans(page):
        words = span.split()
        if words[0] == "newsclust" and len(words) > 1 and not words[1].startswith("-"):
            if words[1].isupper():
                continue
            assert words[1] in COMMANDS, span
            of_one = known[f"newsclust {words[1]}"]
        elif words[0].startswith("--"):
            of_one = of_any
        else:
            continue
        unknown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", span)) - of_one
        assert not unknown, span
    named = set(re.findall(r"(?<!_)NEWSCLUST_[A-Z_]*[A-Z]", page.read_text(encoding="utf-8")))
    assert named - variables() <= NOT_OPTIONS


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if not re.match(r"[a-z]+:", link)]
    assert [link for link in links if not (page.parent / link).exists()] == []
    named = re.findall(r"`(?:python )?((?:docs|tests|benchmarks|data)/[\w./-]+)[^`]*`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_heading_that_a_link_names_is_there(page: Path) -> None:
    named = re.findall(r"\]\(([^)\s:#]*)#([^)\s]+)\)", page.read_text(encoding="utf-8"))
    missing = [
        f"{file}#{anchor}" for file, anchor in named if anchor not in anchors(page.parent / file if file else page)
    ]
    assert missing == []


def anchors(page: Path) -> set[str]:
    """The names by which links reach the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_in_an_index() -> None:
    for index in (ROOT / "docs" / "README.md", ROOT / "docs" / "decisions" / "README.md"):
        linked = set(re.findall(r"\]\(([\w-]+\.md)\)", index.read_text(encoding="utf-8")))
        assert linked == {page.name for page in index.parent.glob("*.md")} - {"README.md"}


# Figures


def figures(page: Path) -> set[str]:
    """The cells of a page's tables that hold a number, without what stands around it."""
    cells = re.findall(r"(?<=\|)[^|\n]+(?=\|)", page.read_text(encoding="utf-8"))
    return {cell.strip(" *") for cell in cells if re.search(r"\d", cell)}


def test_a_figure_that_the_readme_quotes_stands_in_the_page_it_names() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    quoted = re.findall(r"^\| .* \| ([\d.,]+)(?: s)? \| \[.*\]\((.*)\) \|$", text, re.MULTILINE)
    assert len(quoted) >= 5
    assert [figure for figure, page in quoted if figure not in figures(ROOT / page)] == []


def test_the_changelog_has_a_heading_for_changed_groupings_in_each_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert versions
    assert all("### Changed groupings\n" in version for version in versions)


def test_every_command_has_a_help_text_and_every_option_too() -> None:
    root = click.Context(newsclust)
    for name in COMMANDS:
        command = newsclust.get_command(root, name)
        assert command is not None
        assert command.help, name
        bare = [param.name for param in command.params if isinstance(param, click.Option) and not param.help]
        assert bare == [], name
