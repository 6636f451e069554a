-- Whether the process that does without the broker is a worker, which turns nothing off.
ALTER TABLE broker ADD COLUMN without_works INTEGER NOT NULL DEFAULT 0 CHECK (without_works IN (0, 1));
