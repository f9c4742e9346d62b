"""What the score knows of stored articles, as reports show it."""

from __future__ import annotations

import sqlite3

import numpy as np

from newsclust.explaining.evidence import Evidence, gather_evidence
from newsclust.store.features import load_rows, read_space
from newsclust.store.rows import listed
from newsclust.stories import ClusterResult


def stored_evidence(connection: sqlite3.Connection, result: ClusterResult) -> Evidence | None:
    """The evidence for a result that was read from the store; None for one without articles."""
    space = read_space(connection)
    leads = connection.execute(
        "SELECT id, ifnull(lead, number) FROM articles WHERE id IN (SELECT value FROM json_each(?))",
        (listed(article.id for article in result.articles),),
    ).fetchall()
    if space is None or not leads:
        return None
    rows = load_rows(connection, {lead for _, lead in leads}, space)
    own_rows = rows.rows_of(np.array([lead for _, lead in leads], np.int64)).tolist()
    return gather_evidence(result, rows.features, {id_: row for (id_, _), row in zip(leads, own_rows, strict=True)})
