-- what is due is found by wake_up_priority
DROP INDEX wake_up_due;

-- A relay marks what it takes. With room for that on the row's own page no index is written anew.
ALTER TABLE wake_up SET (fillfactor = 45);
