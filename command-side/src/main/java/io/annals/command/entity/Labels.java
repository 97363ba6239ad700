package io.annals.command.entity;

import io.annals.events.log.Face;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Labels of the resources that faces speak of, in the order in which Prefect writes them. */
public final class Labels {
  private Labels() {}

  /** Labels of the resource that something happened to. */
  public static Map<String, String> resource(String kind, UUID id, String name) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Face.RESOURCE_ID, "prefect." + kind + "." + id);
    labels.put(Face.RESOURCE_NAME, name);
    return labels;
  }

  /** Labels of a related resource; its name is left out when it is null. */
  public static Map<String, String> related(
      String role, String kind, UUID id, @Nullable String name) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Face.RESOURCE_ID, "prefect." + kind + "." + id);
    labels.put(Face.RESOURCE_ROLE, role);
    if (name != null) {
      labels.put(Face.RESOURCE_NAME, name);
    }
    return labels;
  }
}
