package io.annals.command.parameter;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The values of a form, as far as they can be told.
 *
 * @param value what they stand for, null in the places that are open
 * @param problems what is wrong with values themselves
 * @param open where nothing is known of the value yet, or all has been said
 */
public record HydratedForm(JsonNode value, List<Problem> problems, List<List<Object>> open) {
  /**
   * A value that does not become anything.
   *
   * @param path where: names of properties and indexes of items, from the outside in
   */
  public record Problem(List<Object> path, String message) {}
}
