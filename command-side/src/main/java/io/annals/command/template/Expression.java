package io.annals.command.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has a value. */
sealed interface Expression {
  /** Jinja's word for such an expression, for messages. */
  String kind();

  /** A variable. */
  record Name(String name) implements Expression {
    @Override
    public String kind() {
      return "name";
    }
  }

  /** A field of a namespace that is assigned to. */
  record Field(String namespace, String name) implements Expression {
    @Override
    public String kind() {
      return "nsref";
    }
  }

  /** A value that stands there. */
  record Constant(Object value) implements Expression {
    @Override
    public String kind() {
      return "const";
    }
  }

  /** {@code (a, b)}. */
  record TupleOf(List<Expression> items) implements Expression {
    @Override
    public String kind() {
      return "tuple";
    }
  }

  /** {@code [a, b]}. */
  record ListOf(List<Expression> items) implements Expression {
    @Override
    public String kind() {
      return "list";
    }
  }

  /** {@code {a: b}}. */
  record DictOf(List<Pair> pairs) implements Expression {
    /** A key and its value. */
    record Pair(Expression key, Expression value) {}

    @Override
    public String kind() {
      return "dict";
    }
  }

  /** {@code of.name}. */
  record Attribute(Expression of, String name) implements Expression {
    @Override
    public String kind() {
      return "getattr";
    }
  }

  /** {@code of[key]}. */
  record Item(Expression of, Expression key) implements Expression {
    @Override
    public String kind() {
      return "getitem";
    }
  }

  /** {@code from:to:step} as a key. */
  record Slice(@Nullable Expression from, @Nullable Expression to, @Nullable Expression step)
      implements Expression {
    @Override
    public String kind() {
      return "slice";
    }
  }

  /** What stands between the parentheses of a call. */
  record Given(
      List<Expression> positional,
      List<Named> named,
      @Nullable Expression spreadList,
      @Nullable Expression spreadDict) {
    static final Given NOTHING = new Given(List.of(), List.of(), null, null);

    /** An argument with its name. */
    record Named(String name, Expression value) {}
  }

  /** {@code callee(…)}. */
  record Call(Expression callee, Given given) implements Expression {
    @Override
    public String kind() {
      return "call";
    }
  }

  /** {@code of|name(…)}; of a block's text when there is nothing before the bar. */
  record Filtered(@Nullable Expression of, String name, Given given) implements Expression {
    @Override
    public String kind() {
      return "filter";
    }
  }

  /** {@code of is name(…)}. */
  record Tested(Expression of, String name, Given given) implements Expression {
    @Override
    public String kind() {
      return "test";
    }
  }

  /** {@code not}, {@code -} or {@code +} of something. */
  record Unary(String operator, Expression of) implements Expression {
    @Override
    public String kind() {
      return switch (operator) {
        case "not" -> "not";
        case "-" -> "neg";
        default -> "pos";
      };
    }
  }

  /** Arithmetic, {@code and}, {@code or}. */
  record Binary(String operator, Expression left, Expression right) implements Expression {
    @Override
    public String kind() {
      return switch (operator) {
        case "+" -> "add";
        case "-" -> "sub";
        case "*" -> "mul";
        case "/" -> "div";
        case "//" -> "floordiv";
        case "%" -> "mod";
        case "**" -> "pow";
        default -> operator;
      };
    }
  }

  /** {@code a ~ b}. */
  record Concatenation(List<Expression> parts) implements Expression {
    @Override
    public String kind() {
      return "concat";
    }
  }

  /** {@code a < b <= c}. */
  record Comparison(Expression first, List<Step> steps) implements Expression {
    /** What comes next, and how it has to compare to what is before it. */
    record Step(String operator, Expression value) {}

    @Override
    public String kind() {
      return "compare";
    }
  }

  /** {@code then if condition else otherwise}. */
  record Conditional(Expression condition, Expression then, @Nullable Expression otherwise)
      implements Expression {
    @Override
    public String kind() {
      return "condexpr";
    }
  }
}
