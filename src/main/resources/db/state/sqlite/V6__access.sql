-- A password that someone else gave (the first administrator's) opens nothing but its own change.
ALTER TABLE account ADD COLUMN password_due INTEGER NOT NULL DEFAULT 0
    CHECK (password_due IN (0, 1));
