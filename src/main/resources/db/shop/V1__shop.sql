-- The new shop: normalised, strictly typed.
--
-- id is the number that the legacy shop gave the row, so that each row can be traced; of rows that
-- were merged it is the lowest. Money is in cents of the currency beside it. A timestamp is ISO text
-- in UTC, to the second, 2026-03-01T12:34:56Z; each one's CHECK refuses what is not a real moment.
-- What may be NULL is what the legacy shop truly may not know; NULL never means 0 or "".

CREATE TABLE vendors (
    id                      INTEGER PRIMARY KEY,
    -- the name trimmed and in lower case: one vendor, however it was spelt
    name_key                TEXT NOT NULL UNIQUE,
    name                    TEXT NOT NULL CHECK (name <> ''),
    email                   TEXT CHECK (email LIKE '%_@_%'),
    country                 TEXT NOT NULL CHECK (length(country) = 2 AND country = upper(country)),
    -- hundredths of a percent of the sales: 1250 is 12.5 %
    commission_basis_points INTEGER CHECK (commission_basis_points BETWEEN 0 AND 10000),
    status                  TEXT NOT NULL
                            CHECK (status IN ('active', 'inactive', 'blocked', 'unknown')),
    created_at              TEXT CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+0 days'))
) STRICT;

CREATE TABLE customers (
    id            INTEGER PRIMARY KEY,
    -- in lower case: one customer per address
    email         TEXT UNIQUE CHECK (email LIKE '%_@_%' AND email = lower(email)),
    name          TEXT NOT NULL CHECK (name <> ''),
    phone         TEXT CHECK (phone <> ''),
    born_on       TEXT CHECK (born_on IS strftime('%Y-%m-%d', born_on, '+0 days')),
    newsletter    INTEGER CHECK (newsletter IN (0, 1)),
    registered_at TEXT CHECK (registered_at IS strftime('%Y-%m-%dT%H:%M:%SZ', registered_at, '+0 days'))
) STRICT;

-- id is that of the legacy customer whose address it was
CREATE TABLE addresses (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    street      TEXT NOT NULL CHECK (street <> ''),
    postcode    TEXT NOT NULL CHECK (postcode <> ''),
    city        TEXT NOT NULL CHECK (city <> ''),
    country     TEXT NOT NULL CHECK (length(country) = 2 AND country = upper(country))
) STRICT;

CREATE INDEX addresses_by_customer ON addresses (customer_id);

-- slug: lower-case words and the levels' hyphen, such as books-fiction
CREATE TABLE categories (
    slug TEXT NOT NULL PRIMARY KEY CHECK (slug <> '' AND slug = lower(slug)),
    name TEXT NOT NULL CHECK (name <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE products (
    id          INTEGER PRIMARY KEY,
    sku         TEXT NOT NULL UNIQUE CHECK (sku <> ''),
    vendor_id   INTEGER NOT NULL REFERENCES vendors (id),
    category    TEXT REFERENCES categories (slug),
    title       TEXT NOT NULL CHECK (title <> ''),
    price_cents INTEGER CHECK (price_cents >= 0),
    currency    TEXT NOT NULL DEFAULT 'EUR' CHECK (length(currency) = 3),
    stock       INTEGER CHECK (stock >= 0),
    active      INTEGER NOT NULL CHECK (active IN (0, 1)),
    attributes  TEXT CHECK (attributes IS NULL OR json_valid(attributes)),
    created_at  TEXT CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+0 days')),
    updated_at  TEXT CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%SZ', updated_at, '+0 days'))
) STRICT;

CREATE INDEX products_by_vendor ON products (vendor_id);
CREATE INDEX products_by_category ON products (category, id);

CREATE TABLE orders (
    id          INTEGER PRIMARY KEY,
    -- what the customer was told; legacy gave a few orders the same one
    number      TEXT NOT NULL CHECK (number <> ''),
    -- what the sender of an order named it, so that it is taken once
    reference   TEXT UNIQUE CHECK (reference <> ''),
    -- NULL for a guest, and for a customer who no longer exists
    customer_id INTEGER REFERENCES customers (id),
    -- who bought, as written on the order
    buyer_name  TEXT NOT NULL CHECK (buyer_name <> ''),
    buyer_email TEXT CHECK (buyer_email LIKE '%_@_%' AND buyer_email = lower(buyer_email)),
    status      TEXT NOT NULL CHECK (status IN ('pending', 'paid', 'shipped', 'delivered',
                                                'cancelled', 'refunded', 'unknown')),
    -- as the order states it; the lines may sum up to something else
    total_cents INTEGER CHECK (total_cents >= 0),
    currency    TEXT NOT NULL DEFAULT 'EUR' CHECK (length(currency) = 3),
    note        TEXT CHECK (note <> ''),
    ordered_at  TEXT CHECK (ordered_at IS strftime('%Y-%m-%dT%H:%M:%SZ', ordered_at, '+0 days')),
    paid_at     TEXT CHECK (paid_at IS strftime('%Y-%m-%dT%H:%M:%SZ', paid_at, '+0 days'))
) STRICT;

CREATE INDEX orders_by_customer ON orders (customer_id);
CREATE INDEX orders_by_number ON orders (number);

-- One line per product and order. Vendor, title and date are those of the sale: the product may
-- change hands, be renamed or go.
CREATE TABLE order_lines (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    -- the product's number as the line bears it, there even if the product is not
    sku         TEXT NOT NULL CHECK (sku <> ''),
    product_id  INTEGER REFERENCES products (id),
    vendor_id   INTEGER NOT NULL REFERENCES vendors (id),
    title       TEXT NOT NULL CHECK (title <> ''),
    quantity    INTEGER NOT NULL CHECK (quantity > 0),
    unit_cents  INTEGER CHECK (unit_cents >= 0),
    total_cents INTEGER NOT NULL CHECK (total_cents >= 0),
    currency    TEXT NOT NULL DEFAULT 'EUR' CHECK (length(currency) = 3),
    status      TEXT NOT NULL CHECK (status IN ('pending', 'paid', 'shipped', 'delivered',
                                                'cancelled', 'refunded', 'unknown')),
    ordered_at  TEXT CHECK (ordered_at IS strftime('%Y-%m-%dT%H:%M:%SZ', ordered_at, '+0 days')),
    UNIQUE (order_id, sku)
) STRICT;

-- a vendor's dashboard; a vendor's sales of one day
CREATE INDEX order_lines_by_vendor ON order_lines (vendor_id, ordered_at);
-- all sales of one day, for the invoices
CREATE INDEX order_lines_by_date ON order_lines (ordered_at, vendor_id);
-- how often a product was sold
CREATE INDEX order_lines_by_sku ON order_lines (sku, status, quantity);
CREATE INDEX order_lines_by_product ON order_lines (product_id);
