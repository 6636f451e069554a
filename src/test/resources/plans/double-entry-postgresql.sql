CREATE DOMAIN currency_code AS text CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE TYPE account_kind AS ENUM ('asset', 'liability', 'income', 'expense');
CREATE TYPE side AS ENUM ('debit', 'credit');
CREATE TABLE account (
    code     text PRIMARY KEY,
    title    text NOT NULL,
    kind     account_kind NOT NULL,
    currency currency_code NOT NULL,
    parent   text CHECK (parent <> code)
);
CREATE TABLE entry (
    id        integer PRIMARY KEY,
    batch     text NOT NULL,
    number    integer NOT NULL,
    booked_on date NOT NULL,
    memo      text,
    UNIQUE (batch, number)
);
CREATE TABLE posting (
    entry_id integer NOT NULL,
    line     integer NOT NULL,
    account  text NOT NULL,
    side     side NOT NULL,
    amount   numeric(18, 4) NOT NULL,
    currency currency_code NOT NULL,
    PRIMARY KEY (entry_id, line)
);
CREATE TABLE exchange_rate (
    base     currency_code NOT NULL,
    quote    currency_code NOT NULL,
    valid_on date NOT NULL,
    rate     numeric(20, 8) NOT NULL CHECK (rate > 0),
    PRIMARY KEY (base, quote, valid_on)
);
CREATE TABLE setting (name text PRIMARY KEY, value jsonb NOT NULL);
CREATE TABLE invoice (
    id       text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
    amount   numeric(18, 3) NOT NULL,
    currency currency_code NOT NULL
);
