-- What ../sqlite/V41 says.
ALTER TABLE job_key ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1));
CREATE INDEX job_discarded ON job (state, ended_at, seq) WHERE state = 'DISCARDED';

ALTER TABLE broker ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE broker ADD COLUMN without_by TEXT COLLATE "C";
ALTER TABLE broker ADD COLUMN without_at BIGINT NOT NULL DEFAULT 0;
