"""Taking articles out of a store, so that nothing of them stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from newsclust.store.features import take_from_means
from newsclust.store.rows import listed


def remove_articles(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Delete articles with their texts and features. Events and stories are left for the caller to look at.

    Where an article goes whose exact copies stay, the first of these takes over its features.
    """
    going = sorted(set(numbers))
    _hand_over(connection, going)
    take_from_means(connection, going)
    connection.execute("DELETE FROM articles WHERE number IN (SELECT value FROM json_each(?))", (listed(going),))


def _hand_over(connection: sqlite3.Connection, going: Sequence[int]) -> None:
    rows = connection.execute(
        "SELECT lead, min(number) FROM articles WHERE lead IN (SELECT value FROM json_each(?1))"
        " AND number NOT IN (SELECT value FROM json_each(?1)) GROUP BY lead",
        (listed(going),),
    ).fetchall()
    for lead, heir in rows:
        for table in ("vectors", "words"):
            connection.execute(f"UPDATE {table} SET article = ? WHERE article = ?", (heir, lead))  # noqa: S608
        connection.execute("UPDATE articles SET lead = NULL WHERE number = ?", (heir,))
        connection.execute("UPDATE articles SET lead = ? WHERE lead = ? AND number <> ?", (heir, lead, heir))
    # Copies that go together with their lead must not hold it back.
    connection.execute(
        "UPDATE articles SET lead = NULL WHERE lead IN (SELECT value FROM json_each(?1))"
        " AND number IN (SELECT value FROM json_each(?1))",
        (listed(going),),
    )
