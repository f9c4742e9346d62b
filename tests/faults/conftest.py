"""A few articles that are one story and one that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hostile_rows import LEAD

ARTICLES = "artikel.jsonl"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Three articles in the folder that commands run in."""
    texts = [*LEAD, "In Goslar ist eine Ziege aus dem Stall gelaufen und hat eine Stunde lang den Bus aufgehalten."]
    rows = [{"id": f"ä{number}", "title": text[:30], "text": f"{text}."} for number, text in enumerate(texts)]
    file = tmp_path / ARTICLES
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file
