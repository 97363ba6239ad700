CREATE TABLE variable (
    id      uuid        PRIMARY KEY,
    created timestamptz NOT NULL,
    updated timestamptz NOT NULL,
    name    text        NOT NULL,
    value   json        NOT NULL,
    tags    text[]      NOT NULL
);
-- Flows read variables by name; across nodes the index decides who stored it first.
CREATE UNIQUE INDEX variable_name ON variable (name);
CREATE INDEX variable_tags ON variable USING gin (tags);

CREATE TABLE saved_search (
    id      uuid        PRIMARY KEY,
    created timestamptz NOT NULL,
    updated timestamptz NOT NULL,
    name    text        NOT NULL,
    filters json        NOT NULL
);
CREATE UNIQUE INDEX saved_search_name ON saved_search (name);
