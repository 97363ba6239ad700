package io.annals.command.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a template. */
sealed interface Statement {
  /** Text that stands for itself. */
  record Data(String text) implements Statement {}

  /** {@code {{ value }}}. */
  record Print(Expression value) implements Statement {}

  /** {@code {% for %}}. */
  record For(
      Expression target,
      Expression items,
      @Nullable Expression condition,
      boolean recursive,
      List<Statement> body,
      List<Statement> otherwise)
      implements Statement {}

  /** {@code {% if %}}: the first branch whose condition holds. */
  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {
    /** What to do if. */
    record Branch(Expression condition, List<Statement> body) {}
  }

  /** {@code {% set target = value %}}. */
  record Set(Expression target, Expression value) implements Statement {}

  /** {@code {% set target %}text{% endset %}}. */
  record SetBlock(Expression target, @Nullable Expression filter, List<Statement> body)
      implements Statement {}

  /** {@code {% with a = 1 %}}. */
  record With(List<Expression> targets, List<Expression> values, List<Statement> body)
      implements Statement {}

  /**
   * What a macro takes.
   *
   * @param defaults of the last of the names
   */
  record Signature(List<String> names, List<Expression> defaults) {
    static final Signature EMPTY = new Signature(List.of(), List.of());
  }

  /**
   * {@code {% macro name(…) %}}.
   *
   * @param uses all names in its body
   */
  record Macro(String name, Signature signature, List<Statement> body, java.util.Set<String> uses)
      implements Statement {}

  /** {@code {% call(…) macro(…) %}}. */
  record CallBlock(
      Signature signature, Expression.Call call, List<Statement> body, java.util.Set<String> uses)
      implements Statement {}

  /** {@code {% filter name %}}. */
  record FilterBlock(Expression filter, List<Statement> body) implements Statement {}

  /** {@code {% autoescape value %}}. */
  record Autoescape(Expression value, List<Statement> body) implements Statement {}

  /** {@code {% block name %}}: nobody extends these templates, so it stands where it is. */
  record Block(List<Statement> body) implements Statement {}

  /** {@code {% include %}} and its like: there are no other templates here. */
  record Outside(Expression template) implements Statement {}
}
