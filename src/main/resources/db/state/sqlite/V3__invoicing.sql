-- Invoice runs, their invoices, the number series and the mail outbox. Times are milliseconds since
-- 1970-01-01T00:00Z, dates ISO texts, amounts decimal texts (exact; sums are taken in the program).

CREATE TABLE invoice_run (
    id            TEXT    PRIMARY KEY,
    business_date TEXT    NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('DRAFTING', 'DRAFTED', 'RELEASING', 'RELEASED',
                                                    'DISCARDED', 'FAILED')),
    currency      TEXT    NOT NULL,
    remarks       TEXT    NOT NULL DEFAULT '[]',  -- JSON list of texts
    -- of its invoices in its currency, known when drafted
    net           TEXT    NOT NULL DEFAULT '0',
    tax           TEXT    NOT NULL DEFAULT '0',
    gross         TEXT    NOT NULL DEFAULT '0',
    started_by    TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    released_by   TEXT,
    released_at   INTEGER,
    reason        TEXT
);

-- one run per business date, unless the earlier one was discarded
CREATE UNIQUE INDEX invoice_run_of_date ON invoice_run (business_date) WHERE state <> 'DISCARDED';

CREATE TABLE invoice (
    id          TEXT    PRIMARY KEY,
    run_id      TEXT    NOT NULL REFERENCES invoice_run (id),
    position    INTEGER NOT NULL,
    number      TEXT    UNIQUE,                 -- NULL before release
    vendor_key  TEXT    NOT NULL,
    vendor_name TEXT    NOT NULL,
    currency    TEXT    NOT NULL,
    lines       INTEGER NOT NULL,
    net         TEXT    NOT NULL,
    tax         TEXT    NOT NULL,
    gross       TEXT    NOT NULL,
    email       TEXT,                           -- of the latest version of its mail
    issued_on   TEXT    NOT NULL,
    due_on      TEXT    NOT NULL,
    pdf_sha256  TEXT,                           -- of the file in the archive
    pdf_bytes   INTEGER,
    pdf_draft   INTEGER NOT NULL DEFAULT 1 CHECK (pdf_draft IN (0, 1)),
    mail_state  TEXT    NOT NULL CHECK (mail_state IN ('NONE', 'NOT_SENDABLE', 'QUEUED', 'SENT',
                                                       'UNKNOWN', 'FAILED')),
    mail_reason TEXT,
    sent_at     INTEGER,
    document    TEXT    NOT NULL,               -- JSON, fixed when drafted; last, as it is long
    UNIQUE (run_id, position),
    UNIQUE (run_id, vendor_key, currency),
    CHECK (number IS NOT NULL OR pdf_draft = 1)
);

-- the figures of a run without reading its documents
CREATE INDEX invoice_figures ON invoice (run_id, mail_state, pdf_draft, pdf_bytes);

-- An archived invoice is never changed: number, document and the final PDF's hash are for ever.
CREATE TRIGGER invoice_archived_is_fixed BEFORE UPDATE ON invoice
WHEN OLD.pdf_draft = 0
 AND (NEW.pdf_sha256 IS NOT OLD.pdf_sha256 OR NEW.pdf_draft <> 0 OR NEW.document <> OLD.document)
BEGIN
    SELECT RAISE(ABORT, 'an archived invoice is not changed');
END;

CREATE TRIGGER invoice_number_is_fixed BEFORE UPDATE ON invoice
WHEN OLD.number IS NOT NULL AND NEW.number IS NOT OLD.number
BEGIN
    SELECT RAISE(ABORT, 'an invoice keeps its number');
END;

CREATE TRIGGER invoice_numbered_is_kept BEFORE DELETE ON invoice WHEN OLD.number IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'an invoice with a number is not deleted');
END;

-- The last number given in each series. It is raised in the transaction that gives the numbers, so
-- a number whose transaction was rolled back is given again: no gap.
CREATE TABLE invoice_series (
    name TEXT    PRIMARY KEY,
    last INTEGER NOT NULL
);

-- The outbox: one row per mail that is to be sent. What is SENDING when a worker looks at it was
-- begun by one that died: whether it arrived can't be known.
CREATE TABLE invoice_mail (
    invoice_id   TEXT    NOT NULL REFERENCES invoice (id),
    version      INTEGER NOT NULL,
    recipient    TEXT    NOT NULL,
    message_id   TEXT    NOT NULL UNIQUE,
    state        TEXT    NOT NULL CHECK (state IN ('QUEUED', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED')),
    pdf_sha256   TEXT,                          -- of the attachment
    requested_by TEXT    NOT NULL,
    requested_at INTEGER NOT NULL,
    attempted_at INTEGER,
    ended_at     INTEGER,
    reason       TEXT,
    PRIMARY KEY (invoice_id, version)
);
