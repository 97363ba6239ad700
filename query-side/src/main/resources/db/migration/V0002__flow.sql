CREATE TABLE flow (
    id      uuid        PRIMARY KEY,
    created timestamptz NOT NULL,
    updated timestamptz NOT NULL,
    name    text        NOT NULL,
    tags    text[]      NOT NULL,
    labels  json        NOT NULL
);
-- POST /flows/ finds by name; across nodes the index decides who created it.
CREATE UNIQUE INDEX flow_name ON flow (name);
CREATE INDEX flow_created ON flow (created);
