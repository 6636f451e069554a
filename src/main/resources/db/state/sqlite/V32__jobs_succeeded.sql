-- Jobs that succeeded are forgotten, those that ended first before the others: only they are read for
-- it. `state` leads, as with the failed ones: SQLite prefers an index with an equality.
CREATE INDEX job_succeeded ON job (state, ended_at, seq) WHERE state = 'SUCCEEDED';
