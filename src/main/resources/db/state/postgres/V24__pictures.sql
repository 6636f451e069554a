-- Runs over the folder of product pictures. Times are milliseconds since 1970, UTC.

CREATE TABLE picture_run (
  id TEXT COLLATE "C" PRIMARY KEY,
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  started_by TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  job_id TEXT COLLATE "C" NOT NULL DEFAULT '',
  -- counts the workers that began it: one that was left behind writes under an older number
  turn INTEGER NOT NULL DEFAULT 0,
  total BIGINT,
  made BIGINT NOT NULL DEFAULT 0,
  known BIGINT NOT NULL DEFAULT 0,
  rejected BIGINT NOT NULL DEFAULT 0,
  reason TEXT COLLATE "C"
);

CREATE INDEX picture_run_newest ON picture_run (created_at, id);

CREATE TABLE picture (
  run_id TEXT COLLATE "C" NOT NULL REFERENCES picture_run (id) ON DELETE CASCADE,
  name TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('MADE', 'KNOWN', 'REJECTED')),
  sha256 TEXT COLLATE "C",
  form TEXT COLLATE "C",
  width INTEGER,
  height INTEGER,
  bytes BIGINT NOT NULL,
  -- JSON list of texts
  files TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C",
  PRIMARY KEY (run_id, name),
  CHECK ((reason IS NOT NULL) = (state = 'REJECTED'))
);

CREATE INDEX picture_state ON picture (run_id, state, name);

-- what jobs cost on the last days
CREATE INDEX job_attempt_ended ON job_attempt (ended_at) WHERE ended_at IS NOT NULL;
