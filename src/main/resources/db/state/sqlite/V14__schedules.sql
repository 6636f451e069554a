-- Schedules, what they were before, and one run for each business date. Times are milliseconds
-- since 1970, UTC; dates are ISO texts.

CREATE TABLE schedule (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  spec TEXT NOT NULL,
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  -- what came due until then is dealt with
  seen_until INTEGER NOT NULL,
  paused_by TEXT,
  paused_at INTEGER,
  paused_until INTEGER,
  paused_reason TEXT,
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  CHECK ((paused_by IS NULL) = (paused_at IS NULL)),
  CHECK ((paused_by IS NULL) = (paused_reason IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE schedule_version (
  schedule TEXT NOT NULL REFERENCES schedule (name),
  version INTEGER NOT NULL,
  spec TEXT NOT NULL,
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  change TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (schedule, version)
) STRICT, WITHOUT ROWID;

-- The primary key is the promise: whichever backend inserts the row starts the run, no other does.
CREATE TABLE schedule_run (
  schedule TEXT NOT NULL REFERENCES schedule (name),
  business_date TEXT NOT NULL,
  due_at INTEGER,
  state TEXT NOT NULL
    CHECK (state IN ('WAITING', 'STARTED', 'DONE', 'FAILED', 'SKIPPED', 'MISSED')),
  cause TEXT NOT NULL CHECK (cause IN ('SCHEDULED', 'CATCH_UP', 'MANUAL')),
  started_at INTEGER,
  ended_at INTEGER,
  job TEXT,
  account TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (schedule, business_date)
) STRICT, WITHOUT ROWID;

CREATE INDEX schedule_run_open ON schedule_run (state, schedule)
  WHERE state IN ('WAITING', 'STARTED', 'FAILED');
CREATE INDEX schedule_run_date ON schedule_run (business_date);
