-- A store that was put back from a copy says nothing twice.

-- When the copy was put in place, until the first good look after it: what that look finds may have been told since the copy was made.
ALTER TABLE feed ADD COLUMN restored_at INTEGER;

PRAGMA user_version = 8;
