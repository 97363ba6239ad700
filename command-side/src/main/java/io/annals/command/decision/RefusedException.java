package io.annals.command.decision;

/**
 * A command that cannot be carried out and leaves nothing to decide: what it speaks of is missing,
 * or it collides with what is there. Refused state proposals are answers, not exceptions.
 */
public final class RefusedException extends RuntimeException {
  private final Refusal refusal;

  /** Refuses for a reason. */
  public RefusedException(Refusal refusal) {
    super(refusal.text(), null, false, false);
    this.refusal = refusal;
  }

  /** Why the command was refused. */
  public Refusal refusal() {
    return refusal;
  }
}
