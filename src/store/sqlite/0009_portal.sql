-- What a feed's file may leave out, as its pages say it: the portal's name and its language. NULL: it was not learned yet; empty: nothing says it.
ALTER TABLE feed ADD COLUMN portal_title TEXT;
ALTER TABLE feed ADD COLUMN portal_language TEXT;

PRAGMA user_version = 9;
