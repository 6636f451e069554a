-- Priorities, attempts, cancelling, limits per type, and what is held; see the same version of SQLite.

ALTER TABLE job
    ADD COLUMN priority    INTEGER NOT NULL DEFAULT 2 CHECK (priority IN (1, 2, 3)),
    ADD COLUMN alive_key   TEXT COLLATE "C",
    ADD COLUMN stop_by     TEXT COLLATE "C",
    ADD COLUMN stop_reason TEXT COLLATE "C",
    ADD COLUMN stop_at     BIGINT;

CREATE UNIQUE INDEX job_alive_key ON job (alive_key)
    WHERE alive_key IS NOT NULL AND due_at IS NOT NULL;

DROP INDEX job_due;
CREATE INDEX job_due ON job (queue, type, priority, due_at, seq) WHERE due_at IS NOT NULL;
CREATE INDEX job_running ON job (type, due_at) WHERE state = 'RUNNING';
CREATE INDEX job_stopping ON job (due_at) WHERE state = 'RUNNING' AND stop_by IS NOT NULL;

CREATE TABLE job_lane (
    queue    TEXT COLLATE "C" NOT NULL,
    type     TEXT COLLATE "C" NOT NULL,
    priority INTEGER NOT NULL,
    PRIMARY KEY (queue, type, priority)
);

INSERT INTO job_lane (queue, type, priority) SELECT DISTINCT queue, type, 2 FROM job;

CREATE FUNCTION job_lane_begun() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO job_lane (queue, type, priority)
    SELECT DISTINCT queue, type, priority FROM after ORDER BY queue, type, priority
    ON CONFLICT (queue, type, priority) DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION job_lane_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO job_lane (queue, type, priority) VALUES (NEW.queue, NEW.type, NEW.priority)
    ON CONFLICT (queue, type, priority) DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER job_lane_begun AFTER INSERT ON job REFERENCING NEW TABLE AS after
FOR EACH STATEMENT EXECUTE FUNCTION job_lane_begun();

CREATE TRIGGER job_lane_changed AFTER UPDATE ON job FOR EACH ROW
WHEN (OLD.queue <> NEW.queue OR OLD.type <> NEW.type OR OLD.priority <> NEW.priority)
EXECUTE FUNCTION job_lane_changed();

CREATE TABLE job_limit (
    type   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    most   INTEGER NOT NULL CHECK (most > 0),
    set_by TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    set_at BIGINT NOT NULL,
    takes  BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE job_attempt (
    job         BIGINT NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
    number      BIGINT NOT NULL,
    attempt     INTEGER NOT NULL,
    worker      TEXT COLLATE "C" NOT NULL,
    started_at  BIGINT NOT NULL,
    ended_at    BIGINT,
    ending      TEXT COLLATE "C"
        CHECK (ending IN ('SUCCEEDED', 'FAILED', 'LOST', 'HANDED_BACK', 'WAITS', 'CANCELLED')),
    error       TEXT COLLATE "C",
    fingerprint TEXT COLLATE "C",
    cpu_millis  BIGINT,
    PRIMARY KEY (job, number),
    CHECK ((ended_at IS NULL) = (ending IS NULL))
) WITH (fillfactor = 80);

CREATE TABLE hold (
    kind    TEXT COLLATE "C" NOT NULL CHECK (kind IN ('QUEUE', 'TYPE', 'SCHEDULE')),
    name    TEXT COLLATE "C" NOT NULL,
    reason  TEXT COLLATE "C" NOT NULL,
    held_by TEXT COLLATE "C" NOT NULL,
    since   BIGINT NOT NULL,
    until   BIGINT,
    PRIMARY KEY (kind, name)
);
