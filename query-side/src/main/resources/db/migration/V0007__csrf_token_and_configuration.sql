-- CSRF tokens, one per client, so that any node may check what another one issued. No events: nothing is decided from
-- their history.
CREATE TABLE csrf_token (
    client     text        PRIMARY KEY, -- any text the client chose
    id         uuid        NOT NULL,
    token      text        NOT NULL,
    expiration timestamptz NOT NULL,
    created    timestamptz NOT NULL,
    updated    timestamptz NOT NULL
);
-- Purging what has expired.
CREATE INDEX csrf_token_expiration ON csrf_token (expiration);

-- What administrators set while the server runs, by key.
CREATE TABLE configuration (
    key     text        PRIMARY KEY,
    value   jsonb       NOT NULL,
    created timestamptz NOT NULL,
    updated timestamptz NOT NULL
);
