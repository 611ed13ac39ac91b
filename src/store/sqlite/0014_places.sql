-- What may be said how fast belongs to the place where it is said: several channels may lead to one chat, and all of
-- them speak through one bot.

CREATE TABLE place (
    -- As the target names it; empty for all its places together.
    id         TEXT PRIMARY KEY,
    -- When the bucket of messages would be empty (generic cell rate algorithm).
    pace_at    INTEGER NOT NULL DEFAULT 0,
    -- Nothing is said there before: the other side asked to wait.
    hold_until INTEGER NOT NULL DEFAULT 0,
    -- When the last messages were said, oldest first: a JSON array.
    recent     TEXT NOT NULL DEFAULT '[]'
) STRICT, WITHOUT ROWID;

INSERT INTO place (id, pace_at, hold_until)
SELECT CASE WHEN instr(chat, '/') > 0 THEN substr(chat, 1, instr(chat, '/') - 1) ELSE chat END AS place,
       max(pace_at), max(CASE WHEN paused IS NULL AND unclear = 0 THEN hold_until ELSE 0 END)
FROM channel GROUP BY place;

ALTER TABLE channel DROP COLUMN pace_at;

PRAGMA user_version = 14;
