-- The legacy shop, normalised and strict.
--
-- id is the number that the legacy shop gave the row. Where a value is NULL because the legacy shop
-- did not know it, the column …_gap says how the source had it: a zero date, an empty text, NULL and
-- nonsense stay apart. Amounts of a line are in its purchase's currency.
CREATE TYPE gap AS ENUM ('null', 'empty', 'sentinel', 'bad');
CREATE TYPE vendor_status AS ENUM ('active', 'inactive', 'blocked', 'unknown');
CREATE TYPE order_status AS ENUM
    ('pending', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded', 'unknown');
CREATE TYPE newsletter AS ENUM ('no', 'yes', 'yes_twice', 'unknown');
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' AND VALUE = lower(VALUE));
CREATE DOMAIN country AS text CHECK (VALUE ~ '^[A-Z]{2}$');
CREATE TYPE currency AS ENUM ('EUR', 'GBP', 'USD');

CREATE TABLE vendor (
    id            integer PRIMARY KEY CHECK (id > 0),
    name          text NOT NULL CHECK (name = btrim(name) AND name <> ''),
    email         email,
    country       country NOT NULL,
    commission    numeric(5, 2) CHECK (commission BETWEEN 0 AND 100),
    commission_gap gap,
    status        vendor_status NOT NULL,
    created_at    timestamptz,
    created_at_gap gap,
    CHECK ((commission IS NULL) = (commission_gap IS NOT NULL)),
    CHECK ((created_at IS NULL) = (created_at_gap IS NOT NULL))
);

CREATE TABLE customer (
    id               integer PRIMARY KEY CHECK (id > 0),
    name             text NOT NULL CHECK (name = btrim(name) AND name <> ''),
    email            email,
    email_gap         gap,
    phone            text CHECK (phone <> ''),
    born_on          date CHECK (born_on >= '1900-01-01'),
    born_on_gap       gap,
    newsletter       newsletter NOT NULL,
    registered_at    timestamptz,
    registered_at_gap gap,
    CHECK ((email IS NULL) = (email_gap IS NOT NULL)),
    CHECK ((born_on IS NULL) = (born_on_gap IS NOT NULL)),
    CHECK ((registered_at IS NULL) = (registered_at_gap IS NOT NULL))
);

CREATE TABLE address (
    id          integer PRIMARY KEY,
    customer_id integer NOT NULL,
    street      text NOT NULL CHECK (street <> ''),
    postcode    text NOT NULL CHECK (postcode ~ '^\d{4,6}$'),
    city        text NOT NULL CHECK (city <> ''),
    country     country NOT NULL
);

CREATE TABLE category (
    slug text PRIMARY KEY CHECK (slug ~ '^[^\s]+$'),
    name text NOT NULL CHECK (name <> '')
);

CREATE TABLE product (
    id            integer PRIMARY KEY CHECK (id > 0),
    vendor_id     integer,
    vendor_gap     gap,
    category      text,
    title         text NOT NULL CHECK (title <> ''),
    price         numeric(12, 2) CHECK (price >= 0),
    price_gap      gap,
    currency      currency NOT NULL,
    stock         integer CHECK (stock >= 0),
    stock_gap      gap,
    active        boolean NOT NULL,
    attributes    jsonb,
    attributes_gap gap,
    created_at    timestamptz,
    created_at_gap gap,
    updated_at    timestamptz,
    updated_at_gap gap,
    CHECK ((price IS NULL) = (price_gap IS NOT NULL)),
    CHECK ((stock IS NULL) = (stock_gap IS NOT NULL)),
    CHECK ((created_at IS NULL) = (created_at_gap IS NOT NULL)),
    CHECK ((updated_at IS NULL) = (updated_at_gap IS NOT NULL))
);

-- "order" is a word of SQL
CREATE TABLE purchase (
    id            integer PRIMARY KEY CHECK (id > 0),
    number        text NOT NULL CHECK (number ~ '^ORD-\d{4}-\d{7}$'),
    -- whether the number is this order's own: numbers were given out twice
    number_is_own boolean NOT NULL,
    customer_id   integer,
    customer_gap   gap,
    buyer_name    text NOT NULL CHECK (buyer_name <> ''),
    buyer_email   email,
    total         numeric(12, 2) CHECK (total >= 0),
    total_gap      gap,
    currency      currency NOT NULL,
    status        order_status NOT NULL,
    note          text CHECK (note <> ''),
    created_at    timestamptz,
    created_at_gap gap,
    paid_at       timestamptz,
    paid_at_gap    gap,
    CHECK ((customer_id IS NULL) = (customer_gap IS NOT NULL)),
    CHECK ((total IS NULL) = (total_gap IS NOT NULL)),
    CHECK ((created_at IS NULL) = (created_at_gap IS NOT NULL)),
    CHECK ((paid_at IS NULL) = (paid_at_gap IS NOT NULL))
);

CREATE TABLE purchase_line (
    id            integer PRIMARY KEY CHECK (id > 0),
    purchase_id   integer NOT NULL,
    product_id    integer,
    product_gap    gap,
    vendor_id     integer NOT NULL,
    -- whether the line bears the e-mail address that its vendor has now
    vendor_email_is_current boolean NOT NULL,
    title         text NOT NULL CHECK (title <> ''),
    quantity      integer NOT NULL CHECK (quantity > 0),
    price         numeric(12, 2) CHECK (price >= 0),
    price_gap      gap,
    total         numeric(12, 2) CHECK (total >= 0),
    total_gap      gap,
    status        order_status NOT NULL,
    ordered_at    timestamptz,
    ordered_at_gap gap,
    created_at    timestamptz,
    created_at_gap gap,
    CHECK ((product_id IS NULL) = (product_gap IS NOT NULL)),
    CHECK ((price IS NULL) = (price_gap IS NOT NULL)),
    CHECK ((total IS NULL) = (total_gap IS NOT NULL)),
    CHECK ((ordered_at IS NULL) = (ordered_at_gap IS NOT NULL)),
    CHECK ((created_at IS NULL) = (created_at_gap IS NOT NULL))
);
