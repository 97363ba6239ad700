package io.annals.command.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.command.block.BlockSchemaCommand.RegisterBlockSchema;
import io.annals.command.decision.Created;
import io.annals.command.decision.Decision;
import io.annals.events.block.BlockSchemaEvent.BlockSchemaRegistered;
import io.annals.events.block.BlockSchemaEvent.NestedSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BlockSchemaDeciderTest {
  private static final UUID OUTER = new UUID(1, 1);
  private static final UUID INNER = new UUID(1, 2);
  private static final String NESTED =
      """
      {'title': 'Outer', 'properties': {'in': {'$ref': '#/definitions/Inner'}},
       'block_schema_references': {'in': {'block_schema_checksum': 'sha256:x', 'block_type_slug': 'inner'}},
       'definitions': {'Inner': {'title': 'Inner', 'block_type_slug': 'inner', 'u': {'$ref': '#/definitions/Unit'}},
                       'Unit': {'enum': ['m']}}}
      """;

  private final Map<String, UUID> stored = new HashMap<>();
  private final AtomicLong ids = new AtomicLong(1);

  private final KnownBlocks known =
      new KnownBlocks() {
        @Override
        public Optional<UUID> typeOf(String slug) {
          return slug.equals("inner") ? Optional.of(INNER) : Optional.empty();
        }

        @Override
        public Optional<UUID> schemaOf(String checksum, @Nullable String version) {
          return Optional.ofNullable(stored.get(checksum));
        }
      };

  private Decision<BlockSchemaRegistered, Created> register(String fields) {
    return BlockSchemaDecider.register(
        new RegisterBlockSchema(json(fields), OUTER, List.of("read"), "2"),
        known,
        () -> new UUID(7, ids.getAndIncrement()));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @Test
  void a_schema_is_registered_with_those_inside_it() {
    Decision<BlockSchemaRegistered, Created> decision = register(NESTED);
    assertThat(decision.answer()).isEqualTo(new Created(new UUID(7, 1), true));
    BlockSchemaRegistered outer = decision.events().getFirst();
    BlockSchemaRegistered inner = decision.events().getLast();
    assertThat(decision.events()).hasSize(2);
    assertThat(outer.references()).containsExactly(new NestedSchema("in", inner.blockSchemaId()));
    assertThat(outer.fields())
        .isEqualTo(
            json(
                "{'title': 'Outer', 'properties': {'in': {'$ref': '#/definitions/Inner'}},"
                    + " 'definitions': {'Unit': {'enum': ['m']}}}"));
    assertThat(outer.version()).isEqualTo("2");
    assertThat(inner.blockTypeId()).isEqualTo(INNER);
    assertThat(inner.version()).isEqualTo("non-versioned");
    assertThat(inner.capabilities()).isEmpty();
  }

  @Test
  void what_is_registered_already_is_not_registered_again() {
    BlockSchemaRegistered outer = register(NESTED).events().getFirst();
    stored.put(outer.checksum(), outer.blockSchemaId());
    Decision<BlockSchemaRegistered, Created> again = register(NESTED);
    assertThat(again.events()).isEmpty();
    assertThat(again.answer()).isEqualTo(new Created(outer.blockSchemaId(), false));
  }

  @Test
  void a_schema_inside_that_is_registered_already_is_referred_to() {
    stored.put("sha256:x", new UUID(8, 8));
    List<BlockSchemaRegistered> events = register(NESTED).events();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().references())
        .containsExactly(new NestedSchema("in", new UUID(8, 8)));
  }

  @Test
  void a_field_may_take_one_of_several_blocks() {
    List<BlockSchemaRegistered> events =
        register(
                """
                {'properties': {'in': {'anyOf': [{'$ref': '#/definitions/Other'}, {'$ref': '#/definitions/Inner'}]}},
                 'block_schema_references': {'in': [{'block_schema_checksum': 'sha256:x', 'block_type_slug': 'inner'}]},
                 'definitions': {'Other': {'title': 'Other', 'block_type_slug': 'other'},
                                 'Inner': {'title': 'Inner', 'block_type_slug': 'inner'}}}
                """)
            .events();
    assertThat(events.getLast().fields().path("title").asString()).isEqualTo("Inner");
  }

  @Test
  void a_schema_that_lies_in_itself_comes_to_an_end() {
    List<BlockSchemaRegistered> events =
        register(
                """
                {'properties': {'in': {'$ref': '#/definitions/Inner'}},
                 'block_schema_references': {'in': {'block_schema_checksum': 'sha256:x', 'block_type_slug': 'inner'}},
                 'definitions': {'Inner': {
                   'title': 'Inner', 'block_type_slug': 'inner', 'properties': {'in': {'$ref': '#/definitions/Inner'}},
                   'block_schema_references': {'in': {'block_schema_checksum': 'sha256:x', 'block_type_slug': 'inner'}}}}}
                """)
            .events();
    assertThat(events).hasSize(2);
    UUID inner = events.getLast().blockSchemaId();
    assertThat(events.getLast().references()).containsExactly(new NestedSchema("in", inner));
  }

  @Test
  void the_types_of_what_lies_inside_must_be_known() {
    assertThatThrownBy(() -> register(NESTED.replace("'inner'}},", "'none'}},")))
        .hasMessage(
            "Cannot create block schema because block type 'none' was not found.Did you forget to"
                + " register the block type?");
  }

  @Test
  void definitions_of_what_lies_inside_must_be_given() {
    assertThatThrownBy(
            () ->
                register(
                    "{'block_schema_references': {'in': {'block_schema_checksum': 'x',"
                        + " 'block_type_slug': 'inner'}}}"))
        .hasMessageStartingWith("Unable to create nested block schema due to missing definitions");
    assertThatThrownBy(() -> register(NESTED.replace("#/definitions/Inner", "#/definitions/No")))
        .hasMessageEndingWith("due to missing definition.");
  }

  @Test
  void what_is_not_a_schema_is_refused() {
    assertThatThrownBy(() -> register("{'definitions': []}"))
        .hasMessage("The definitions of a block schema must be an object.");
    assertThatThrownBy(() -> register("{'block_schema_references': 1}"))
        .hasMessage("The block schema references of a block schema must be an object.");
    assertThatThrownBy(() -> register("{'block_schema_references': {'in': {}}}"))
        .hasMessage("A block schema reference must have a block_type_slug.");
  }

  /** A definition may not smuggle in more than a person would write. */
  @Test
  void one_registration_adds_a_bounded_number_of_schemas() {
    StringBuilder definitions = new StringBuilder();
    for (int number = 0; number < 2 * BlockSchemaDecider.MAX_SCHEMAS; number++) {
      definitions.append(
          """
          %s'D%d': {'n': %d, 'block_type_slug': 'inner', 'properties': {'in': {'$ref': '#/definitions/D%d'}},
           'block_schema_references': {'in': {'block_schema_checksum': 'sha256:%d', 'block_type_slug': 'inner'}}}
          """
              .formatted(number == 0 ? "" : ",", number, number, number + 1, number));
    }
    String fields =
        """
        {'properties': {'in': {'$ref': '#/definitions/D0'}}, 'definitions': {%s},
         'block_schema_references': {'in': {'block_schema_checksum': 'sha256:x', 'block_type_slug': 'inner'}}}
        """
            .formatted(definitions);
    assertThatThrownBy(() -> register(fields))
        .hasMessage("A block schema may bring along at most 99 others.");
  }
}
