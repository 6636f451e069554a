-- Schedules, what they were before, and one run for each business date. Times are milliseconds
-- since 1970, UTC; dates are ISO texts.

CREATE TABLE schedule (
    name          TEXT COLLATE "C" PRIMARY KEY,
    version       BIGINT  NOT NULL,
    spec          TEXT COLLATE "C" NOT NULL,
    removed       INTEGER NOT NULL CHECK (removed IN (0, 1)),
    -- what came due until then is dealt with
    seen_until    BIGINT  NOT NULL,
    paused_by     TEXT COLLATE "C",
    paused_at     BIGINT,
    paused_until  BIGINT,
    paused_reason TEXT COLLATE "C",
    changed_by    TEXT COLLATE "C" NOT NULL,
    changed_at    BIGINT  NOT NULL,
    CHECK ((paused_by IS NULL) = (paused_at IS NULL)),
    CHECK ((paused_by IS NULL) = (paused_reason IS NULL))
);

CREATE TABLE schedule_version (
    schedule   TEXT COLLATE "C" NOT NULL REFERENCES schedule (name),
    version    BIGINT  NOT NULL,
    spec       TEXT COLLATE "C" NOT NULL,
    removed    INTEGER NOT NULL CHECK (removed IN (0, 1)),
    change     TEXT COLLATE "C" NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at BIGINT  NOT NULL,
    reason     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (schedule, version)
);

-- The primary key is the promise: whichever backend inserts the row starts the run, no other does.
CREATE TABLE schedule_run (
    schedule      TEXT COLLATE "C" NOT NULL REFERENCES schedule (name),
    business_date TEXT COLLATE "C" NOT NULL,
    due_at        BIGINT,
    state         TEXT COLLATE "C" NOT NULL
        CHECK (state IN ('WAITING', 'STARTED', 'DONE', 'FAILED', 'SKIPPED', 'MISSED')),
    cause         TEXT COLLATE "C" NOT NULL CHECK (cause IN ('SCHEDULED', 'CATCH_UP', 'MANUAL')),
    started_at    BIGINT,
    ended_at      BIGINT,
    job           TEXT COLLATE "C",
    account       TEXT COLLATE "C",
    reason        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (schedule, business_date)
);

CREATE INDEX schedule_run_open ON schedule_run (state, schedule)
    WHERE state IN ('WAITING', 'STARTED', 'FAILED');
CREATE INDEX schedule_run_date ON schedule_run (business_date);
