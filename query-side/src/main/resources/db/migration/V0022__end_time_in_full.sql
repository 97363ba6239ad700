-- END_TIME_DESC begins with the runs that have not ended, as in Prefect: an index without them
-- cannot give that order, and every page went through all runs.
DROP INDEX flow_run_end_time;
CREATE INDEX flow_run_end_time ON flow_run (end_time);
DROP INDEX task_run_end_time;
CREATE INDEX task_run_end_time ON task_run (end_time);
