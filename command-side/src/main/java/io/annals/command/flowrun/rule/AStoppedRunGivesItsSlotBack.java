package io.annals.command.flowrun.rule;

import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that is not under way any more gives its deployment's slot back, once that is stored. One
 * that awaits a retry in its own process keeps it; one that asks to be scheduled again does not.
 * Prefect's ReleaseFlowConcurrencySlots, without its fallback for runs that hold no lease: they
 * hold no slot here.
 */
public final class AStoppedRunGivesItsSlotBack {
  private AStoppedRunGivesItsSlotBack() {}

  /**
   * The lease that is ended when a run has gone from one state to the next.
   *
   * @param status whether the state is the one that was proposed
   */
  public static @Nullable UUID leaseAfter(
      @Nullable UUID deploymentId, @Nullable State from, State to, ProposalStatus status) {
    boolean retriesInProcess =
        status == ProposalStatus.REJECT
            && to.isAny(StateType.SCHEDULED)
            && to.name().equals(AFailedRunIsRetried.AWAITING_RETRY);
    return SlotTransitions.holdsSlot(to.type()) || retriesInProcess
        ? null
        : leaseOfDeleted(deploymentId, from);
  }

  /** The lease that is ended when a run is deleted. */
  public static @Nullable UUID leaseOfDeleted(@Nullable UUID deploymentId, @Nullable State state) {
    return deploymentId != null && state != null && SlotTransitions.holdsSlot(state.type())
        ? state.stateDetails().deploymentConcurrencyLeaseId()
        : null;
  }
}
