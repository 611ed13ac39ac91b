-- Documents are made when they are asked for, by whichever process is asked: what tells readers whether one is new is stored.

-- How the feed presents itself, a JSON document that was a part of what polls learned: lists of feeds need it of every feed.
ALTER TABLE feed ADD COLUMN presentation TEXT;
UPDATE feed SET presentation = (SELECT json_extract(knowledge, '$.presentation') FROM learned WHERE learned.feed = feed.id);

-- The validators of each document as it was made last: its tag, a hash of its bytes, and the time of its last change.
CREATE TABLE document (
    name     TEXT PRIMARY KEY,
    tag      TEXT NOT NULL,
    -- NULL where nothing in it has a time.
    modified INTEGER
) STRICT, WITHOUT ROWID;

-- From what the files of a feed were made that are in the folder: where that is the same they need not be made again.
CREATE TABLE published (
    id        TEXT PRIMARY KEY,
    made_from TEXT NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 13;
