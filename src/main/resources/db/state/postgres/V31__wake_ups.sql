-- whether a job has a wake-up already
CREATE INDEX wake_up_job ON wake_up (job);

-- the relay takes the higher priority first
CREATE INDEX wake_up_priority ON wake_up (priority, not_before, seq);
