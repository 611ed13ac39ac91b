-- What looks learned of a source.

-- A JSON document: where headlines stand, how their addresses are built, what is no headline. A part that is
-- missing is learned again, so its shape may change without a migration.
CREATE TABLE learned (
    feed      TEXT PRIMARY KEY REFERENCES feed (id),
    knowledge TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Each time that a source was rebuilt and its headlines were found again, in words.
CREATE TABLE repair (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    feed  TEXT NOT NULL REFERENCES feed (id),
    at    INTEGER NOT NULL,
    words TEXT NOT NULL
) STRICT;

CREATE INDEX repair_by_feed ON repair (feed, id);

PRAGMA user_version = 2;
