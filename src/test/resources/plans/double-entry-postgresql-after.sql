ALTER TABLE account ADD FOREIGN KEY (parent) REFERENCES account (code);
ALTER TABLE posting ADD FOREIGN KEY (entry_id) REFERENCES entry (id),
    ADD FOREIGN KEY (account) REFERENCES account (code);
