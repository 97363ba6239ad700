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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes what expressions are worth. */
final class Evaluator {
  private final Budget budget = new Budget();
  private final Values values = new Values(budget);
  private final Texts texts = new Texts(budget);
  private final Members members = new Members(budget, values, texts);
  private final Arithmetic arithmetic = new Arithmetic(budget, texts);

  Budget budget() {
    return budget;
  }

  Values values() {
    return values;
  }

  Texts texts() {
    return texts;
  }

  Members members() {
    return members;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  Object value(Expression expression, Scope scope) {
    budget.spend(1);
    return switch (expression) {
      case Constant constant -> constant.value();
      case Name name -> variable(name.name(), scope);
      case Field field -> members.attribute(scope.get(field.namespace()), field.name());
      case TupleOf tuple -> new Tuple(values(tuple.items(), scope));
      case ListOf list -> values(list.items(), scope);
      case DictOf dict -> dict(dict, scope);
      case Attribute attribute -> members.attribute(value(attribute.of(), scope), attribute.name());
      case Item item -> item(item, scope);
      case Slice ignored -> throw Failure.type("a slice is no value");
      case Call call -> call(call, arguments(call.given(), scope), scope);
      case Filtered filtered ->
          filtered(filtered, value(Objects.requireNonNull(filtered.of()), scope), scope);
      case Tested tested -> isSo(tested, scope);
      case Unary unary -> unary(unary, scope);
      case Binary binary -> binary(binary, scope);
      case Concatenation concatenation -> concatenated(concatenation, scope);
      case Comparison comparison -> compared(comparison, scope);
      case Conditional conditional -> conditional(conditional, scope);
    };
  }

  boolean isTrue(Expression expression, Scope scope) {
    return Values.isTrue(value(expression, scope));
  }

  private static Object variable(String name, Scope scope) {
    Object value = scope.get(name);
    Object known = value instanceof Undefined ? Globals.BY_NAME.get(name) : null;
    return known == null ? value : known;
  }

  private List<Object> values(List<Expression> expressions, Scope scope) {
    List<Object> items = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      items.add(value(expression, scope));
    }
    return items;
  }

  private Map<Object, Object> dict(DictOf dict, Scope scope) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (DictOf.Pair pair : dict.pairs()) {
      map.put(values.key(value(pair.key(), scope)), value(pair.value(), scope));
    }
    return map;
  }

  private Object item(Item item, Scope scope) {
    Object of = value(item.of(), scope);
    return item.key() instanceof Slice slice
        ? members.slice(
            of, bound(slice.from(), scope), bound(slice.to(), scope), bound(slice.step(), scope))
        : members.item(of, value(item.key(), scope));
  }

  private Object bound(@Nullable Expression expression, Scope scope) {
    return expression == null ? Nothing.NONE : value(expression, scope);
  }

  Arguments arguments(Given given, Scope scope) {
    List<Object> positional = values(given.positional(), scope);
    Map<String, Object> named = new LinkedHashMap<>();
    for (Given.Named each : given.named()) {
      named.put(each.name(), value(each.value(), scope));
    }
    if (given.spreadList() != null) {
      positional.addAll(values.items(value(given.spreadList(), scope)));
    }
    if (given.spreadDict() != null && value(given.spreadDict(), scope) instanceof Map<?, ?> more) {
      more.forEach((name, value) -> named.put(texts.text(name), value));
    }
    return new Arguments(positional, named);
  }

  Object call(Call call, Arguments arguments, Scope scope) {
    return called(value(call.callee(), scope), arguments);
  }

  Object called(Object callee, Arguments arguments) {
    return switch (callee) {
      case Callee known -> known.call(arguments);
      case Globals.Function function -> function.call(this, arguments);
      case Loop loop -> loop.recurse(arguments);
      case Undefined undefined -> throw undefined.failure();
      default -> throw Failure.type("'" + Values.typeName(callee) + "' object is not callable");
    };
  }

  /** The value that a filter, and those before it, make of a value at the start. */
  Object filteredAll(Filtered filtered, Object start, Scope scope) {
    Object value =
        filtered.of() instanceof Filtered inner ? filteredAll(inner, start, scope) : start;
    return filtered(filtered, value, scope);
  }

  private Object filtered(Filtered filtered, Object value, Scope scope) {
    return filtered(filtered.name(), value, arguments(filtered.given(), scope));
  }

  Object filtered(String name, Object value, Arguments arguments) {
    budget.spend(1);
    Filter filter = Filters.BY_NAME.get(name);
    if (filter == null) {
      throw new Failure(
          "TemplateAssertionError", "No filter named " + PythonText.quoted(name) + ".");
    }
    return filter.apply(this, value, arguments);
  }

  private boolean isSo(Tested tested, Scope scope) {
    return isSo(tested.name(), value(tested.of(), scope), arguments(tested.given(), scope));
  }

  boolean isSo(String name, Object value, Arguments arguments) {
    budget.spend(1);
    Tests.Test test = Tests.BY_NAME.get(name);
    if (test == null) {
      throw new Failure("TemplateAssertionError", "No test named " + PythonText.quoted(name) + ".");
    }
    return test.holds(this, value, arguments);
  }

  private Object unary(Unary unary, Scope scope) {
    Object value = value(unary.of(), scope);
    return unary.operator().equals("not")
        ? (Object) !Values.isTrue(value)
        : arithmetic.signed(unary.operator(), value);
  }

  private Object binary(Binary binary, Scope scope) {
    Object left = value(binary.left(), scope);
    return switch (binary.operator()) {
      case "and" -> Values.isTrue(left) ? value(binary.right(), scope) : left;
      case "or" -> Values.isTrue(left) ? left : value(binary.right(), scope);
      default -> arithmetic.apply(binary.operator(), left, value(binary.right(), scope));
    };
  }

  private String concatenated(Concatenation concatenation, Scope scope) {
    StringBuilder text = new StringBuilder();
    for (Expression part : concatenation.parts()) {
      text.append(texts.text(value(part, scope)));
      budget.spendLength(text.length());
    }
    return text.toString();
  }

  private boolean compared(Comparison comparison, Scope scope) {
    Object left = value(comparison.first(), scope);
    for (Comparison.Step step : comparison.steps()) {
      Object right = value(step.value(), scope);
      if (!compares(step.operator(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  boolean compares(String operator, Object left, Object right) {
    return switch (operator) {
      case "==" -> values.equal(left, right);
      case "!=" -> !values.equal(left, right);
      case "in" -> values.contains(right, left);
      case "not in" -> !values.contains(right, left);
      case "<" -> values.compare(operator, left, right) < 0;
      case "<=" -> values.compare(operator, left, right) <= 0;
      case ">" -> values.compare(operator, left, right) > 0;
      default -> values.compare(operator, left, right) >= 0;
    };
  }

  private Object conditional(Conditional conditional, Scope scope) {
    if (isTrue(conditional.condition(), scope)) {
      return value(conditional.then(), scope);
    }
    return conditional.otherwise() == null
        ? Undefined.because(
            "the inline if-expression evaluated to false and no else section was defined.")
        : value(conditional.otherwise(), scope);
  }
}
