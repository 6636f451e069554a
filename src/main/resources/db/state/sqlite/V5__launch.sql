-- What people want of the traffic: one row. Times are milliseconds since 1970, UTC.
CREATE TABLE launch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  intended INTEGER NOT NULL CHECK (intended BETWEEN 0 AND 100),
  held INTEGER NOT NULL CHECK (held IN (0, 1)),
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
