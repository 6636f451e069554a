-- When the process that says how the broker stands said so last: that it is away holds as long as
-- that process says it again. And the types of job that do not come by it, a comma between two.
ALTER TABLE broker ADD COLUMN told_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE broker ADD COLUMN beside TEXT NOT NULL DEFAULT '';
