package io.annals.command.variable;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Change;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.decision.Refusal;
import io.annals.command.entity.EntityFixture;
import io.annals.command.variable.VariableCommand.CreateVariable;
import io.annals.command.variable.VariableCommand.DeleteVariable;
import io.annals.command.variable.VariableCommand.UpdateVariable;
import io.annals.events.log.Face;
import io.annals.events.variable.VariableEvent;
import io.annals.events.variable.VariableEvent.VariableCreated;
import io.annals.events.variable.VariableEvent.VariableDeleted;
import io.annals.events.variable.VariableEvent.VariableUpdated;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class VariableHandlerTest {
  private static final UUID ID = new UUID(1, 1);
  private static final UUID NEW = EntityFixture.newId();
  private static final JsonNode EU = StringNode.valueOf("eu");
  private static final JsonNode US = StringNode.valueOf("us");
  private static final VariableCreated REGION =
      new VariableCreated(ID, "region", EU, List.of("prod"));

  private final EntityFixture<Variable, VariableEvent> variables =
      new EntityFixture<>(Variable.KIND, VariableHandler.MISSING);
  private final Map<String, UUID> names = new HashMap<>();

  VariableHandlerTest() {
    variables.handledBy(
        entities ->
            new VariableHandler(
                entities,
                name -> Optional.ofNullable(names.get(name)),
                new KeyedLocks(),
                variables.ids()));
  }

  @Test
  void a_value_is_stored_under_a_free_name() {
    variables
        .given()
        .when(new CreateVariable("region", EU, List.of("prod")))
        .expectEvents(new VariableCreated(NEW, "region", EU, List.of("prod")))
        .expectResultMessagePayload(NEW);
    variables.expectFace(
        NEW,
        "prefect.variable.created",
        "{\"name\":\"region\",\"value\":\"eu\",\"tags\":[\"prod\"]}");
    Face face = variables.lastFace(NEW).orElseThrow();
    assertThat(face.related()).isEmpty();
    assertThat(face.resource())
        .containsExactly(
            Map.entry("prefect.resource.id", "prefect.variable." + NEW),
            Map.entry("prefect.resource.name", "region"));
  }

  @Test
  void a_name_stands_for_one_variable() {
    names.put("region", ID);
    variables
        .given(REGION)
        .when(new CreateVariable("region", US, List.of()))
        .expectNoEvents()
        .expectExceptionMessage("A variable with the name 'region' already exists.");
  }

  @Test
  void what_is_not_changed_stays() {
    variables
        .given(REGION)
        .when(new UpdateVariable(ID, Change.none(), Change.to(US), Change.none()))
        .expectEvents(new VariableUpdated(ID, "region", US, List.of("prod")));
    variables.expectFace(
        ID,
        "prefect.variable.updated",
        "{\"name\":\"region\",\"value\":\"us\",\"tags\":[\"prod\"]}");
  }

  @Test
  void a_variable_is_not_renamed_to_a_name_that_is_taken() {
    names.put("zone", new UUID(2, 2));
    variables
        .given(REGION)
        .when(new UpdateVariable(ID, Change.to("zone"), Change.none(), Change.none()))
        .expectNoEvents()
        .expectExceptionMessage(Refusal.INTEGRITY.text());
  }

  @Test
  void a_variable_may_keep_its_own_name() {
    names.put("region", ID);
    variables
        .given(REGION)
        .when(new UpdateVariable(ID, Change.to("region"), Change.none(), Change.to(List.of())))
        .expectEvents(new VariableUpdated(ID, "region", EU, List.of()));
  }

  @Test
  void a_deleted_variable_is_shown_as_it_was() {
    variables.given(REGION).when(new DeleteVariable(ID)).expectEvents(new VariableDeleted(ID));
    variables.expectFace(
        ID,
        "prefect.variable.deleted",
        "{\"name\":\"region\",\"value\":\"eu\",\"tags\":[\"prod\"]}");
  }

  @Test
  void a_missing_variable_is_not_found() {
    variables.given().when(new DeleteVariable(ID)).expectExceptionMessage("Variable not found.");
    variables
        .given(REGION, new VariableDeleted(ID))
        .when(new DeleteVariable(ID))
        .expectExceptionMessage("Variable not found.");
  }
}
