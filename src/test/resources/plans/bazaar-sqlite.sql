CREATE TABLE seller (handle TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT, email_gap TEXT,
    payout_currency TEXT NOT NULL) STRICT;
CREATE TABLE product (sku TEXT PRIMARY KEY, family TEXT NOT NULL, seller TEXT NOT NULL REFERENCES seller (handle),
    price TEXT, price_gap TEXT, currency TEXT NOT NULL, weight_g INTEGER CHECK (weight_g > 0),
    released_on TEXT, active INTEGER NOT NULL, tags TEXT, tags_gap TEXT) STRICT;
CREATE TABLE product_text (sku TEXT NOT NULL REFERENCES product (sku), language TEXT NOT NULL,
    name TEXT NOT NULL, PRIMARY KEY (sku, language)) STRICT;
CREATE TABLE property (sku TEXT NOT NULL REFERENCES product (sku), code TEXT NOT NULL,
    language TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (sku, code, language)) STRICT;
CREATE TABLE basket (ref TEXT PRIMARY KEY, buyer TEXT, placed_at TEXT NOT NULL, origin TEXT) STRICT;
CREATE TABLE basket_line (ref TEXT NOT NULL REFERENCES basket (ref), position INTEGER NOT NULL,
    sku TEXT NOT NULL REFERENCES product (sku), quantity INTEGER NOT NULL, price TEXT NOT NULL,
    currency TEXT NOT NULL, PRIMARY KEY (ref, position)) STRICT;
