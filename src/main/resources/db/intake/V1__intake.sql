-- Orders taken in while the legacy shop is the only writer. A row is here before its sender hears
-- of it, and stays, so that an order that is sent twice is known.
CREATE TABLE intake (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    reference   TEXT NOT NULL UNIQUE,
    -- the order as JSON
    body        TEXT NOT NULL CHECK (json_valid(body)),
    total_cents INTEGER NOT NULL CHECK (total_cents >= 0),
    state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'refused')),
    legacy_id   INTEGER CHECK ((state = 'taken') = (legacy_id IS NOT NULL)),
    reason      TEXT CHECK ((state = 'refused') = (reason IS NOT NULL)),
    received_at TEXT NOT NULL,
    ended_at    TEXT CHECK ((state = 'waiting') = (ended_at IS NULL))
) STRICT;

CREATE INDEX intake_waiting ON intake (seq) WHERE state = 'waiting';
