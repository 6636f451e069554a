ALTER TABLE product ADD FOREIGN KEY (seller) REFERENCES seller (handle);
ALTER TABLE product_text ADD FOREIGN KEY (sku) REFERENCES product (sku);
ALTER TABLE property ADD FOREIGN KEY (sku) REFERENCES product (sku);
ALTER TABLE basket_line ADD FOREIGN KEY (ref) REFERENCES basket (ref),
    ADD FOREIGN KEY (sku) REFERENCES product (sku);
