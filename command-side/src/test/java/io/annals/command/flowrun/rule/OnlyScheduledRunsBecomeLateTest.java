package io.annals.command.flowrun.rule;

import static io.annals.command.flowrun.FlowRunFixture.run;
import static io.annals.command.flowrun.FlowRunFixture.runIn;
import static io.annals.events.state.ProposalStatus.REJECT;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;

import org.junit.jupiter.api.Test;

class OnlyScheduledRunsBecomeLateTest {
  private static final String RULE = "OnlyScheduledRunsBecomeLate";

  @Test
  void a_scheduled_run_becomes_late() {
    runIn(SCHEDULED).propose(SCHEDULED, "Late").accepted();
  }

  @Test
  void only_once() {
    runIn(SCHEDULED)
        .named("Late")
        .propose(SCHEDULED, "Late")
        .refusedWithoutTrace(REJECT, RULE, "This flow run is already marked late.");
  }

  @Test
  void a_run_that_is_not_scheduled_is_not_late() {
    runIn(RUNNING)
        .propose(SCHEDULED, "Late")
        .refusedWithoutTrace(REJECT, RULE, "Only scheduled flows can be marked late.");
  }

  @Test
  void a_run_without_a_state_may_be_late() {
    run().propose(SCHEDULED, "Late").accepted();
  }

  @Test
  void other_names_are_not_looked_at() {
    runIn(PENDING).propose(SCHEDULED).accepted();
  }
}
