-- What servers said of an article's picture and documents is kept with each version of it.

-- A JSON list of objects with `url`, and `length` and `media_type` where they are known. What was recorded before has none.
ALTER TABLE version ADD COLUMN files TEXT NOT NULL DEFAULT '[]';

PRAGMA user_version = 11;
