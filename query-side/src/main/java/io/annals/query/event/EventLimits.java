package io.annals.query.event;

/**
 * What a single event may be.
 *
 * @param maximumSizeBytes of the JSON; a larger event is dropped, not refused
 * @param maximumRelatedResources beside the primary one
 * @param maximumLabelsPerResource of any resource
 * @param maximumEventNameLength in characters
 */
public record EventLimits(
    int maximumSizeBytes,
    int maximumRelatedResources,
    int maximumLabelsPerResource,
    int maximumEventNameLength) {
  /** Prefect's own limits. */
  public static final EventLimits DEFAULT = new EventLimits(1_500_000, 100, 500, 1_024);
}
