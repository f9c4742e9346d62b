"""What `newsclust doctor` says of an installation, and what it keeps to itself."""

from __future__ import annotations

import importlib.metadata
import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import newsclust
from newsclust.articles import Article, ReadResult
from newsclust.cli import run
from newsclust.encoders.builtin import parts as builtin_model
from newsclust.settings import Effort, Settings

Doctor = Callable[..., tuple[int, str]]
Asked = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run in an empty folder of a home of one's own, without the variables of whoever runs the tests."""
    for name in [*os.environ]:
        if name.startswith("NEWSCLUST_") or name.endswith("_NUM_THREADS"):
            monkeypatch.delenv(name)
    home = tmp_path / "heim-ştefan"
    (home / "arbeit").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.chdir(home / "arbeit")


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Doctor:
    def ask(*arguments: str) -> tuple[int, str]:
        code = run(["doctor", *arguments])
        return code, capsys.readouterr().out

    return ask


@pytest.fixture
def asked(doctor: Doctor) -> Asked:
    def ask(*arguments: str, code: int = 0) -> dict[str, Any]:
        outcome, out = doctor("--format", "json", *arguments)
        assert outcome == code, out
        found: dict[str, Any] = json.loads(out)
        assert found["ok"] == (code == 0)
        return found

    return ask


@pytest.fixture
def requirements(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set what newsclust asks for."""

    def ask_for(*lines: str) -> None:
        monkeypatch.setattr(importlib.metadata, "requires", lambda name: list(lines))

    return ask_for


def test_versions_model_cache_threads_and_terminal_are_told(asked: Asked, built_cache: Path) -> None:
    found = asked()
    assert found["schema"] == "newsclust-doctor/1"
    sections = found["sections"]
    assert sections["versions"]["newsclust"] == importlib.metadata.version("newsclust")
    assert sections["versions"]["python"].endswith(".".join(map(str, sys.version_info[:3])))
    assert sections["packages"]["numpy"] == importlib.metadata.version("numpy")
    assert sections["threads"]["used"] >= 1
    assert sections["terminal"]["stdout"] == "file or pipe"


def test_a_model_that_was_never_built_is_a_note_and_is_not_built(asked: Asked) -> None:
    found = asked()
    assert found["sections"]["built-in model"]["built"] is False
    assert "the first run does it" in " ".join(found["notes"])
    nothing = {"exists": False, "vectors": None, "languages, words and keywords": None}
    assert found["sections"]["cache"] | nothing == found["sections"]["cache"]
    assert not Path.home().joinpath("cache").exists()


def test_a_built_model_is_whole_only_with_the_parts_that_were_written(
    asked: Asked, built_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").symlink_to(built_cache)
    assert asked()["sections"]["built-in model"]["built"] is True
    monkeypatch.setattr(builtin_model, "_hash_of", lambda path: builtin_model.KNOWN_SHA256)  # of every part too
    assert asked()["sections"]["built-in model"]["built"] is False


def test_what_the_cache_holds_is_counted(asked: Asked, own_cache: Path) -> None:
    newsclust.group(texts=["Gempa di İzmir.", "岐阜の和紙"])
    cache = asked()["sections"]["cache"]
    assert (cache["vectors"], cache["languages, words and keywords"]) == (2, 6)


def test_damaged_weights_are_a_problem(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin_model, "KNOWN_SHA256", "0" * 64)
    (problem,) = asked(code=1)["problems"]
    assert "SHA-256" in problem


def test_the_home_folder_and_logins_are_left_out(
    doctor: Doctor, asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEWSCLUST_MODEL", "https://ştefan:geheim@example.org/modell")
    monkeypatch.setenv("NEWSCLUST_OUTPUT", str(Path.home() / "out.json"))
    shown = doctor()[1] + json.dumps(asked(), ensure_ascii=False)
    assert "geheim" not in shown
    assert str(Path.home()) not in shown
    environment = asked()["sections"]["environment"]
    assert environment == {
        "NEWSCLUST_MODEL": "https://…@example.org/modell",
        "NEWSCLUST_OUTPUT": f"~{os.sep}out.json",
    }


def test_a_folder_that_only_begins_like_the_home_folder_is_named_in_full(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCLUST_CACHE", f"{Path.home()}-neben")
    assert asked()["sections"]["cache"]["folder"] == f"{Path.home()}-neben"


def test_a_variable_that_nothing_reads_is_a_note(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCLUST_FROMAT", "csv")
    assert "nothing reads NEWSCLUST_FROMAT; did you mean NEWSCLUST_FORMAT?" in asked()["notes"]


def test_the_configuration_in_effect_is_named(asked: Asked) -> None:
    assert asked()["sections"]["configuration"] == {"file": None}
    Path("newsclust.toml").write_text('effort = "fast"\n')
    assert asked()["sections"]["configuration"] == {"file": "newsclust.toml"}


@pytest.mark.parametrize("line", ['effrot = "fast"', 'granularity = "dünn"', 'sort = "alt"', "= 3"])
def test_a_configuration_that_any_command_would_refuse_is_a_problem(asked: Asked, line: str) -> None:
    Path("eigene.toml").write_text(line + "\n")
    (problem,) = asked("--config", "eigene.toml", code=1)["problems"]
    assert problem.startswith("eigene.toml: ")


def test_a_missing_package_is_a_problem_with_a_way_out(asked: Asked, requirements: Callable[..., None]) -> None:
    requirements("numpy>=1.26", "fehlt>=2.1")
    found = asked(code=1)
    assert found["problems"] == ["fehlt is not installed: pip install 'fehlt>=2.1'"]
    assert found["sections"]["packages"]["fehlt"] is None


def test_a_package_that_is_too_old_is_a_problem(asked: Asked, requirements: Callable[..., None]) -> None:
    requirements("numpy>=900")
    version = importlib.metadata.version("numpy")
    assert asked(code=1)["problems"] == [f"numpy {version} does not fit: pip install 'numpy>=900'"]


def test_what_is_optional_may_be_missing(asked: Asked, requirements: Callable[..., None]) -> None:
    requirements('fehlt>=2; extra == "cluster"', "gibtsnicht; sys_platform == 'amiga'")
    notes = asked()["notes"]
    assert "fehlt is not installed; for the optional part cluster: pip install 'newsclust[cluster]'" in notes
    assert any(note.startswith("gibtsnicht is not installed: it has no wheel for this platform") for note in notes)


def test_what_an_optional_part_lacks_is_one_note_and_what_it_does_not_need_here_none(
    asked: Asked, requirements: Callable[..., None]
) -> None:
    requirements(*(f'{name}; extra == "documents"' for name in ("fehlt", "auch-nicht")))
    assert [note for note in asked()["notes"] if "optional" in note] == [
        "auch-nicht, fehlt are not installed; for the optional part documents: pip install 'newsclust[documents]'"
    ]
    requirements('fehlt; python_version < "3" and extra == "documents"')
    assert not [note for note in asked()["notes"] if "fehlt" in note]


def test_a_store_is_told_of_where_one_is_named(asked: Asked, built_cache: Path) -> None:
    from newsclust.store.update import Options, update

    text = (
        "Die Gespräche in Istanbul dauerten am Donnerstag sechs Stunden; über die Botschaften wird weiter verhandelt."
    )
    read = ReadResult((Article(id="a", text=text),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSCLUST_CACHE", str(built_cache))
        update(Path("berita.db"), read, Settings(effort=Effort.FAST), Options())
    store = asked("--store", "berita.db")["sections"]["store"]
    assert (store["file"], store["articles"], store["stories"]) == ("berita.db", 1, 0)


def test_a_store_that_is_none_is_a_problem(asked: Asked) -> None:
    Path("berita.db").write_text("kein Speicher")
    (problem,) = asked("--store", "berita.db", code=1)["problems"]
    assert "not a newsclust store" in problem


def test_a_cache_that_cannot_be_written_is_a_note(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("datei").write_text("keine Mappe")
    monkeypatch.setenv("NEWSCLUST_CACHE", str(Path("datei", "cache")))
    found = asked()
    assert found["sections"]["cache"]["writable"] is False
    assert "cannot be written" in " ".join(found["notes"])


def test_the_text_is_harmless_and_ends_with_the_verdict(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCLUST_MODEL", "[red]rot[/red]\x1b[31m")
    code, shown = doctor()
    assert code == 0
    assert "[red]rot[/red]\N{REPLACEMENT CHARACTER}[31m" in shown
    assert "\x1b" not in shown
    assert shown.endswith("Nothing that newsclust needs is missing.\n")


def test_nothing_is_asked_of_the_network(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert doctor()[0] == 0
