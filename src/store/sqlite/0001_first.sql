-- The first shape of the store. Times are milliseconds since 1970 in UTC; addresses and texts are NFC.
-- A feed's rows are kept when its file is taken away: put back, it goes on where it stopped.

-- What is known of a source: when to look again, and what the last look said.
CREATE TABLE feed (
    id            TEXT PRIMARY KEY,
    -- The list's address; the validators below are the answer of this address and no other.
    url           TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT,
    -- The first time that headlines were found. Until then everything on the page counts as old.
    began_at      INTEGER,
    polled_at     INTEGER,
    next_at       INTEGER NOT NULL,
    -- Headlines on the list at the last good look: what "0 of usually n" compares with.
    usual         INTEGER NOT NULL DEFAULT 0,
    -- Failures in a row since the last good look, and the words of the last one.
    failures      INTEGER NOT NULL DEFAULT 0,
    problem       TEXT,
    -- What could not be read at the last good look, one line each.
    remarks       TEXT NOT NULL DEFAULT ''
) STRICT;

-- A headline that was found once. What it says is in `version`.
CREATE TABLE article (
    -- AUTOINCREMENT: a key is never given twice, so the order of keys is the order of recording.
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    feed         TEXT NOT NULL REFERENCES feed (id),
    -- The id in feeds: given once, never changed, whatever becomes of the address.
    uid          TEXT NOT NULL UNIQUE,
    -- The headline as the list showed it last: another one means that the article was corrected.
    listed_title TEXT NOT NULL,
    -- The folded headline, by which an article is known again at a new address.
    folded_title TEXT NOT NULL,
    -- What feeds sort by: when it was published, or first seen.
    shown_at     INTEGER NOT NULL,
    first_seen   INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    FOREIGN KEY (id, version) REFERENCES version (article, number) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX article_by_time ON article (feed, shown_at DESC, id DESC);
CREATE INDEX article_by_title ON article (feed, folded_title);

-- The addresses of an article, in the form of `link::identity`: one article may have several.
CREATE TABLE address (
    feed    TEXT NOT NULL,
    key     TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX address_by_key ON address (key);

-- What an article said, and from when on; a correction is a new version, the old ones stay.
CREATE TABLE version (
    article    INTEGER NOT NULL REFERENCES article (id),
    number     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    url        TEXT NOT NULL,
    title      TEXT NOT NULL,
    summary    TEXT,
    text       TEXT NOT NULL,
    html       TEXT NOT NULL,
    author     TEXT,
    -- RFC 3339 in the page's own zone.
    published  TEXT,
    -- 'day' or 'minute': how much of it the page said.
    precision  TEXT,
    image      TEXT,
    language   TEXT,
    -- A JSON array of strings.
    categories TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;

-- Headlines whose page could not be fetched for a passing reason: they are recorded when it can, or
-- with what the list says after a few tries.
CREATE TABLE pending (
    feed  TEXT NOT NULL,
    key   TEXT NOT NULL,
    tries INTEGER NOT NULL,
    -- 1: it was there before, and is recorded without being told.
    untold INTEGER NOT NULL,
    PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;

-- The outbox. A row is written in the transaction that records its article, so neither can be without the other.
CREATE TABLE delivery (
    -- The order of saying.
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    channel    TEXT NOT NULL,
    article    INTEGER NOT NULL REFERENCES article (id),
    kind       TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'dead', 'shown', 'dropped')),
    -- Rows with the same word here are said together, as one digest.
    digest     TEXT,
    queued_at  INTEGER NOT NULL,
    -- Not before this time: a retry, the end of quiet hours, the pause before a probe.
    due_at     INTEGER NOT NULL,
    -- While 'sending': whose it is. A settlement with another lease is refused.
    lease      INTEGER,
    tries      INTEGER NOT NULL DEFAULT 0,
    message_id INTEGER,
    -- Why it is retried, unknown or dead.
    why        TEXT,
    settled_at INTEGER,
    -- Nothing is said twice, whatever else goes wrong.
    UNIQUE (channel, article, kind)
) STRICT;

CREATE INDEX delivery_open ON delivery (channel, id) WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX delivery_by_article ON delivery (article);

-- What is known of a channel's chat.
CREATE TABLE channel (
    id              TEXT PRIMARY KEY,
    -- The chat as the settings named it when this row was last used.
    chat            TEXT NOT NULL,
    -- Where that chat lives now, when Telegram said that it moved.
    moved_to        INTEGER,
    -- The last message of ours: an unclear send is looked for after it.
    last_message_id INTEGER,
    -- The pace: when the bucket of messages would be empty (generic cell rate algorithm).
    pace_at         INTEGER NOT NULL DEFAULT 0,
    -- Nothing is sent before this time: Telegram asked to wait.
    hold_until      INTEGER NOT NULL DEFAULT 0,
    -- Why nothing is sent, until a send succeeds.
    paused          TEXT
) STRICT;

-- Hosts that asked to be left alone, and until when.
CREATE TABLE host (
    name       TEXT PRIMARY KEY,
    hold_until INTEGER NOT NULL
) STRICT;

PRAGMA user_version = 1;
