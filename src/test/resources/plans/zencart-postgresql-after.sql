ALTER TABLE category ADD FOREIGN KEY (parent_id) REFERENCES category (id);
ALTER TABLE category_text ADD FOREIGN KEY (category_id) REFERENCES category (id),
    ADD FOREIGN KEY (language_id) REFERENCES language (id);
ALTER TABLE product ADD FOREIGN KEY (manufacturer_id) REFERENCES manufacturer (id),
    ADD FOREIGN KEY (category_id) REFERENCES category (id),
    ADD FOREIGN KEY (currency) REFERENCES currency (code);
ALTER TABLE product_text ADD FOREIGN KEY (product_id) REFERENCES product (id),
    ADD FOREIGN KEY (language_id) REFERENCES language (id);
ALTER TABLE product_category ADD FOREIGN KEY (product_id) REFERENCES product (id),
    ADD FOREIGN KEY (category_id) REFERENCES category (id);
ALTER TABLE option_text ADD FOREIGN KEY (option_id) REFERENCES option (id),
    ADD FOREIGN KEY (language_id) REFERENCES language (id);
ALTER TABLE option_value_text ADD FOREIGN KEY (option_value_id) REFERENCES option_value (id),
    ADD FOREIGN KEY (language_id) REFERENCES language (id);
ALTER TABLE attribute ADD FOREIGN KEY (product_id) REFERENCES product (id),
    ADD FOREIGN KEY (option_id) REFERENCES option (id),
    ADD FOREIGN KEY (option_value_id) REFERENCES option_value (id),
    ADD FOREIGN KEY (currency) REFERENCES currency (code);
ALTER TABLE special ADD FOREIGN KEY (product_id) REFERENCES product (id),
    ADD FOREIGN KEY (currency) REFERENCES currency (code);
ALTER TABLE featured ADD FOREIGN KEY (product_id) REFERENCES product (id),
    ADD FOREIGN KEY (category_id) REFERENCES category (id);
ALTER TABLE sale_category ADD FOREIGN KEY (sale_id) REFERENCES sale (id),
    ADD FOREIGN KEY (category_id) REFERENCES category (id);
ALTER TABLE customer_visit ADD FOREIGN KEY (customer_id) REFERENCES customer (id);
ALTER TABLE review ADD FOREIGN KEY (product_id) REFERENCES product (id),
    ADD FOREIGN KEY (customer_id) REFERENCES customer (id);
CREATE INDEX ON product (category_id);
CREATE INDEX ON attribute (product_id);
