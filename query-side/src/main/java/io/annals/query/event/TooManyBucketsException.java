package io.annals.query.event;

/** Counting was asked for in more spans of time than anybody can look at. */
public final class TooManyBucketsException extends RuntimeException {
  /** The text of the answer. */
  public TooManyBucketsException(String message) {
    super(message, null, false, false);
  }
}
