-- The definitions of feeds may be kept here in place of a folder, so that all who work on the store have the same.

CREATE TABLE definition (
    feed TEXT COLLATE "C" PRIMARY KEY,
    -- What its file would say, byte for byte.
    text TEXT COLLATE "C" NOT NULL
);

-- How often definitions were changed: whoever has read them sees by it whether they are still the same. One row at most.
CREATE TABLE definitions_changed (
    one   BIGINT PRIMARY KEY CHECK (one = 1),
    times BIGINT NOT NULL
);

UPDATE loa SET format = 15;
