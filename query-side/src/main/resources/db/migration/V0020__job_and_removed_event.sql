-- When each job ran last, on whatever node: its interval holds over all nodes. Telemetry, by the
-- database's clock, so that nodes need not agree on the time.
CREATE TABLE job (
    name      text        PRIMARY KEY,
    started   timestamptz NOT NULL,
    succeeded timestamptz -- null until it succeeds for the first time
) WITH (fillfactor = 50);

-- Observed events that are kept for a shorter time than others of their day, and were removed: the
-- place and the hash of each, so that the chain of those around it still holds.
CREATE TABLE event_log_removed (
    position  bigint PRIMARY KEY,
    face_name text   NOT NULL,
    hash      bytea  NOT NULL
);
