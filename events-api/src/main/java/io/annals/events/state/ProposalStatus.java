package io.annals.events.state;

/** Prefect's answers to a proposed state. */
public enum ProposalStatus {
  ACCEPT,
  REJECT,
  ABORT,
  WAIT
}
