-- What ../sqlite/V43 says.
ALTER TABLE broker ADD COLUMN without_works INTEGER NOT NULL DEFAULT 0 CHECK (without_works IN (0, 1));
