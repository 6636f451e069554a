-- What a load is quicker without: foreign keys, and the indexes by which pages search.
ALTER TABLE address ADD FOREIGN KEY (customer_id) REFERENCES customer;
ALTER TABLE product ADD FOREIGN KEY (vendor_id) REFERENCES vendor,
                    ADD FOREIGN KEY (category) REFERENCES category;
ALTER TABLE purchase ADD FOREIGN KEY (customer_id) REFERENCES customer;
ALTER TABLE purchase_line ADD FOREIGN KEY (purchase_id) REFERENCES purchase,
                          ADD FOREIGN KEY (product_id) REFERENCES product,
                          ADD FOREIGN KEY (vendor_id) REFERENCES vendor;
CREATE UNIQUE INDEX customer_email ON customer (email);
CREATE INDEX address_customer ON address (customer_id);
CREATE INDEX product_vendor ON product (vendor_id);
CREATE INDEX purchase_customer ON purchase (customer_id);
CREATE UNIQUE INDEX purchase_own_number ON purchase (number) WHERE number_is_own;
CREATE INDEX purchase_line_purchase ON purchase_line (purchase_id);
