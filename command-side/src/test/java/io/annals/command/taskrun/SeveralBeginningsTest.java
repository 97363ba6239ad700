package io.annals.command.taskrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.flow.FlowEvent.FlowCreated;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent.TaskRunCreated;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One command may begin several entities of a kind; all are stored together. */
class SeveralBeginningsTest {
  private final TaskRunBus bus = new TaskRunBus();

  private static CreateFlowRun run() {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return new CreateFlowRun(
        new UUID(1, 1),
        "brave-otter",
        null,
        null,
        null,
        null,
        null,
        empty,
        null,
        empty,
        EmpiricalPolicy.DEFAULT,
        List.of(),
        empty,
        null,
        null,
        empty,
        null,
        ProposedState.of(StateType.SCHEDULED),
        Client.UNKNOWN);
  }

  @Test
  void flow_runs() {
    bus.send(
        new TaskRunBus.Together(
            (flows, flowRuns, taskRuns) -> {
              flowRuns.handle(run());
              flowRuns.handle(run());
            }));
    assertThat(bus.appends()).hasSize(1);
    assertThat(bus.events().filter(FlowRunCreated.class::isInstance)).hasSize(2);
  }

  @Test
  void flows() {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    bus.send(
        new TaskRunBus.Together(
            (flows, flowRuns, taskRuns) -> {
              flows.handle(new CreateFlow("one", List.of(), empty));
              flows.handle(new CreateFlow("two", List.of(), empty));
            }));
    assertThat(bus.appends()).hasSize(1);
    assertThat(bus.events().filter(FlowCreated.class::isInstance)).hasSize(2);
  }

  @Test
  void task_runs() {
    bus.send(
        new TaskRunBus.Together(
            (flows, flowRuns, taskRuns) -> {
              taskRuns.handle(OneTaskRunPerPlaceTest.create(null));
              taskRuns.handle(OneTaskRunPerPlaceTest.create(null));
            }));
    assertThat(bus.appends()).hasSize(1);
    assertThat(bus.events().filter(TaskRunCreated.class::isInstance)).hasSize(2);
  }
}
