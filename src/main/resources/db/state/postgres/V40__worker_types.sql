-- What a worker can run; see the same version of SQLite.
CREATE TABLE worker_type (
  worker TEXT COLLATE "C" NOT NULL REFERENCES worker (name) ON DELETE CASCADE,
  type TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (worker, type)
);
