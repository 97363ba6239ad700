CREATE TABLE work_pool (
    id                    uuid        PRIMARY KEY,
    created               timestamptz NOT NULL,
    updated               timestamptz NOT NULL,
    name                  text        NOT NULL,
    description           text,
    type                  text        NOT NULL,
    base_job_template     json        NOT NULL,
    is_paused             boolean     NOT NULL,
    concurrency_limit     integer,
    default_queue_id      uuid, -- null only within the transaction that makes the pool
    status                text        NOT NULL,
    storage_configuration json        NOT NULL
);
CREATE UNIQUE INDEX work_pool_name ON work_pool (name);

CREATE TABLE work_queue (
    id                uuid        PRIMARY KEY,
    created           timestamptz NOT NULL,
    updated           timestamptz NOT NULL,
    work_pool_id      uuid        NOT NULL,
    name              text        NOT NULL,
    description       text        NOT NULL,
    is_paused         boolean     NOT NULL,
    concurrency_limit integer,
    priority          integer     NOT NULL,
    filter            json,
    status            text        NOT NULL
);
CREATE UNIQUE INDEX work_queue_name ON work_queue (work_pool_id, name);

-- Polls and heartbeats are telemetry: written in place, and nothing is decided from their history.
CREATE TABLE work_queue_poll (
    work_queue_id uuid        PRIMARY KEY,
    last_polled   timestamptz NOT NULL
);

CREATE TABLE worker (
    id                         uuid        PRIMARY KEY,
    created                    timestamptz NOT NULL,
    updated                    timestamptz NOT NULL,
    work_pool_id               uuid        NOT NULL,
    name                       text        NOT NULL,
    last_heartbeat_time        timestamptz NOT NULL,
    heartbeat_interval_seconds integer,
    status                     text        NOT NULL
);
CREATE UNIQUE INDEX worker_name ON worker (work_pool_id, name);

-- Lists of one pool's runs, or one queue's; set once, so state changes do not touch it.
CREATE INDEX flow_run_queue ON flow_run (work_queue_id, expected_start_time)
    WHERE work_queue_id IS NOT NULL;
-- Pollers take the next runs of a queue, and count what is under way there.
CREATE INDEX flow_run_queue_next ON flow_run (work_queue_id, next_scheduled_start_time)
    WHERE state_type = 'SCHEDULED' AND work_queue_id IS NOT NULL;
CREATE INDEX flow_run_queue_active ON flow_run (work_queue_id)
    WHERE state_type IN ('PENDING', 'RUNNING', 'CANCELLING') AND work_queue_id IS NOT NULL;
-- Runs for old agents name a queue without belonging to one.
CREATE INDEX flow_run_queue_named ON flow_run (work_queue_name, state_type)
    WHERE work_queue_name IS NOT NULL AND work_queue_id IS NULL;
