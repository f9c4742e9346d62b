"""Articles that are one story, and whose other fields are hostile."""

from __future__ import annotations

from typing import Any

from handmade import HOSTILE

LEAD = (
    "Delegationen der USA und Russlands sprachen am Donnerstag in Istanbul sechs Stunden lang über ihre Botschaften",
    "Amerikanische und russische Diplomaten berieten in Istanbul sechs Stunden lang über die Arbeit der Botschaften",
)


def row(number: int) -> dict[str, Any]:
    """An article that is one story with all the others, and whose other fields are hostile."""
    text = HOSTILE[number % len(HOSTILE)]
    body = f"{LEAD[number % 2]}. {text[:80]} {number}"
    return {"id": f"{number}{text[:60]}", "title": text, "text": body, "source": text, "url": text}
