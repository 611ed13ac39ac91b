-- What an operator does while Loa runs: files change, feeds and channels rest, feeds get other names.

-- A number of the text of the feed's file at its last poll, and the interval by which the next one was worked out:
-- where the operator has written something else since, the feed is polled anew, or at another time.
ALTER TABLE feed ADD COLUMN definition INTEGER;
ALTER TABLE feed ADD COLUMN pace TEXT;
-- Until then the list asked not to be polled again (max-age of its last answer).
ALTER TABLE feed ADD COLUMN fresh_until INTEGER;

-- What rests until the operator lets it go on: 'feed' or 'channel', by its name.
CREATE TABLE paused (
    kind TEXT NOT NULL CHECK (kind IN ('feed', 'channel')),
    id   TEXT NOT NULL,
    at   INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Earlier names of feeds: readers who still ask for them are led on.
CREATE TABLE renamed (
    old TEXT PRIMARY KEY,
    new TEXT NOT NULL,
    at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 7;
