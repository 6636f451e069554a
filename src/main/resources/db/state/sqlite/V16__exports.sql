-- Data exports. Times are milliseconds since 1970, UTC.

CREATE TABLE data_export (
  id TEXT PRIMARY KEY,
  what TEXT NOT NULL CHECK (what IN ('ORDERS', 'INVOICES', 'QUARANTINE')),
  format TEXT NOT NULL CHECK (format IN ('CSV', 'JSON_LINES', 'PARQUET')),
  -- which rows, as the contract has it, JSON
  filter TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('QUEUED', 'RUNNING', 'READY', 'FAILED', 'CANCELLED', 'EXPIRED')),
  started_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  job_id TEXT NOT NULL DEFAULT '',
  -- counts the workers that began it: one that was left behind writes under an older number
  turn INTEGER NOT NULL DEFAULT 0,
  rows_done INTEGER NOT NULL DEFAULT 0,
  rows_total INTEGER,
  eta_seconds INTEGER,
  as_of INTEGER,
  bytes INTEGER,
  sha256 TEXT,
  expires_at INTEGER,
  -- the file's name in the folder of exports; only this makes a file an export's
  file TEXT,
  file_name TEXT NOT NULL,
  reason TEXT,
  CHECK (state <> 'READY' OR (file IS NOT NULL AND sha256 IS NOT NULL AND bytes IS NOT NULL
    AND as_of IS NOT NULL AND expires_at IS NOT NULL))
) STRICT;

CREATE INDEX data_export_newest ON data_export (created_at, id);
CREATE INDEX data_export_expiry ON data_export (expires_at) WHERE file IS NOT NULL;
