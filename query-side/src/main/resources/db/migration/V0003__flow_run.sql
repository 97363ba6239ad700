CREATE TABLE flow_run (
    id                         uuid        PRIMARY KEY,
    created                    timestamptz NOT NULL,
    updated                    timestamptz NOT NULL,
    name                       text        NOT NULL,
    flow_id                    uuid        NOT NULL,
    state_id                   uuid,
    state_type                 text,
    state_name                 text,
    state_timestamp            timestamptz,
    deployment_id              uuid,
    deployment_version         text,
    work_queue_id              uuid,
    work_queue_name            text,
    flow_version               text,
    parameters                 json        NOT NULL,
    idempotency_key            text,
    context                    json        NOT NULL,
    empirical_policy           json        NOT NULL,
    tags                       text[]      NOT NULL,
    labels                     json        NOT NULL,
    parent_task_run_id         uuid,
    run_count                  integer     NOT NULL DEFAULT 0,
    expected_start_time        timestamptz,
    next_scheduled_start_time  timestamptz,
    start_time                 timestamptz,
    end_time                   timestamptz,
    total_run_time             float8      NOT NULL DEFAULT 0,
    shown_start_time           timestamptz, -- start_time, or expected_start_time before the run started
    auto_scheduled             boolean     NOT NULL,
    infrastructure_document_id uuid,
    infrastructure_pid         text,
    job_variables              json        NOT NULL,
    created_by                 json
) WITH (fillfactor = 80);

-- Idempotency keys belong to a flow; across nodes the index decides who created the run.
CREATE UNIQUE INDEX flow_run_idempotency_key ON flow_run (flow_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
-- Lists of one flow's runs, and the flow's deletion.
CREATE INDEX flow_run_flow ON flow_run (flow_id, expected_start_time);
-- The dashboard's order and its time windows; set once, so state changes do not touch it.
CREATE INDEX flow_run_expected_start_time ON flow_run (expected_start_time);
-- START_TIME sorts, and start_time filters.
CREATE INDEX flow_run_shown_start_time ON flow_run (shown_start_time);
-- END_TIME_DESC and "ended since".
CREATE INDEX flow_run_end_time ON flow_run (end_time) WHERE end_time IS NOT NULL;
-- What is under way or waits is a small part of all runs: counts, late runs, pollers.
CREATE INDEX flow_run_open ON flow_run (state_type, next_scheduled_start_time)
    WHERE state_type IN ('SCHEDULED', 'PENDING', 'RUNNING', 'PAUSED', 'CANCELLING');
-- Failures and crashes are looked for by time.
CREATE INDEX flow_run_unhappy ON flow_run (state_type, expected_start_time)
    WHERE state_type IN ('FAILED', 'CRASHED', 'CANCELLED');
-- Subflows of a task run.
CREATE INDEX flow_run_parent ON flow_run (parent_task_run_id) WHERE parent_task_run_id IS NOT NULL;
CREATE INDEX flow_run_deployment ON flow_run (deployment_id, expected_start_time) WHERE deployment_id IS NOT NULL;
CREATE INDEX flow_run_tags ON flow_run USING gin (tags);
CREATE INDEX flow_run_name ON flow_run (name);

CREATE TABLE flow_run_state (
    id                 uuid        PRIMARY KEY,
    flow_run_id        uuid        NOT NULL,
    type               text        NOT NULL,
    name               text        NOT NULL,
    timestamp          timestamptz NOT NULL,
    message            text,
    state_details      json        NOT NULL,
    result_artifact_id uuid
);
-- The states of a run in order; two states of a run never share an instant.
CREATE UNIQUE INDEX flow_run_state_run ON flow_run_state (flow_run_id, timestamp);

CREATE TABLE flow_run_input (
    id          uuid        PRIMARY KEY,
    created     timestamptz NOT NULL,
    updated     timestamptz NOT NULL,
    flow_run_id uuid        NOT NULL,
    key         text        NOT NULL,
    value       text        NOT NULL,
    sender      text
);
CREATE UNIQUE INDEX flow_run_input_key ON flow_run_input (flow_run_id, key);
