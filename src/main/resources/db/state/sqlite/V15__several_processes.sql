-- Which server a command runs in: another one that starts must not take it for lost.
ALTER TABLE command ADD COLUMN owner TEXT NOT NULL DEFAULT '';

-- Whether a broker carries the ids of jobs, and how it stands, as was last heard. One row. Times are
-- milliseconds since 1970, UTC.
CREATE TABLE broker (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  used INTEGER NOT NULL CHECK (used IN (0, 1)),
  -- where it is, without user and password
  url TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('UNUSED', 'UP', 'AWAY')),
  since INTEGER NOT NULL,
  -- why it is away
  reason TEXT,
  -- who tells
  told_by TEXT NOT NULL
) STRICT;

INSERT INTO broker (id, used, url, state, since, told_by) VALUES (1, 0, '', 'UNUSED', 0, '');

-- The outbox: a job that comes due is written here in the same transaction, handed to the broker when
-- its time has come, and removed when the broker has confirmed that it keeps it.
CREATE TABLE wake_up (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  job TEXT NOT NULL,
  priority INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  -- until then a relay has it in hand
  taken_until INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX wake_up_due ON wake_up (not_before, seq);

CREATE TRIGGER job_wakes_published AFTER INSERT ON job
WHEN NEW.state IN ('READY', 'RETRYING') AND (SELECT used FROM broker) = 1 BEGIN
  INSERT INTO wake_up (job, priority, not_before) VALUES (NEW.id, NEW.priority, NEW.due_at);
END;

CREATE TRIGGER job_wakes_again AFTER UPDATE OF state, due_at, priority ON job
WHEN NEW.state IN ('READY', 'RETRYING') AND (SELECT used FROM broker) = 1
  AND (OLD.state <> NEW.state OR OLD.due_at <> NEW.due_at OR OLD.priority <> NEW.priority) BEGIN
  INSERT INTO wake_up (job, priority, not_before) VALUES (NEW.id, NEW.priority, NEW.due_at);
END;
