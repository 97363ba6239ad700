CREATE TABLE concurrency_limit (
    id                    uuid        PRIMARY KEY,
    created               timestamptz NOT NULL,
    updated               timestamptz NOT NULL,
    name                  text        NOT NULL,
    slot_limit            integer     NOT NULL,
    active                boolean     NOT NULL,
    slot_decay_per_second float8      NOT NULL
);
CREATE UNIQUE INDEX concurrency_limit_name ON concurrency_limit (name);

-- Which slots a lease holds. A lease that has run out holds none, whether it has been removed or not.
CREATE TABLE concurrency_slot (
    lease_id uuid    NOT NULL REFERENCES concurrency_lease (id) ON DELETE CASCADE,
    limit_id uuid    NOT NULL,
    slots    integer NOT NULL,
    PRIMARY KEY (lease_id, limit_id)
);
CREATE INDEX concurrency_slot_limit ON concurrency_slot (limit_id);
-- A task run gives back whatever it holds.
CREATE INDEX concurrency_lease_holder ON concurrency_lease ((holder ->> 'id')) WHERE holder IS NOT NULL;

-- Slots taken without a lease, and how long those who found none should wait. Locked while slots of
-- the limit are counted. Telemetry, as leases are.
CREATE TABLE concurrency_use (
    limit_id                   uuid        PRIMARY KEY,
    active_slots               integer     NOT NULL DEFAULT 0,
    denied_slots               integer     NOT NULL DEFAULT 0,
    avg_slot_occupancy_seconds float8      NOT NULL DEFAULT 2.0,
    updated                    timestamptz NOT NULL
);

-- A limit with the slots that are taken at this moment.
CREATE VIEW concurrency_limit_now AS
SELECT l.id, l.created, l.updated, l.name, l.slot_limit, l.active, l.slot_decay_per_second,
       coalesce(greatest(0, u.active_slots - floor(l.slot_decay_per_second
           * extract(epoch FROM clock_timestamp() - u.updated)))::integer, 0)
       + coalesce((SELECT sum(s.slots)::integer FROM concurrency_slot s
                   JOIN concurrency_lease e ON e.id = s.lease_id
                   WHERE s.limit_id = l.id AND e.expiration > clock_timestamp()
                   AND l.slot_decay_per_second = 0), 0) AS active_slots,
       coalesce(u.denied_slots, 0) AS denied_slots,
       coalesce(u.avg_slot_occupancy_seconds, 2.0) AS avg_slot_occupancy_seconds,
       u.updated AS used
FROM concurrency_limit l LEFT JOIN concurrency_use u ON u.limit_id = l.id;
