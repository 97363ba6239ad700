package io.annals.command.state;

import static io.annals.events.state.StateType.COMPLETED;
import static io.annals.events.state.StateType.FAILED;
import static io.annals.events.state.StateType.PENDING;
import static io.annals.events.state.StateType.RUNNING;
import static io.annals.events.state.StateType.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import io.annals.events.state.RunTimes;
import io.annals.events.state.State;
import io.annals.events.state.StateDetails;
import io.annals.events.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BookkeepingTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void a_run_starts_when_it_first_runs() {
    RunTimes times = Bookkeeping.after(RunTimes.NONE, at(PENDING, 0), at(RUNNING, 1), true);
    assertThat(times.startTime()).isEqualTo(second(1));
    assertThat(times.runCount()).isEqualTo(1);
    RunTimes again = Bookkeeping.after(times, at(FAILED, 2), at(RUNNING, 3), true);
    assertThat(again.startTime()).isEqualTo(second(1));
    assertThat(again.runCount()).isEqualTo(2);
  }

  @Test
  void a_run_that_merely_goes_on_is_not_counted_but_starts() {
    RunTimes times = Bookkeeping.after(RunTimes.NONE, at(PENDING, 0), at(RUNNING, 1), false);
    assertThat(times.runCount()).isZero();
    assertThat(times.startTime()).isEqualTo(second(1));
  }

  @Test
  void only_running_states_count() {
    assertThat(Bookkeeping.after(RunTimes.NONE, null, at(PENDING, 0), true).runCount()).isZero();
  }

  @Test
  void a_run_ends_when_it_enters_a_terminal_state() {
    RunTimes times = Bookkeeping.after(started(), at(RUNNING, 1), at(COMPLETED, 5), true);
    assertThat(times.endTime()).isEqualTo(second(5));
    assertThat(times.totalRunTime()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void the_end_stays_while_one_terminal_state_follows_another() {
    RunTimes ended = Bookkeeping.after(started(), at(RUNNING, 1), at(COMPLETED, 5), true);
    assertThat(Bookkeeping.after(ended, at(COMPLETED, 5), at(FAILED, 9), true).endTime())
        .isEqualTo(second(5));
  }

  @Test
  void a_run_that_starts_over_has_no_end() {
    RunTimes ended = Bookkeeping.after(started(), at(RUNNING, 1), at(FAILED, 5), true);
    assertThat(Bookkeeping.after(ended, at(FAILED, 5), at(SCHEDULED, 6), true).endTime()).isNull();
  }

  @Test
  void a_run_that_fails_before_it_runs_starts_and_ends_at_once() {
    RunTimes times = Bookkeeping.after(RunTimes.NONE, at(PENDING, 0), at(FAILED, 2), true);
    assertThat(times.startTime()).isEqualTo(second(2));
    assertThat(times.endTime()).isEqualTo(second(2));
    assertThat(times.totalRunTime()).isZero();
  }

  @Test
  void run_time_adds_up_over_running_states() {
    RunTimes once = Bookkeeping.after(started(), at(RUNNING, 1), at(FAILED, 5), true);
    RunTimes twice = Bookkeeping.after(once, at(RUNNING, 10), at(RUNNING, 13), true);
    assertThat(twice.totalRunTime()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void the_expected_start_is_set_once_by_the_first_state() {
    RunTimes scheduled = Bookkeeping.after(RunTimes.NONE, null, scheduledFor(0, 60), true);
    assertThat(scheduled.expectedStartTime()).isEqualTo(second(60));
    RunTimes later = Bookkeeping.after(scheduled, scheduledFor(0, 60), scheduledFor(1, 90), true);
    assertThat(later.expectedStartTime()).isEqualTo(second(60));
    assertThat(Bookkeeping.after(RunTimes.NONE, null, at(PENDING, 3), true).expectedStartTime())
        .isEqualTo(second(3));
  }

  @Test
  void the_next_scheduled_start_is_known_while_a_run_is_scheduled() {
    RunTimes scheduled = Bookkeeping.after(RunTimes.NONE, null, scheduledFor(0, 60), true);
    assertThat(scheduled.nextScheduledStartTime()).isEqualTo(second(60));
    RunTimes moved = Bookkeeping.after(scheduled, scheduledFor(0, 60), scheduledFor(1, 90), true);
    assertThat(moved.nextScheduledStartTime()).isEqualTo(second(90));
    RunTimes taken = Bookkeeping.after(moved, scheduledFor(1, 90), at(PENDING, 2), true);
    assertThat(taken.nextScheduledStartTime()).isNull();
  }

  @Test
  void states_of_a_run_never_share_a_timestamp() {
    Set<Instant> taken = Set.of(second(0), second(0).plusNanos(1000));
    assertThat(Bookkeeping.freeTimestamp(second(0), taken::contains))
        .isEqualTo(second(0).plusNanos(2000));
    assertThat(Bookkeeping.freeTimestamp(second(1), taken::contains)).isEqualTo(second(1));
  }

  @Test
  void without_a_scheduled_time_there_is_nothing_to_wait_for() {
    assertThat(Bookkeeping.secondsUntil(null, START)).isZero();
  }

  private static RunTimes started() {
    return Bookkeeping.after(RunTimes.NONE, at(PENDING, 0), at(RUNNING, 1), true);
  }

  private static State at(StateType type, int seconds) {
    return new State(
        new UUID(0, seconds),
        type,
        type.defaultName(),
        second(seconds),
        null,
        null,
        StateDetails.NONE);
  }

  private static State scheduledFor(int seconds, int scheduled) {
    return at(SCHEDULED, seconds).with(StateDetails.NONE.at(second(scheduled)));
  }

  private static Instant second(int seconds) {
    return START.plusSeconds(seconds);
  }
}
