-- What ../sqlite/V32 says.
CREATE INDEX job_succeeded ON job (state, ended_at, seq) WHERE state = 'SUCCEEDED';
