-- Which definitions of feeds a worker has: a JSON object, from the name of each feed to a number of its definition's text.
-- Where they are files of a folder on each machine, it is seen by this where they differ.
ALTER TABLE worker ADD COLUMN definitions TEXT NOT NULL DEFAULT '{}';

PRAGMA user_version = 16;
