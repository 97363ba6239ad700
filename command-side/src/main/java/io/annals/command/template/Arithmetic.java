package io.annals.command.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Python's operators. */
final class Arithmetic {
  private final Budget budget;
  private final Texts texts;

  Arithmetic(Budget budget, Texts texts) {
    this.budget = budget;
    this.texts = texts;
  }

  Object apply(String operator, Object left, Object right) {
    if (left instanceof Undefined undefined) {
      throw undefined.failure();
    }
    String format = operator.equals("%") ? Values.textOf(left) : null;
    if (format != null) {
      return new PercentFormat(budget, texts).format(format, right);
    }
    if (right instanceof Undefined undefined) {
      throw undefined.failure();
    }
    BigInteger integer = Values.integerOf(left);
    BigInteger other = Values.integerOf(right);
    if (integer != null && other != null) {
      return integers(operator, integer, other);
    }
    if (Values.isNumber(left) && Values.isNumber(right)) {
      return doubles(operator, Values.doubleOf(left), Values.doubleOf(right));
    }
    return switch (operator) {
      case "+" -> joined(left, right);
      case "*" -> repeated(left, right);
      default -> throw unsupported(operator, left, right);
    };
  }

  private Object integers(String operator, BigInteger left, BigInteger right) {
    return switch (operator) {
      case "+" -> budget.integer(left.add(right));
      case "-" -> budget.integer(left.subtract(right));
      case "*" -> {
        budget.requireBits((long) left.bitLength() + right.bitLength());
        yield left.multiply(right);
      }
      case "/" -> {
        requireNotZero(right, "division by zero");
        yield Values.doubleOf(left) / Values.doubleOf(right);
      }
      case "//" -> {
        requireNotZero(right, "integer division or modulo by zero");
        yield floor(left, right);
      }
      case "%" -> {
        requireNotZero(right, "integer modulo by zero");
        yield left.subtract(floor(left, right).multiply(right));
      }
      default -> power(left, right);
    };
  }

  private static BigInteger floor(BigInteger left, BigInteger right) {
    BigInteger[] parts = left.divideAndRemainder(right);
    boolean isBelow = parts[1].signum() != 0 && parts[1].signum() != right.signum();
    return isBelow ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private static void requireNotZero(BigInteger divisor, String reason) {
    if (divisor.signum() == 0) {
      throw new Failure("ZeroDivisionError", reason);
    }
  }

  private Object power(BigInteger base, BigInteger exponent) {
    if (exponent.signum() < 0) {
      return doubles("**", Values.doubleOf(base), Values.doubleOf(exponent));
    }
    boolean isTrivial = base.abs().bitLength() <= 1;
    if (isTrivial) {
      boolean isOdd = exponent.testBit(0);
      return exponent.signum() == 0 ? BigInteger.ONE : isOdd ? base : base.multiply(base);
    }
    budget.requireBits(exponent.bitLength() > Integer.SIZE - 1 ? Integer.MAX_VALUE : 0);
    budget.requireBits((long) base.abs().bitLength() * exponent.intValue());
    return base.pow(exponent.intValue());
  }

  private static Object doubles(String operator, double left, double right) {
    boolean isByZero = right == 0;
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / notZero(right, "float division by zero");
      case "//" -> Math.floor(left / notZero(right, "float floor division by zero"));
      case "%" -> {
        double rest = left % notZero(right, "float modulo");
        yield rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
      }
      default -> {
        if (left == 0 && right < 0) {
          throw new Failure("ZeroDivisionError", "0.0 cannot be raised to a negative power");
        }
        double result = Math.pow(left, right);
        if (Double.isInfinite(result) && Double.isFinite(left) && !isByZero) {
          throw new Failure("OverflowError", "(34, 'Numerical result out of range')");
        }
        yield result;
      }
    };
  }

  private static double notZero(double divisor, String reason) {
    if (divisor == 0) {
      throw new Failure("ZeroDivisionError", reason);
    }
    return divisor;
  }

  private Object joined(Object left, Object right) {
    String text = Values.textOf(left);
    String other = Values.textOf(right);
    if (text != null && other != null) {
      budget.spendLength((long) text.length() + other.length());
      return markup(left, right) ? new Markup(html(left, text) + html(right, other)) : text + other;
    }
    if (left instanceof List<?> list && right instanceof List<?> more) {
      return joinedItems(list, more);
    }
    if (left instanceof Tuple(var items) && right instanceof Tuple(var more)) {
      return new Tuple(joinedItems(items, more));
    }
    if (text != null || left instanceof List<?> || left instanceof Tuple) {
      String type = Values.typeName(left);
      throw Failure.type(
          "can only concatenate %s (not \"%s\") to %s"
              .formatted(type, Values.typeName(right), type));
    }
    throw unsupported("+", left, right);
  }

  private static boolean markup(Object left, Object right) {
    return left instanceof Markup || right instanceof Markup;
  }

  private static String html(Object value, String text) {
    return value instanceof Markup ? text : Markup.escaped(text);
  }

  private List<Object> joinedItems(List<?> left, List<?> right) {
    budget.spendLength((long) left.size() + right.size());
    budget.spend((long) left.size() + right.size());
    List<Object> joined = new ArrayList<>(left);
    joined.addAll(right);
    return joined;
  }

  private Object repeated(Object left, Object right) {
    boolean isSequenceFirst = isSequence(left);
    Object sequence = isSequenceFirst ? left : right;
    Object times = isSequenceFirst ? right : left;
    if (!isSequence(sequence)) {
      throw unsupported("*", left, right);
    }
    if (Values.integerOf(times) == null) {
      throw Failure.type(
          "can't multiply sequence by non-int of type '" + Values.typeName(times) + "'");
    }
    int count = Math.max(0, Arguments.integer(times));
    return switch (sequence) {
      case String text -> repeated(text, count);
      case Markup markup -> new Markup(repeated(markup.text(), count));
      case Tuple tuple -> new Tuple(repeated(tuple.items(), count));
      default -> repeated((List<?>) sequence, count);
    };
  }

  private static boolean isSequence(Object value) {
    return Values.textOf(value) != null || value instanceof List<?> || value instanceof Tuple;
  }

  private String repeated(String text, int count) {
    budget.spendLength((long) text.length() * count);
    return text.repeat(count);
  }

  private List<Object> repeated(List<?> items, int count) {
    budget.spendLength((long) items.size() * count);
    budget.spend((long) items.size() * count);
    List<Object> repeated = new ArrayList<>();
    for (int round = 0; round < (items.isEmpty() ? 0 : count); round++) {
      repeated.addAll(items);
    }
    return repeated;
  }

  Object signed(String sign, Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    BigInteger integer = Values.integerOf(value);
    boolean isMinus = sign.equals("-");
    if (integer != null) {
      return isMinus ? integer.negate() : integer;
    }
    if (value instanceof Double number) {
      return isMinus ? -number : number;
    }
    throw Failure.type("bad operand type for unary " + sign + ": '" + Values.typeName(value) + "'");
  }

  private static Failure unsupported(String operator, Object left, Object right) {
    return Failure.type(
        "unsupported operand type(s) for %s: '%s' and '%s'"
            .formatted(
                operator.equals("**") ? "** or pow()" : operator,
                Values.typeName(left),
                Values.typeName(right)));
  }
}
