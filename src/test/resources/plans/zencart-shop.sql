CREATE TABLE languages (languages_id int PRIMARY KEY, name varchar(32), code char(2)) ENGINE=MyISAM;
INSERT INTO languages VALUES (1, 'English', 'en'), (2, 'Deutsch', 'de');
CREATE TABLE currencies (currencies_id int PRIMARY KEY, title varchar(32), code char(4),
  decimal_places char(1), value decimal(14,6)) ENGINE=MyISAM;
INSERT INTO currencies VALUES (1, 'US Dollar', 'USD', '2', 1), (2, 'Yen', 'JPY', '0', 151.25);
CREATE TABLE manufacturers (manufacturers_id int PRIMARY KEY, manufacturers_name varchar(32)) ENGINE=MyISAM;
INSERT INTO manufacturers VALUES (1, 'Oak & Sons ');
CREATE TABLE categories (categories_id int PRIMARY KEY, parent_id int NOT NULL DEFAULT 0, sort_order int(3),
  date_added datetime, categories_status tinyint(1) NOT NULL) ENGINE=MyISAM;
INSERT INTO categories VALUES (3, 7, 1, '2019-03-01 10:00:00', 1), (7, 0, NULL, '0001-01-01', 1),
  (9, 0, 2, NULL, 0);
CREATE TABLE categories_description (categories_id int, language_id int, categories_name varchar(32),
  categories_description text, PRIMARY KEY (categories_id, language_id)) ENGINE=MyISAM;
INSERT INTO categories_description VALUES (3, 1, 'Tables', ''), (3, 2, 'Tische', 'für vier'),
  (7, 1, 'Furniture', 'all'), (7, 2, 'Möbel', ''), (9, 1, 'Old', ''), (12, 1, 'of none', '');
CREATE TABLE products (products_id int PRIMARY KEY, products_type int, products_quantity float,
  products_model varchar(32), products_price decimal(15,4), products_date_added datetime,
  products_last_modified datetime, products_date_available datetime, products_weight float,
  products_status tinyint(1), manufacturers_id int, product_is_free tinyint(1),
  product_is_call tinyint(1), master_categories_id int) ENGINE=MyISAM;
INSERT INTO products VALUES
  (1, 1, 12, 'T-1', 199.9900, '2020-01-02 03:04:05', NULL, NULL, 20.5, 1, 1, 0, 0, 3),
  (2, 1, 0, '', 0.3333, '2020-01-02', '0001-01-01', '0001-01-01', 0, 1, 0, 1, 0, 3),
  (3, 2, 7.5, NULL, 12.5000, '2020-06-01 00:00:00', '2021-01-01', '2020-07-01', 1, 0, NULL, 0, 1, 9),
  (4, 8, 1, 'X', 1.0000, '2020-06-01', NULL, NULL, 1, 1, 1, 0, 0, 9);
CREATE TABLE products_description (products_id int, language_id int, products_name varchar(191),
  products_description text, PRIMARY KEY (products_id, language_id)) ENGINE=MyISAM;
INSERT INTO products_description VALUES (1, 1, 'Oak table', 'heavy'), (1, 2, 'Eichentisch', ''),
  (2, 1, 'Sticker', NULL), (3, 1, 'Song', '');
CREATE TABLE products_to_categories (products_id int, categories_id int,
  PRIMARY KEY (products_id, categories_id)) ENGINE=MyISAM;
INSERT INTO products_to_categories VALUES (1, 3), (1, 7), (2, 3), (3, 9);
CREATE TABLE products_options (products_options_id int, language_id int, products_options_name varchar(191),
  products_options_type int, PRIMARY KEY (products_options_id, language_id)) ENGINE=MyISAM;
INSERT INTO products_options VALUES (1, 1, 'Colour', 2), (1, 2, 'Farbe', 2), (5, 1, 'Gift wrap', 3);
CREATE TABLE products_options_values (products_options_values_id int, language_id int,
  products_options_values_name varchar(191), products_options_values_sort_order int,
  PRIMARY KEY (products_options_values_id, language_id)) ENGINE=MyISAM;
INSERT INTO products_options_values VALUES (0, 1, 'TEXT', 0), (0, 2, 'TEXT', 0), (4, 1, 'dark', 10),
  (4, 2, 'dunkel', 10);
CREATE TABLE products_attributes (products_attributes_id int PRIMARY KEY, products_id int, options_id int,
  options_values_id int, options_values_price decimal(15,4), price_prefix char(1),
  products_attributes_weight float) ENGINE=MyISAM;
INSERT INTO products_attributes VALUES (1, 1, 1, 4, 15.5000, '+', 0.25), (2, 1, 5, 0, 2.2500, '', 0),
  (3, 2, 1, 4, 0.1000, '-', 0), (4, 2, 6, 4, 9.0000, '+', 0);
CREATE TABLE specials (specials_id int PRIMARY KEY, products_id int, specials_new_products_price decimal(15,4),
  specials_last_modified datetime, expires_date date, date_status_change datetime, status int,
  specials_date_available date) ENGINE=MyISAM;
INSERT INTO specials VALUES (1, 1, 149.9900, '0001-01-01', '0001-01-01', '0001-01-01', 1, '0001-01-01'),
  (2, 3, 10.0000, NULL, '2021-12-31', '2021-01-01 10:00:00', 0, '2021-01-01');
CREATE TABLE featured (featured_id int PRIMARY KEY, products_id int, status int,
  featured_date_available date, expires_date date) ENGINE=MyISAM;
INSERT INTO featured VALUES (1, 1, 1, '0001-01-01', '0001-01-01');
CREATE TABLE featured_categories (featured_categories_id int PRIMARY KEY, categories_id int, status int,
  featured_date_available date, expires_date date) ENGINE=MyISAM;
INSERT INTO featured_categories VALUES (1, 7, 1, '2020-01-01', '0001-01-01'),
  (2, 99, 1, '2020-01-01', '2020-02-01');
CREATE TABLE salemaker_sales (sale_id int PRIMARY KEY, sale_status tinyint, sale_name varchar(128),
  sale_deduction_value decimal(15,4), sale_deduction_type tinyint, sale_categories_selected text,
  sale_date_start date, sale_date_end date) ENGINE=MyISAM;
INSERT INTO salemaker_sales VALUES (1, 1, 'Spring', 10, 1, '3,9', '0001-01-01', '2020-05-31'),
  (2, 0, 'None', 1.5, 0, '', '2020-01-01', '0001-01-01');
CREATE TABLE customers (customers_id int PRIMARY KEY, customers_firstname varchar(32),
  customers_lastname varchar(32), customers_dob datetime, customers_email_address varchar(96),
  customers_newsletter char(1)) ENGINE=MyISAM;
INSERT INTO customers VALUES (1, 'Zoë', 'Ek ', '0001-01-01', 'Zoe@shop.example', NULL),
  (2, 'Al', 'Bo', '1970-05-06', 'al at shop', '1');
CREATE TABLE customers_info (customers_info_id int PRIMARY KEY, customers_info_date_of_last_logon datetime,
  customers_info_number_of_logons int, customers_info_date_account_created datetime,
  customers_info_date_account_last_modified datetime) ENGINE=MyISAM;
INSERT INTO customers_info VALUES (1, '0001-01-01', NULL, '2019-01-01 12:00:00', '0001-01-01');
CREATE TABLE reviews (reviews_id int PRIMARY KEY, products_id int, customers_id int, reviews_rating int,
  date_added datetime, last_modified datetime) ENGINE=MyISAM;
INSERT INTO reviews VALUES (1, 1, 1, 5, '2020-02-02', '0001-01-01'), (2, 1, 2, 9, '2020-02-02', NULL);
CREATE TABLE media_clips (clip_id int PRIMARY KEY, clip_filename text, date_added datetime,
  last_modified datetime) ENGINE=MyISAM;
INSERT INTO media_clips VALUES (1, 'song.mp3', '2020-02-02', '0001-01-01');
CREATE TABLE configuration (configuration_id int PRIMARY KEY, configuration_title text,
  configuration_key varchar(180), configuration_value text, date_added datetime,
  UNIQUE (configuration_key)) ENGINE=MyISAM;
INSERT INTO configuration VALUES (1, 'Name', 'STORE_NAME', 'Oak', '0001-01-01'),
  (2, 'Owner', 'STORE_OWNER', '', '2020-01-01'), (3, 'Zone', 'store_zone', '7', '2020-01-01');
CREATE TABLE admin (admin_id int PRIMARY KEY, admin_name varchar(32), admin_pass varchar(255),
  pwd_last_change_date datetime, last_login_date datetime, last_failed_attempt datetime) ENGINE=MyISAM;
INSERT INTO admin VALUES (1, 'root', 'secret', '0001-01-01', '2022-02-02', '0001-01-01');
