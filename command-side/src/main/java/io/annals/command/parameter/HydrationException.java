package io.annals.command.parameter;

/** A value that does not become anything; the message is for the client, in Prefect's words. */
public final class HydrationException extends Exception {
  HydrationException(String message) {
    super(message);
  }
}
