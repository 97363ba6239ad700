package io.annals.command.taskrun.rule;

import java.util.List;

/** What became of the question for slots of the limits on a task's tags. */
public sealed interface TagSlot {
  /** No rule needs any, or no tag is limited. */
  record NotNeeded() implements TagSlot {}

  /** The task run has one of each limit. */
  record Held() implements TagSlot {}

  /**
   * At least one limit has none left.
   *
   * @param tags those that are limited
   * @param averageSeconds how long slots of the fullest limit are held
   */
  record AllTaken(List<String> tags, double averageSeconds) implements TagSlot {
    /** Copies the tags. */
    public AllTaken {
      tags = List.copyOf(tags);
    }
  }

  /**
   * A limit is zero.
   *
   * @param tag the limited one
   */
  record Closed(String tag) implements TagSlot {}
}
