-- Whoever visits a host for its feeds may be asked to let somebody else make a request there in between.

-- Who may ask: the number of the visit, or of one request; 0: nobody, and nobody asks until then.
ALTER TABLE lease ADD COLUMN asker BIGINT NOT NULL DEFAULT 0;
ALTER TABLE lease ADD COLUMN asks_until BIGINT NOT NULL DEFAULT 0;
UPDATE lease SET asker = number, asks_until = until;

UPDATE loa SET format = 18;
