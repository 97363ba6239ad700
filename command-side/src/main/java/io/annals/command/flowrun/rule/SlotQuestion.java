package io.annals.command.flowrun.rule;

import io.annals.command.state.Client;
import io.annals.command.state.ClientVersion;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the rules need to know, and to have, of a deployment's slots before they are asked about a
 * transition. Most transitions need nothing.
 */
public sealed interface SlotQuestion {
  /** The first release whose flow runs renew the lease of their slot themselves. */
  ClientVersion RENEWS_LEASES = new ClientVersion(3, 4, 11, "");

  /** Workers of these releases count the slots of deployments themselves. */
  Set<String> COUNT_SLOTS_THEMSELVES = Set.of("3.0.0rc20", "3.0.0", "3.0.1", "3.0.2", "3.0.3");

  /** Nothing. */
  record None() implements SlotQuestion {}

  /** A slot, for a run that is about to be PENDING. */
  record Take(UUID deploymentId, UUID flowRunId) implements SlotQuestion {}

  /** The slot that a run has been given, or another one, for a run that is about to start. */
  record Renew(UUID deploymentId, UUID flowRunId, UUID leaseId) implements SlotQuestion {}

  /**
   * The slot that a run has been given, for as long as it lasts: its client is too old to renew the
   * lease. Prefect's RemoveDeploymentConcurrencyLeaseForOldClientVersions, which leaves the slot
   * taken without a lease.
   */
  record Keep(UUID flowRunId, UUID leaseId) implements SlotQuestion {}

  /** Whether a slot is free, for a run that is about to be late. */
  record Look(UUID deploymentId) implements SlotQuestion {}

  /** What there is to ask before a proposal of a client is decided. */
  static SlotQuestion about(
      UUID flowRunId,
      @Nullable UUID deploymentId,
      @Nullable State from,
      StateType to,
      Client client) {
    if (deploymentId == null || from == null) {
      return new None();
    }
    if (SlotTransitions.takesSlot(from.type(), to)) {
      return countsSlotsItself(client) ? new None() : new Take(deploymentId, flowRunId);
    }
    UUID leaseId = from.stateDetails().deploymentConcurrencyLeaseId();
    if (leaseId == null || !from.isAny(StateType.PENDING)) {
      return new None();
    }
    boolean renews = client.isAtLeast(RENEWS_LEASES);
    return switch (to) {
      case RUNNING ->
          renews ? new Renew(deploymentId, flowRunId, leaseId) : new Keep(flowRunId, leaseId);
      case CANCELLING -> renews ? new None() : new Keep(flowRunId, leaseId);
      default -> new None();
    };
  }

  private static boolean countsSlotsItself(Client client) {
    ClientVersion version = client.version();
    return version != null && COUNT_SLOTS_THEMSELVES.contains(version.text());
  }
}
