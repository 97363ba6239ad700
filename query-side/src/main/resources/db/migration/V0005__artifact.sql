CREATE TABLE artifact (
    id          uuid        PRIMARY KEY,
    created     timestamptz NOT NULL,
    updated     timestamptz NOT NULL,
    key         text,
    type        text,
    description text,
    data        json,
    metadata_   json,
    flow_run_id uuid,
    task_run_id uuid
);
CREATE INDEX artifact_flow_run ON artifact (flow_run_id);
CREATE INDEX artifact_task_run ON artifact (task_run_id);
CREATE INDEX artifact_key ON artifact (key, created) WHERE key IS NOT NULL;
