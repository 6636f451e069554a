-- Data exports. Times are milliseconds since 1970, UTC.

CREATE TABLE data_export (
  id TEXT COLLATE "C" PRIMARY KEY,
  what TEXT COLLATE "C" NOT NULL CHECK (what IN ('ORDERS', 'INVOICES', 'QUARANTINE')),
  format TEXT COLLATE "C" NOT NULL CHECK (format IN ('CSV', 'JSON_LINES', 'PARQUET')),
  -- which rows, as the contract has it, JSON
  filter TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL
    CHECK (state IN ('QUEUED', 'RUNNING', 'READY', 'FAILED', 'CANCELLED', 'EXPIRED')),
  started_by TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  job_id TEXT COLLATE "C" NOT NULL DEFAULT '',
  -- counts the workers that began it: one that was left behind writes under an older number
  turn INTEGER NOT NULL DEFAULT 0,
  rows_done BIGINT NOT NULL DEFAULT 0,
  rows_total BIGINT,
  eta_seconds BIGINT,
  as_of BIGINT,
  bytes BIGINT,
  sha256 TEXT COLLATE "C",
  expires_at BIGINT,
  -- the file's name in the folder of exports; only this makes a file an export's
  file TEXT COLLATE "C",
  file_name TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C",
  CHECK (state <> 'READY' OR (file IS NOT NULL AND sha256 IS NOT NULL AND bytes IS NOT NULL
    AND as_of IS NOT NULL AND expires_at IS NOT NULL))
);

CREATE INDEX data_export_newest ON data_export (created_at, id);
CREATE INDEX data_export_expiry ON data_export (expires_at) WHERE file IS NOT NULL;
