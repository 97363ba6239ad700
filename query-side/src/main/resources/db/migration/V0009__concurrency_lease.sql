-- Who holds slots, and until when. Telemetry: renewals come every few seconds and nothing is decided
-- from their history.
CREATE TABLE concurrency_lease (
    id         uuid        PRIMARY KEY,
    created    timestamptz NOT NULL,
    expiration timestamptz NOT NULL,
    holder     json
);
CREATE INDEX concurrency_lease_expiration ON concurrency_lease (expiration);
