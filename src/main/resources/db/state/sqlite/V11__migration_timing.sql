-- When a run reads and how fast, as the contract has it, JSON: window, throttle, what a person changed
-- since, and why it waits.
ALTER TABLE migration_run ADD COLUMN timing TEXT NOT NULL DEFAULT '{}';
