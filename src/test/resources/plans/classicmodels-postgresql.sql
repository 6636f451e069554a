-- The model car shop, normalised: names trimmed, money exact, codes as keys, status one of six.
CREATE TABLE office (
    code       text PRIMARY KEY CHECK (code <> ''),
    city       text NOT NULL CHECK (city <> ''),
    phone      text NOT NULL,
    address    text NOT NULL,
    state      text,
    country    text NOT NULL CHECK (country = btrim(country)),
    postcode   text NOT NULL,
    territory  text NOT NULL
);

CREATE TABLE employee (
    number      integer PRIMARY KEY,
    last_name   text NOT NULL CHECK (last_name = btrim(last_name)),
    first_name  text NOT NULL CHECK (first_name = btrim(first_name)),
    extension   text NOT NULL,
    email       text NOT NULL CHECK (email LIKE '%_@_%' AND email = lower(email)),
    office_code text NOT NULL,
    reports_to  integer,
    job_title   text NOT NULL
);

CREATE TABLE vendor (
    id   integer PRIMARY KEY CHECK (id > 0),
    name text NOT NULL UNIQUE CHECK (name <> '' AND name = btrim(name))
);

CREATE TABLE product_line (
    name        text PRIMARY KEY CHECK (name <> ''),
    description text
);

CREATE TABLE product (
    code        text PRIMARY KEY CHECK (code <> ''),
    name        text NOT NULL,
    line        text NOT NULL,
    vendor_id   integer NOT NULL,
    scale       text NOT NULL CHECK (scale ~ '^1:[0-9]+$'),
    description text NOT NULL,
    stock       integer NOT NULL CHECK (stock >= 0),
    buy_price   numeric(10, 2) NOT NULL CHECK (buy_price >= 0),
    list_price  numeric(10, 2) NOT NULL CHECK (list_price >= 0),
    currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$')
);

CREATE TABLE customer (
    number        integer PRIMARY KEY,
    name          text NOT NULL CHECK (name = btrim(name)),
    last_name     text NOT NULL CHECK (last_name = btrim(last_name)),
    first_name    text NOT NULL CHECK (first_name = btrim(first_name)),
    phone         text NOT NULL,
    address_line1 text NOT NULL,
    address_line2 text,
    city          text NOT NULL CHECK (city = btrim(city)),
    state         text,
    postcode      text,
    country       text NOT NULL CHECK (country = btrim(country)),
    sales_rep     integer,
    credit_limit  numeric(12, 2) NOT NULL CHECK (credit_limit >= 0),
    currency      text NOT NULL CHECK (currency ~ '^[A-Z]{3}$')
);

CREATE TABLE purchase (
    number          integer PRIMARY KEY,
    customer_number integer NOT NULL,
    status          text NOT NULL CHECK (status IN ('shipped', 'cancelled', 'in_process', 'on_hold',
                                                    'resolved', 'disputed')),
    ordered_on      date NOT NULL,
    required_on     date NOT NULL,
    shipped_on      date,
    comments        text
);

CREATE TABLE purchase_line (
    purchase_number integer NOT NULL,
    product_code    text NOT NULL,
    position        smallint NOT NULL CHECK (position > 0),
    quantity        integer NOT NULL CHECK (quantity > 0),
    unit_price      numeric(10, 2) NOT NULL CHECK (unit_price >= 0),
    currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    PRIMARY KEY (purchase_number, product_code)
);

CREATE TABLE payment (
    customer_number integer NOT NULL,
    check_number    text NOT NULL CHECK (check_number <> ''),
    paid_on         date NOT NULL,
    amount          numeric(12, 2) NOT NULL CHECK (amount > 0),
    currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    PRIMARY KEY (customer_number, check_number)
);
