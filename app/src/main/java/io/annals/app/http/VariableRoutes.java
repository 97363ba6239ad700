package io.annals.app.http;

import io.annals.command.variable.VariableCommand.CreateVariable;
import io.annals.command.variable.VariableCommand.DeleteVariable;
import io.annals.command.variable.VariableCommand.UpdateVariable;
import io.annals.command.variable.VariableHandler;
import io.annals.query.request.AtLeast;
import io.annals.query.request.CheckedBy;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.Matches;
import io.annals.query.request.MaxLength;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.Patch;
import io.annals.query.request.ValueCheck;
import io.annals.query.variable.VariableFilter;
import io.annals.query.variable.VariableQueries;
import io.annals.query.variable.VariableSort;
import io.annals.query.variable.VariableView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Every route of Prefect's group Variables. */
@RestController
class VariableRoutes {
  static final String NAME = "^[a-z0-9-_]*$";
  static final String NAME_RULE =
      "Variable name must only contain lowercase letters, numbers, and dashes or underscores.";
  static final int MAX_NAME_LENGTH = 255;

  /** Of a value as JSON text; Prefect counts bytes and calls them characters. */
  private static final int MAX_VALUE_BYTES = 5_000;

  private final Commands commands;
  private final VariableQueries variables;
  private final PageLimits limits;

  VariableRoutes(Commands commands, VariableQueries variables, PageLimits limits) {
    this.commands = commands;
    this.variables = variables;
    this.limits = limits;
  }

  record NewVariable(
      @Matches(value = NAME, otherwise = NAME_RULE)
          @MaxLength(value = MAX_NAME_LENGTH, afterCheck = true)
          String name,
      @CheckedBy(FittingValue.class) JsonNode value,
      @Default("[]") List<String> tags) {}

  @PostMapping("/variables/")
  @ResponseStatus(HttpStatus.CREATED)
  VariableView create(@Body NewVariable body) {
    CreateVariable command = new CreateVariable(body.name(), body.value(), body.tags());
    return read(commands.ask(command, UUID.class));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record VariableList(
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      @Nullable VariableFilter variables,
      @Default("\"NAME_ASC\"") VariableSort sort) {}

  @PostMapping("/variables/filter")
  List<VariableView> filter(@Body VariableList body) {
    return variables.page(
        body.variables(), body.sort(), limits.checked(body.limit()), body.offset());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record VariableCount(@Nullable VariableFilter variables) {}

  @PostMapping("/variables/count")
  long count(@Body VariableCount body) {
    return variables.count(body.variables());
  }

  @GetMapping("/variables/{id}")
  VariableView read(@PathVariable UUID id) {
    return variables.byId(id).orElseThrow(VariableHandler.MISSING::asException);
  }

  @GetMapping("/variables/name/{name}")
  VariableView readByName(@PathVariable String name) {
    return variables.byName(name).orElseThrow(VariableHandler.MISSING::asException);
  }

  record VariableChange(
      @Matches(value = NAME, otherwise = NAME_RULE)
          @MaxLength(value = MAX_NAME_LENGTH, afterCheck = true)
          Patch<String> name,
      @CheckedBy(FittingValue.class) Patch<JsonNode> value,
      Patch<List<String>> tags) {}

  @PatchMapping("/variables/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable UUID id, @Body VariableChange body) {
    commands.tell(
        new UpdateVariable(
            id, Changes.of(body.name()), Changes.of(body.value()), Changes.of(body.tags())));
  }

  @PatchMapping("/variables/name/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void changeByName(@PathVariable String name, @Body VariableChange body) {
    change(readByName(name).id(), body);
  }

  @DeleteMapping("/variables/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    commands.tell(new DeleteVariable(id));
  }

  @DeleteMapping("/variables/name/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteByName(@PathVariable String name) {
    delete(readByName(name).id());
  }

  /** A value that is not too long. */
  static final class FittingValue implements ValueCheck<JsonNode> {
    @Override
    public Optional<Finding> check(JsonNode value) {
      return value.toString().getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES
          ? Optional.of(
              Finding.valueError(
                  "Variable value must be less than " + MAX_VALUE_BYTES + " characters"))
          : Optional.empty();
    }
  }
}
