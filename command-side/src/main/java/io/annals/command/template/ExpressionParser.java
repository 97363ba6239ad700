package io.annals.command.template;

import io.annals.command.schema.PythonText;
import io.annals.command.template.Expression.Attribute;
import io.annals.command.template.Expression.Binary;
import io.annals.command.template.Expression.Call;
import io.annals.command.template.Expression.Comparison;
import io.annals.command.template.Expression.Concatenation;
import io.annals.command.template.Expression.Conditional;
import io.annals.command.template.Expression.Constant;
import io.annals.command.template.Expression.DictOf;
import io.annals.command.template.Expression.Field;
import io.annals.command.template.Expression.Filtered;
import io.annals.command.template.Expression.Given;
import io.annals.command.template.Expression.Item;
import io.annals.command.template.Expression.ListOf;
import io.annals.command.template.Expression.Name;
import io.annals.command.template.Expression.Slice;
import io.annals.command.template.Expression.Tested;
import io.annals.command.template.Expression.TupleOf;
import io.annals.command.template.Expression.Unary;
import io.annals.command.template.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions: the loosest operators first, each method one level of binding. */
final class ExpressionParser {
  /** Parentheses, brackets and signs within each other; Python gives up at about as many. */
  private static final int MAX_NESTING = 80;

  private static final Set<String> COMPARING = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> MULTIPLYING = Set.of("*", "/", "//", "%");
  private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and");

  private final Tokens tokens;
  private Set<String> names = new HashSet<>();
  private int nesting;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The names met since the last call of this method. */
  Set<String> swapNames(Set<String> others) {
    Set<String> met = names;
    names = others;
    return met;
  }

  Expression expression() throws BrokenTemplateException {
    if (++nesting > MAX_NESTING) {
      throw tokens.broken(Budget.tooDeep().reason());
    }
    Expression value = or();
    while (tokens.skipName("if")) {
      Expression condition = or();
      Expression otherwise = tokens.skipName("else") ? expression() : null;
      value = new Conditional(condition, value, otherwise);
    }
    nesting--;
    return value;
  }

  /** How expressions are read that may stand without parentheses, separated by commas. */
  record Tupling(boolean conditional, boolean targets, @Nullable String endingName) {
    static final Tupling FULL = new Tupling(true, false, null);
    static final Tupling UNCONDITIONAL = new Tupling(false, false, null);
  }

  Expression tuple(Tupling how) throws BrokenTemplateException {
    return tuple(how, false);
  }

  private Expression tuple(Tupling how, boolean inParentheses) throws BrokenTemplateException {
    List<Expression> items = new ArrayList<>();
    boolean isTuple = false;
    while (!endsTuple(how)) {
      items.add(how.targets ? primary(true) : how.conditional ? expression() : or());
      if (!tokens.skipOperator(",")) {
        break;
      }
      isTuple = true;
    }
    if (!isTuple) {
      if (!items.isEmpty()) {
        return items.getFirst();
      }
      if (!inParentheses) {
        throw tokens.broken(
            "Expected an expression, got " + PythonText.quoted(tokens.current().described()));
      }
    }
    return new TupleOf(List.copyOf(items));
  }

  private boolean endsTuple(Tupling how) {
    Token token = tokens.current();
    return token.is(Kind.VARIABLE_END)
        || token.is(Kind.BLOCK_END)
        || token.isOperator(")")
        || (how.endingName != null && token.isName(how.endingName));
  }

  private Expression or() throws BrokenTemplateException {
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Binary("or", left, and());
    }
    return left;
  }

  private Expression and() throws BrokenTemplateException {
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Binary("and", left, not());
    }
    return left;
  }

  private Expression not() throws BrokenTemplateException {
    int count = 0;
    while (tokens.skipName("not")) {
      count++;
    }
    Expression value = comparison();
    return switch (count) {
      case 0 -> value;
      case 1 -> new Unary("not", value);
      default -> new Unary("not", count % 2 == 1 ? value : new Unary("not", value));
    };
  }

  private Expression comparison() throws BrokenTemplateException {
    Expression first = sum();
    List<Comparison.Step> steps = new ArrayList<>();
    while (true) {
      Token token = tokens.current();
      if (token.is(Kind.OPERATOR) && COMPARING.contains(token.text())) {
        tokens.advance();
        steps.add(new Comparison.Step(token.text(), sum()));
      } else if (tokens.skipName("in")) {
        steps.add(new Comparison.Step("in", sum()));
      } else if (token.isName("not") && tokens.following().isName("in")) {
        tokens.advance();
        tokens.advance();
        steps.add(new Comparison.Step("not in", sum()));
      } else {
        return steps.isEmpty() ? first : new Comparison(first, List.copyOf(steps));
      }
    }
  }

  private Expression sum() throws BrokenTemplateException {
    Expression left = concatenation();
    while (tokens.current().isOperator("+") || tokens.current().isOperator("-")) {
      String operator = tokens.advance().text();
      left = new Binary(operator, left, concatenation());
    }
    return left;
  }

  private Expression concatenation() throws BrokenTemplateException {
    Expression first = product();
    if (!tokens.current().isOperator("~")) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return new Concatenation(List.copyOf(parts));
  }

  private Expression product() throws BrokenTemplateException {
    Expression left = power();
    while (tokens.current().is(Kind.OPERATOR) && MULTIPLYING.contains(tokens.current().text())) {
      String operator = tokens.advance().text();
      left = new Binary(operator, left, power());
    }
    return left;
  }

  private Expression power() throws BrokenTemplateException {
    Expression left = unary(true);
    while (tokens.skipOperator("**")) {
      left = new Binary("**", left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean withFilters) throws BrokenTemplateException {
    Expression value;
    if (tokens.current().isOperator("-") || tokens.current().isOperator("+")) {
      if (++nesting > MAX_NESTING) {
        throw tokens.broken(Budget.tooDeep().reason());
      }
      String operator = tokens.advance().text();
      value = new Unary(operator, unary(false));
      nesting--;
    } else {
      value = primary(false);
    }
    value = postfix(value);
    return withFilters ? filtersAndTests(value) : value;
  }

  private Expression primary(boolean asTarget) throws BrokenTemplateException {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NAME -> {
        tokens.advance();
        yield name(token.text(), asTarget);
      }
      case STRING -> text();
      case INTEGER, FLOAT -> {
        tokens.advance();
        yield new Constant(Objects.requireNonNull(token.value()));
      }
      default ->
          switch (token.text()) {
            case "(" -> parentheses();
            case "[" -> list();
            case "{" -> dict();
            default -> throw tokens.broken("unexpected " + PythonText.quoted(token.described()));
          };
    };
  }

  /** Texts that follow each other are one. */
  private Expression text() throws BrokenTemplateException {
    StringBuilder text = new StringBuilder();
    while (tokens.current().is(Kind.STRING)) {
      text.append(tokens.advance().text());
    }
    return new Constant(text.toString());
  }

  private Expression parentheses() throws BrokenTemplateException {
    tokens.expectOperator("(");
    Expression inner = tuple(Tupling.FULL, true);
    tokens.expectOperator(")");
    return inner;
  }

  private Expression name(String text, boolean asTarget) throws BrokenTemplateException {
    return switch (text) {
      case "true", "True" -> new Constant(true);
      case "false", "False" -> new Constant(false);
      case "none", "None" -> new Constant(Nothing.NONE);
      default -> {
        names.add(text);
        yield asTarget && tokens.skipOperator(".")
            ? new Field(text, tokens.expect(Kind.NAME).text())
            : new Name(text);
      }
    };
  }

  private Expression list() throws BrokenTemplateException {
    tokens.expectOperator("[");
    List<Expression> items = new ArrayList<>();
    while (!tokens.current().isOperator("]")) {
      if (!items.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.current().isOperator("]")) {
          break;
        }
      }
      items.add(expression());
    }
    tokens.expectOperator("]");
    return new ListOf(List.copyOf(items));
  }

  private Expression dict() throws BrokenTemplateException {
    tokens.expectOperator("{");
    List<DictOf.Pair> pairs = new ArrayList<>();
    while (!tokens.current().isOperator("}")) {
      if (!pairs.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.current().isOperator("}")) {
          break;
        }
      }
      Expression key = expression();
      tokens.expectOperator(":");
      pairs.add(new DictOf.Pair(key, expression()));
    }
    tokens.expectOperator("}");
    return new DictOf(List.copyOf(pairs));
  }

  private Expression postfix(Expression of) throws BrokenTemplateException {
    Expression value = of;
    while (tokens.current().is(Kind.OPERATOR)) {
      switch (tokens.current().text()) {
        case "." -> value = attribute(value);
        case "[" -> value = item(value);
        case "(" -> value = new Call(value, arguments());
        default -> {
          return value;
        }
      }
    }
    return value;
  }

  private Expression attribute(Expression of) throws BrokenTemplateException {
    tokens.expectOperator(".");
    Token token = tokens.current();
    tokens.advance();
    if (token.is(Kind.NAME)) {
      return new Attribute(of, token.text());
    }
    if (!token.is(Kind.INTEGER)) {
      throw new BrokenTemplateException("expected name or number", token.line());
    }
    return new Item(of, new Constant(Objects.requireNonNull(token.value())));
  }

  private Expression item(Expression of) throws BrokenTemplateException {
    tokens.expectOperator("[");
    List<Expression> keys = new ArrayList<>();
    while (!tokens.current().isOperator("]")) {
      if (!keys.isEmpty()) {
        tokens.expectOperator(",");
      }
      keys.add(key());
    }
    tokens.expectOperator("]");
    return new Item(of, keys.size() == 1 ? keys.getFirst() : new TupleOf(List.copyOf(keys)));
  }

  private Expression key() throws BrokenTemplateException {
    Expression from = null;
    if (!tokens.current().isOperator(":")) {
      from = expression();
      if (!tokens.current().isOperator(":")) {
        return from;
      }
    }
    tokens.expectOperator(":");
    Expression to = tokens.current().isOperator(":") ? null : endOfSlice();
    Expression step = tokens.skipOperator(":") ? endOfSlice() : null;
    return new Slice(from, to, step);
  }

  private @Nullable Expression endOfSlice() throws BrokenTemplateException {
    return tokens.current().isOperator("]") || tokens.current().isOperator(",")
        ? null
        : expression();
  }

  private Expression filtersAndTests(Expression of) throws BrokenTemplateException {
    Expression value = of;
    while (true) {
      if (tokens.current().isOperator("|")) {
        value = filters(value);
      } else if (tokens.current().isName("is")) {
        value = test(value);
      } else if (tokens.current().isOperator("(")) {
        value = new Call(value, arguments());
      } else {
        return value;
      }
    }
  }

  /** Filters after a value, each after its bar. */
  Expression filters(Expression of) throws BrokenTemplateException {
    Expression value = of;
    while (tokens.skipOperator("|")) {
      value = filter(value);
    }
    return value;
  }

  /** Filters of a block, of which the first has no bar; null when there is none. */
  Expression blockFilters() throws BrokenTemplateException {
    return filters(filter(null));
  }

  private Expression filter(@Nullable Expression of) throws BrokenTemplateException {
    String name = dotted();
    return new Filtered(of, name, tokens.current().isOperator("(") ? arguments() : Given.NOTHING);
  }

  private String dotted() throws BrokenTemplateException {
    StringBuilder name = new StringBuilder(tokens.expect(Kind.NAME).text());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.expect(Kind.NAME).text());
    }
    return name.toString();
  }

  private Expression test(Expression of) throws BrokenTemplateException {
    tokens.expectName("is");
    boolean negated = tokens.skipName("not");
    String name = dotted();
    Expression tested = new Tested(of, name, testArguments());
    return negated ? new Unary("not", tested) : tested;
  }

  private Given testArguments() throws BrokenTemplateException {
    Token token = tokens.current();
    if (token.isOperator("(")) {
      return arguments();
    }
    boolean startsValue =
        switch (token.kind()) {
          case NAME -> !NO_ARGUMENT.contains(token.text());
          case STRING, INTEGER, FLOAT -> true;
          default -> token.isOperator("[") || token.isOperator("{");
        };
    if (!startsValue) {
      return Given.NOTHING;
    }
    if (token.isName("is")) {
      throw tokens.broken("You cannot chain multiple tests with is");
    }
    return new Given(List.of(postfix(primary(false))), List.of(), null, null);
  }

  private Given arguments() throws BrokenTemplateException {
    int line = tokens.expectOperator("(").line();
    List<Expression> positional = new ArrayList<>();
    List<Given.Named> named = new ArrayList<>();
    Expression spreadList = null;
    Expression spreadDict = null;
    boolean first = true;
    while (!tokens.current().isOperator(")")) {
      if (!first) {
        tokens.expectOperator(",");
        if (tokens.current().isOperator(")")) {
          break;
        }
      }
      first = false;
      boolean orderly = spreadDict == null;
      if (tokens.skipOperator("*")) {
        orderly &= spreadList == null;
        spreadList = orderly ? expression() : null;
      } else if (tokens.skipOperator("**")) {
        spreadDict = orderly ? expression() : null;
      } else if (tokens.current().is(Kind.NAME) && tokens.following().isOperator("=")) {
        named.add(orderly ? named() : new Given.Named("", new Constant(Nothing.NONE)));
      } else {
        orderly &= spreadList == null && named.isEmpty();
        positional.add(orderly ? expression() : new Constant(Nothing.NONE));
      }
      if (!orderly) {
        throw new BrokenTemplateException("invalid syntax for function call expression", line);
      }
    }
    tokens.expectOperator(")");
    return new Given(List.copyOf(positional), List.copyOf(named), spreadList, spreadDict);
  }

  private Given.Named named() throws BrokenTemplateException {
    String name = tokens.expect(Kind.NAME).text();
    tokens.expectOperator("=");
    return new Given.Named(name, expression());
  }
}
