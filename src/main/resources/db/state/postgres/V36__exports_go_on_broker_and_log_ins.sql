-- What is safe of an export that is being written: the next worker goes on from there.

-- the moment that its last rows show, where a worker went on with another one's file
ALTER TABLE data_export ADD COLUMN last_as_of BIGINT;

-- the draft in the folder of exports, and how much of it counts
ALTER TABLE data_export ADD COLUMN piece_file TEXT COLLATE "C";
ALTER TABLE data_export ADD COLUMN piece_bytes BIGINT;
ALTER TABLE data_export ADD COLUMN piece_sha256 TEXT COLLATE "C";
ALTER TABLE data_export ADD COLUMN piece_rows BIGINT;
-- tells whether the last of its rows still stands where it stood; nothing of the row can be read from it
ALTER TABLE data_export ADD COLUMN piece_last TEXT COLLATE "C";

-- While one process says that the broker is away: another one that reaches it, and when it said so last.
ALTER TABLE broker ADD COLUMN reached_by TEXT COLLATE "C";
ALTER TABLE broker ADD COLUMN reached_at BIGINT NOT NULL DEFAULT 0;

-- How often passwords are guessed, by all servers together. An id is a SHA-256 of user, address or both.
CREATE TABLE login_count (
  id TEXT COLLATE "C" PRIMARY KEY,
  -- minutes since 1970
  minute BIGINT NOT NULL,
  attempts INTEGER NOT NULL
);

-- guesses at a user from strange addresses, in a row without success
CREATE TABLE login_guess (
  id TEXT COLLATE "C" PRIMARY KEY,
  made INTEGER NOT NULL,
  -- when another one is looked at
  next_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL
);

-- from where a user has logged in
CREATE TABLE login_known (
  id TEXT COLLATE "C" PRIMARY KEY,
  at BIGINT NOT NULL
);
