-- What an article gives to be downloaded is kept with each version of it.

-- A JSON list of objects with `url`, `title` and `media_type`. What was recorded before has none.
ALTER TABLE version ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';

PRAGMA user_version = 6;
