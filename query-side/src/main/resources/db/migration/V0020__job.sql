-- When each job ran last, on whatever node: its interval holds over all nodes. Telemetry, by the
-- database's clock, so that nodes need not agree on the time.
CREATE TABLE job (
    name      text        PRIMARY KEY,
    started   timestamptz NOT NULL,
    succeeded timestamptz -- null until it succeeds for the first time
) WITH (fillfactor = 50);
