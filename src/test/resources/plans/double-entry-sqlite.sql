CREATE TABLE account (code TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL,
    currency TEXT NOT NULL, parent TEXT) STRICT;
CREATE TABLE entry (id INTEGER PRIMARY KEY, batch TEXT NOT NULL, number INTEGER NOT NULL,
    booked_on TEXT NOT NULL, memo TEXT, UNIQUE (batch, number)) STRICT;
CREATE TABLE posting (entry_id INTEGER NOT NULL REFERENCES entry (id), line INTEGER NOT NULL,
    account TEXT NOT NULL REFERENCES account (code), side TEXT NOT NULL, amount TEXT NOT NULL,
    currency TEXT NOT NULL, PRIMARY KEY (entry_id, line)) STRICT;
CREATE TABLE exchange_rate (base TEXT NOT NULL, quote TEXT NOT NULL, valid_on TEXT NOT NULL,
    rate TEXT NOT NULL, PRIMARY KEY (base, quote, valid_on)) STRICT;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE invoice (id TEXT PRIMARY KEY, amount TEXT NOT NULL, currency TEXT NOT NULL) STRICT;
