-- The shop, normalised: texts by language in tables of their own, money exact, dates or NULL.
-- Where a date is NULL, …_gap says how the source had it: 'sentinel' is 0001-01-01.
CREATE TYPE gap AS ENUM ('null', 'empty', 'sentinel', 'bad');
CREATE DOMAIN currency_code AS text CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE DOMAIN amount AS numeric(15, 4) CHECK (VALUE >= 0);

CREATE TABLE language (
    id   integer PRIMARY KEY,
    code text NOT NULL CHECK (code ~ '^[a-z]{2}$'),
    name text NOT NULL
);
CREATE TABLE currency (
    code     currency_code PRIMARY KEY,
    title    text NOT NULL,
    decimals smallint NOT NULL,
    rate     numeric(14, 6) NOT NULL CHECK (rate > 0)
);
CREATE TABLE manufacturer (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE category (
    id           integer PRIMARY KEY,
    parent_id    integer CHECK (parent_id <> id),
    position     integer,
    visible      boolean NOT NULL,
    added_at     timestamptz,
    added_at_gap gap
);
CREATE TABLE category_text (
    category_id integer NOT NULL,
    language_id integer NOT NULL,
    name        text NOT NULL,
    description text,
    PRIMARY KEY (category_id, language_id)
);
CREATE TABLE product (
    id               integer PRIMARY KEY,
    model            text,
    kind             text NOT NULL,
    manufacturer_id  integer,
    category_id      integer NOT NULL,
    price            amount NOT NULL,
    currency         currency_code NOT NULL,
    stock            numeric(12, 3) NOT NULL,
    weight           numeric(12, 3) NOT NULL,
    visible          boolean NOT NULL,
    free             boolean NOT NULL,
    price_on_call    boolean NOT NULL,
    added_at         timestamptz,
    added_at_gap     gap,
    changed_at       timestamptz,
    changed_at_gap   gap,
    available_at     timestamptz,
    available_at_gap gap
);
CREATE TABLE product_text (
    product_id  integer NOT NULL,
    language_id integer NOT NULL,
    name        text NOT NULL,
    description text,
    PRIMARY KEY (product_id, language_id)
);
CREATE TABLE product_category (
    product_id  integer NOT NULL,
    category_id integer NOT NULL,
    PRIMARY KEY (product_id, category_id)
);
CREATE TABLE option (id integer PRIMARY KEY, kind text NOT NULL);
CREATE TABLE option_text (
    option_id   integer NOT NULL,
    language_id integer NOT NULL,
    name        text NOT NULL,
    PRIMARY KEY (option_id, language_id)
);
CREATE TABLE option_value (id integer PRIMARY KEY, position integer NOT NULL);
CREATE TABLE option_value_text (
    option_value_id integer NOT NULL,
    language_id     integer NOT NULL,
    name            text NOT NULL,
    PRIMARY KEY (option_value_id, language_id)
);
CREATE TABLE attribute (
    id              integer PRIMARY KEY,
    product_id      integer NOT NULL,
    option_id       integer NOT NULL,
    option_value_id integer NOT NULL,
    effect          text NOT NULL CHECK (effect IN ('adds', 'takes_off')),
    price           amount NOT NULL,
    currency        currency_code NOT NULL,
    weight          numeric(12, 3) NOT NULL
);
CREATE TABLE special (
    id                    integer PRIMARY KEY,
    product_id            integer NOT NULL,
    price                 amount NOT NULL,
    currency              currency_code NOT NULL,
    active                boolean NOT NULL,
    available_on          date,
    available_on_gap      gap,
    expires_on            date,
    expires_on_gap        gap,
    changed_at            timestamptz,
    changed_at_gap        gap,
    status_changed_at     timestamptz,
    status_changed_at_gap gap
);
CREATE TABLE featured (
    kind             text NOT NULL,
    id               integer NOT NULL,
    product_id       integer,
    category_id      integer,
    active           boolean NOT NULL,
    available_on     date,
    available_on_gap gap,
    expires_on       date,
    expires_on_gap   gap,
    PRIMARY KEY (kind, id),
    CHECK ((product_id IS NULL) <> (category_id IS NULL))
);
CREATE TABLE sale (
    id             integer PRIMARY KEY,
    name           text NOT NULL,
    active         boolean NOT NULL,
    deduction      numeric(15, 4) NOT NULL,
    deduction_kind text NOT NULL,
    starts_on      date,
    starts_on_gap  gap,
    ends_on        date,
    ends_on_gap    gap
);
CREATE TABLE sale_category (
    sale_id     integer NOT NULL,
    category_id integer NOT NULL,
    PRIMARY KEY (sale_id, category_id)
);
CREATE TABLE customer (
    id         integer PRIMARY KEY,
    name       text NOT NULL,
    email      text NOT NULL,
    born_on    date,
    newsletter boolean NOT NULL
);
CREATE TABLE customer_visit (
    customer_id       integer PRIMARY KEY,
    visits            integer NOT NULL CHECK (visits >= 0),
    registered_at     timestamptz,
    last_visit_at     timestamptz,
    last_visit_at_gap gap,
    changed_at        timestamptz,
    changed_at_gap    gap
);
CREATE TABLE review (
    id             integer PRIMARY KEY,
    product_id     integer NOT NULL,
    customer_id    integer,
    rating         smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    written_at     timestamptz,
    changed_at     timestamptz,
    changed_at_gap gap
);
CREATE TABLE clip (
    id             integer PRIMARY KEY,
    file           text NOT NULL,
    added_at       timestamptz,
    changed_at     timestamptz,
    changed_at_gap gap
);
CREATE TABLE setting (
    name         text PRIMARY KEY,
    value        text,
    title        text,
    added_at     timestamptz,
    added_at_gap gap
);
CREATE TABLE staff (
    id                      integer PRIMARY KEY,
    name                    text NOT NULL,
    password_changed_at     timestamptz,
    password_changed_at_gap gap,
    last_seen_at            timestamptz,
    last_seen_at_gap        gap,
    last_failed_at          timestamptz,
    last_failed_at_gap      gap
);
