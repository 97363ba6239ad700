package io.annals.command.log;

/** Keys under which decisions carry more than their event through Axon. */
public final class FaceKey {
  /** Metadata key of the event's {@link io.annals.events.log.Face}. */
  public static final String FACE = "face";

  /** Metadata key of the {@link io.annals.events.log.Origin} of a command and its events. */
  public static final String ORIGIN = "origin";

  private FaceKey() {}
}
