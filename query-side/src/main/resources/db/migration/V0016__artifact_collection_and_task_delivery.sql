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
