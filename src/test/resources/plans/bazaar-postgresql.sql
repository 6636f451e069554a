CREATE DOMAIN currency_code AS text CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE TABLE seller (
    handle          text PRIMARY KEY CHECK (handle = lower(handle)),
    name            text NOT NULL,
    email           text,
    email_gap       text,
    payout_currency currency_code NOT NULL,
    CHECK ((email IS NULL) = (email_gap IS NOT NULL))
);
CREATE TABLE product (
    sku         text PRIMARY KEY,
    family      text NOT NULL,
    seller      text NOT NULL,
    price       numeric(12, 2) CHECK (price >= 0),
    price_gap   text,
    currency    currency_code NOT NULL,
    weight_g    integer CHECK (weight_g > 0),
    released_on date,
    active      boolean NOT NULL,
    tags        jsonb,
    tags_gap    text,
    CHECK ((price IS NULL) = (price_gap IS NOT NULL)),
    CHECK ((tags IS NULL) = (tags_gap IS NOT NULL))
);
CREATE TABLE product_text (
    sku      text NOT NULL,
    language text NOT NULL,
    name     text NOT NULL,
    PRIMARY KEY (sku, language)
);
CREATE TABLE property (
    sku      text NOT NULL,
    code     text NOT NULL,
    language text NOT NULL,
    value    text NOT NULL,
    PRIMARY KEY (sku, code, language)
);
CREATE TABLE basket (ref text PRIMARY KEY, buyer text, placed_at timestamptz NOT NULL, origin text);
CREATE TABLE basket_line (
    ref      text NOT NULL,
    position integer NOT NULL,
    sku      text NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    price    numeric(12, 2) NOT NULL CHECK (price >= 0),
    currency currency_code NOT NULL,
    PRIMARY KEY (ref, position)
);
