-- The core of the state database: the event log, users and their sessions, commands, the audit log.
-- Times are milliseconds since 1970-01-01T00:00Z.

-- One row. The epoch changes when the log is begun anew; events up to pruned_through are gone.
CREATE TABLE event_log (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    epoch          TEXT    NOT NULL,
    pruned_through INTEGER NOT NULL
);

INSERT INTO event_log (id, epoch, pruned_through) VALUES (1, lower(hex(randomblob(8))), 0);

-- AUTOINCREMENT: a number is never given twice, even when the newest rows have been pruned.
CREATE TABLE event (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT    NOT NULL,
    id   TEXT    NOT NULL,
    at   INTEGER NOT NULL,
    json TEXT             -- the thing as it then stood; NULL when it was gone
);

CREATE TABLE account (
    name          TEXT    PRIMARY KEY,
    role          TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    disabled      INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1))
);

CREATE TABLE session (
    token_hash TEXT    PRIMARY KEY,  -- SHA-256 of the bearer token
    account    TEXT    NOT NULL REFERENCES account (name),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);

CREATE INDEX session_expiry ON session (expires_at);

-- What became of each write: the answer is replayed when the same request comes again.
CREATE TABLE command (
    account     TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    action      TEXT    NOT NULL,   -- method and route template
    fingerprint TEXT    NOT NULL,   -- SHA-256 over method, path, query and body
    state       TEXT    NOT NULL CHECK (state IN ('RUNNING', 'DONE', 'REFUSED', 'UNKNOWN')),
    at          INTEGER NOT NULL,
    status      INTEGER,
    type        TEXT,               -- the answer's Content-Type
    answer      BLOB,
    PRIMARY KEY (account, key)
);

CREATE INDEX command_age ON command (at);

CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    account TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    reason  TEXT    NOT NULL,
    status  INTEGER NOT NULL,
    hash    TEXT    NOT NULL        -- SHA-256 over this entry and the hash before it
);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
