-- Names in a window of time: /events/filter and /events/count-by by name or prefix, and the
-- backfill of those who wait for a run to end.
CREATE INDEX event_log_domain_name ON event_log_domain (face_name COLLATE "C", occurred)
    WHERE face_name IS NOT NULL;
CREATE INDEX event_log_observed_name ON event_log_observed (face_name COLLATE "C", occurred);
