-- Deliveries are chosen by what is due, and a send whose answer was lost is tried in bounded time.

-- A channel's next row by state and time: whatever the history, the choice reads a few entries of this index.
DROP INDEX IF EXISTS delivery_open;
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (channel, state, due_at, id);
CREATE INDEX delivery_by_state ON delivery (state, id);

PRAGMA user_version = 3;
