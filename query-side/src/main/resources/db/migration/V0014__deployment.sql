CREATE TABLE deployment (
    id                         uuid        PRIMARY KEY,
    created                    timestamptz NOT NULL,
    updated                    timestamptz NOT NULL,
    name                       text        NOT NULL,
    flow_id                    uuid        NOT NULL,
    version                    text,
    description                text,
    tags                       text[]      NOT NULL,
    labels                     json        NOT NULL,
    parameters                 json        NOT NULL,
    parameter_openapi_schema   json,
    enforce_parameter_schema   boolean     NOT NULL,
    pull_steps                 json,
    path                       text,
    entrypoint                 text,
    paused                     boolean     NOT NULL,
    status                     text        NOT NULL,
    work_queue_id              uuid,
    work_queue_name            text,                  -- as the client said it; the queue may have another name by now
    storage_document_id        uuid,
    infrastructure_document_id uuid,
    job_variables              json        NOT NULL,
    concurrency_limit_id       uuid,
    concurrency_options        json
);
CREATE UNIQUE INDEX deployment_name ON deployment (flow_id, name);
CREATE INDEX deployment_queue ON deployment (work_queue_id) WHERE work_queue_id IS NOT NULL;
CREATE INDEX deployment_limit ON deployment (concurrency_limit_id) WHERE concurrency_limit_id IS NOT NULL;
CREATE INDEX deployment_tags ON deployment USING gin (tags);
-- The scheduler looks for what was changed a moment ago.
CREATE INDEX deployment_updated ON deployment (updated);

CREATE TABLE deployment_schedule (
    id                 uuid        PRIMARY KEY,
    created            timestamptz NOT NULL,
    updated            timestamptz NOT NULL,
    deployment_id      uuid        NOT NULL,
    ordinal            integer     NOT NULL, -- among those that came at the same time
    schedule           json        NOT NULL,
    active             boolean     NOT NULL,
    max_scheduled_runs integer,
    parameters         json        NOT NULL,
    slug               text
);
CREATE INDEX deployment_schedule_deployment ON deployment_schedule (deployment_id);
CREATE UNIQUE INDEX deployment_schedule_slug ON deployment_schedule (deployment_id, slug) WHERE slug IS NOT NULL;

-- Polls are telemetry: written in place, and nothing is decided from their history.
CREATE TABLE deployment_poll (
    deployment_id uuid        PRIMARY KEY,
    last_polled   timestamptz NOT NULL
);

-- The scheduler asks what it has planned already, and an edit takes it back.
CREATE INDEX flow_run_planned ON flow_run (deployment_id, next_scheduled_start_time)
    WHERE state_type = 'SCHEDULED' AND deployment_id IS NOT NULL;
