-- what is due is found by wake_up_priority
DROP INDEX wake_up_due;
