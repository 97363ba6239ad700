package io.annals.command.flowrun;

import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labels that name what something belongs to. The server puts them over those that are inherited;
 * the caller's own win over both (Prefect: with_system_labels_for_flow_run and its kin).
 */
public final class SystemLabels {
  private static final String FLOW_ID = "prefect.flow.id";
  private static final String DEPLOYMENT_ID = "prefect.deployment.id";

  private SystemLabels() {}

  /** A copy of the labels, with the one that names the flow. */
  public static ObjectNode ofFlow(JsonNode labels, UUID flowId) {
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    labels.properties().forEach(label -> named.set(label.getKey(), label.getValue()));
    return named.put(FLOW_ID, flowId.toString());
  }

  /** A copy of a deployment's labels, with those that name it and its flow. */
  public static ObjectNode ofDeployment(JsonNode labels, UUID flowId, UUID deploymentId) {
    return ofFlow(labels, flowId).put(DEPLOYMENT_ID, deploymentId.toString());
  }
}
