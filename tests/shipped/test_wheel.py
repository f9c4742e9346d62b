"""The wheel, alone: what is in it, and every command of it, far from the source."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from distributions import ROOT, Distributions, Installed

from newsclust.commands import COMMANDS

OPTIONAL = {
    *("dask", "distributed", "pyarrow", "backports-zstd", "brotli", "pypdf", "python-calamine", "python-docx"),
    *("striprtf", "warcio"),
}
"""Packages of the optional parts, which the wheel alone comes without."""
FAST = ("--effort", "fast")
ARTICLES = "data/articles"
STORY = "s-558e426ab3"
"""The story of the embassy talks: the hash of its earliest article's id."""


def test_the_wheel_holds_the_package_and_nothing_else(built: Distributions) -> None:
    source = ROOT / "src"
    package = {
        path.relative_to(source).as_posix()
        for path in (source / "newsclust").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    names = zipfile.ZipFile(built.wheel).namelist()
    rest = {PurePosixPath(*PurePosixPath(name).parts[1:]).as_posix() for name in names if name not in package}
    assert package <= set(names)
    assert rest == {
        *("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"),
        "data/share/man/man1/newsclust.1",
    }


@pytest.mark.parametrize(
    "name",
    [
        *("py.typed", "data/background.npz", "data/calibration.json", "rendering/newsclust-1.schema.json"),
        *("rendering/report/page.html", "rendering/report/style.css", "rendering/report/scripts/start.js"),
        *("rendering/report/vendor/d3.min.js", "rendering/report/vendor/d3.LICENSE"),
    ],
)
def test_the_wheel_holds_what_is_no_code(built: Distributions, name: str) -> None:
    assert zipfile.ZipFile(built.wheel).read(f"newsclust/{name}") == (ROOT / "src" / "newsclust" / name).read_bytes()


def test_the_source_distribution_holds_what_it_is_built_and_tested_from(built: Distributions) -> None:
    with tarfile.open(built.sdist) as archive:
        names = {str(PurePosixPath(*PurePosixPath(name).parts[1:])) for name in archive.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml", "constraints.txt", "Makefile", "docs/newsclust.1"} <= names
    assert "data/gold.csv" in names
    assert not {name for name in names if name.startswith((".venv", ".git/", "out/", "dist/")) or "__pycache__" in name}
    assert built.sdist.stat().st_size < 8_000_000


def test_the_environment_holds_the_wheel_alone(installed: Installed) -> None:
    code = "import importlib.metadata, json, newsclust; names = [d.name for d in importlib.metadata.distributions()]"
    done = installed.python("-c", code + "; print(json.dumps([newsclust.__file__, names]))")
    file, names = json.loads(done.stdout)
    assert Path(file).is_relative_to(installed.environment)
    assert "site-packages" in Path(file).parts
    assert not {"pytest", "hypothesis", "mypy", "ruff", "jsonschema", "build"} & {name.casefold() for name in names}
    checked = installed.python("-m", "pip", "check")
    assert checked.returncode == 0, checked.stdout


def test_doctor_finds_nothing_missing(installed: Installed) -> None:
    done = installed.newsclust("doctor", "--format", "json")
    assert done.returncode == 0, done.stdout
    found = json.loads(done.stdout)
    assert found["problems"] == []
    assert {name for name, version in found["sections"]["packages"].items() if version is None} <= OPTIONAL


def test_the_man_page_is_installed(installed: Installed) -> None:
    page = installed.environment / "share" / "man" / "man1" / "newsclust.1"
    assert page.read_bytes() == (ROOT / "docs" / "newsclust.1").read_bytes()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_its_help(installed: Installed, command: str) -> None:
    done = installed.newsclust(*([command] if command else []), "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Usage: newsclust {command}")


def test_grouping_from_a_cold_start_needs_no_torch(installed: Installed) -> None:
    code = (
        "import sys\nfrom newsclust.cli import run\n"
        f"code = run(['group', '{ARTICLES}', '--format', 'json', '-o', 'stories.json'])\n"
        "sys.exit(code or sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)) or 0)"
    )
    done = installed.python("-c", code)
    assert done.returncode == 0, done.stderr
    result = json.loads((installed.workplace / "stories.json").read_text(encoding="utf-8"))
    assert result["summary"]["articles"] == 52
    assert STORY in {story["id"] for story in result["stories"]}


@pytest.mark.parametrize("format_", ["table", "json", "ndjson", "csv", "html"])
def test_group_writes_every_format(installed: Installed, format_: str) -> None:
    done = installed.newsclust("group", ARTICLES, *FAST, "--format", format_)
    assert done.returncode == 0, done.stderr
    match format_:
        case "table":
            assert " stories from 52 articles" in done.stdout
        case "json":
            assert json.loads(done.stdout)["schema"] == "newsclust/1"
        case "ndjson":
            assert all("title" in json.loads(line) for line in done.stdout.splitlines())
        case "csv":
            assert len(list(csv.DictReader(io.StringIO(done.stdout)))) == 52
        case "html":
            assert done.stdout.startswith("<!doctype html>")
            assert "Content-Security-Policy" in done.stdout


def test_eval_scores_the_sample(installed: Installed) -> None:
    done = installed.newsclust("eval", "data/gold.csv", *FAST, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["levels"]["story"]["scores"]["everything"]["bcubed"]["f1"] > 0.8


def test_explain_takes_two_articles_apart(installed: Installed) -> None:
    pair = ("hanse-anzeiger/kurz-istanbul.txt", "harian-selat/as-rusia-istanbul.txt")
    done = installed.newsclust("explain", *(f"{ARTICLES}/{name}" for name in pair), "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["story"]["probability"] > 0.5


def test_the_commands_of_a_store_work_from_first_to_last(installed: Installed) -> None:
    def ask(*arguments: str) -> str:
        done = installed.newsclust(*arguments)
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    store = ("--store", "news.db")
    ask("group", ARTICLES, *FAST, *store, "--format", "json")
    listed = json.loads(ask("stories", *store))["stories"]
    assert STORY in {story["id"] for story in listed}
    assert json.loads(ask("story", STORY, *store))["story"]["id"] == STORY
    assert json.loads(ask("search", "embassy talks in Istanbul", *store))["hits"]
    assert json.loads(ask("check", *store))["ok"] is True
    ask("export", *store, "-o", "news.jsonl")
    imported = json.loads(ask("import", "news.jsonl", "--store", "new.db", *FAST))
    assert imported["added"] == 52
    assert STORY in json.loads(ask("forget", STORY, *store))["stories"]
    assert json.loads(ask("doctor", *store, "--format", "json"))["sections"]["store"]["articles"] < 52


def test_a_program_can_import_it(installed: Installed) -> None:
    code = (
        "import newsclust\n"
        "settings = newsclust.Settings(effort=newsclust.Effort.FAST)\n"
        f"print(len(newsclust.group('{ARTICLES}', settings).articles), newsclust.__version__)"
    )
    done = installed.python("-c", code)
    assert done.stdout.split() == ["52", "0.1.0"], done.stderr


def test_python_dash_m_is_the_command(installed: Installed) -> None:
    done = installed.python("-m", "newsclust", "--version")
    assert done.stdout.startswith("newsclust, version ")
