package io.annals.command.flowrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.flowrun.TakeBackRuns.Which;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class TakeBackRunsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Instant EARLIER = NOW.minusSeconds(60);
  private static final UUID RUN = new UUID(1, 1);

  @Test
  void what_is_planned_ahead_goes_and_what_is_late_stays() {
    assertThat(Which.PLANNED_AHEAD.has(run(true, StateType.SCHEDULED, "Scheduled", LATER, 0), NOW))
        .isTrue();
    assertThat(Which.PLANNED_AHEAD.has(run(true, StateType.SCHEDULED, "Late", EARLIER, 0), NOW))
        .isFalse();
    assertThat(Which.PLANNED.has(run(true, StateType.SCHEDULED, "Late", EARLIER, 0), NOW)).isTrue();
  }

  @Test
  void what_somebody_asked_for_only_goes_with_the_deployment() {
    FlowRun asked = run(false, StateType.SCHEDULED, "Scheduled", LATER, 0);
    assertThat(Which.PLANNED_AHEAD.has(asked, NOW)).isFalse();
    assertThat(Which.PLANNED.has(asked, NOW)).isFalse();
    assertThat(Which.ALL.has(asked, NOW)).isTrue();
  }

  @Test
  void a_run_that_a_worker_has_taken_stays() {
    assertThat(Which.ALL.has(run(true, StateType.PENDING, "Pending", LATER, 0), NOW)).isFalse();
    assertThat(Which.ALL.has(run(true, StateType.SCHEDULED, Which.TAKEN, LATER, 0), NOW)).isFalse();
  }

  @Test
  void a_run_that_has_run_before_stays() {
    assertThat(Which.ALL.has(run(true, StateType.SCHEDULED, "AwaitingRetry", LATER, 1), NOW))
        .isFalse();
  }

  private static FlowRun run(
      boolean planned, StateType type, String name, Instant next, int runCount) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    FlowRun created =
        FlowRun.evolve(
            null,
            new FlowRunCreated(
                RUN,
                new UUID(2, 2),
                "brave-otter",
                new UUID(3, 3),
                null,
                null,
                null,
                null,
                nothing,
                null,
                nothing,
                EmpiricalPolicy.DEFAULT,
                List.of(),
                nothing,
                null,
                planned,
                null,
                null,
                nothing,
                null));
    State state = new State(new UUID(4, 4), type, name, EARLIER, null, null, StateDetails.NONE);
    RunTimes times = new RunTimes(runCount, null, null, Duration.ZERO, next, next);
    return Objects.requireNonNull(
        FlowRun.evolve(
            created,
            new FlowRunStateSet(
                RUN,
                state,
                type,
                ProposalStatus.ACCEPT,
                null,
                null,
                times,
                EmpiricalPolicy.DEFAULT)));
  }
}
