package io.annals.events.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How an event looks in Prefect's event stream. Observed events are nothing but their face; a
 * domain event has one when Prefect's server would emit an event there.
 *
 * @param id the event's id; for state changes the state's id
 * @param occurred when it happened by the producer's clock
 * @param event the name, such as {@code prefect.flow-run.Completed}
 * @param resource labels of the primary resource, among them {@code prefect.resource.id}
 * @param related labels of each related resource, with {@code prefect.resource.role}
 * @param payload a JSON object
 * @param follows the id of the event that led to this one
 */
public record Face(
    UUID id,
    Instant occurred,
    String event,
    Map<String, String> resource,
    List<Map<String, String>> related,
    JsonNode payload,
    @Nullable UUID follows) {
  /** The label that identifies a resource. */
  public static final String RESOURCE_ID = "prefect.resource.id";

  /** The label that says what a related resource is to the event. */
  public static final String RESOURCE_ROLE = "prefect.resource.role";

  /** The label with a resource's readable name. */
  public static final String RESOURCE_NAME = "prefect.resource.name";

  /** The primary resource's id. */
  public String resourceId() {
    return resource.getOrDefault(RESOURCE_ID, "");
  }

  /** The ids of all resources, the primary one first, each once. */
  public List<String> resourceIds() {
    Set<String> ids = new LinkedHashSet<>();
    ids.add(resourceId());
    for (Map<String, String> labels : related) {
      ids.add(labels.getOrDefault(RESOURCE_ID, ""));
    }
    return new ArrayList<>(ids);
  }
}
