package io.annals.app.stream;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What the server says to one task worker: it takes a subscription, then sends one run at a time
 * and waits for its acknowledgement.
 */
final class TaskSubscription implements Conversation {
  /** The longest message that a task worker may send. */
  static final int MAX_MESSAGE_BYTES = 256 * 1_024;

  private static final String VIOLATION = "Protocol violation: expected ";
  private static final Logger log = LoggerFactory.getLogger(TaskSubscription.class);

  private final Socket socket;
  private final ScheduledTaskRuns runs;
  private final UUID id = UUID.randomUUID();
  private final ReentrantLock turn = new ReentrantLock();
  private List<String> taskKeys = List.of();
  private String clientId = "";
  private volatile boolean joined;
  private boolean gone;
  private @Nullable UUID unacknowledged;
  private long sinceNanos;

  TaskSubscription(Socket socket, ScheduledTaskRuns runs) {
    this.socket = socket;
    this.runs = runs;
  }

  /** The connection, as claims know it. */
  UUID id() {
    return id;
  }

  /** What the worker calls itself; known once it has subscribed. */
  String clientId() {
    return clientId;
  }

  /** The tasks that it serves; known once it has subscribed. */
  List<String> taskKeys() {
    return taskKeys;
  }

  @Override
  public void text(Socket from, String message) {
    JsonNode json = PrefectHandshake.object(message);
    String type = json.path("type").asString("");
    if (!joined) {
      subscribe(type, json);
    } else if (type.equals("ack")) {
      acknowledge();
    } else if (type.equals("quit")) {
      socket.close(CloseCode.NORMAL, "");
    } else {
      violation("'ack' message");
    }
  }

  private void subscribe(String type, JsonNode json) {
    if (!type.equals("subscribe")) {
      violation("'subscribe' message");
      return;
    }
    List<String> keys =
        StreamSupport.stream(json.path("keys").spliterator(), false)
            .map(key -> key.asString(""))
            .filter(key -> !key.isEmpty())
            .distinct()
            .toList();
    if (keys.isEmpty()) {
      violation("'keys' in subscribe message");
      return;
    }
    String client = json.path("client_id").asString("");
    if (client.isEmpty()) {
      violation("'client_id' in subscribe message");
      return;
    }
    taskKeys = keys;
    clientId = client;
    joined = true;
    sinceNanos = System.nanoTime();
    safely(
        () -> {
          runs.join(this);
          if (isGone()) {
            runs.leave(this); // it went while it was being taken in
          }
        });
  }

  private void violation(String expected) {
    socket.close(CloseCode.TASK_PROTOCOL_VIOLATION, VIOLATION + expected);
  }

  /** Only what the database has taken note of counts: otherwise the run would go out again. */
  private void acknowledge() {
    UUID arrived = unacknowledged();
    if (arrived != null) {
      safely(
          () -> {
            runs.acknowledge(this, arrived);
            rest();
            runs.look();
          });
    }
  }

  private @Nullable UUID unacknowledged() {
    turn.lock();
    try {
      return unacknowledged;
    } finally {
      turn.unlock();
    }
  }

  private void rest() {
    turn.lock();
    try {
      unacknowledged = null;
      sinceNanos = System.nanoTime();
    } finally {
      turn.unlock();
    }
  }

  /** A worker whose connection breaks connects again; one that waits in vain never would. */
  private void safely(Runnable databaseWork) {
    try {
      databaseWork.run();
    } catch (RuntimeException failure) {
      log.warn("Task worker {} is cut off because the database fails", clientId, failure);
      socket.close(CloseCode.INTERNAL_ERROR, "Task runs cannot be read");
    }
  }

  /** Whether it waits for a run. */
  boolean isIdle() {
    turn.lock();
    try {
      return !gone && unacknowledged == null && socket.isOpen();
    } finally {
      turn.unlock();
    }
  }

  long idleSinceNanos() {
    turn.lock();
    try {
      return sinceNanos;
    } finally {
      turn.unlock();
    }
  }

  /** Sends a run; false when the connection is gone, or its client reads nothing more. */
  boolean send(UUID taskRunId, byte[] message) {
    turn.lock();
    try {
      if (gone || !socket.send(message)) {
        return false;
      }
      unacknowledged = taskRunId;
      sinceNanos = System.nanoTime();
      return true;
    } finally {
      turn.unlock();
    }
  }

  /** Ends the connection of a worker that does not acknowledge, so that others get its run. */
  void endIfOverdue() {
    if (isOverdue()) {
      socket.close(CloseCode.TRY_AGAIN_LATER, "No acknowledgement in time");
    }
  }

  private boolean isOverdue() {
    turn.lock();
    try {
      long waited = System.nanoTime() - sinceNanos;
      return unacknowledged != null && waited > ScheduledTaskRuns.ACKNOWLEDGE_WITHIN.toNanos();
    } finally {
      turn.unlock();
    }
  }

  private boolean isGone() {
    turn.lock();
    try {
      return gone;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void closed(Socket from) {
    turn.lock();
    try {
      gone = true;
    } finally {
      turn.unlock();
    }
    if (joined) {
      safely(() -> runs.leave(this));
    }
  }
}
