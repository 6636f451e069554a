-- The legacy shop: the way it grew. Text for everything, the same facts written down again and
-- again, no key between tables, and no index beside the row's own number.
--
-- How the legacy application reads what it finds here, so that a migration can do the same:
--   money       1234.50, 1,234.50, 1234,50, with a euro sign or EUR before it, blanks around it;
--               empty, a word and a negative amount count as unknown
--   quantity    the digits at its start: 3, 3x, 3 pcs, 3.0; empty is unknown
--   text dates  2024-03-31 12:34:56, 31.03.2024, 03/31/2024, seconds since 1970; all in UTC, midnight
--               if there is no time; zero dates, 2024-02-30 and words are unknown
--   status      four spellings each, case and blanks aside; anything else is 'unknown'
--   vendor      is one by its name, case and blanks aside: the lowest number counts
--   a line      counts if its order is there and its quantity and line_total are known; of equal
--               lines of one product in one order, one counts
--   a product   whose vendor is not there is not shown; a line of such a product counts
--   sales       are the lines that are neither cancelled nor refunded

CREATE TABLE vendors (
  vendor_id   INTEGER PRIMARY KEY,
  vendor_name VARCHAR(255),
  email       VARCHAR(255),          -- a few have none
  country     VARCHAR(60),           -- DE, Germany, 'germany ', Deutschland
  commission  VARCHAR(20),           -- 12.5 and 12,5% and 0.125 are all 12.5 %; empty is unknown
  status      VARCHAR(50),           -- active, Active, actve, inactive, blocked, empty
  created     DATETIME
);

CREATE TABLE products (
  product_id  INTEGER PRIMARY KEY,
  vendor_name VARCHAR(255),          -- a "foreign key" by name
  title       VARCHAR(255),
  price       VARCHAR(30),
  stock       VARCHAR(20),           -- 12, 12.0; empty, -1 and many are unknown
  category    VARCHAR(255),          -- 'Books > Fiction', 'books>fiction', 'Home / Kitchen'
  active      VARCHAR(5),            -- Y, 1, yes, true; N, 0 and empty are no
  attributes  TEXT,                  -- JSON, broken JSON or a PHP array
  created     DATETIME,
  updated     VARCHAR(30)
);

CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  full_name   VARCHAR(255),
  email       VARCHAR(255),          -- the same one twice, in capitals
  phone       VARCHAR(50),
  address     TEXT,                  -- street, then postcode and city, then country: three lines
  birthday    DATE,
  newsletter  TINYINT,               -- 0, 1, 2 (asked for it twice), NULL
  registered  VARCHAR(30)
);

CREATE TABLE orders (
  order_id       INTEGER PRIMARY KEY,
  order_no       VARCHAR(30),
  customer_id    VARCHAR(20),        -- a number as text; 'guest'; customers that are gone
  customer_name  VARCHAR(255),
  customer_email VARCHAR(255),
  total          VARCHAR(30),
  status         VARCHAR(50),
  created        DATETIME,
  paid_at        VARCHAR(30),
  note           TEXT,
  ext_ref        VARCHAR(64)         -- added for the new shop: what the sender calls the order
);

CREATE TABLE order_lines (
  id               INTEGER PRIMARY KEY,
  order_id         INT,
  product_id       VARCHAR(20),
  product_title    VARCHAR(255),
  vendor_name      VARCHAR(255),
  vendor_email     VARCHAR(255),
  customer_name    VARCHAR(255),
  customer_email   VARCHAR(255),
  customer_address VARCHAR(500),
  qty              VARCHAR(10),
  price            VARCHAR(30),
  line_total       VARCHAR(30),
  order_date       VARCHAR(30),
  status           VARCHAR(50),
  created_at       DATETIME
);
