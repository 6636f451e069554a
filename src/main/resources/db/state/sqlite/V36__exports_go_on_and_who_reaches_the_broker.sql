-- What is safe of an export that is being written: the next worker goes on from there.

-- the moment that its last rows show, where a worker went on with another one's file
ALTER TABLE data_export ADD COLUMN last_as_of INTEGER;

-- the draft in the folder of exports, and how much of it counts
ALTER TABLE data_export ADD COLUMN piece_file TEXT;
ALTER TABLE data_export ADD COLUMN piece_bytes INTEGER;
ALTER TABLE data_export ADD COLUMN piece_sha256 TEXT;
ALTER TABLE data_export ADD COLUMN piece_rows INTEGER;
-- tells whether the last of its rows still stands where it stood; nothing of the row can be read from it
ALTER TABLE data_export ADD COLUMN piece_last TEXT;

-- While one process says that the broker is away: another one that reaches it, and when it said so last.
ALTER TABLE broker ADD COLUMN reached_by TEXT;
ALTER TABLE broker ADD COLUMN reached_at INTEGER NOT NULL DEFAULT 0;
