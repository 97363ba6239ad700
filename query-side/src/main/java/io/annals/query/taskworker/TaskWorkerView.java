package io.annals.query.taskworker;

import java.time.Instant;
import java.util.List;

/**
 * A connected task worker as the API shows it.
 *
 * @param timestamp when it was last seen
 */
public record TaskWorkerView(String identifier, List<String> taskKeys, Instant timestamp) {}
