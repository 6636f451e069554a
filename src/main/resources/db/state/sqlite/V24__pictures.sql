-- Runs over the folder of product pictures. Times are milliseconds since 1970, UTC.

CREATE TABLE picture_run (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  started_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  job_id TEXT NOT NULL DEFAULT '',
  -- counts the workers that began it: one that was left behind writes under an older number
  turn INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  made INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  reason TEXT
) STRICT;

CREATE INDEX picture_run_newest ON picture_run (created_at, id);

CREATE TABLE picture (
  run_id TEXT NOT NULL REFERENCES picture_run (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('MADE', 'KNOWN', 'REJECTED')),
  sha256 TEXT,
  form TEXT,
  width INTEGER,
  height INTEGER,
  bytes INTEGER NOT NULL,
  -- JSON list of texts
  files TEXT NOT NULL,
  reason TEXT,
  PRIMARY KEY (run_id, name),
  CHECK ((reason IS NOT NULL) = (state = 'REJECTED'))
) STRICT;

CREATE INDEX picture_state ON picture (run_id, state, name);

-- what jobs cost on the last days
CREATE INDEX job_attempt_ended ON job_attempt (ended_at) WHERE ended_at IS NOT NULL;
