"""A folder, a store and a gold file in which every text tries something."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from handmade import HOSTILE
from hostile_rows import LEAD, row


@pytest.fixture
def hostile_folder(tmp_path: Path) -> Path:
    """Rows with hostile fields, and files with hostile names of which some cannot be read."""
    folder = tmp_path / "böse\x1b[2J"
    folder.mkdir()
    rows = [row(number) for number in range(len(HOSTILE))]
    # Each twice, so that each title stands in a story.
    rows += [one | {"id": f"zweimal {one['id']}"} for one in rows]
    (folder / "reihen.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows))
    for number, text in enumerate(HOSTILE[:8]):
        name = text.replace("/", "∕")[:60].encode("utf-8", "surrogateescape")
        with open(os.path.join(os.fsencode(folder), name + b".txt"), "w", encoding="utf-8") as file:
            file.write(f"{LEAD[number % 2]}.\n\nNummer {number}.\n")
        with open(os.path.join(os.fsencode(folder), name + b"\xff.json"), "w") as file:
            file.write('{"kaputt')
    return folder


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """What newsclust export might have written, with nothing made clean: import takes articles as they are."""
    file = tmp_path / "ausfuhr.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for number in range(2 * len(HOSTILE)):
            text = HOSTILE[number % len(HOSTILE)]
            more = {"path": text, "language": text[:8], "story": f"s-{text[:40]}", "event": f"e-{text[:40]}"}
            aliases = [f"s-alt {text[:40]}"]
            lines.write(json.dumps({**row(number), **more, "aliases": aliases, "published": "2025-02-27T08:00:00Z"}))
            lines.write("\n")
    return file
