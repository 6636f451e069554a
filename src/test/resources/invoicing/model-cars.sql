-- A day of a shop of model cars: three vendors, four orders, one of them cancelled, one of another day.
INSERT INTO vendor VALUES (1, 'Autoart Studio'), (2, 'Modèles Réunis'), (3, 'Second Gear'), (4, 'Idle');
INSERT INTO product (code, name, line, vendor_id, scale, description, stock, buy_price, list_price, currency)
VALUES ('S10', '1958 Roadster', 'Classic', 1, '1:10', '', 10, 20, 40, 'USD'),
       ('S11', '1962 Coupé', 'Classic', 2, '1:18', '', 10, 20, 40, 'USD'),
       ('S12', '1970 Wagon', 'Classic', 3, '1:24', '', 10, 20, 40, 'USD'),
       ('S13', '1980 Van', 'Classic', 3, '1:24', '', 10, 20, 40, 'USD'),
       ('S14', '1990 Bus', 'Classic', 4, '1:24', '', 10, 20, 40, 'USD');
INSERT INTO purchase VALUES
  (100, 1, 'shipped', '2004-11-24', '2004-12-01', NULL, NULL),
  (101, 1, 'in_process', '2004-11-24', '2004-12-01', NULL, NULL),
  (102, 2, 'cancelled', '2004-11-24', '2004-12-01', NULL, NULL),
  (103, 2, 'shipped', '2004-11-25', '2004-12-01', NULL, NULL);
INSERT INTO purchase_line VALUES
  (100, 'S10', 1, 30, 38.40, 'USD'), (100, 'S11', 2, 7, 51.15, 'USD'), (100, 'S12', 3, 11, 29.99, 'USD'),
  (100, 'S13', 4, 3, 0.03, 'USD'), (101, 'S12', 1, 49, 61.07, 'USD'), (101, 'S10', 2, 1, 0.06, 'USD'),
  (102, 'S14', 1, 500, 10.00, 'USD'), (103, 'S14', 1, 50, 10.00, 'USD');
