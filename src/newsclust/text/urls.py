"""What a url names, where it may be none at all."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def parts_of(url: str | None) -> SplitResult:
    """Return the parts of a url; empty ones where it is no url ("http://[")."""
    try:
        return urlsplit(url or "")
    except ValueError:
        return urlsplit("")


def host_of(url: str | None) -> str:
    """Return the host of a url without "www."; "" where there is none."""
    return (parts_of(url).hostname or "").removeprefix("www.")
