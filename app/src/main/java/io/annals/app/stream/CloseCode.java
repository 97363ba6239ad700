package io.annals.app.stream;

/** Why a websocket ends, in the numbers of RFC 6455. */
public enum CloseCode {
  NORMAL(1000),
  GOING_AWAY(1001),
  PROTOCOL_ERROR(1002),
  NOT_UTF8_OR_JSON(1007),
  POLICY_VIOLATION(1008),
  TOO_BIG(1009),
  INTERNAL_ERROR(1011),
  TRY_AGAIN_LATER(1013);

  private final int number;

  CloseCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
