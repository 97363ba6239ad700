package io.annals.command.log;

import org.jspecify.annotations.Nullable;

/**
 * Where this node believes the log to end. As long as no other node writes it is right, and an
 * append needs not ask first; when it was wrong, it asks for a while, since the other node is
 * likely to write again.
 */
final class LogEnd {
  /** Appends that ask the database after another node was seen to write. */
  static final int CAUTIOUS_APPENDS = 200;

  private LogRows.@Nullable Head head;
  private int cautious;

  /** Where the next append may assume the log to end; null when it has to ask. */
  LogRows.@Nullable Head assumed() {
    if (cautious > 0) {
      cautious--;
      return null;
    }
    return head;
  }

  /** This node has appended up to here. */
  void movedTo(LogRows.Head appended) {
    head = appended;
  }

  /** Whether an append got through is not known, or it did not. */
  void forget() {
    head = null;
  }

  /** Another node has appended. */
  void beCautious() {
    head = null;
    cautious = CAUTIOUS_APPENDS;
  }
}
