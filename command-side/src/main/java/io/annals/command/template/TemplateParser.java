package io.annals.command.template;

import io.annals.command.schema.PythonText;
import io.annals.command.template.Expression.Call;
import io.annals.command.template.Expression.Field;
import io.annals.command.template.Expression.Name;
import io.annals.command.template.Expression.TupleOf;
import io.annals.command.template.ExpressionParser.Tupling;
import io.annals.command.template.Statement.Signature;
import io.annals.command.template.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the statements of a template, and counts its loops. */
final class TemplateParser {
  /** Statements within each other; Python gives up at about as many. */
  private static final int MAX_NESTING = 80;

  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final Deque<String> openTags = new ArrayDeque<>();
  private final Deque<List<String>> awaited = new ArrayDeque<>();
  private int loopCount;
  private int loopDepth;
  private int deepestLoop;

  TemplateParser(String template) throws BrokenTemplateException {
    tokens = new Tokens(template);
    expressions = new ExpressionParser(tokens);
  }

  List<Statement> template() throws BrokenTemplateException {
    return statements(List.of());
  }

  int loopCount() {
    return loopCount;
  }

  int deepestLoop() {
    return deepestLoop;
  }

  /** Up to one of some tags, or to the end when none is given. */
  private List<Statement> statements(List<String> until) throws BrokenTemplateException {
    List<Statement> body = new ArrayList<>();
    if (awaited.size() > MAX_NESTING) {
      throw tokens.broken(Budget.tooDeep().reason());
    }
    if (!until.isEmpty()) {
      awaited.push(until);
    }
    while (!tokens.current().is(Kind.END)) {
      Token token = tokens.advance();
      if (token.is(Kind.DATA)) {
        body.add(new Statement.Data(token.text()));
      } else if (token.is(Kind.VARIABLE_BEGIN)) {
        body.add(new Statement.Print(expressions.tuple(Tupling.FULL)));
        tokens.expect(Kind.VARIABLE_END);
      } else {
        Token tag = tokens.current();
        if (tag.is(Kind.NAME) && until.contains(tag.text())) {
          awaited.pop();
          return List.copyOf(body);
        }
        body.addAll(statement());
        tokens.expect(Kind.BLOCK_END);
      }
    }
    if (!until.isEmpty()) {
      throw unexpected(null);
    }
    return List.copyOf(body);
  }

  /** The body of a statement, whose head ends here, to one of some tags, which is passed. */
  private Body body(String... until) throws BrokenTemplateException {
    tokens.skipOperator(":");
    tokens.expect(Kind.BLOCK_END);
    List<Statement> statements = statements(List.of(until));
    return new Body(statements, tokens.advance().text());
  }

  private record Body(List<Statement> statements, String end) {}

  private List<Statement> statement() throws BrokenTemplateException {
    Token tag = tokens.current();
    if (!tag.is(Kind.NAME)) {
      throw tokens.broken("tag name expected");
    }
    openTags.push(tag.text());
    List<Statement> read =
        switch (tag.text()) {
          case "for" -> List.of(loop());
          case "if" -> List.of(condition());
          case "block" -> List.of(block());
          case "print" -> print();
          case "macro" -> List.of(macro());
          case "set" -> List.of(set());
          case "with" -> List.of(with());
          case "autoescape" -> List.of(autoescape());
          case "call" -> List.of(call());
          case "filter" -> List.of(filter());
          case "extends", "include", "import", "from" -> List.of(outside(tag.text()));
          default -> {
            openTags.pop();
            throw unexpected(tag.text());
          }
        };
    openTags.pop();
    return read;
  }

  /** A tag, or the end when there is none, that nobody waits for. */
  private BrokenTemplateException unexpected(@Nullable String tag) {
    StringBuilder message =
        new StringBuilder(
            tag == null
                ? "Unexpected end of template."
                : "Encountered unknown tag " + PythonText.quoted(tag) + ".");
    if (!awaited.isEmpty()) {
      String looking =
          awaited.getFirst().stream().map(PythonText::quoted).collect(Collectors.joining(" or "));
      boolean isMisplaced = tag != null && awaited.stream().anyMatch(tags -> tags.contains(tag));
      message.append(
          isMisplaced
              ? " You probably made a nesting mistake. Jinja is expecting this tag, but currently"
                  + " looking for "
              : " Jinja was looking for the following tags: ");
      message.append(looking).append('.');
    }
    if (!openTags.isEmpty()) {
      message
          .append(" The innermost block that needs to be closed is ")
          .append(PythonText.quoted(openTags.getFirst()))
          .append('.');
    }
    return tokens.broken(message.toString());
  }

  private Statement loop() throws BrokenTemplateException {
    tokens.expectName("for");
    loopCount++;
    deepestLoop = Math.max(deepestLoop, ++loopDepth);
    Expression target = target(new Tupling(false, true, "in"));
    tokens.expectName("in");
    Expression items = expressions.tuple(new Tupling(false, false, "recursive"));
    Expression condition = tokens.skipName("if") ? expressions.expression() : null;
    boolean recursive = tokens.skipName("recursive");
    Body body = body("endfor", "else");
    List<Statement> otherwise = body.end.equals("else") ? body("endfor").statements : List.of();
    loopDepth--;
    return new Statement.For(target, items, condition, recursive, body.statements, otherwise);
  }

  private Statement condition() throws BrokenTemplateException {
    tokens.expectName("if");
    List<Statement.If.Branch> branches = new ArrayList<>();
    while (true) {
      Expression condition = expressions.tuple(Tupling.UNCONDITIONAL);
      Body body = body("elif", "else", "endif");
      branches.add(new Statement.If.Branch(condition, body.statements));
      if (!body.end.equals("elif")) {
        List<Statement> otherwise = body.end.equals("else") ? body("endif").statements : List.of();
        return new Statement.If(List.copyOf(branches), otherwise);
      }
    }
  }

  private Statement set() throws BrokenTemplateException {
    tokens.expectName("set");
    Expression target = target(new Tupling(true, true, null));
    if (tokens.skipOperator("=")) {
      return new Statement.Set(target, expressions.tuple(Tupling.FULL));
    }
    Expression filter = tokens.skipOperator("|") ? expressions.blockFilters() : null;
    return new Statement.SetBlock(target, filter, body("endset").statements);
  }

  private Statement with() throws BrokenTemplateException {
    tokens.expectName("with");
    List<Expression> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.current().is(Kind.BLOCK_END)) {
      if (!targets.isEmpty()) {
        tokens.expectOperator(",");
      }
      targets.add(target(new Tupling(true, true, null)));
      tokens.expectOperator("=");
      values.add(expressions.expression());
    }
    return new Statement.With(targets, values, body("endwith").statements);
  }

  private Statement autoescape() throws BrokenTemplateException {
    tokens.expectName("autoescape");
    Expression value = expressions.expression();
    return new Statement.Autoescape(value, body("endautoescape").statements);
  }

  private Statement block() throws BrokenTemplateException {
    tokens.expectName("block");
    String name = tokens.expect(Kind.NAME).text();
    tokens.skipName("scoped");
    boolean required = tokens.skipName("required");
    if (tokens.current().isOperator("-")) {
      throw tokens.broken(
          "Block names in Jinja have to be valid Python identifiers and may not contain hyphens,"
              + " use an underscore instead.");
    }
    List<Statement> body = body("endblock").statements;
    boolean isEmpty =
        body.stream()
            .allMatch(each -> each instanceof Statement.Data(String text) && text.isBlank());
    if (required && !isEmpty) {
      throw tokens.broken("Required blocks can only contain comments or whitespace");
    }
    tokens.skipName(name);
    return new Statement.Block(body);
  }

  private List<Statement> print() throws BrokenTemplateException {
    tokens.expectName("print");
    List<Statement> printed = new ArrayList<>();
    while (!tokens.current().is(Kind.BLOCK_END)) {
      if (!printed.isEmpty()) {
        tokens.expectOperator(",");
      }
      printed.add(new Statement.Print(expressions.expression()));
    }
    return printed;
  }

  private Statement macro() throws BrokenTemplateException {
    tokens.expectName("macro");
    String name = tokens.expect(Kind.NAME).text();
    Signature signature = signature();
    Set<String> outer = expressions.swapNames(new HashSet<>());
    List<Statement> body = body("endmacro").statements;
    return new Statement.Macro(name, signature, body, namesSince(outer));
  }

  private Statement call() throws BrokenTemplateException {
    int line = tokens.expectName("call").line();
    Signature signature = tokens.current().isOperator("(") ? signature() : Signature.EMPTY;
    if (!(expressions.expression() instanceof Call call)) {
      throw new BrokenTemplateException("expected call", line);
    }
    Set<String> outer = expressions.swapNames(new HashSet<>());
    List<Statement> body = body("endcall").statements;
    return new Statement.CallBlock(signature, call, body, namesSince(outer));
  }

  private Set<String> namesSince(Set<String> outer) {
    Set<String> own = expressions.swapNames(outer);
    outer.addAll(own);
    return Set.copyOf(own);
  }

  private Statement filter() throws BrokenTemplateException {
    tokens.expectName("filter");
    Expression filters = expressions.blockFilters();
    return new Statement.FilterBlock(filters, body("endfilter").statements);
  }

  private Signature signature() throws BrokenTemplateException {
    tokens.expectOperator("(");
    List<String> names = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    while (!tokens.current().isOperator(")")) {
      if (!names.isEmpty()) {
        tokens.expectOperator(",");
      }
      names.add(tokens.expect(Kind.NAME).text());
      if (tokens.skipOperator("=")) {
        defaults.add(expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw tokens.broken("non-default argument follows default argument");
      }
    }
    tokens.expectOperator(")");
    return new Signature(List.copyOf(names), List.copyOf(defaults));
  }

  /** Statements that name another template, of which there is none; the rest is only read. */
  private Statement outside(String tag) throws BrokenTemplateException {
    tokens.expectName(tag);
    Expression template = expressions.expression();
    switch (tag) {
      case "include" -> {
        if (tokens.current().isName("ignore") && tokens.following().isName("missing")) {
          tokens.advance();
          tokens.advance();
        }
        skipContext();
      }
      case "import" -> {
        tokens.expectName("as");
        tokens.expect(Kind.NAME);
        skipContext();
      }
      case "from" -> imported();
      default -> {}
    }
    return new Statement.Outside(template);
  }

  private void imported() throws BrokenTemplateException {
    tokens.expectName("import");
    boolean first = true;
    do {
      if (!first && skipContext()) {
        return;
      }
      first = false;
      String name = tokens.expect(Kind.NAME).text();
      if (name.startsWith("_")) {
        throw tokens.broken("names starting with an underline can not be imported");
      }
      if (tokens.skipName("as")) {
        tokens.expect(Kind.NAME);
      }
    } while (!skipContext() && tokens.skipOperator(","));
  }

  private boolean skipContext() throws BrokenTemplateException {
    Token token = tokens.current();
    boolean there =
        (token.isName("with") || token.isName("without")) && tokens.following().isName("context");
    if (there) {
      tokens.advance();
      tokens.advance();
    }
    return there;
  }

  private Expression target(Tupling how) throws BrokenTemplateException {
    Expression target = expressions.tuple(how);
    if (!isAssignable(target)) {
      throw tokens.broken("can't assign to " + PythonText.quoted(target.kind()));
    }
    return target;
  }

  private static boolean isAssignable(Expression target) {
    return switch (target) {
      case Name ignored -> true;
      case Field ignored -> true;
      case TupleOf tuple -> tuple.items().stream().allMatch(TemplateParser::isAssignable);
      default -> false;
    };
  }
}
