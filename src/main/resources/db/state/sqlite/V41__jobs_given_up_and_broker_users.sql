-- Jobs that were given up are forgotten like those that succeeded. Their keys stay: the work is not done by
-- itself because no one remembers; who wants it again all the same gets it.
ALTER TABLE job_key ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1));
CREATE INDEX job_discarded ON job (state, ended_at, seq) WHERE state = 'DISCARDED';

-- When a process that uses the broker said so last, and which backend does without it meanwhile.
ALTER TABLE broker ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE broker ADD COLUMN without_by TEXT;
ALTER TABLE broker ADD COLUMN without_at INTEGER NOT NULL DEFAULT 0;
