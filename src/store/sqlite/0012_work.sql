-- Work is claimed: which feeds are to be polled stands in the store, each with the host whose turn it takes.

-- The host of the address that is watched; NULL: the feed is given to nobody, as its file was taken away or cannot be used, or the operator lets it rest.
ALTER TABLE feed ADD COLUMN host TEXT;
-- What is due, the longest first.
CREATE INDEX feed_due ON feed (next_at, host) WHERE host IS NOT NULL;

-- The processes that do the work, as they said of themselves last. How they fare is a JSON document; a part that is missing is not known.
CREATE TABLE worker (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    report     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 12;
