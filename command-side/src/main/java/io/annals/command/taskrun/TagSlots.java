package io.annals.command.taskrun;

import io.annals.command.taskrun.rule.TagSlot;
import java.util.List;
import java.util.UUID;

/** The slots of limits on tasks with a tag. */
public interface TagSlots {
  /**
   * Takes one slot of the limit on each tag for as long as the task runs, or of none. What the task
   * run holds already it keeps, and so never holds anything twice.
   */
  TagSlot take(UUID taskRunId, List<String> tags);

  /** Ends a lease that was taken in vain. */
  void giveBack(UUID leaseId);

  /**
   * Ends every lease with which a task run holds slots of the limits on its tags. What it has of
   * other limits its client has taken for it, and gives back.
   */
  void giveBackAllOf(UUID taskRunId, List<String> tags);
}
