package io.annals.command.taskrun;

import io.annals.command.taskrun.rule.TagSlot;
import java.util.List;
import java.util.UUID;

/** The slots of limits on tasks with a tag. */
public interface TagSlots {
  /**
   * Takes one slot of the limit on each tag for as long as the task runs, or of none. What the task
   * run has held before is given back first, so that it never holds anything twice.
   */
  TagSlot take(UUID taskRunId, List<String> tags);

  /** Ends every lease that a task run holds. */
  void giveBackAllOf(UUID taskRunId);
}
