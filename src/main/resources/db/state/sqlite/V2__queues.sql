-- Jobs and their queues. Times are milliseconds since 1970, UTC.

CREATE TABLE job (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  unique_key TEXT NOT NULL UNIQUE,
  queue TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('READY', 'RUNNING', 'RETRYING', 'SUCCEEDED', 'DEAD', 'DISCARDED')),
  attempt INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL CHECK (max_attempts > 0),
  -- attempts that a person's retry grants anew
  allowance INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  run_at INTEGER NOT NULL,
  -- when a worker may take it: run_at while it waits, the lease's end while it runs, null when ended
  due_at INTEGER,
  started_at INTEGER,
  ended_at INTEGER,
  worker TEXT,
  -- counts the claims: who writes with an older number has lost the job
  lease INTEGER NOT NULL DEFAULT 0,
  -- workers in a row that died over it without getting any further
  losses INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  fingerprint TEXT,
  CHECK ((due_at IS NULL) = (state IN ('SUCCEEDED', 'DEAD', 'DISCARDED')))
) STRICT;

CREATE INDEX job_due ON job (queue, due_at, seq) WHERE due_at IS NOT NULL;
CREATE INDEX job_state ON job (state, seq);
CREATE INDEX job_queue ON job (queue, seq);
CREATE INDEX job_fingerprint ON job (fingerprint, seq) WHERE fingerprint IS NOT NULL;

-- Keys of jobs that are no longer kept: "at most one job per key" outlives the job.
CREATE TABLE job_key (
  unique_key TEXT PRIMARY KEY,
  id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE job_line (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  job INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('INFO', 'WARNING', 'ERROR')),
  message TEXT NOT NULL
) STRICT;

CREATE INDEX job_line_job ON job_line (job, seq);

CREATE TABLE worker (
  name TEXT PRIMARY KEY,
  threads INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Counts that would cost a scan of a million jobs, kept by triggers so that no statement can forget.
CREATE TABLE queue_count (
  queue TEXT NOT NULL,
  state TEXT NOT NULL,
  jobs INTEGER NOT NULL,
  PRIMARY KEY (queue, state)
) STRICT, WITHOUT ROWID;

-- What happened per ten seconds; slot is milliseconds / 10,000.
CREATE TABLE queue_rate (
  queue TEXT NOT NULL,
  slot INTEGER NOT NULL,
  enqueued INTEGER NOT NULL DEFAULT 0,
  succeeded INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (queue, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE failure_group (
  fingerprint TEXT PRIMARY KEY,
  queue TEXT NOT NULL,
  type TEXT NOT NULL,
  message TEXT NOT NULL,
  jobs INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX failure_group_last ON failure_group (last_at);

CREATE TRIGGER job_published AFTER INSERT ON job BEGIN
  INSERT INTO queue_count (queue, state, jobs) VALUES (NEW.queue, NEW.state, 1)
    ON CONFLICT (queue, state) DO UPDATE SET jobs = jobs + 1;
  INSERT INTO queue_rate (queue, slot, enqueued) VALUES (NEW.queue, NEW.created_at / 10000, 1)
    ON CONFLICT (queue, slot) DO UPDATE SET enqueued = enqueued + 1;
END;

CREATE TRIGGER job_moved AFTER UPDATE OF state ON job WHEN OLD.state <> NEW.state BEGIN
  UPDATE queue_count SET jobs = jobs - 1 WHERE queue = OLD.queue AND state = OLD.state;
  INSERT INTO queue_count (queue, state, jobs) VALUES (NEW.queue, NEW.state, 1)
    ON CONFLICT (queue, state) DO UPDATE SET jobs = jobs + 1;
END;

CREATE TRIGGER job_gone AFTER DELETE ON job BEGIN
  UPDATE queue_count SET jobs = jobs - 1 WHERE queue = OLD.queue AND state = OLD.state;
END;

CREATE TRIGGER job_succeeded AFTER UPDATE OF state ON job
WHEN OLD.state = 'RUNNING' AND NEW.state = 'SUCCEEDED' BEGIN
  INSERT INTO queue_rate (queue, slot, succeeded) VALUES (NEW.queue, NEW.changed_at / 10000, 1)
    ON CONFLICT (queue, slot) DO UPDATE SET succeeded = succeeded + 1;
END;

CREATE TRIGGER job_failed AFTER UPDATE OF state ON job
WHEN OLD.state = 'RUNNING' AND NEW.state IN ('RETRYING', 'DEAD') BEGIN
  INSERT INTO queue_rate (queue, slot, failed) VALUES (NEW.queue, NEW.changed_at / 10000, 1)
    ON CONFLICT (queue, slot) DO UPDATE SET failed = failed + 1;
END;

CREATE TRIGGER job_died AFTER UPDATE OF state ON job
WHEN OLD.state <> 'DEAD' AND NEW.state = 'DEAD' BEGIN
  INSERT INTO failure_group (fingerprint, queue, type, message, jobs, first_at, last_at)
    VALUES (NEW.fingerprint, NEW.queue, NEW.type, NEW.error, 1, NEW.changed_at, NEW.changed_at)
    ON CONFLICT (fingerprint) DO UPDATE
      SET jobs = jobs + 1, message = excluded.message, last_at = excluded.last_at;
END;

CREATE TRIGGER job_raised AFTER UPDATE OF state ON job
WHEN OLD.state = 'DEAD' AND NEW.state <> 'DEAD' BEGIN
  UPDATE failure_group SET jobs = jobs - 1 WHERE fingerprint = OLD.fingerprint;
  DELETE FROM failure_group WHERE fingerprint = OLD.fingerprint AND jobs = 0;
END;
