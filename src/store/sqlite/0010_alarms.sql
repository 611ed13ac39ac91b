-- Alarms are rows of the outbox, so that they are sent as everything is; what they tell of is kept beside them.

-- What does not work, or did not for a while.
CREATE TABLE trouble (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,
    -- The host, feed, channel or delivery that it is about.
    subject    TEXT NOT NULL,
    -- JSON lists of feeds: those that have been in it, and those that still are.
    feeds      TEXT NOT NULL,
    open_feeds TEXT NOT NULL,
    -- The last words, the tries that failed in a row, and when the next one is.
    why        TEXT NOT NULL,
    tries      INTEGER NOT NULL,
    next_at    INTEGER,
    -- How long a feed is quiet at most, usually.
    usual      INTEGER,
    began_at   INTEGER NOT NULL,
    over_at    INTEGER
) STRICT;

-- One of each at a time; it is also how the few that are open are found among all that ever were.
CREATE UNIQUE INDEX trouble_open ON trouble (kind, subject) WHERE over_at IS NULL;

-- The outbox again, with rows that are about a trouble in place of an article.
CREATE TABLE outbox (
    -- The order of saying.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    channel     TEXT NOT NULL,
    article     INTEGER REFERENCES article (id),
    trouble     INTEGER REFERENCES trouble (id),
    kind        TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'dead', 'shown', 'dropped')),
    -- Rows with the same word here are said together, as one digest.
    digest      TEXT,
    queued_at   INTEGER NOT NULL,
    -- Not before this time: a retry, the end of quiet hours, the pause before a probe.
    due_at      INTEGER NOT NULL,
    -- While 'sending': whose it is. A settlement with another lease is refused.
    lease       INTEGER,
    tries       INTEGER NOT NULL DEFAULT 0,
    -- Why it is retried, unknown or dead.
    why         TEXT,
    settled_at  INTEGER,
    -- What names the message where it went.
    receipt     TEXT,
    -- Sends in a row of which nobody knows whether they arrived, and looks in a row for the last of them.
    unclear     INTEGER NOT NULL DEFAULT 0,
    looks       INTEGER NOT NULL DEFAULT 0,
    -- Written before a send begins, and NULL until then: what the chat shows when it arrives, and the message of ours before it.
    fingerprint TEXT,
    sent_after  TEXT,
    CHECK ((article IS NULL) <> (trouble IS NULL)),
    -- Nothing is said twice, whatever else goes wrong.
    UNIQUE (channel, article, kind),
    UNIQUE (channel, trouble, kind)
) STRICT;

INSERT INTO outbox (id, channel, article, kind, state, digest, queued_at, due_at, lease, tries, why, settled_at, receipt, unclear, looks,
                    fingerprint, sent_after)
    SELECT id, channel, article, kind, state, digest, queued_at, due_at, lease, tries, why, settled_at, receipt, unclear, looks,
           fingerprint, sent_after
    FROM delivery;
DROP TABLE delivery;
ALTER TABLE outbox RENAME TO delivery;

CREATE INDEX delivery_by_article ON delivery (article);
CREATE INDEX delivery_by_trouble ON delivery (trouble) WHERE trouble IS NOT NULL;
-- The next row that a channel sends: of each state by the time that it is due.
CREATE INDEX delivery_due ON delivery (channel, state, due_at, id);
-- The rows in one state, whatever their channel: what a dead process was sending, and what a person asks for.
CREATE INDEX delivery_by_state ON delivery (state, id);

-- The first failure since the last good look, and how often in a row the list said that it is gone for good.
ALTER TABLE feed ADD COLUMN failing_since INTEGER;
ALTER TABLE feed ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;

-- Articles that are what the list says, as their page was out of reach: it is read later, with growing pauses.
CREATE TABLE unread (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    feed    TEXT NOT NULL,
    tries   INTEGER NOT NULL,
    due_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX unread_by_feed ON unread (feed, due_at);

PRAGMA user_version = 10;
