-- What flows and tasks print. Telemetry: nothing is decided from it, so it is no event.
CREATE TABLE log (
    id          uuid        NOT NULL,
    created     timestamptz NOT NULL,
    name        text        NOT NULL,
    level       smallint    NOT NULL,
    message     text        NOT NULL,
    timestamp   timestamptz NOT NULL,
    flow_run_id uuid,
    task_run_id uuid
) PARTITION BY RANGE (created);
-- Days are created ahead by the server.

-- A run's page and its download.
CREATE INDEX log_flow_run ON log (flow_run_id, timestamp) WHERE flow_run_id IS NOT NULL;
CREATE INDEX log_task_run ON log (task_run_id, timestamp) WHERE task_run_id IS NOT NULL;
CREATE INDEX log_timestamp ON log USING brin (timestamp);
