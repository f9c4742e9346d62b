"""Addresses of the web, given where a file should be."""

from __future__ import annotations

import re

NO_ADDRESS = (
    "newsclust reads files and downloads nothing: save the page or feed first, for example with curl -O, and name the "
    "file"
)
"""What is said of one."""

_ADDRESS = re.compile(r"(?:https?|ftp):/{1,2}[^/]|www\.[^/]+\.", re.IGNORECASE)


def is_address(path: str) -> bool:
    """Tell whether what should be a path is an address of the web."""
    return bool(_ADDRESS.match(path))
