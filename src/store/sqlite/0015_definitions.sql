-- The definitions of feeds may be kept here in place of a folder, so that all who work on the store have the same.

CREATE TABLE definition (
    feed TEXT PRIMARY KEY,
    -- What its file would say, byte for byte.
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How often definitions were changed: whoever has read them sees by it whether they are still the same. One row at most.
CREATE TABLE definitions_changed (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    times INTEGER NOT NULL
) STRICT;

PRAGMA user_version = 15;
