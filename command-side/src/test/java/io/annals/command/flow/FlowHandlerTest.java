package io.annals.command.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.command.flow.FlowCommand.DeleteFlow;
import io.annals.command.flow.FlowCommand.RetagFlow;
import io.annals.command.log.FaceKey;
import io.annals.events.flow.FlowEvent.FlowCreated;
import io.annals.events.flow.FlowEvent.FlowDeleted;
import io.annals.events.flow.FlowEvent.FlowTagged;
import io.annals.events.log.Face;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FlowHandlerTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final UUID FLOW = new UUID(1, 1);
  private static final UUID NEW = new UUID(7, 100);
  private static final ObjectNode LABELS =
      (ObjectNode) JsonMapper.shared().readTree("{\"team\":\"data\"}");
  private static final FlowCreated ETL = new FlowCreated(FLOW, "etl", List.of("a"), LABELS);

  private final AggregateTestFixture<FlowAggregate> axon =
      new AggregateTestFixture<>(FlowAggregate.class);
  private final Map<String, UUID> names = new HashMap<>();
  private long idsGiven = 100;

  FlowHandlerTest() {
    axon.registerAnnotatedCommandHandler(
        new FlowHandler(
            axon.getRepository(),
            name -> Optional.ofNullable(names.get(name)),
            new KeyedLocks(),
            InstantSource.fixed(NOW),
            () -> new UUID(7, idsGiven++)));
  }

  @Test
  void a_flow_is_registered_under_a_free_name() {
    axon.givenNoPriorActivity()
        .when(new CreateFlow("etl", List.of("a"), LABELS))
        .expectEvents(new FlowCreated(NEW, "etl", List.of("a"), LABELS))
        .expectResultMessagePayload(new Created(NEW, true));
    assertFace(
        NEW,
        "prefect.flow.created",
        "{\"name\":\"etl\",\"tags\":[\"a\"],\"labels\":{\"team\":\"data\"}}");
  }

  @Test
  void a_flow_is_registered_once_and_stays_as_it_is() {
    names.put("etl", FLOW);
    axon.given(ETL)
        .when(new CreateFlow("etl", List.of("b"), LABELS))
        .expectNoEvents()
        .expectResultMessagePayload(new Created(FLOW, false));
  }

  @Test
  void tags_are_replaced() {
    axon.given(ETL)
        .when(new RetagFlow(FLOW, List.of("b", "c")))
        .expectEvents(new FlowTagged(FLOW, List.of("b", "c")));
    assertFace(
        FLOW,
        "prefect.flow.updated",
        "{\"name\":\"etl\",\"tags\":[\"b\",\"c\"],\"labels\":{\"team\":\"data\"}}");
  }

  @Test
  void an_update_that_says_nothing_keeps_the_tags() {
    axon.given(ETL)
        .when(new RetagFlow(FLOW, null))
        .expectEvents(new FlowTagged(FLOW, List.of("a")));
  }

  @Test
  void a_deleted_flow_is_shown_as_it_was() {
    axon.given(ETL).when(new DeleteFlow(FLOW)).expectEvents(new FlowDeleted(FLOW));
    assertFace(
        FLOW,
        "prefect.flow.deleted",
        "{\"name\":\"etl\",\"tags\":[\"a\"],\"labels\":{\"team\":\"data\"}}");
  }

  @Test
  void a_missing_flow_is_not_found() {
    axon.givenNoPriorActivity()
        .when(new RetagFlow(FLOW, List.of()))
        .expectExceptionMessage("Flow not found");
    axon.given(ETL, new FlowDeleted(FLOW))
        .when(new DeleteFlow(FLOW))
        .expectExceptionMessage("Flow not found");
  }

  private void assertFace(UUID flowId, String event, String payload) {
    List<? extends DomainEventMessage<?>> stored =
        axon.getEventStore().readEvents(FlowAggregate.stream(flowId)).asStream().toList();
    Face face = Objects.requireNonNull((Face) stored.getLast().getMetaData().get(FaceKey.FACE));
    assertThat(face.event()).isEqualTo(event);
    assertThat(face.occurred()).isEqualTo(NOW);
    assertThat(face.related()).isEmpty();
    assertThat(face.resource())
        .containsExactly(
            Map.entry("prefect.resource.id", "prefect.flow." + flowId),
            Map.entry("prefect.resource.name", "etl"));
    assertThat(face.payload()).isEqualTo(JsonMapper.shared().readTree(payload));
  }
}
