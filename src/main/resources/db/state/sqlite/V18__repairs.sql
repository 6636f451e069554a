-- Repairs: one act on every failed job that matches a filter. Times are milliseconds since 1970, UTC.

CREATE TABLE repair (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  -- 1 while a backend has something to do for it or to tell of it
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  -- what the contract shows of it, JSON
  repair TEXT NOT NULL,
  -- how far it has come and at which pace, JSON
  work TEXT NOT NULL,
  -- which backend works at it, and until when no other may
  owner TEXT,
  lease_until INTEGER NOT NULL DEFAULT 0,
  -- counts the writes
  version INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX repair_open ON repair (seq) WHERE open = 1;

-- The repair that took a job last: it does not take it again.
ALTER TABLE job ADD COLUMN repair INTEGER;

CREATE INDEX job_repair ON job (repair, state, changed_at, seq) WHERE repair IS NOT NULL;

-- Failed jobs are looked for by any of these, those that failed last first. Partial: the way of a
-- job that does not fail stays as short as it was. Each has a mark of its own (a condition on seq that
-- always holds): a query that names it is served by this index and by no other, whatever a planner
-- without statistics guesses.
CREATE INDEX job_dead ON job (state, ended_at, seq)
  WHERE state = 'DEAD' AND seq > 0;
CREATE INDEX job_dead_queue ON job (state, queue, ended_at, seq)
  WHERE state = 'DEAD' AND seq > -1;
CREATE INDEX job_dead_type ON job (state, type, ended_at, seq)
  WHERE state = 'DEAD' AND seq > -2;
CREATE INDEX job_dead_queue_type ON job (state, queue, type, ended_at, seq)
  WHERE state = 'DEAD' AND seq > -3;
CREATE INDEX job_dead_fingerprint ON job (state, fingerprint, ended_at, seq)
  WHERE state = 'DEAD' AND seq > -4;
