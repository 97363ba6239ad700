-- The log: every decision of this server and every event that clients reported, in one total order.
CREATE TABLE event_log (
    position          bigint      NOT NULL,
    event_id          uuid        NOT NULL,
    family            "char"      NOT NULL, -- D: domain, O: observed
    stream            text,                 -- domain only
    version           bigint,               -- domain only
    type              text,                 -- domain only
    revision          smallint,             -- domain only
    occurred          timestamptz NOT NULL,
    recorded          timestamptz NOT NULL,
    payload           json,                 -- domain only; json, not jsonb: the hash covers these bytes
    metadata          json        NOT NULL,
    face_name         text,                 -- Prefect's name of the event, if it shows in Prefect's stream
    face_resource_id  text,                 -- the primary resource
    face_resource_ids text[],               -- primary and related resources
    face              json,                 -- {resource, related, payload, follows}
    hash              bytea       NOT NULL  -- SHA-256 over the row and the hash of the row before it in its family
) PARTITION BY LIST (family);

CREATE TABLE event_log_domain PARTITION OF event_log FOR VALUES IN ('D');
CREATE TABLE event_log_observed PARTITION OF event_log FOR VALUES IN ('O') PARTITION BY RANGE (recorded);
-- Days of event_log_observed are created ahead by the server and dropped whole by retention.

-- Rows below a page's worth stay in the heap: no compression, no second table on the write path.
ALTER TABLE event_log_domain SET (toast_tuple_target = 8160);

-- Readers by position: followers, rebuild, verification.
CREATE UNIQUE INDEX event_log_domain_position ON event_log_domain (position);
CREATE INDEX event_log_observed_position ON event_log_observed (position);
-- The optimistic lock, and the only one.
CREATE UNIQUE INDEX event_log_domain_stream ON event_log_domain (stream, version);
-- An event sent again is stored once.
CREATE UNIQUE INDEX event_log_domain_event ON event_log_domain (event_id);
CREATE INDEX event_log_observed_event ON event_log_observed (event_id);
-- Prefect's event stream by time (/events/filter, count-by) and by resource (a run's own page).
CREATE INDEX event_log_domain_occurred ON event_log_domain (occurred) WHERE face_name IS NOT NULL;
CREATE INDEX event_log_observed_occurred ON event_log_observed (occurred);
CREATE INDEX event_log_domain_resources ON event_log_domain USING gin (face_resource_ids) WHERE face_name IS NOT NULL;
CREATE INDEX event_log_observed_resources ON event_log_observed USING gin (face_resource_ids);

-- Whoever appends holds this row until its transaction ends: positions are dense and follow commit order.
CREATE TABLE log_head (
    only_row      boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    position      bigint NOT NULL,
    domain_hash   bytea  NOT NULL,
    observed_hash bytea  NOT NULL
);
INSERT INTO log_head (position, domain_hash, observed_hash) VALUES (0, ''::bytea, ''::bytea);
