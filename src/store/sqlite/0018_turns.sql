-- A file has one process, which keeps in memory who asks which host: nothing is written here.

PRAGMA user_version = 18;
