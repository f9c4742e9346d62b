"""From the paths a user names to the files to read, each once, in an order that no argument changes."""

from __future__ import annotations

import difflib
import glob
import os
import stat
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from newsclust.articles import Skipped
from newsclust.errors import UsageError
from newsclust.reading.addresses import NO_ADDRESS, is_address
from newsclust.reading.compression import extension_of
from newsclust.reading.formats.kinds import files_left_out
from newsclust.reading.formats.registry import formats
from newsclust.reading.limits import DEFAULT_LIMITS, Limits
from newsclust.reading.patterns import matches

STDIN = "-"
"""The argument that stands for standard input."""

STDIN_NAME = "stdin"
"""What standard input is called in ids and messages."""


PAGES = (b".html", b".htm", b".xhtml", b".mht", b".mhtml")
SAVED_BESIDE = frozenset(
    b"_files -files .files _file _fichiers _archivos _arquivos _ficheiros -dateien _bestanden _pliki _soubory -filer "
    b"_tiedostot _dosyalar _elemei _fitxers _fajlovi _datoteke _failid _bylos _fails".split()
)
"""What browsers put behind a saved page's name to call the folder of its frames and scripts, by their language."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input to read.

    `name` is what ids and messages call it: its path below the folder given, unique in a run, valid UTF-8. `folder` is
    the name of that folder. `extension` is lower-case without ".gz", "" where the content must tell. `location` is what
    to open; None is standard input. A `pipe` is waited for until somebody writes to it.
    """

    name: str
    folder: str
    extension: str
    location: bytes | None
    size: int = 0
    pipe: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The sources in order of name, what could not be used, and remarks on what was left out on purpose."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class _Root:
    """A folder that was named, or the parent of a file that was: names below it are relative to it."""

    real: bytes
    shown: bytes


@dataclass(slots=True)
class _Walk:
    """What a walk over the folders collects."""

    follow: bool
    roots: list[_Root]
    most: int
    files: dict[bytes, tuple[_Root, bytes]] = field(default_factory=dict)  # real path -> root, path below it
    folders: set[bytes] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    saved_beside: int = 0


def find_sources(paths: Sequence[str], *, follow_symlinks: bool = False, limits: Limits = DEFAULT_LIMITS) -> Found:
    """Find the files that paths, folders and glob patterns name.

    Inside folders, hidden files are passed over, files of other kinds are counted in one note, and links that lead out
    of the folders named, or of the one a pattern starts from, are left alone unless `follow_symlinks`. A file that was
    named is always taken. A file reached twice is read once, and called by its path below the outermost folder named.

    Raises:
        UsageError: no path at all, or one that does not exist.
    """
    if not paths:
        raise UsageError("no input: name files, folders or patterns to read, or - for standard input")
    folders, files, notes = _named([path for path in paths if path != STDIN], follow=follow_symlinks)
    roots = sorted(_outermost(folders), key=lambda root: (root.real, root.shown))
    walk = _Walk(follow_symlinks, roots, limits.run_files)
    for root in walk.roots:
        _walk_folder(walk, root, root.real, b"")
    for real, root, below in sorted(files, key=lambda file: (file[0], file[2], file[1].shown)):
        walk.files.setdefault(real, (root, below))
    if len(walk.files) > walk.most:
        walk.files = dict(islice(walk.files.items(), walk.most))
        walk.skipped.append(Skipped("input", f"more than {walk.most:,} files; not read further: name fewer at once"))
    sources = _distinctly_named(walk.files)
    if STDIN in paths:
        taken = {source.name for source in sources}
        name = next(n for n in (STDIN_NAME, *(f"{STDIN_NAME}~{i}" for i in range(2, len(taken) + 3))) if n not in taken)
        sources.append(Source(name, STDIN_NAME, "", None))
    return Found(tuple(sorted(sources, key=lambda source: source.name)), tuple(walk.skipped), (*_notes(walk), *notes))


def path_text(path: bytes) -> str:
    """A path as valid UTF-8 text, with "/" between parts: bytes that are no UTF-8 are backslash-escaped."""
    text = path.decode("utf-8", "backslashreplace")
    return text.replace(os.sep, "/") if os.sep != "/" else text


def _named(
    paths: Sequence[str], *, follow: bool
) -> tuple[list[_Root], list[tuple[bytes, _Root, bytes]], list[Skipped]]:
    folders: list[_Root] = []
    files: list[tuple[bytes, _Root, bytes]] = []
    notes: dict[str, Skipped] = {}
    for path in paths:
        matched, links = _expanded(path, follow=follow)
        if links:
            notes[path] = Skipped(path_text(os.fsencode(path)), _not_followed(list(map(path_text, links))))
        for match in matched:
            real = os.path.realpath(match)
            if os.path.isdir(real):
                folders.append(_Root(real, os.path.basename(os.path.abspath(match)) or os.path.sep.encode()))
                continue
            parent, name = os.path.split(os.path.abspath(match))
            # A pipe ("<(zcat ...)") has no path of its own behind the link that names it.
            key = real if os.path.isfile(real) else os.path.abspath(match)
            files.append((key, _Root(os.path.realpath(parent), os.path.basename(parent)), name))
    return folders, files, [notes[path] for path in sorted(notes)]


def _expanded(path: str, *, follow: bool) -> tuple[list[bytes], list[bytes]]:
    """The paths that a path or pattern names, and the links that a pattern leaves alone."""
    if "\0" in path or not path:
        raise UsageError(f"{path!r} is no path: name a file, a folder or a pattern")
    if os.path.lexists(path):
        return [os.fsencode(path)], []
    if glob.has_magic(path):
        matched, links = matches(os.fsencode(path), follow=follow)
        if matched or links:
            return matched, links
        raise UsageError(f"no file matches the pattern {path!r}: check it, or name the folder to read all of it")
    if is_address(path):
        raise UsageError(f"{path!r} is an address: {NO_ADDRESS}")
    raise UsageError(f"{path!r} does not exist{_hint(path)}")


def _hint(path: str) -> str:
    parent, name = os.path.split(os.path.abspath(path))
    while not os.path.isdir(parent) and parent != os.path.dirname(parent):
        parent, name = os.path.split(parent)
    try:
        close = difflib.get_close_matches(name, sorted(os.listdir(parent))[:10_000], n=1)
    except OSError:
        close = []
    if close:
        where = os.path.join(os.path.dirname(path), close[0])
        if parent != os.path.dirname(os.path.abspath(path)):
            where = os.path.join(parent, close[0])
        return f"; did you mean {where!r}?"
    return f"; the nearest folder there is {parent!r}"


def _outermost(folders: list[_Root]) -> list[_Root]:
    """The named folders that lie in no other one; of two names for one folder, the first in the alphabet."""
    names: dict[bytes, bytes] = {}
    for root in folders:
        names[root.real] = min(names.get(root.real, root.shown), root.shown)
    return [_Root(real, shown) for real, shown in names.items() if not _inside(os.path.dirname(real), set(names), real)]


def _inside(path: bytes, folders: set[bytes], itself: bytes = b"") -> bool:
    while path != itself:
        if path in folders:
            return True
        parent = os.path.dirname(path)
        if parent == path:
            return False
        path = parent
    return False


def _walk_folder(walk: _Walk, root: _Root, folder: bytes, below: bytes) -> None:
    """Collect the files of a folder and of those in it, without recursion, as folders may be nested deeply."""
    pending = [(folder, below)]
    while pending and len(walk.files) <= walk.most:
        folder, below = pending.pop()
        real = os.path.realpath(folder)
        if real in walk.folders:
            continue
        walk.folders.add(real)
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            walk.skipped.append(Skipped(path_text(below or root.shown), f"folder cannot be read: {error.strerror}"))
            continue
        beside = _saved_beside(entries)
        walk.saved_beside += len(beside)
        kept = (entry for entry in entries if entry.name not in beside)
        inner = [subfolder for entry in kept if (subfolder := _entry(walk, root, entry, below)) is not None]
        pending.extend(reversed(inner))


def _saved_beside(entries: Sequence[os.DirEntry[bytes]]) -> frozenset[bytes]:
    """The folders that a browser made beside a saved page: "NAME_files" where "NAME.html" is."""
    stems = (os.path.splitext(entry.name) for entry in entries)
    pages = {stem for stem, extension in stems if extension.lower() in PAGES}
    names = {entry.name for entry in entries}
    return frozenset(page + mark for page in pages for mark in SAVED_BESIDE if page + mark in names)


def _entry(walk: _Walk, root: _Root, entry: os.DirEntry[bytes], below: bytes) -> tuple[bytes, bytes] | None:
    """Take one entry of a folder: a file into the walk, a folder back to the caller."""
    if entry.name.startswith(b"."):
        return None
    where = os.path.join(below, entry.name)
    try:
        if entry.is_symlink() and not walk.follow:
            if not _inside(os.path.realpath(entry.path), {known.real for known in walk.roots}):
                walk.links.append(path_text(where))
            return None  # a link to what lies in a named folder is read there
        if entry.is_dir():
            return entry.path, where
        if not formats().are_named_by(extension_of(os.fsdecode(entry.name))):
            walk.ignored.append(path_text(where))
        elif not entry.is_file():
            walk.skipped.append(Skipped(path_text(where), _why_no_file(entry)))
        else:
            walk.files.setdefault(os.path.realpath(entry.path), (root, where))
    except OSError as error:
        walk.skipped.append(Skipped(path_text(where), f"cannot be read: {error.strerror}"))
    return None


def _why_no_file(entry: os.DirEntry[bytes]) -> str:
    return "not a regular file" if os.path.exists(entry.path) else "a link that leads nowhere"


def _distinctly_named(files: dict[bytes, tuple[_Root, bytes]]) -> list[Source]:
    """Give each file its path below its folder; those that share one get the folder's name too, then a number."""
    plain = Counter(path_text(below) for _, below in files.values())
    sources: list[Source] = []
    taken = {name for name, count in plain.items() if count == 1}
    numbers: Counter[str] = Counter()
    for real in sorted(files):
        root, below = files[real]
        name = path_text(below)
        if plain[name] > 1:
            name = _free(f"{path_text(root.shown)}/{name}", taken, numbers)
            taken.add(name)
        sources.append(
            Source(name, path_text(root.shown), extension_of(os.fsdecode(below)), real, *_size_and_pipe(real))
        )
    return sources


def _free(name: str, taken: set[str], numbers: Counter[str]) -> str:
    """A name that is not taken; `numbers` holds the last number that each name got, so that none is tried again."""
    free = name
    while free in taken:
        numbers[name] = max(numbers[name], 1) + 1
        free = f"{name}~{numbers[name]}"
    return free


def _size_and_pipe(path: bytes) -> tuple[int, bool]:
    """The bytes of a plain file, and whether it is a pipe instead."""
    try:
        status = os.stat(path)
    except OSError:
        return 0, False
    return status.st_size if stat.S_ISREG(status.st_mode) else 0, stat.S_ISFIFO(status.st_mode)


def _notes(walk: _Walk) -> tuple[Skipped, ...]:
    notes = []
    folders = ", ".join(sorted({path_text(root.shown) for root in walk.roots}))
    if walk.ignored:
        told = files_left_out(walk.ignored)
        notes.append(Skipped(folders, f"{told}; name one to have it read"))
    if walk.saved_beside:
        count = walk.saved_beside
        notes.append(Skipped(folders, f"folders that browsers save beside pages (NAME_files) left out: {count}"))
    if walk.links:
        notes.append(Skipped(folders, _not_followed(walk.links)))
    return tuple(notes)


def _not_followed(links: Sequence[str]) -> str:
    return f"symbolic links out of the folder not followed: {len(links)} ({min(links)})"
