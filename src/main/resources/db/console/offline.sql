-- What the console keeps. All of it can be fetched again: another version of this file begins anew.

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Things by kind, as JSON of the contract. Times are milliseconds of this machine's clock.
CREATE TABLE document (
    kind   TEXT    NOT NULL,
    id     TEXT    NOT NULL,
    parent TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    json   TEXT    NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX document_parent ON document (kind, parent);
CREATE INDEX document_at ON document (at);

-- Pages of long lists, keyed by what they were searched by.
CREATE TABLE listing (
    key   TEXT    NOT NULL PRIMARY KEY,
    at    INTEGER NOT NULL,
    next  TEXT,
    total INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE listing_item (
    key      TEXT    NOT NULL REFERENCES listing (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    PRIMARY KEY (key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE interval (
    route       TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    pool        TEXT    NOT NULL,
    millis      INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    p50         REAL    NOT NULL,
    p95         REAL    NOT NULL,
    p99         REAL    NOT NULL,
    max         REAL    NOT NULL,
    errors      INTEGER NOT NULL,
    orders      INTEGER NOT NULL,
    order_value TEXT    NOT NULL,
    currency    TEXT    NOT NULL,
    PRIMARY KEY (route, at, pool)
) STRICT, WITHOUT ROWID;
CREATE INDEX interval_at ON interval (at);

CREATE TABLE pdf (
    sha256  TEXT    NOT NULL PRIMARY KEY,
    used_at INTEGER NOT NULL,
    bytes   BLOB    NOT NULL
) STRICT;
CREATE INDEX pdf_used_at ON pdf (used_at);
