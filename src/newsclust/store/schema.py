"""The tables of a store, the views that people query, and how older ones become them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import lru_cache

APPLICATION_ID = int.from_bytes(b"nwsC", "big")
"""What marks an SQLite file as a store (`PRAGMA application_id`)."""
PAGE_BYTES = 16384
"""A row of features takes 1 to 2 KB; in pages of 4 KB a third of the file would be empty."""

_TABLES = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT, started REAL NOT NULL, finished REAL, version TEXT NOT NULL,
  batches INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE ids (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('story', 'event')), heir TEXT REFERENCES ids (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE stories (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE REFERENCES ids (id), title TEXT NOT NULL,
  headlines TEXT NOT NULL, keywords TEXT NOT NULL, mentions TEXT NOT NULL DEFAULT '{}', cohesion REAL NOT NULL,
  described INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE events (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE REFERENCES ids (id),
  story INTEGER NOT NULL REFERENCES stories (number), title TEXT NOT NULL
) STRICT;
CREATE TABLE articles (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, content BLOB NOT NULL, print BLOB NOT NULL,
  lead INTEGER REFERENCES articles (number), event INTEGER REFERENCES events (number),
  place INTEGER NOT NULL DEFAULT 0, confidence REAL,
  duplicate_of INTEGER REFERENCES articles (number) ON DELETE SET NULL, relation TEXT,
  nearest INTEGER REFERENCES articles (number) ON DELETE SET NULL, probability REAL,
  kind TEXT NOT NULL DEFAULT 'article', title TEXT, path TEXT NOT NULL, language TEXT NOT NULL, published TEXT,
  day REAL, url TEXT, source TEXT, added REAL NOT NULL, run INTEGER NOT NULL REFERENCES runs (number)
) STRICT;
CREATE TABLE texts (
  article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE, text TEXT NOT NULL,
  whole TEXT, other TEXT NOT NULL, checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE vectors (
  article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
  vectors BLOB NOT NULL, heavy BLOB NOT NULL, numbers BLOB NOT NULL, checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE words (
  article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
  rows BLOB NOT NULL, checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE pairs (
  article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
  pairs BLOB NOT NULL, checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE language_sums (language TEXT PRIMARY KEY, articles INTEGER NOT NULL, total BLOB NOT NULL) STRICT;
CREATE TABLE changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL REFERENCES runs (number), story TEXT NOT NULL,
  kind TEXT NOT NULL, articles TEXT NOT NULL, stories TEXT NOT NULL
) STRICT;
CREATE TABLE corrections (
  number INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL REFERENCES runs (number),
  verb TEXT NOT NULL CHECK (verb IN ('join', 'part', 'rename')), story TEXT NOT NULL, title TEXT,
  articles TEXT NOT NULL, others TEXT NOT NULL, reason TEXT, undone INTEGER REFERENCES runs (number)
) STRICT;
CREATE TABLE lookups (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) STRICT, WITHOUT ROWID;
CREATE TABLE boilerplate (hash INTEGER PRIMARY KEY) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
  title, text, content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
CREATE INDEX articles_by_event ON articles (event);
CREATE INDEX articles_by_print ON articles (print);
CREATE INDEX articles_by_lead ON articles (lead) WHERE lead IS NOT NULL;
CREATE INDEX articles_by_duplicate ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX articles_by_nearest ON articles (nearest) WHERE nearest IS NOT NULL;
CREATE INDEX articles_by_run ON articles (run);
CREATE INDEX events_by_story ON events (story);
CREATE INDEX ids_by_heir ON ids (heir) WHERE heir IS NOT NULL;
CREATE INDEX changes_by_story ON changes (story);
CREATE INDEX changes_by_run ON changes (run);
"""

_MOMENT = "strftime('%Y-%m-%dT%H:%M:%SZ', {}, 'unixepoch')"

_VIEWS = f"""
CREATE VIEW articles_view AS
SELECT a.id, a.title, t.text, a.language, a.published, {_MOMENT.format("a.added")} AS added, a.source, a.url, a.path,
  s.id AS story, e.id AS event, a.confidence, d.id AS version_of, a.relation, a.kind, n.id AS nearest, a.probability
FROM articles a JOIN texts t ON t.article = a.number LEFT JOIN events e ON e.number = a.event
  LEFT JOIN stories s ON s.number = e.story LEFT JOIN articles d ON d.number = a.duplicate_of
  LEFT JOIN articles n ON n.number = a.nearest;
CREATE VIEW events_view AS
SELECT e.id, s.id AS story, e.title, count(*) AS articles, count(DISTINCT a.source) AS sources,
  count(DISTINCT a.language) AS languages, {_MOMENT.format("min(a.day) * 86400")} AS first_seen,
  {_MOMENT.format("max(a.day) * 86400")} AS last_seen
FROM events e JOIN stories s ON s.number = e.story JOIN articles a ON a.event = e.number GROUP BY e.number;
CREATE VIEW stories_view AS
SELECT s.id, s.title, s.keywords, s.mentions, count(*) AS articles, count(DISTINCT e.number) AS events,
  count(DISTINCT a.source) AS sources, count(DISTINCT a.language) AS languages,
  {_MOMENT.format("min(a.day) * 86400")} AS first_seen, {_MOMENT.format("max(a.day) * 86400")} AS last_seen, s.cohesion
FROM stories s JOIN events e ON e.story = s.number JOIN articles a ON a.event = e.number GROUP BY s.number;
CREATE VIEW changes_view AS
SELECT {_MOMENT.format("r.started")} AS at, coalesce(i.heir, c.story) AS story, c.kind, c.articles, c.stories,
  k.verb AS correction, k.reason
FROM changes c JOIN runs r ON r.number = c.run LEFT JOIN ids i ON i.id = c.story
  LEFT JOIN corrections k ON k.run = c.run ORDER BY c.number;
"""  # noqa: S608 - nothing of it comes from outside

OLDEST = 5
"""The first version that is read. What made texts, features and pairs of older ones is no longer known here."""
MIGRATIONS: tuple[str, ...] = (_TABLES + _VIEWS, "ALTER TABLE words ADD COLUMN sketch BLOB;")
"""What makes the oldest version out of nothing, and then each version out of the one before. Only appended to."""


def newest() -> int:
    """The version that this package writes."""
    return OLDEST + len(MIGRATIONS) - 1


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the newest version, in one transaction. The connection must be in autocommit mode."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version >= newest():
        return
    steps = "".join(MIGRATIONS[max(0, version - OLDEST + 1) :])
    mark = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {newest()};"
    connection.executescript(f"BEGIN IMMEDIATE; {steps} {mark} COMMIT;")


@lru_cache(maxsize=2)
def tables(migrations: tuple[str, ...]) -> Mapping[str, str]:
    """What these migrations make out of an empty file: tables, views and indices by name, as SQLite keeps their SQL."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("".join(migrations))
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'search\\_%' ESCAPE '\\'")
        return dict(rows.fetchall())  # the tables behind `search` are made by SQLite, each version of it in its own way
