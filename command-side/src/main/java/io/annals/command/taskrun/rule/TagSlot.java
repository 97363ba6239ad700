package io.annals.command.taskrun.rule;

import java.util.List;
import java.util.UUID;

/** What became of the question for slots of the limits on a task's tags. */
public sealed interface TagSlot {
  /** No rule needs any, no tag is limited, or the task run has held them before. */
  record NotNeeded() implements TagSlot {}

  /**
   * The task run has one of each limit now.
   *
   * @param leaseId holds those that it had not before
   */
  record Held(UUID leaseId) implements TagSlot {}

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
