"""Glob patterns to paths, as a shell with globstar finds them; links do not widen what a pattern reaches."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence

_SEPARATOR = os.path.sep.encode()
_ANY_DEPTH = b"**"


def matches(pattern: bytes, *, follow: bool = False) -> tuple[list[bytes], list[bytes]]:
    """The paths that a pattern matches, and the links among them that lead out of the folder it starts from.

    Hidden names match only a pattern that writes their dot. `**` goes through folders, not through links to folders;
    with `follow` it does both, each folder once, and no link is set apart. Folders that cannot be read match nothing.
    """
    parts = pattern.split(_SEPARATOR)
    paths = sorted(set(_matched(parts, follow=follow)))
    if follow:
        return paths, []
    fixed = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    start = os.path.join(os.path.realpath(_joined(parts[:fixed])), b"")
    leading_out = [path for path in paths if not os.path.join(os.path.realpath(path), b"").startswith(start)]
    return [path for path in paths if path not in set(leading_out)], leading_out


def _matched(parts: Sequence[bytes], *, follow: bool) -> Iterator[bytes]:
    # glob's own ** goes through links to folders: two that point to their own folder take it 2 ** 40 steps.
    if _ANY_DEPTH not in parts:
        yield from glob.glob(_SEPARATOR.join(parts))
        return
    index = parts.index(_ANY_DEPTH)
    rest = list(parts[index + 1 :])
    while rest and rest[0] == _ANY_DEPTH:
        del rest[0]
    for base in glob.glob(_joined(parts[:index])):
        if not rest:
            yield base
        for folder in _folders(base, follow=follow):
            yield from _matched([*glob.escape(folder).split(_SEPARATOR), *(rest or [b"*"])], follow=follow)


def _joined(parts: Sequence[bytes]) -> bytes:
    if not parts:
        return os.path.curdir.encode()
    return _SEPARATOR.join(parts) or _SEPARATOR


def _folders(base: bytes, *, follow: bool) -> Iterator[bytes]:
    """A folder and those below it, each once; without recursion, as folders may be nested deeply."""
    seen: set[bytes] = set()
    pending = [base]
    while pending:
        folder = pending.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        try:
            with os.scandir(folder) as entries:
                inner = [entry for entry in entries if not entry.name.startswith(b".")]
                pending += [entry.path for entry in inner if entry.is_dir(follow_symlinks=follow)]
        except OSError:
            continue
        yield folder
