CREATE TABLE task_run (
    id                        uuid        PRIMARY KEY,
    created                   timestamptz NOT NULL,
    updated                   timestamptz NOT NULL,
    name                      text        NOT NULL,
    flow_run_id               uuid,
    task_key                  text        NOT NULL,
    dynamic_key               text        NOT NULL,
    cache_key                 text,
    cache_expiration          timestamptz,
    task_version              text,
    empirical_policy          json        NOT NULL,
    tags                      text[]      NOT NULL,
    labels                    json        NOT NULL,
    state_id                  uuid,
    state_type                text,
    state_name                text,
    state_timestamp           timestamptz,
    task_inputs               json        NOT NULL,
    run_count                 integer     NOT NULL DEFAULT 0,
    flow_run_run_count        integer     NOT NULL DEFAULT 0,
    expected_start_time       timestamptz,
    next_scheduled_start_time timestamptz,
    start_time                timestamptz,
    end_time                  timestamptz,
    total_run_time            float8      NOT NULL DEFAULT 0
) WITH (fillfactor = 80);

-- One run per place in a flow run; runs without a flow run share the nil id here.
CREATE UNIQUE INDEX task_run_key ON task_run
    (coalesce(flow_run_id, '00000000-0000-0000-0000-000000000000'::uuid), task_key, dynamic_key);
CREATE INDEX task_run_flow_run ON task_run (flow_run_id, expected_start_time);
CREATE INDEX task_run_expected_start_time ON task_run (expected_start_time);
CREATE INDEX task_run_end_time ON task_run (end_time) WHERE end_time IS NOT NULL;
CREATE INDEX task_run_open ON task_run (state_type, next_scheduled_start_time)
    WHERE state_type IN ('SCHEDULED', 'PENDING', 'RUNNING', 'PAUSED', 'CANCELLING');
CREATE INDEX task_run_tags ON task_run USING gin (tags);

CREATE TABLE task_run_state (
    id                 uuid        PRIMARY KEY,
    task_run_id        uuid        NOT NULL,
    type               text        NOT NULL,
    name               text        NOT NULL,
    timestamp          timestamptz NOT NULL,
    message            text,
    state_details      json        NOT NULL,
    result_artifact_id uuid
);
CREATE INDEX task_run_state_run ON task_run_state (task_run_id, timestamp);

-- Results that a task with the same cache key may take over; newest first.
CREATE TABLE task_run_state_cache (
    task_run_state_id uuid        PRIMARY KEY,
    created           timestamptz NOT NULL,
    cache_key         text        NOT NULL,
    cache_expiration  timestamptz
);
CREATE INDEX task_run_state_cache_key ON task_run_state_cache (cache_key, created DESC);
