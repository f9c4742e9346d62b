"""Text from outside, made safe to show in a terminal."""

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
_INVISIBLE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\ufeff\U000e0000-\U000e007f]")
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
