package io.annals.command.flowrun.rule;

import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.flowrun.rule.Transition.RunFacts;
import io.annals.command.state.Client;
import io.annals.command.state.ProposedState;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.ProposalStatus;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How rules are asked and how they conclude, shown with rules that only take notes. */
class OrchestrationTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final List<String> notes = new ArrayList<>();

  @Test
  void rules_are_asked_in_order_and_conclude_in_reverse_order() {
    Outcome outcome = ask(any("a", Transition::pass), any("b", Transition::pass));
    assertThat(notes).containsExactly("a asked", "b asked", "b after", "a after");
    assertThat(outcome.status()).isEqualTo(ProposalStatus.ACCEPT);
    assertThat(outcome.rule()).isNull();
  }

  @Test
  void a_rule_that_does_not_govern_the_transition_is_not_asked() {
    ask(note("a", (from, to) -> to == COMPLETED, Transition::pass));
    assertThat(notes).isEmpty();
  }

  @Test
  void after_a_substitution_nobody_else_is_asked_and_those_before_take_back() {
    Outcome outcome =
        ask(any("a", Transition::pass), any("b", replaceBy(SCHEDULED)), any("c", Transition::pass));
    assertThat(notes).containsExactly("a asked", "b asked", "b after", "a taken back");
    assertThat(outcome.status()).isEqualTo(ProposalStatus.REJECT);
    assertThat(outcome.rule()).isEqualTo("b");
    assertThat(outcome.state()).isNotNull();
  }

  @Test
  void a_substitute_of_the_same_type_changes_nothing_for_the_others() {
    ask(any("a", Transition::pass), any("b", replaceBy(RUNNING)), any("c", Transition::pass));
    assertThat(notes)
        .containsExactly("a asked", "b asked", "c asked", "c after", "b after", "a after");
  }

  @Test
  void a_rule_whose_substitute_is_none_of_its_business_does_not_conclude() {
    ask(note("a", (from, to) -> to == RUNNING, replaceBy(SCHEDULED)));
    assertThat(notes).containsExactly("a asked");
  }

  @Test
  void after_a_drop_nobody_else_is_asked_and_those_before_take_back() {
    Outcome outcome =
        ask(
            any("a", Transition::pass),
            any("b", proposed -> new Verdict.Wait(7, "later")),
            any("c", Transition::pass),
            universal("d"));
    assertThat(notes).containsExactly("a asked", "b asked", "b after", "a taken back");
    assertThat(outcome.state()).isNull();
    assertThat(outcome.status()).isEqualTo(ProposalStatus.WAIT);
    assertThat(outcome.delaySeconds()).isEqualTo(7);
  }

  @Test
  void a_rule_that_drops_concludes_only_if_it_governs_dropped_proposals() {
    ask(note("a", (from, to) -> to == RUNNING, proposed -> new Verdict.Abort("no")));
    assertThat(notes).containsExactly("a asked");
  }

  @Test
  void universal_rules_are_asked_about_substitutes_too() {
    ask(any("a", replaceBy(SCHEDULED)), universal("b"));
    assertThat(notes).containsExactly("a asked", "b asked", "b after", "a after");
  }

  @Test
  void universal_rules_do_not_conclude_when_the_proposal_was_dropped() {
    ask(universal("a"), any("b", proposed -> new Verdict.Reject("no")));
    assertThat(notes).containsExactly("a asked", "b asked", "b after");
  }

  @Test
  void each_rule_sees_what_the_rules_before_it_have_changed() {
    Outcome outcome =
        ask(
            any("a", proposed -> proposed.passWith(proposed.policy().retriedAs("reschedule"))),
            any("b", proposed -> proposed.passWith(proposed.policy().pausedBy("key"))));
    assertThat(outcome.policy().retryType()).isEqualTo("reschedule");
    assertThat(outcome.policy().pauseKeys()).containsExactly("key");
  }

  @Test
  void a_resuming_run_goes_on_and_loses_its_mark() {
    Outcome outcome = ask(EmpiricalPolicy.DEFAULT.markedResuming(true), Client.UNKNOWN, RUNNING);
    assertThat(outcome.continuesPausedRun()).isTrue();
    assertThat(outcome.policy().resuming()).isFalse();
  }

  @Test
  void a_resuming_run_that_ends_loses_its_mark() {
    Outcome outcome = ask(EmpiricalPolicy.DEFAULT.markedResuming(true), Client.UNKNOWN, COMPLETED);
    assertThat(outcome.continuesPausedRun()).isFalse();
    assertThat(outcome.policy().resuming()).isFalse();
  }

  @Test
  void a_resuming_run_keeps_its_mark_until_then() {
    Outcome outcome = ask(EmpiricalPolicy.DEFAULT.markedResuming(true), Client.UNKNOWN, PENDING);
    assertThat(outcome.policy().resuming()).isTrue();
  }

  @Test
  void clients_from_before_pauses_count_every_run() {
    Outcome outcome =
        ask(EmpiricalPolicy.DEFAULT.markedResuming(true), Client.of("0.8.3", null), RUNNING);
    assertThat(outcome.continuesPausedRun()).isFalse();
    assertThat(outcome.policy().resuming()).isTrue();
  }

  private static Outcome ask(EmpiricalPolicy policy, Client client, StateType to) {
    return Orchestration.of(
        List.of(), new Transition(facts(), state(PENDING), state(to), policy, client, NOW));
  }

  private static Outcome ask(TransitionRule... order) {
    return Orchestration.of(
        List.of(order),
        new Transition(
            facts(), state(PENDING), state(RUNNING), EmpiricalPolicy.DEFAULT, Client.UNKNOWN, NOW));
  }

  private static RunFacts facts() {
    return new RunFacts(null, null, null, 0, new DeploymentSlot.NotAsked());
  }

  private static State state(StateType type) {
    return ProposedState.of(type).stamped(new UUID(1, 1), NOW);
  }

  private static Function<Transition, Verdict> replaceBy(StateType type) {
    return proposed ->
        new Verdict.Replace(
            proposed.substitute(type, type.defaultName(), null, StateDetails.NONE),
            "instead",
            proposed.policy());
  }

  private TransitionRule any(String name, Function<Transition, Verdict> judge) {
    return note(name, (from, to) -> true, judge);
  }

  private TransitionRule note(
      String name,
      BiPredicate<@Nullable StateType, @Nullable StateType> governs,
      Function<Transition, Verdict> judge) {
    return new Note(name, governs, judge, false, notes);
  }

  private TransitionRule universal(String name) {
    return new Note(name, (from, to) -> true, Transition::pass, true, notes);
  }

  private record Note(
      String name,
      BiPredicate<@Nullable StateType, @Nullable StateType> governing,
      Function<Transition, Verdict> judging,
      boolean isUniversal,
      List<String> notes)
      implements TransitionRule {
    @Override
    public boolean governs(@Nullable StateType from, @Nullable StateType to) {
      return governing.test(from, to);
    }

    @Override
    public Verdict judge(Transition proposed) {
      notes.add(name + " asked");
      return judging.apply(proposed);
    }

    @Override
    public EmpiricalPolicy after(Transition judged, EmpiricalPolicy policy) {
      notes.add(name + " after");
      return policy;
    }

    @Override
    public EmpiricalPolicy takenBack(Transition judged, EmpiricalPolicy policy) {
      notes.add(name + " taken back");
      return policy;
    }
  }
}
