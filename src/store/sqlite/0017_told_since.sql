-- A backup that is put back does not know what was told since it was made: the channels themselves are asked.

-- 1: it may have been told since the backup was made. It is compared with what its channel shows before it is sent.
ALTER TABLE delivery ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;
CREATE INDEX delivery_doubtful ON delivery (channel, id) WHERE doubtful = 1 AND state = 'queued';

-- The same of a headline whose page could not be read yet.
ALTER TABLE pending ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;

-- The channel's messages were read up to this one; NULL: none.
ALTER TABLE channel ADD COLUMN read_to TEXT;
-- How far that is: NULL, 'begun', 'whole', or 'too much' where nobody reads all of it.
ALTER TABLE channel ADD COLUMN reading TEXT;

-- By what the messages that were read are known: hashes of their words and of the addresses in them.
CREATE TABLE told (
    channel TEXT NOT NULL,
    print   TEXT NOT NULL,
    receipt TEXT NOT NULL,
    PRIMARY KEY (channel, print)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 17;
