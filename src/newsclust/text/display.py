"""What is shown to people: text from outside, made safe for a terminal, and numbers in words."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# What steers a terminal: C0 controls other than tab and line feed, C1 controls (ESC starts every ANSI and OSC
# sequence), and lone surrogates, which no encoding can write. The replacement stays visible, so that a title with an
# escape sequence looks as odd as it is.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# What reorders or hides text without being seen: bidi marks, embeddings, overrides and isolates, interlinear
# annotation, the byte order mark and the tag characters. The joiners U+200C and U+200D stay: Persian and emoji need
# them.
_RANGES = ((0x061C, 0x061C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x206F), (0xFEFF, 0xFEFF),
           (0xFFF9, 0xFFFB), (0xE0000, 0xE007F))  # fmt: skip
INVISIBLE = "".join(chr(code) for first, last in _RANGES for code in range(first, last + 1))
"""Characters that are not seen, and change how what stands around them is."""
# As ranges: ten times as fast as a class that lists each character.
_INVISIBLE = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in _RANGES)}]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """Return `text` on one line with nothing in it that steers a terminal or reorders what stands around it.

    White space of every kind collapses to single spaces, control characters (so also every ANSI sequence) show as
    U+FFFD, bidi controls and other invisible characters go.
    """
    return harmless(" ".join(_INVISIBLE.sub("", text).split()))


def harmless(text: str) -> str:
    """Return `text` as `printable` does, but with its spaces, tabs and line breaks: for a layout that is our own."""
    return _CONTROL.sub(REPLACEMENT, _INVISIBLE.sub("", text))


def encodable(text: str) -> str:
    """Return `text` with each lone surrogate as U+FFFD, so that it can be written as UTF-8."""
    return _SURROGATE.sub(REPLACEMENT, text)


def count_of(number: int, one: str, many: str) -> str:
    """Return "1 story" or "3 stories"."""
    return f"{number} {one if number == 1 else many}"


def size_in_words(size: int) -> str:
    """Return a number of bytes as people read it: "16 MiB", "900 bytes"."""
    for power, unit in ((30, "GiB"), (20, "MiB"), (10, "KiB")):
        if size >= 1 << power:
            return f"{size / (1 << power):.4g} {unit}"
    return f"{size} bytes"
