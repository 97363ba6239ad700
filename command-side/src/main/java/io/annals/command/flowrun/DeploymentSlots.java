package io.annals.command.flowrun;

import io.annals.command.flowrun.rule.DeploymentSlot;
import io.annals.command.flowrun.rule.SlotQuestion;
import java.util.UUID;

/** The slots of deployments whose runs are limited in number. */
public interface DeploymentSlots {
  /**
   * Finds out what rules need to know, and takes what they may need. A slot that is taken is free
   * again after a while unless its lease is renewed.
   */
  DeploymentSlot answer(SlotQuestion question);

  /** Ends a lease; it may have ended already. */
  void giveBack(UUID leaseId);
}
