-- What the edge measured. Times are milliseconds since 1970, UTC; histograms are HdrHistogram's
-- compressed encoding, in microseconds.

-- One row per interval, pool and route, as the edge gave it.
CREATE TABLE interval (
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  pool TEXT NOT NULL CHECK (pool IN ('LEGACY', 'NEW')),
  route TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  millis INTEGER NOT NULL CHECK (millis > 0),
  histogram BLOB NOT NULL,
  errors INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  order_value TEXT NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (epoch, seq, pool, route)
) STRICT, WITHOUT ROWID;

CREATE INDEX interval_from ON interval (from_ms, pool, route);

-- Intervals merged into whole buckets of `every` milliseconds, so that a day's chart reads a
-- thousand histograms and not a hundred thousand. The route '*' is all routes of the pool.
CREATE TABLE bucket (
  every INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  pool TEXT NOT NULL,
  route TEXT NOT NULL,
  -- how much of the bucket was measured
  millis INTEGER NOT NULL,
  histogram BLOB NOT NULL,
  errors INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  order_value TEXT NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (every, from_ms, pool, route)
) STRICT, WITHOUT ROWID;
