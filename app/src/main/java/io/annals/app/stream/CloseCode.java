package io.annals.app.stream;

/** Why a websocket ends, in the numbers of RFC 6455. */
public enum CloseCode {
  NORMAL(1000),
  PROTOCOL_ERROR(1002),
  NOT_UTF8_OR_JSON(1007),
  POLICY_VIOLATION(1008),
  TOO_BIG(1009),
  INTERNAL_ERROR(1011),
  /**
   * Prefect's clients connect again; they would take 1001, as a browser's page sends it, for an
   * end.
   */
  SERVICE_RESTART(1012),
  TRY_AGAIN_LATER(1013),
  /** Prefect's own, on the socket of task workers. */
  TASK_PROTOCOL_VIOLATION(4001);

  private final int number;

  CloseCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
