-- The latest artifact of each key. GET /artifacts/{key}/latest finds it by its key, a deletion by
-- the artifact that it shows.
CREATE TABLE artifact_collection (
    id          uuid        PRIMARY KEY,
    created     timestamptz NOT NULL,
    updated     timestamptz NOT NULL,
    key         text        NOT NULL UNIQUE,
    latest_id   uuid        NOT NULL,
    type        text,
    description text,
    data        json,
    metadata_   json,
    flow_run_id uuid,
    task_run_id uuid
);
CREATE INDEX artifact_collection_latest ON artifact_collection (latest_id);
CREATE INDEX artifact_collection_flow_run ON artifact_collection (flow_run_id);

-- Runs that wait for a task worker, in the order in which they are sent out: retries first.
CREATE INDEX task_run_scheduled ON task_run
    (task_key, (state_name <> 'AwaitingRetry'), state_timestamp, id) WHERE state_type = 'SCHEDULED';

-- Which connection a scheduled run, in one state of it, was sent to. Until its client acknowledges,
-- the claim expires; afterwards (expiration is null) nobody else gets the run. Telemetry: nothing is
-- decided from its history.
CREATE TABLE task_run_delivery (
    task_run_id   uuid        PRIMARY KEY,
    state_id      uuid        NOT NULL,
    connection_id uuid        NOT NULL,
    expiration    timestamptz
);
CREATE INDEX task_run_delivery_connection ON task_run_delivery (connection_id)
    WHERE expiration IS NOT NULL;

-- Task workers that are connected, on whatever node. Telemetry: seen every few seconds.
CREATE TABLE task_worker (
    connection_id uuid        PRIMARY KEY,
    client_id     text        NOT NULL,
    task_keys     text[]      NOT NULL,
    seen          timestamptz NOT NULL
);
CREATE INDEX task_worker_seen ON task_worker (seen);
