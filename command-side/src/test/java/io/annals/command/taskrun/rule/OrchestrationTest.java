package io.annals.command.taskrun.rule;

import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.state.ProposedState;
import io.annals.command.taskrun.rule.Transition.RunFacts;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How rules are asked and how they conclude, shown with rules that only take notes. */
class OrchestrationTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final List<String> notes = new ArrayList<>();

  @Test
  void rules_are_asked_in_order_and_conclude_in_reverse_order() {
    Outcome outcome = ask(note("a", Transition::pass), note("b", Transition::pass));
    assertThat(notes).containsExactly("a asked", "b asked", "b after", "a after");
    assertThat(outcome.status()).isEqualTo(ProposalStatus.ACCEPT);
    assertThat(outcome.rule()).isNull();
  }

  @Test
  void a_rule_that_does_not_govern_the_transition_is_not_asked() {
    ask(new Note("a", COMPLETED, Transition::pass, notes));
    assertThat(notes).isEmpty();
  }

  @Test
  void after_a_substitution_nobody_else_is_asked_and_those_before_take_back() {
    Outcome outcome =
        ask(
            note("a", Transition::pass),
            note("b", replaceBy(SCHEDULED)),
            note("c", Transition::pass));
    assertThat(notes).containsExactly("a asked", "b asked", "b after", "a taken back");
    assertThat(outcome.status()).isEqualTo(ProposalStatus.REJECT);
    assertThat(outcome.rule()).isEqualTo("b");
    assertThat(outcome.state()).isNotNull();
  }

  @Test
  void a_substitute_of_the_same_type_changes_nothing_for_the_others() {
    ask(note("a", Transition::pass), note("b", replaceBy(RUNNING)), note("c", Transition::pass));
    assertThat(notes)
        .containsExactly("a asked", "b asked", "c asked", "c after", "b after", "a after");
  }

  @Test
  void a_rule_whose_substitute_is_none_of_its_business_does_not_conclude() {
    ask(new Note("a", RUNNING, replaceBy(SCHEDULED), notes));
    assertThat(notes).containsExactly("a asked");
  }

  @Test
  void after_a_drop_nobody_else_is_asked_and_those_before_take_back() {
    Outcome outcome =
        ask(
            note("a", Transition::pass),
            note("b", proposed -> new Verdict.Wait(7, "later")),
            note("c", Transition::pass));
    assertThat(notes).containsExactly("a asked", "b asked", "a taken back");
    assertThat(outcome.state()).isNull();
    assertThat(outcome.status()).isEqualTo(ProposalStatus.WAIT);
    assertThat(outcome.reason()).isEqualTo("later");
    assertThat(outcome.delaySeconds()).isEqualTo(7);
  }

  @Test
  void each_rule_sees_what_the_rules_before_it_have_changed() {
    Outcome outcome =
        ask(
            note("a", proposed -> new Verdict.Pass(proposed.to(), new Counts(0, 5))),
            note(
                "b", proposed -> proposed.passNamed("run " + proposed.counts().flowRunRunCount())));
    assertThat(outcome.state()).extracting(State::name).isEqualTo("run 5");
    assertThat(outcome.counts()).isEqualTo(new Counts(0, 5));
  }

  @Test
  void without_rules_everything_is_accepted() {
    assertThat(ask().status()).isEqualTo(ProposalStatus.ACCEPT);
  }

  private static Outcome ask(TransitionRule... order) {
    RunFacts facts =
        new RunFacts(
            new UUID(1, 1), null, TaskRunPolicy.DEFAULT, null, null, new TagSlot.NotNeeded(), 0);
    return Orchestration.of(
        List.of(order),
        new Transition(facts, state(PENDING), state(RUNNING), new Counts(1, 1), NOW));
  }

  private static State state(StateType type) {
    return ProposedState.of(type).stamped(new UUID(1, 1), NOW);
  }

  private static Function<Transition, Verdict> replaceBy(StateType type) {
    return proposed ->
        new Verdict.Replace(
            proposed.substitute(type, type.defaultName(), StateDetails.NONE), "instead");
  }

  private TransitionRule note(String name, Function<Transition, Verdict> judging) {
    return new Note(name, null, judging, notes);
  }

  /** Governs the transitions to one type, or all of them. */
  private record Note(
      String name,
      @Nullable StateType governed,
      Function<Transition, Verdict> judging,
      List<String> notes)
      implements TransitionRule {
    @Override
    public boolean governs(@Nullable StateType from, StateType to) {
      return governed == null || governed == to;
    }

    @Override
    public Verdict judge(Transition proposed) {
      notes.add(name + " asked");
      return judging.apply(proposed);
    }

    @Override
    public Counts after(Transition judged, Counts counts) {
      notes.add(name + " after");
      return counts;
    }

    @Override
    public Counts takenBack(Transition judged, Counts counts) {
      notes.add(name + " taken back");
      return counts;
    }
  }
}
