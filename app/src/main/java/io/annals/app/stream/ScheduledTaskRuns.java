package io.annals.app.stream;

import io.annals.events.log.LoggedEvent;
import io.annals.events.state.State;
import io.annals.events.state.StateType;
import io.annals.events.taskrun.TaskRunEvent.TaskRunStateSet;
import io.annals.query.log.LogTail;
import io.annals.query.request.WireJson;
import io.annals.query.taskrun.TaskRunQueries;
import io.annals.query.taskrun.TaskRunView;
import io.annals.query.taskworker.TaskRunDeliveries;
import io.annals.query.taskworker.TaskRunDeliveries.Claim;
import io.annals.query.taskworker.TaskWorkers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sends background task runs to the task workers of this node. One thread follows the log and
 * notices what is scheduled, on whatever node; another one claims runs for the subscribers that
 * have nothing to do, those that wait longest first. Without subscribers both of them rest.
 *
 * <p>A look at the table every few seconds finds what no event tells of: claims that have expired
 * because a node died, or were given back on another one.
 */
public final class ScheduledTaskRuns implements AutoCloseable {
  /** How long a claim lives whose node has died. */
  public static final Duration LEASE = Duration.ofSeconds(60);

  /**
   * How long a worker may leave a run unacknowledged, because all that it can do at once is done
   * already, until somebody else gets it. Well below the lease.
   */
  static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(30);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration READ_WAIT = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);
  private static final int READ_BATCH = 1_000;
  private static final Logger log = LoggerFactory.getLogger(ScheduledTaskRuns.class);

  private final LogTail tail;
  private final TaskRunDeliveries deliveries;
  private final TaskWorkers workers;
  private final TaskRunQueries taskRuns;
  private final Counter sent;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition subscribed = lock.newCondition();
  private final Condition worthALook = lock.newCondition();
  private final Set<TaskSubscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Thread follower;
  private final Thread dispatcher;
  private boolean looks;
  private long lastRegularLook = System.nanoTime();
  private volatile boolean closed;

  /** Begins to look after subscribers. */
  public ScheduledTaskRuns(
      LogTail tail,
      TaskRunDeliveries deliveries,
      TaskWorkers workers,
      TaskRunQueries taskRuns,
      MeterRegistry meters) {
    this.tail = tail;
    this.deliveries = deliveries;
    this.workers = workers;
    this.taskRuns = taskRuns;
    this.sent = meters.counter("annals.task.runs.sent");
    Gauge.builder("annals.task.workers.connected", subscriptions, Set::size).register(meters);
    follower = Thread.ofVirtual().name("annals-scheduled-tasks").start(() -> forever(this::follow));
    dispatcher =
        Thread.ofVirtual().name("annals-task-dispatch").start(() -> forever(this::dispatch));
  }

  /** Starts to serve one task worker, which says first what it wants. */
  Conversation serve(Socket socket) {
    return new TaskSubscription(socket, this);
  }

  void join(TaskSubscription subscription) {
    workers.connect(subscription.id(), subscription.clientId(), subscription.taskKeys());
    lock.lock();
    try {
      subscriptions.add(subscription);
      subscribed.signal();
      look();
    } finally {
      lock.unlock();
    }
  }

  /** What it has not acknowledged is anybody's again. */
  void leave(TaskSubscription subscription) {
    if (subscriptions.remove(subscription)) {
      forget(List.of(subscription.id()));
      look();
    }
  }

  private void forget(List<UUID> connectionIds) {
    deliveries.giveBack(connectionIds);
    workers.disconnect(connectionIds);
  }

  void acknowledge(TaskSubscription subscription, UUID taskRunId) {
    if (!deliveries.acknowledge(subscription.id(), taskRunId)) {
      log.warn(
          "Task run {} was acknowledged by {} after it had been given to others",
          taskRunId,
          subscription.clientId());
    }
  }

  /** There may be something to send. */
  void look() {
    lock.lock();
    try {
      looks = true;
      worthALook.signal();
    } finally {
      lock.unlock();
    }
  }

  private interface Round {
    void run() throws InterruptedException, SQLException;
  }

  private void forever(Round round) {
    while (!closed) {
      try {
        round.run();
      } catch (InterruptedException stopping) {
        return;
      } catch (SQLException | RuntimeException failure) {
        log.warn("Scheduled task runs cannot be read; trying again", failure);
        if (!pause()) {
          return;
        }
        look();
      }
    }
  }

  private static boolean pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(RETRY_AFTER.toNanos());
      return true;
    } catch (InterruptedException stopping) {
      return false;
    }
  }

  /** Follows the log as long as anybody is subscribed. */
  private void follow() throws InterruptedException, SQLException {
    lock.lockInterruptibly();
    try {
      while (subscriptions.isEmpty()) {
        subscribed.await();
      }
    } finally {
      lock.unlock();
    }
    long position = tail.head();
    look(); // at what was scheduled up to here
    while (!closed && !subscriptions.isEmpty()) {
      List<LoggedEvent> events = tail.read(position, READ_BATCH, READ_WAIT);
      if (!events.isEmpty()) {
        position = events.getLast().position();
        if (events.stream().anyMatch(ScheduledTaskRuns::isScheduled)) {
          look();
        }
      }
    }
  }

  private static boolean isScheduled(LoggedEvent event) {
    return event.payload() instanceof TaskRunStateSet set && isScheduled(set.state());
  }

  private static boolean isScheduled(State state) {
    return state.type() == StateType.SCHEDULED
        && Boolean.TRUE.equals(state.stateDetails().deferred());
  }

  private void dispatch() throws InterruptedException {
    awaitALook();
    if (System.nanoTime() - lastRegularLook >= LOOK_EVERY.toNanos()) {
      lastRegularLook = System.nanoTime();
      workers.see(subscriptions.stream().map(TaskSubscription::id).toList());
      subscriptions.forEach(TaskSubscription::endIfOverdue);
    }
    List<TaskSubscription> idle =
        subscriptions.stream()
            .filter(TaskSubscription::isIdle)
            .sorted(Comparator.comparingLong(TaskSubscription::idleSinceNanos))
            .toList();
    Set<String> keys =
        idle.stream().flatMap(each -> each.taskKeys().stream()).collect(Collectors.toSet());
    Set<String> waiting = keys.isEmpty() ? Set.of() : deliveries.waitingKeys(keys);
    for (TaskSubscription subscription : idle) {
      if (subscription.taskKeys().stream().anyMatch(waiting::contains)) {
        sendTo(subscription);
      }
    }
  }

  /** Waits until there may be something to do, or it is time for the regular look. */
  private void awaitALook() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!looks) {
        if (subscriptions.isEmpty()) {
          worthALook.await();
        } else if (worthALook.awaitNanos(lastRegularLook + LOOK_EVERY.toNanos() - System.nanoTime())
            <= 0) {
          break;
        }
      }
      looks = false;
    } finally {
      lock.unlock();
    }
  }

  private void sendTo(TaskSubscription subscription) {
    Optional<Claim> claim = deliveries.claim(subscription.id(), subscription.taskKeys());
    while (claim.isPresent()) {
      Optional<TaskRunView> run = claimed(claim.get(), subscription);
      if (run.isPresent() && claim.get().stateId().equals(run.get().stateId())) {
        if (subscription.send(run.get().id(), message(run.get()))) {
          sent.increment();
        } else {
          deliveries.giveBack(List.of(subscription.id())); // it is gone, after the claim was made
          look();
        }
        return;
      }
      // the run has moved on since it was claimed
      claim = deliveries.claim(subscription.id(), subscription.taskKeys());
    }
  }

  /**
   * When the database fails after the claim was made, the run is anybody's again. A run that cannot
   * be read for another reason keeps its claim: until that expires, those behind it have their
   * turn.
   */
  private Optional<TaskRunView> claimed(Claim claim, TaskSubscription subscription) {
    try {
      return taskRuns.byId(claim.taskRunId());
    } catch (DataAccessException failure) {
      try {
        deliveries.giveBack(List.of(subscription.id()));
      } catch (DataAccessException stillAway) {
        failure.addSuppressed(stillAway);
      }
      throw failure;
    }
  }

  private static byte[] message(TaskRunView run) {
    return WireJson.MAPPER.writeValueAsString(run).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closed = true;
    follower.interrupt();
    dispatcher.interrupt();
    List<UUID> left = subscriptions.stream().map(TaskSubscription::id).toList();
    subscriptions.clear();
    if (!left.isEmpty()) {
      forget(left);
    }
  }
}
