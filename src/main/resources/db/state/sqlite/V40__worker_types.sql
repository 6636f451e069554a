-- What a worker can run: one that makes pictures is no help to mail that waits.
CREATE TABLE worker_type (
  worker TEXT NOT NULL REFERENCES worker (name) ON DELETE CASCADE,
  type TEXT NOT NULL,
  PRIMARY KEY (worker, type)
) STRICT, WITHOUT ROWID;
