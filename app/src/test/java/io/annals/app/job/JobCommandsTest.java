package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.job.WorkersThatFallSilent.Patience;
import io.annals.app.log.TestPostgres;
import io.annals.command.decision.Refusal;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkPoolNotReady;
import io.annals.query.sql.Database;
import io.annals.query.workpool.QueuePolls;
import io.annals.query.workpool.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.Test;

/** What a job makes of commands that fail. */
class JobCommandsTest {
  private final CommandBus bus = SimpleCommandBus.builder().build();
  private final JobCommands commands =
      new JobCommands(DefaultCommandGateway.builder().commandBus(bus).build(), "job");

  @Test
  void one_that_fails_keeps_no_other_from_its_turn() {
    List<Integer> done = new ArrayList<>();
    int count =
        commands.forEach(
            List.of(1, 2, 3),
            thing -> {
              if (thing == 1) {
                throw new IllegalStateException("as this test wants it");
              }
              done.add(thing);
            });
    assertThat(done).containsExactly(2, 3);
    assertThat(count).isEqualTo(2);
  }

  @Test
  void a_job_fails_that_can_do_nothing_for_any() {
    List<Integer> tried = new ArrayList<>();
    assertThatThrownBy(
            () ->
                commands.forEach(
                    List.of(1, 2),
                    thing -> {
                      tried.add(thing);
                      throw new IllegalStateException("failure " + thing);
                    }))
        .hasMessage("failure 1");
    assertThat(tried).containsExactly(1, 2);
  }

  @Test
  void to_come_too_late_for_all_is_no_failure() {
    int count =
        commands.forEach(
            List.of(1, 2),
            thing -> {
              throw Refusal.INTEGRITY.asException();
            });
    assertThat(count).isZero();
  }

  @Test
  void a_job_that_is_stopped_begins_nothing_more() {
    List<Integer> done = new ArrayList<>();
    assertThatThrownBy(
            () ->
                commands.forEach(
                    List.of(1, 2),
                    thing -> {
                      done.add(thing);
                      Thread.currentThread().interrupt();
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).containsExactly(1);
  }

  @Test
  void a_failure_on_the_last_page_does_not_undo_the_pages_before() {
    List<UUID> all = IntStream.rangeClosed(1, 5).mapToObj(i -> new UUID(0, i)).toList();
    Iterable<UUID> pages =
        Pages.of(
            2,
            (after, limit) ->
                all.stream()
                    .filter(id -> after == null || id.compareTo(after) > 0)
                    .limit(limit)
                    .toList(),
            Function.identity());
    assertThat(pages).containsExactlyElementsOf(all);
    int done =
        commands.forEach(
            pages,
            id -> {
              if (id.equals(all.getLast())) {
                throw new IllegalStateException("as this test wants it");
              }
            });
    assertThat(done).isEqualTo(4);
  }

  @Test
  void the_foreman_comes_to_every_pool_and_fails_when_none_could_be_marked() {
    List<UUID> tried = new ArrayList<>();
    bus.subscribe(
        MarkWorkPoolNotReady.class.getName(),
        message -> {
          tried.add(((MarkWorkPoolNotReady) message.getPayload()).workPoolId());
          throw new IllegalStateException("as this test wants it");
        });
    List<Instant> horizons = new ArrayList<>();
    Duration minute = Duration.ofMinutes(1);
    try (HikariDataSource pool = TestPostgres.reader(TestPostgres.freshDatabase())) {
      TestPostgres.execute(pool, "INSERT INTO work_pool VALUES " + pool(1) + "," + pool(2));
      Workers workers = new Workers(new Database(pool, pool), pool, UUID::randomUUID);
      WorkersThatFallSilent foreman =
          new WorkersThatFallSilent(
              workers,
              new QueuePolls(pool),
              commands,
              horizons::add,
              new Patience(minute, 3, minute, minute, minute));
      assertThatThrownBy(() -> foreman.run(Instant.now())).hasMessage("as this test wants it");
    }
    assertThat(tried).containsExactlyInAnyOrder(new UUID(0, 1), new UUID(0, 2));
    assertThat(horizons).as("the deployments had their turn").hasSize(1);
  }

  private static String pool(int number) {
    return "('%s', now(), now(), 'pool %d', null, 'process', '{}', false, null, null, 'READY', '{}')"
        .formatted(new UUID(0, number), number);
  }
}
