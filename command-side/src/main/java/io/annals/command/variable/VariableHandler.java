package io.annals.command.variable;

import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.decision.Refusal.Kind;
import io.annals.command.entity.Entities;
import io.annals.command.variable.VariableCommand.CreateVariable;
import io.annals.command.variable.VariableCommand.DeleteVariable;
import io.annals.command.variable.VariableCommand.UpdateVariable;
import io.annals.events.variable.VariableEvent;
import io.annals.events.variable.VariableEvent.VariableCreated;
import io.annals.events.variable.VariableEvent.VariableDeleted;
import io.annals.events.variable.VariableEvent.VariableUpdated;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;

/** Takes commands about variables and decides. */
public final class VariableHandler {
  /** How commands about variables that are not there are refused. */
  public static final Refusal MISSING = new Refusal(Kind.NOT_FOUND, "Variable not found.");

  private final Entities<Variable, VariableEvent> variables;
  private final FindVariableByName findByName;
  private final KeyedLocks locks;
  private final Supplier<UUID> ids;

  /**
   * A handler of all commands about variables.
   *
   * @param ids makes ids that were never made before
   */
  public VariableHandler(
      Entities<Variable, VariableEvent> variables,
      FindVariableByName findByName,
      KeyedLocks locks,
      Supplier<UUID> ids) {
    this.variables = variables;
    this.findByName = findByName;
    this.locks = locks;
    this.ids = ids;
  }

  /** Stores a value under a name that is free. */
  @CommandHandler
  public UUID handle(CreateVariable command) {
    if (isTaken(command.name())) {
      throw new Refusal(
              Kind.CONFLICT, "A variable with the name '" + command.name() + "' already exists.")
          .asException();
    }
    UUID id = ids.get();
    variables.begin(new VariableCreated(id, command.name(), command.value(), command.tags()));
    return id;
  }

  /** Changes a variable. */
  @CommandHandler
  public void handle(UpdateVariable command) {
    variables.change(
        command.variableId(),
        variable -> {
          String name = command.name().or(variable.name());
          if (!name.equals(variable.name()) && isTaken(name)) {
            throw Refusal.INTEGRITY.asException();
          }
          return List.of(
              new VariableUpdated(
                  variable.id(),
                  name,
                  command.value().or(variable.value()),
                  command.tags().or(variable.tags())));
        });
  }

  /** Deletes a variable. */
  @CommandHandler
  public void handle(DeleteVariable command) {
    variables.change(command.variableId(), variable -> List.of(new VariableDeleted(variable.id())));
  }

  private boolean isTaken(String name) {
    locks.holdUntilFinished(Variable.class, name);
    return findByName.idOf(name).isPresent();
  }
}
