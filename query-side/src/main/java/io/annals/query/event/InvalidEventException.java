package io.annals.query.event;

import java.util.List;

/** An event, a filter or a list of them that does not keep the rules. */
public final class InvalidEventException extends RuntimeException {
  private final transient List<EventProblem> problems;

  /** Says what is wrong; at least one problem. */
  public InvalidEventException(List<EventProblem> problems) {
    super(problems.getFirst().msg(), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong. */
  public List<EventProblem> problems() {
    return problems;
  }
}
