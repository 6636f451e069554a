-- Priorities, attempts, cancelling, limits per type, and what is held. Times are milliseconds since
-- 1970, UTC.

-- 1 high, 2 normal, 3 low
ALTER TABLE job ADD COLUMN priority INTEGER NOT NULL DEFAULT 2 CHECK (priority IN (1, 2, 3));
-- at most one job of this key that has not ended
ALTER TABLE job ADD COLUMN alive_key TEXT;
-- who gave it up, and why; while it runs: who asked it to stop
ALTER TABLE job ADD COLUMN stop_by TEXT;
ALTER TABLE job ADD COLUMN stop_reason TEXT;
ALTER TABLE job ADD COLUMN stop_at INTEGER;

CREATE UNIQUE INDEX job_alive_key ON job (alive_key)
  WHERE alive_key IS NOT NULL AND due_at IS NOT NULL;

-- A worker takes the head of a lane: of a queue, a type and a priority. A long lane that is held costs
-- the others nothing.
DROP INDEX job_due;
CREATE INDEX job_due ON job (queue, type, priority, due_at, seq) WHERE due_at IS NOT NULL;
CREATE INDEX job_running ON job (type, due_at) WHERE state = 'RUNNING';
CREATE INDEX job_stopping ON job (due_at) WHERE state = 'RUNNING' AND stop_by IS NOT NULL;

-- The lanes that there have been; few rows.
CREATE TABLE job_lane (
  queue TEXT NOT NULL,
  type TEXT NOT NULL,
  priority INTEGER NOT NULL,
  PRIMARY KEY (queue, type, priority)
) STRICT, WITHOUT ROWID;

INSERT INTO job_lane (queue, type, priority) SELECT DISTINCT queue, type, 2 FROM job;

CREATE TRIGGER job_lane_begun AFTER INSERT ON job BEGIN
  INSERT INTO job_lane (queue, type, priority) VALUES (NEW.queue, NEW.type, NEW.priority)
    ON CONFLICT (queue, type, priority) DO NOTHING;
END;

CREATE TRIGGER job_lane_changed AFTER UPDATE OF queue, type, priority ON job BEGIN
  INSERT INTO job_lane (queue, type, priority) VALUES (NEW.queue, NEW.type, NEW.priority)
    ON CONFLICT (queue, type, priority) DO NOTHING;
END;

-- Limits: at most so many of a type run at once, over all workers.
CREATE TABLE job_limit (
  type TEXT NOT NULL PRIMARY KEY,
  most INTEGER NOT NULL CHECK (most > 0),
  set_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  -- counts the claims: who takes a job of the type holds this row until the claim stands
  takes INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- One row for each time a worker took a job; no end while it runs.
CREATE TABLE job_attempt (
  job INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
  -- the claim's number, from 1
  number INTEGER NOT NULL,
  -- as the job counts its attempts
  attempt INTEGER NOT NULL,
  worker TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  ending TEXT
    CHECK (ending IN ('SUCCEEDED', 'FAILED', 'LOST', 'HANDED_BACK', 'WAITS', 'CANCELLED')),
  error TEXT,
  fingerprint TEXT,
  -- CPU time of the thread that ran it; null when it was never told
  cpu_millis INTEGER,
  PRIMARY KEY (job, number),
  CHECK ((ended_at IS NULL) = (ending IS NULL))
) STRICT, WITHOUT ROWID;

-- What people held, until when.
CREATE TABLE hold (
  kind TEXT NOT NULL CHECK (kind IN ('QUEUE', 'TYPE', 'SCHEDULE')),
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  held_by TEXT NOT NULL,
  since INTEGER NOT NULL,
  -- goes on by itself then; null: when someone lets it go on
  until INTEGER,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
