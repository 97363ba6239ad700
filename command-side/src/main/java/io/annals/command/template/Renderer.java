package io.annals.command.template;

import io.annals.command.schema.PythonText;
import io.annals.command.template.Expression.Field;
import io.annals.command.template.Expression.Filtered;
import io.annals.command.template.Expression.Name;
import io.annals.command.template.Expression.TupleOf;
import io.annals.command.template.Statement.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out the statements of a template. */
final class Renderer {
  private static final String CALLER = "caller";
  private static final String VARARGS = "varargs";
  private static final String KWARGS = "kwargs";
  private static final String LOOP = "loop";

  private final Evaluator evaluator = new Evaluator();
  private final Scope root;
  private StringBuilder output = new StringBuilder();
  private boolean escaping;

  Renderer(Map<String, Object> variables) {
    root = Scope.of(variables);
  }

  String render(List<Statement> statements) {
    renderAll(statements, root);
    return output.toString();
  }

  private void renderAll(List<Statement> statements, Scope scope) {
    for (Statement statement : statements) {
      evaluator.budget().spend(1);
      render(statement, scope);
    }
  }

  private void render(Statement statement, Scope scope) {
    switch (statement) {
      case Statement.Data(String text) -> write(text);
      case Statement.Print(Expression value) -> print(evaluator.value(value, scope));
      case Statement.For loop -> loop(loop, scope);
      case Statement.If choice -> choose(choice, scope);
      case Statement.Set(Expression target, Expression value) ->
          assign(target, evaluator.value(value, scope), scope);
      case Statement.SetBlock block -> setBlock(block, scope);
      case Statement.With with -> with(with, scope);
      case Statement.Macro macro ->
          scope.set(
              macro.name(),
              macro(macro.name(), macro.signature(), macro.body(), macro.uses(), scope));
      case Statement.CallBlock call -> callBlock(call, scope);
      case Statement.FilterBlock(Expression filter, List<Statement> body) ->
          print(evaluator.filteredAll((Filtered) filter, captured(body, scope.inner()), scope));
      case Statement.Autoescape autoescape -> autoescape(autoescape, scope);
      case Statement.Block(List<Statement> body) -> renderAll(body, root.inner());
      case Statement.Outside(Expression template) -> {
        evaluator.value(template, scope);
        throw Failure.type("no loader for this environment specified");
      }
    }
  }

  private void write(String text) {
    output.append(text);
    evaluator.budget().spendLength(text.length());
    evaluator.budget().spendLength(output.length() > Budget.MAX_LENGTH ? output.length() : 0);
  }

  private void print(Object value) {
    String text = evaluator.texts().text(value);
    write(escaping && !(value instanceof Markup) ? Markup.escaped(text) : text);
  }

  /** What statements write, instead of writing it. */
  private Object captured(List<Statement> body, Scope scope) {
    StringBuilder outer = output;
    output = new StringBuilder();
    renderAll(body, scope);
    String text = output.toString();
    output = outer;
    return escaping ? new Markup(text) : text;
  }

  private void choose(Statement.If choice, Scope scope) {
    for (Statement.If.Branch branch : choice.branches()) {
      if (evaluator.isTrue(branch.condition(), scope)) {
        renderAll(branch.body(), scope);
        return;
      }
    }
    renderAll(choice.otherwise(), scope);
  }

  private void loop(Statement.For loop, Scope scope) {
    loop(loop, evaluator.value(loop.items(), scope), scope, 0);
  }

  private void loop(Statement.For loop, Object over, Scope scope, int depth) {
    List<Object> items = new ArrayList<>();
    for (Object item : evaluator.values().items(over)) {
      if (loop.condition() == null) {
        items.add(item);
        continue;
      }
      Scope inner = scope.inner();
      assign(loop.target(), item, inner);
      if (evaluator.isTrue(loop.condition(), inner)) {
        items.add(item);
      }
    }
    Loop state = new Loop(items, depth, recursion(loop, scope, depth), evaluator.values());
    for (int index = 0; index < items.size(); index++) {
      state.at(index);
      Scope inner = scope.inner();
      inner.set(LOOP, state);
      assign(loop.target(), items.get(index), inner);
      renderAll(loop.body(), inner);
    }
    if (items.isEmpty()) {
      renderAll(loop.otherwise(), scope.inner());
    }
  }

  private @Nullable Callee recursion(Statement.For loop, Scope scope, int depth) {
    if (!loop.recursive()) {
      return null;
    }
    return arguments -> {
      evaluator.budget().enter();
      StringBuilder outer = output;
      output = new StringBuilder();
      loop(loop, arguments.required(0, "iterable"), scope, depth + 1);
      String text = output.toString();
      output = outer;
      evaluator.budget().leave();
      return escaping ? new Markup(text) : text;
    };
  }

  private void assign(Expression target, Object value, Scope scope) {
    switch (target) {
      case Name name -> scope.set(name.name(), value);
      case Field(String name, String field) -> {
        if (!(scope.get(name) instanceof Namespace namespace)) {
          throw new Failure(
              "TemplateRuntimeError", "cannot assign attribute on non-namespace object");
        }
        namespace.fields().put(field, value);
      }
      case TupleOf tuple -> unpack(tuple.items(), value, scope);
      default -> throw Failure.type("nothing can be assigned to this");
    }
  }

  private void unpack(List<Expression> targets, Object value, Scope scope) {
    List<Object> items = evaluator.values().items(value, targets.size());
    for (int index = 0; index < items.size(); index++) {
      assign(targets.get(index), items.get(index), scope);
    }
  }

  private void setBlock(Statement.SetBlock block, Scope scope) {
    Object text = captured(block.body(), scope.inner());
    assign(
        block.target(),
        block.filter() instanceof Filtered filter
            ? evaluator.filteredAll(filter, text, scope)
            : text,
        scope);
  }

  private void with(Statement.With with, Scope scope) {
    Scope inner = scope.inner();
    for (int index = 0; index < with.targets().size(); index++) {
      assign(with.targets().get(index), evaluator.value(with.values().get(index), scope), inner);
    }
    renderAll(with.body(), inner);
  }

  private void autoescape(Statement.Autoescape autoescape, Scope scope) {
    boolean before = escaping;
    escaping = evaluator.isTrue(autoescape.value(), scope);
    renderAll(autoescape.body(), scope.inner());
    escaping = before;
  }

  private void callBlock(Statement.CallBlock call, Scope scope) {
    Macro caller = macro(CALLER, call.signature(), call.body(), call.uses(), scope);
    Arguments given = evaluator.arguments(call.call().given(), scope);
    Map<String, Object> named = new LinkedHashMap<>(given.named());
    named.put(CALLER, caller);
    print(evaluator.call(call.call(), new Arguments(given.positional(), named), scope));
  }

  private Macro macro(
      String name, Signature signature, List<Statement> body, Set<String> uses, Scope scope) {
    return new Macro(
        name,
        arguments -> {
          evaluator.budget().enter();
          Scope inner = scope.inner();
          bind(name, signature, uses, arguments, inner);
          Object text = captured(body, inner);
          evaluator.budget().leave();
          return text;
        });
  }

  private void bind(
      String macro, Signature signature, Set<String> uses, Arguments given, Scope inner) {
    List<String> names = signature.names();
    Set<String> unbound = new HashSet<>(given.named().keySet());
    int firstDefault = names.size() - signature.defaults().size();
    for (int index = 0; index < names.size(); index++) {
      String name = names.get(index);
      Object value = given.at(index, name);
      if (index >= given.positional().size()) {
        unbound.remove(name);
      }
      if (value == null) {
        value =
            index >= firstDefault
                ? evaluator.value(signature.defaults().get(index - firstDefault), inner)
                : Undefined.because("parameter " + PythonText.quoted(name) + " was not provided");
      }
      inner.set(name, value);
    }
    if (uses.contains(CALLER) && !names.contains(CALLER)) {
      Object caller = given.named().get(CALLER);
      inner.set(CALLER, caller == null ? Undefined.because("No caller defined") : caller);
      unbound.remove(CALLER);
    }
    bindTheRest(macro, names, uses, given, unbound, inner);
  }

  private static void bindTheRest(
      String macro,
      List<String> names,
      Set<String> uses,
      Arguments given,
      Set<String> unbound,
      Scope inner) {
    if (uses.contains(KWARGS)) {
      Map<Object, Object> rest = new LinkedHashMap<>(given.named());
      rest.keySet().retainAll(unbound);
      inner.set(KWARGS, rest);
    } else if (unbound.contains(CALLER)) {
      throw Failure.type(
          "macro %s was invoked with two values for the special caller argument. This is most likely a bug."
              .formatted(PythonText.quoted(macro)));
    } else if (!unbound.isEmpty()) {
      String first =
          given.named().keySet().stream().filter(unbound::contains).findFirst().orElse("");
      throw Failure.type(
          "macro %s takes no keyword argument %s"
              .formatted(PythonText.quoted(macro), PythonText.quoted(first)));
    }
    if (uses.contains(VARARGS)) {
      inner.set(VARARGS, new Tuple(given.from(names.size()).positional()));
    } else if (given.positional().size() > names.size()) {
      throw Failure.type(
          "macro %s takes not more than %d argument(s)"
              .formatted(PythonText.quoted(macro), names.size()));
    }
  }
}
