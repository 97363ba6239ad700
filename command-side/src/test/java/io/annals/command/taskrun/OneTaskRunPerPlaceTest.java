package io.annals.command.taskrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Answer;
import io.annals.command.decision.Created;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.TaskRunCommand.CreateTaskRun;
import io.annals.command.taskrun.TaskRunCommand.DeleteTaskRun;
import io.annals.command.taskrun.TaskRunCommand.SetTaskRunState;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent.TaskRunAdopted;
import io.annals.events.taskrun.TaskRunPolicy;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Commands about task runs that race, on a real bus. */
class OneTaskRunPerPlaceTest {
  private static final int RACERS = 50;

  private final TaskRunBus bus = new TaskRunBus();

  static CreateTaskRun create(@Nullable UUID taskRunId) {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return new CreateTaskRun(
        taskRunId,
        "extract-0",
        null,
        "extract",
        "0",
        null,
        null,
        null,
        TaskRunPolicy.DEFAULT,
        List.of(),
        empty,
        empty,
        null,
        Client.UNKNOWN);
  }

  @Test
  void commands_that_race_for_a_place_all_get_the_same_run() throws Exception {
    Callable<Created> create = () -> bus.create(create(UUID.randomUUID()));
    List<Created> answers = bus.race(Collections.nCopies(RACERS, create));
    assertThat(answers).filteredOn(Created::isNew).hasSize(1);
    assertThat(answers).extracting(Created::id).containsOnly(answers.getFirst().id());
  }

  @Test
  void states_that_race_follow_each_other_and_none_is_taken_for_a_report() throws Exception {
    UUID run = bus.create(create(null)).id();
    Callable<Answer> start =
        () ->
            bus.propose(
                new SetTaskRunState(
                    run, ProposedState.of(StateType.RUNNING), false, Client.UNKNOWN));
    List<Answer> answers = bus.race(Collections.nCopies(RACERS, start));
    assertThat(answers).allMatch(Answer::written);
    assertThat(bus.row(run).times().runCount()).isEqualTo(RACERS);
    assertThat(answers).extracting(Answer::state).extracting(State::id).doesNotHaveDuplicates();
    assertThat(bus.events()).noneMatch(TaskRunAdopted.class::isInstance);
  }

  @Test
  void an_id_can_be_used_again_after_a_deletion() {
    UUID run = bus.create(create(UUID.randomUUID())).id();
    bus.send(new DeleteTaskRun(run));
    CreateTaskRun elsewhere =
        new CreateTaskRun(
            run,
            "again",
            null,
            "extract",
            "1",
            null,
            null,
            null,
            TaskRunPolicy.DEFAULT,
            List.of(),
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.objectNode(),
            null,
            Client.UNKNOWN);
    assertThat(bus.create(elsewhere)).isEqualTo(new Created(run, true));
    assertThat(bus.row(run).name()).isEqualTo("again");
  }
}
