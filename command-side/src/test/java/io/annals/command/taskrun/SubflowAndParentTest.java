package io.annals.command.taskrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.command.decision.RefusedException;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.flowrun.FlowRunCommand.SetFlowRunState;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunCommand.DeleteTaskRun;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.flowrun.FlowRunEvent.FlowRunCreated;
import io.annals.events.flowrun.FlowRunEvent.FlowRunStateSet;
import io.annals.events.log.DomainEvent;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Subflows and the task runs that stand for them, both with their handlers of production. */
class SubflowAndParentTest {
  private final TaskRunBus bus = new TaskRunBus();
  private final UUID parent = bus.create(OneTaskRunPerPlaceTest.create(null)).id();

  private UUID subflow() {
    return subflowOf(parent);
  }

  private UUID subflowOf(UUID parentTaskRunId) {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return bus.create(
            new CreateFlowRun(
                new UUID(2, 2),
                "subflow",
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
                parentTaskRunId,
                null,
                empty,
                null,
                null,
                Client.UNKNOWN))
        .id();
  }

  private void propose(UUID subflow, StateType type) {
    bus.send(new SetFlowRunState(subflow, ProposedState.of(type), false, Client.UNKNOWN));
  }

  @Test
  void both_states_are_stored_at_once() {
    UUID subflow = subflow();
    assertThat(bus.appends().getLast())
        .extracting(DomainEvent::getClass)
        .isEqualTo(List.of(FlowRunCreated.class, FlowRunStateSet.class, TaskRunStateSet.class));
    propose(subflow, StateType.RUNNING);
    assertThat(bus.appends().getLast())
        .extracting(DomainEvent::getClass)
        .isEqualTo(List.of(FlowRunStateSet.class, TaskRunStateSet.class));
  }

  @Test
  void the_parent_goes_through_the_states_of_its_subflow() {
    UUID subflow = subflow();
    propose(subflow, StateType.RUNNING);
    propose(subflow, StateType.COMPLETED);
    TaskRun shown = bus.row(parent);
    State state = Objects.requireNonNull(shown.state());
    assertThat(state.type()).isEqualTo(StateType.COMPLETED);
    assertThat(state.stateDetails().childFlowRunId()).isEqualTo(subflow);
    assertThat(state.stateDetails().taskRunId()).isEqualTo(parent);
    assertThat(state.stateDetails().flowRunId()).isNull();
    assertThat(shown.times().runCount()).isEqualTo(1);
    assertThat(shown.times().endTime()).isEqualTo(state.timestamp());
  }

  @Test
  void a_subflow_goes_on_when_its_parent_is_gone() {
    UUID subflow = subflow();
    bus.send(new DeleteTaskRun(parent));
    propose(subflow, StateType.RUNNING);
    assertThat(bus.appends().getLast()).singleElement().isInstanceOf(FlowRunStateSet.class);
  }

  @Test
  void a_subflow_of_a_task_run_that_does_not_exist_is_refused() {
    assertThatThrownBy(() -> subflowOf(new UUID(9, 9))).isInstanceOf(RefusedException.class);
  }
}
