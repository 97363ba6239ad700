package io.annals.app.job;

import io.annals.command.workpool.MarkDeploymentsReady;
import io.annals.command.workpool.WorkPoolCommand.MarkWorkQueueReady;
import io.annals.events.workpool.WorkStatus;
import io.annals.query.workpool.QueuePolls;
import io.annals.query.workpool.WorkQueueView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * When a worker has polled queues, then they and the deployments that use them are ready. It is
 * noted in the background, so that a poll does not wait for it; what many workers poll meanwhile is
 * noted once.
 */
public final class PolledQueues implements SmartLifecycle {
  /** Queues that wait to be noted. What comes on top is polled again in a few seconds. */
  static final int MOST_WAITING = 10_000;

  /** Between two rounds; workers poll every few seconds. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private static final Logger log = LoggerFactory.getLogger(PolledQueues.class);

  private final QueuePolls polls;
  private final JobCommands commands;
  private final MarkDeploymentsReady markDeploymentsReady;
  private final InstantSource clock;
  private final Map<UUID, WorkQueueView> waiting = new LinkedHashMap<>();
  private @Nullable Thread thread;
  private volatile boolean running;

  /** Notes with the help of the given. */
  public PolledQueues(
      QueuePolls polls,
      JobCommands commands,
      MarkDeploymentsReady markDeploymentsReady,
      InstantSource clock) {
    this.polls = polls;
    this.commands = commands;
    this.markDeploymentsReady = markDeploymentsReady;
    this.clock = clock;
  }

  /** Some queues were polled just now. */
  public void polled(Collection<WorkQueueView> queues) {
    synchronized (waiting) {
      for (WorkQueueView queue : queues) {
        if (waiting.size() < MOST_WAITING) {
          waiting.put(queue.id(), queue);
        }
      }
      waiting.notifyAll();
    }
  }

  @Override
  public void start() {
    running = true; // before the thread begins: it looks
    thread = Thread.ofVirtual().name("annals-polled-queues").start(this::loop);
  }

  @Override
  public void stop() {
    running = false;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void loop() {
    try {
      while (running) {
        List<WorkQueueView> round = next();
        try {
          note(round);
        } catch (SQLException | RuntimeException failure) {
          log.warn("Polls of {} queues are noted with the next poll", round.size(), failure);
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private List<WorkQueueView> next() throws InterruptedException {
    synchronized (waiting) {
      while (waiting.isEmpty()) {
        waiting.wait();
      }
      List<WorkQueueView> round = new ArrayList<>(waiting.values());
      waiting.clear();
      return round;
    }
  }

  /** Notes that queues were polled, and makes ready what was not. */
  void note(List<WorkQueueView> queues) throws SQLException {
    List<UUID> ids = queues.stream().map(WorkQueueView::id).toList();
    polls.record(ids, clock.instant());
    List<WorkQueueView> notReady =
        queues.stream()
            .filter(queue -> queue.status().equals(WorkStatus.NOT_READY.name()))
            .toList();
    Steps.inTurn(
        () ->
            commands.forEach(
                notReady,
                queue -> commands.tell(new MarkWorkQueueReady(queue.workPoolId(), queue.id()))),
        () -> markDeploymentsReady.ofQueues(ids));
  }
}
