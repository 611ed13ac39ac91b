-- What lists of feeds show is kept in the feed's row, and what is asked for often is found by an index.

-- "Loa1": by this number the file is known for a database of Loa, whatever else lies in it.
PRAGMA application_id = 1282367793;

-- How many articles the feed has.
ALTER TABLE feed ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;
-- The newest of them by the time that it shows: its key, that time, and `published` and `precision` of its version.
ALTER TABLE feed ADD COLUMN newest INTEGER REFERENCES article (id);
ALTER TABLE feed ADD COLUMN newest_at INTEGER;
ALTER TABLE feed ADD COLUMN newest_published TEXT;
ALTER TABLE feed ADD COLUMN newest_precision TEXT;
-- When an article was last added or corrected.
ALTER TABLE feed ADD COLUMN changed_at INTEGER;

UPDATE feed SET
    articles = (SELECT count(*) FROM article WHERE article.feed = feed.id),
    changed_at = (SELECT max(version.at) FROM article JOIN version ON version.article = article.id WHERE article.feed = feed.id),
    (newest, newest_at, newest_published, newest_precision) = (
        SELECT article.id, shown_at, published, precision
        FROM article JOIN version ON version.article = article.id AND version.number = article.version
        WHERE article.feed = feed.id ORDER BY shown_at DESC, article.id DESC LIMIT 1);

-- The articles of a feed in the order of recording.
CREATE INDEX article_by_feed ON article (feed, id);
-- The addresses of one article, read whenever a list names it.
CREATE INDEX address_by_article ON address (article);

-- The next row that a channel sends: of each state by the time that it is due. The index before it was never used:
-- no statement repeats its whole condition.
DROP INDEX delivery_open;
CREATE INDEX delivery_due ON delivery (channel, state, due_at, id);
-- The rows in one state, whatever their channel: what a dead process was sending, and what a person asks for.
CREATE INDEX delivery_by_state ON delivery (state, id);

-- The word that everything else uses.
ALTER TABLE pending RENAME COLUMN untold TO unannounced;

PRAGMA user_version = 3;
