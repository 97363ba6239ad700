package io.annals.query.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request that does not fit: everything that is wrong with it, and its body (422). */
public final class InvalidRequest extends RuntimeException {
  private final List<Problem> problems;
  private final @Nullable JsonNode body;

  /** Names all problems of one request. */
  public InvalidRequest(List<Problem> problems, @Nullable JsonNode body) {
    super("Invalid request: " + problems, null, false, false);
    this.problems = List.copyOf(problems);
    this.body = body;
  }

  /** What is wrong, in the order in which it was found. */
  public List<Problem> problems() {
    return problems;
  }

  /** The body as far as it could be parsed. */
  public @Nullable JsonNode body() {
    return body;
  }
}
