-- A send whose answer was lost is tried in bounded time, and what a receipt says only its target knows.

-- Addresses and receipts are words that only their target reads: at Telegram numbers.
ALTER TABLE delivery ADD COLUMN receipt TEXT;
UPDATE delivery SET receipt = CAST(message_id AS TEXT);
ALTER TABLE delivery DROP COLUMN message_id;
ALTER TABLE channel ADD COLUMN last_receipt TEXT;
ALTER TABLE channel RENAME COLUMN moved_to TO moved_to_number;
ALTER TABLE channel ADD COLUMN moved_to TEXT;
UPDATE channel SET last_receipt = CAST(last_message_id AS TEXT), moved_to = CAST(moved_to_number AS TEXT);
ALTER TABLE channel DROP COLUMN last_message_id;
ALTER TABLE channel DROP COLUMN moved_to_number;

-- Sends in a row of which nobody knows whether they arrived, and looks in a row for the last of them.
ALTER TABLE delivery ADD COLUMN unclear INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
-- Written before a send begins, and NULL until then: what the chat shows when it arrives, and the message of ours before it.
ALTER TABLE delivery ADD COLUMN fingerprint TEXT;
ALTER TABLE delivery ADD COLUMN sent_after TEXT;
UPDATE delivery SET fingerprint = '', sent_after = (SELECT last_receipt FROM channel WHERE channel.id = delivery.channel)
    WHERE state IN ('sending', 'unknown');

-- Sends of a channel in a row whose answer was lost: more than one message is tried means that it is the way, not the message.
ALTER TABLE channel ADD COLUMN unclear INTEGER NOT NULL DEFAULT 0;
-- What does not work beside sending, until it works again.
ALTER TABLE channel ADD COLUMN problem TEXT;

PRAGMA user_version = 4;
