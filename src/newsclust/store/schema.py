"""The tables of a store and how older ones become them."""

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
  headlines TEXT NOT NULL, keywords TEXT NOT NULL, cohesion REAL NOT NULL, labelled INTEGER NOT NULL
) STRICT;
CREATE TABLE events (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE REFERENCES ids (id),
  story INTEGER NOT NULL REFERENCES stories (number), title TEXT NOT NULL
) STRICT;
CREATE TABLE articles (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, content BLOB NOT NULL, print BLOB NOT NULL,
  lead INTEGER REFERENCES articles (number), event INTEGER REFERENCES events (number),
  place INTEGER NOT NULL DEFAULT 0, confidence REAL,
  duplicate_of INTEGER REFERENCES articles (number) ON DELETE SET NULL,
  nearest INTEGER REFERENCES articles (number) ON DELETE SET NULL, probability REAL,
  title TEXT, path TEXT NOT NULL, language TEXT NOT NULL, published TEXT, day REAL, url TEXT, source TEXT,
  added REAL NOT NULL, run INTEGER NOT NULL REFERENCES runs (number)
) STRICT;
CREATE TABLE texts (
  article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE, body BLOB NOT NULL
) STRICT;
CREATE TABLE vectors (
  article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE, vectors BLOB NOT NULL, heavy BLOB NOT NULL
) STRICT;
CREATE TABLE words (
  article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE, numbers BLOB NOT NULL, rows BLOB NOT NULL
) STRICT;
CREATE TABLE language_sums (language TEXT PRIMARY KEY, articles INTEGER NOT NULL, total BLOB NOT NULL) STRICT;
CREATE TABLE changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL REFERENCES runs (number), story TEXT NOT NULL,
  kind TEXT NOT NULL, articles TEXT NOT NULL, stories TEXT NOT NULL
) STRICT;
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

_CHECKSUMS = """
ALTER TABLE vectors ADD COLUMN checksum INTEGER;
ALTER TABLE words ADD COLUMN checksum INTEGER;
"""
_TOLD = """
UPDATE runs SET finished = started WHERE finished IS NULL
  AND number < (SELECT max(number) FROM runs WHERE finished IS NOT NULL);
"""

_VERSIONS = """
ALTER TABLE articles ADD COLUMN relation TEXT;
ALTER TABLE articles ADD COLUMN kind TEXT NOT NULL DEFAULT 'article';
"""

_PASSAGES = """
CREATE TABLE lookups (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) STRICT, WITHOUT ROWID;
CREATE TABLE boilerplate (hash INTEGER PRIMARY KEY) STRICT;
"""

MIGRATIONS: tuple[str, ...] = (_TABLES, _CHECKSUMS + _TOLD, _PASSAGES, _VERSIONS)
"""What makes version n + 1 of a store out of version n, as SQL. Only ever appended to."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the newest version, in one transaction. The connection must be in autocommit mode."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version >= len(MIGRATIONS):
        return
    steps = "".join(MIGRATIONS[version:])
    mark = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {len(MIGRATIONS)};"
    connection.executescript(f"BEGIN IMMEDIATE; {steps} {mark} COMMIT;")


@lru_cache(maxsize=2)
def tables(migrations: tuple[str, ...]) -> Mapping[str, str]:
    """What these migrations make out of an empty file: tables and indices by name, as SQLite keeps their SQL."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("".join(migrations))
        return dict(connection.execute("SELECT name, sql FROM sqlite_schema").fetchall())
