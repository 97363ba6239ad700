package io.annals.command.flowrun;

import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.Repository;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes runs that a schedule asks for. No rule is asked about their first state, and Prefect's
 * event stream does not tell of it.
 */
public final class FlowRunPlanningHandler implements PlanFlowRuns {
  private static final String MESSAGE = "Flow run scheduled";

  private final Repository<FlowRunAggregate> repository;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Supplier<String> names;

  /**
   * A planner of runs.
   *
   * @param ids makes ids in the order of time
   * @param names makes up names
   */
  public FlowRunPlanningHandler(
      Repository<FlowRunAggregate> repository,
      InstantSource clock,
      Supplier<UUID> ids,
      Supplier<String> names) {
    this.repository = repository;
    this.clock = clock;
    this.ids = ids;
    this.names = names;
  }

  @Override
  public void plan(List<PlannedRun> runs) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (PlannedRun run : runs) {
      List<FlowRunEvent> events = events(run, ids.get(), ids.get(), names.get(), now);
      try {
        begin(events);
      } catch (RuntimeException failure) {
        throw failure;
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  /** What happened is recorded on the way, as Axon asks for the name of the stream right after. */
  private void begin(List<FlowRunEvent> events) throws Exception {
    repository.newInstance(
        () -> {
          FlowRunAggregate aggregate = new FlowRunAggregate();
          events.forEach(AggregateLifecycle::apply);
          return aggregate;
        });
  }

  static List<FlowRunEvent> events(
      PlannedRun run, UUID id, UUID stateId, String name, Instant now) {
    Instant at = run.scheduledTime();
    State scheduled =
        new State(
            stateId,
            StateType.SCHEDULED,
            "Scheduled",
            now,
            MESSAGE,
            null,
            StateDetails.NONE.at(at));
    return List.of(
        new FlowRunCreated(
            id,
            run.flowId(),
            name,
            run.deploymentId(),
            run.deploymentVersion(),
            run.workQueueId(),
            run.workQueueName(),
            null,
            run.parameters(),
            run.idempotencyKey(),
            JsonNodeFactory.instance.objectNode(),
            EmpiricalPolicy.DEFAULT,
            run.tags(),
            run.labels(),
            null,
            true,
            run.infrastructureDocumentId(),
            null,
            JsonNodeFactory.instance.objectNode(),
            run.createdBy()),
        new FlowRunStateSet(
            id,
            scheduled,
            StateType.SCHEDULED,
            ProposalStatus.ACCEPT,
            null,
            null,
            new RunTimes(0, null, null, Duration.ZERO, at, at),
            EmpiricalPolicy.DEFAULT));
  }
}
