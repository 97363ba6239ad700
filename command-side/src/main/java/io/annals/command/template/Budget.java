package io.annals.command.template;

import java.math.BigInteger;

/**
 * What one rendering may use. Prefect limits loops and ranges only; here nothing that a template
 * can multiply is without a limit, so that no template keeps the server busy.
 */
final class Budget {
  /** Evaluated expressions, rounds of loops, and the characters below; less than a second. */
  static final int MAX_WORK = 1_000_000;

  /** Characters of a text, and items of a list. */
  static final int MAX_LENGTH = 1_000_000;

  /** As many digits as Python is willing to write. */
  static final int MAX_INTEGER_BITS = 14_280;

  /** Macros and recursive loops within each other. */
  static final int MAX_CALL_DEPTH = 50;

  private static final int CHARACTERS_PER_WORK = 16;
  private static final int MAX_DIGITS = 9;

  private int work;
  private int depth;

  void spend(long units) {
    work = (int) Math.min(Integer.MAX_VALUE, work + units);
    if (work > MAX_WORK) {
      throw new Failure(
          "OverflowError",
          "The template takes too long. The sandbox ends it after MAX_WORK=%d."
              .formatted(MAX_WORK));
    }
  }

  /** Before something of that length is made. */
  void spendLength(long length) {
    if (length > MAX_LENGTH) {
      throw new Failure(
          "OverflowError",
          "Value too big. The sandbox blocks texts and lists larger than MAX_LENGTH=%d."
              .formatted(MAX_LENGTH));
    }
    spend(1 + Math.max(0, length) / CHARACTERS_PER_WORK);
  }

  /** A length that is written in digits. */
  int length(String digits) {
    int length = digits.length() > MAX_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
    spendLength(length);
    return length;
  }

  String text(String made) {
    spendLength(made.length());
    return made;
  }

  BigInteger integer(BigInteger made) {
    requireBits(made.bitLength());
    return made;
  }

  void requireBits(long bits) {
    if (bits > MAX_INTEGER_BITS) {
      throw new Failure(
          "OverflowError",
          "Number too big. The sandbox blocks integers of more than MAX_INTEGER_BITS=%d."
              .formatted(MAX_INTEGER_BITS));
    }
    spend(1 + bits / CHARACTERS_PER_WORK);
  }

  void enter() {
    if (++depth > MAX_CALL_DEPTH) {
      throw tooDeep();
    }
  }

  void leave() {
    depth--;
  }

  static Failure tooDeep() {
    return new Failure("RecursionError", "maximum recursion depth exceeded");
  }
}
