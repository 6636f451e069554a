-- Syncs of migration runs. How far one is stands in its target, in the transaction of the rows; here
-- stands what a person asked for and what was last heard of it.

CREATE TABLE migration_sync (
  run_id TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('QUEUED', 'LOOKING', 'CATCHING_UP', 'CURRENT', 'CUT_OFF', 'STOPPING', 'STOPPED',
                     'FAILED')),
  -- as the contract has it, JSON
  sync TEXT NOT NULL,
  -- whether it is still to begin anew: until the target has noted that it did
  anew INTEGER NOT NULL DEFAULT 0,
  -- how often a job was published for it
  jobs INTEGER NOT NULL DEFAULT 1
) STRICT;

-- one sync of a plan at a time
CREATE UNIQUE INDEX migration_sync_open ON migration_sync (plan)
  WHERE state IN ('QUEUED', 'LOOKING', 'CATCHING_UP', 'CURRENT', 'CUT_OFF', 'STOPPING');
