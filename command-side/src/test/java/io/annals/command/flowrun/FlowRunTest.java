package io.annals.command.flowrun;

import static io.annals.command.flowrun.FlowRunFixture.FLOW;
import static io.annals.command.flowrun.FlowRunFixture.NOW;
import static io.annals.command.flowrun.FlowRunFixture.RUN;
import static io.annals.command.flowrun.FlowRunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunDeleted;
import io.annals.events.flowrun.FlowRunEvent.FlowRunRenamed;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.RunTimes;
import io.annals.events.state.StateType;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FlowRunTest {
  @Test
  void only_the_latest_timestamps_are_remembered() {
    FlowRun run = created();
    for (int second = 0; second <= FlowRun.MAX_TIMESTAMPS; second++) {
      run = Objects.requireNonNull(FlowRun.evolve(run, running(second)));
    }
    assertThat(run.timestamps())
        .hasSize(FlowRun.MAX_TIMESTAMPS)
        .doesNotContain(NOW)
        .endsWith(NOW.plusSeconds(FlowRun.MAX_TIMESTAMPS));
  }

  @Test
  void a_deleted_run_is_no_run() {
    assertThat(FlowRun.evolve(created(), new FlowRunDeleted(RUN))).isNull();
  }

  @Test
  void nothing_happens_to_a_run_that_was_never_created() {
    FlowRunEvent renamed = new FlowRunRenamed(RUN, "calm-heron");
    assertThatThrownBy(() -> FlowRun.evolve(null, renamed))
        .isInstanceOf(IllegalStateException.class);
  }

  private static FlowRunStateSet running(int second) {
    return new FlowRunStateSet(
        RUN,
        ProposedState.of(StateType.RUNNING).stamped(new UUID(1, second), NOW.plusSeconds(second)),
        StateType.RUNNING,
        ProposalStatus.ACCEPT,
        null,
        null,
        RunTimes.NONE,
        EmpiricalPolicy.DEFAULT);
  }

  private static FlowRun created() {
    return Objects.requireNonNull(
        FlowRun.evolve(
            null,
            new FlowRunCreated(
                RUN,
                FLOW,
                "brave-otter",
                null,
                null,
                null,
                null,
                null,
                json("{}"),
                null,
                json("{}"),
                EmpiricalPolicy.DEFAULT,
                List.of(),
                json("{}"),
                null,
                false,
                null,
                null,
                json("{}"),
                null)));
  }
}
