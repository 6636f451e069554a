-- Migration runs. What was copied stands in the ledger of the target; here stands what a person
-- asked for and what became of it. Times are milliseconds since 1970, UTC.

CREATE TABLE migration_run (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  plan TEXT NOT NULL,
  -- the plan's text as it was when the run was asked for: a file changed since changes no run
  yaml TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('QUEUED', 'RUNNING', 'PAUSING', 'PAUSED', 'CANCELLING', 'CANCELLED', 'FAILED',
                     'INVALID', 'VALIDATED')),
  started_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  -- list of steps as the contract has them, JSON
  steps TEXT NOT NULL DEFAULT '[]',
  rows_per_second REAL NOT NULL DEFAULT 0,
  eta_seconds INTEGER,
  reason TEXT,
  job_id TEXT NOT NULL DEFAULT '',
  -- how often a job was published for it
  jobs INTEGER NOT NULL DEFAULT 0
) STRICT;

-- one run of a plan at a time
CREATE UNIQUE INDEX migration_run_open ON migration_run (plan)
  WHERE state IN ('QUEUED', 'RUNNING', 'PAUSING', 'PAUSED', 'CANCELLING', 'FAILED');
