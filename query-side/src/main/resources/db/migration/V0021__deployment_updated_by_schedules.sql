-- A change of schedules is a change of the deployment: what was projected before that was so gets the time of its last one.
UPDATE deployment SET updated = greatest(deployment.updated, changed.at)
FROM (SELECT (payload ->> 'deployment_id')::uuid AS id, max(occurred) AS at
      FROM event_log_domain
      WHERE type IN ('deployment.schedules-replaced', 'deployment.schedules-added', 'deployment.schedules-changed',
          'deployment.schedule-removed')
      GROUP BY 1) AS changed
WHERE deployment.id = changed.id;
