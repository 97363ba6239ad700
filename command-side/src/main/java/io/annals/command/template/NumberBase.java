package io.annals.command.template;

/** The bases, beside ten, that integers are written in. */
enum NumberBase {
  BINARY("0b", 2),
  OCTAL("0o", 8),
  HEXADECIMAL("0x", 16);

  private final String prefix;
  private final int radix;

  NumberBase(String prefix, int radix) {
    this.prefix = prefix;
    this.radix = radix;
  }

  String prefix() {
    return prefix;
  }

  int radix() {
    return radix;
  }
}
