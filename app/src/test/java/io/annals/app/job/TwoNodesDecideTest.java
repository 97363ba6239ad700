package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.app.JobNode;
import io.annals.command.decision.RefusedException;
import io.annals.command.deployment.DeploymentCommand.PauseDeployment;
import io.annals.command.deployment.DeploymentCommand.ResumeDeployment;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRun;
import io.annals.command.flowrun.FlowRunCommand.DeleteFlowRunInput;
import io.annals.command.flowrun.FlowRunCommand.StoreFlowRunInput;
import io.annals.events.state.StateType;
import java.nio.file.Path;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each node keeps entities in memory, and the other one changes them. */
class TwoNodesDecideTest {
  @TempDir Path home;

  private JobFixture one;
  private JobNode other;
  private CommandGateway elsewhere;

  @BeforeEach
  void start() {
    one = new JobFixture(home.resolve("one"));
    other = new JobNode(one.url, home.resolve("other"));
    elsewhere = other.part(CommandGateway.class);
  }

  @AfterEach
  void stop() {
    other.close();
    one.close();
  }

  @Test
  void nothing_to_do_is_decided_on_the_newest_state() {
    UUID deployment = one.deploy("d", "0 6 * * *");
    one.gateway.sendAndWait(new PauseDeployment(deployment));
    elsewhere.sendAndWait(new ResumeDeployment(deployment));
    assertThat(isPaused(deployment)).isFalse();
    one.gateway.sendAndWait(new PauseDeployment(deployment));
    assertThat(isPaused(deployment)).isTrue();
  }

  @Test
  void a_refusal_is_decided_on_the_newest_state() {
    UUID run = one.run(StateType.RUNNING);
    StoreFlowRunInput store = new StoreFlowRunInput(run, "key", "\"a\"", null);
    one.gateway.sendAndWait(store);
    elsewhere.sendAndWait(new DeleteFlowRunInput(run, "key"));
    one.gateway.sendAndWait(store);
    assertThatThrownBy(() -> elsewhere.sendAndWait(store)).isInstanceOf(RefusedException.class);
  }

  @Test
  void what_is_gone_is_missed() {
    UUID run = one.run(StateType.RUNNING);
    elsewhere.sendAndWait(new DeleteFlowRun(run));
    assertThatThrownBy(() -> one.gateway.sendAndWait(new DeleteFlowRunInput(run, "none")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not found");
  }

  private boolean isPaused(UUID deployment) {
    return one.jdbc
        .sql("SELECT paused FROM deployment WHERE id = ?")
        .param(deployment)
        .query(Boolean.class)
        .single();
  }
}
