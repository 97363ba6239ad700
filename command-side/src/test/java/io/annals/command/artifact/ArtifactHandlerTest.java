package io.annals.command.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.artifact.ArtifactCommand.CreateArtifact;
import io.annals.command.artifact.ArtifactCommand.DeleteArtifact;
import io.annals.command.artifact.ArtifactCommand.UpdateArtifact;
import io.annals.command.artifact.ArtifactPorts.Collection;
import io.annals.command.decision.Change;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.entity.EntityFixture;
import io.annals.events.artifact.ArtifactEvent;
import io.annals.events.artifact.ArtifactEvent.ArtifactAdopted;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionAdvanced;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionEnded;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionFellBack;
import io.annals.events.artifact.ArtifactEvent.ArtifactCollectionStarted;
import io.annals.events.artifact.ArtifactEvent.ArtifactCreated;
import io.annals.events.artifact.ArtifactEvent.ArtifactDeleted;
import io.annals.events.artifact.ArtifactEvent.ArtifactUpdated;
import io.annals.events.log.Face;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

class ArtifactHandlerTest {
  private static final UUID ID = new UUID(1, 1);
  private static final UUID EARLIER = new UUID(2, 2);
  private static final UUID COLLECTION = new UUID(3, 3);
  private static final UUID FLOW_RUN = new UUID(4, 4);
  private static final UUID TASK_RUN = new UUID(5, 5);
  private static final UUID NEW = EntityFixture.newId();
  private static final UUID NEW_COLLECTION = new UUID(7, 101);
  private static final JsonNode TEXT = StringNode.valueOf("# Sales");
  private static final JsonNode OLD_TEXT = StringNode.valueOf("# Old sales");
  private static final Map<String, String> OWNER = Map.of("owner", "data");
  private static final ArtifactCreated REPORT =
      new ArtifactCreated(ID, "report", "markdown", "Sales", TEXT, OWNER, FLOW_RUN, TASK_RUN);
  private static final ArtifactCollectionAdvanced SHOWN =
      new ArtifactCollectionAdvanced(ID, COLLECTION);

  private final EntityFixture<Artifact, ArtifactEvent> artifacts =
      new EntityFixture<>(Artifact.KIND, ArtifactHandler.MISSING);
  private final Map<String, Collection> collections = new HashMap<>();
  private final Map<UUID, Artifact> results = new HashMap<>();
  private Optional<Artifact> earlier = Optional.empty();

  ArtifactHandlerTest() {
    ArtifactPorts ports =
        new ArtifactPorts(
            id -> Optional.ofNullable(results.get(id)),
            key -> Optional.ofNullable(collections.get(key)),
            (key, id) -> earlier);
    artifacts.handledBy(
        entities -> new ArtifactHandler(entities, ports, new KeyedLocks(), artifacts.ids()));
  }

  private static CreateArtifact create(String key) {
    return new CreateArtifact(key, "markdown", "Sales", TEXT, OWNER, FLOW_RUN, TASK_RUN);
  }

  @Test
  void an_artifact_without_a_key_belongs_to_no_collection() {
    artifacts
        .given()
        .when(new CreateArtifact(null, null, null, NullNode.getInstance(), null, null, null))
        .expectEvents(
            new ArtifactCreated(NEW, null, null, null, NullNode.getInstance(), null, null, null))
        .expectResultMessagePayload(NEW);
    assertThat(artifacts.lastFace(NEW)).isEmpty();
  }

  @Test
  void the_first_artifact_of_a_key_starts_a_collection() {
    artifacts
        .given()
        .when(create("report"))
        .expectEvents(
            new ArtifactCreated(
                NEW, "report", "markdown", "Sales", TEXT, OWNER, FLOW_RUN, TASK_RUN),
            new ArtifactCollectionStarted(NEW, NEW_COLLECTION));
    artifacts.expectFace(
        NEW,
        "prefect.artifact-collection.created",
        """
        {"key": "report", "type": "markdown", "data": "# Sales", "description": "Sales"}""");
    Face face = artifacts.lastFace(NEW).orElseThrow();
    assertThat(face.resource())
        .containsExactly(
            Map.entry("prefect.resource.id", "prefect.artifact-collection." + NEW_COLLECTION),
            Map.entry("prefect.resource.name", "report"));
    assertThat(face.related())
        .containsExactly(
            related("latest", "artifact", NEW),
            related("flow-run", "flow-run", FLOW_RUN),
            related("task-run", "task-run", TASK_RUN));
  }

  private static Map<String, String> related(String role, String kind, UUID id) {
    return Map.of(
        "prefect.resource.id", "prefect." + kind + "." + id, "prefect.resource.role", role);
  }

  @Test
  void the_next_artifact_of_a_key_is_the_latest() {
    collections.put("report", new Collection(COLLECTION, EARLIER));
    artifacts
        .given()
        .when(create("report"))
        .expectEvents(
            new ArtifactCreated(
                NEW, "report", "markdown", "Sales", TEXT, OWNER, FLOW_RUN, TASK_RUN),
            new ArtifactCollectionAdvanced(NEW, COLLECTION));
    assertThat(artifacts.lastFace(NEW).map(Face::event))
        .contains("prefect.artifact-collection.updated");
  }

  @Test
  void what_is_not_changed_stays() {
    artifacts
        .given(REPORT, SHOWN)
        .when(new UpdateArtifact(ID, Change.none(), Change.to(OLD_TEXT), Change.none()))
        .expectEvents(new ArtifactUpdated(ID, "Sales", OLD_TEXT, OWNER));
    assertThat(artifacts.lastFace(ID)).isEmpty();
  }

  @Test
  void a_field_may_be_emptied() {
    artifacts
        .given(REPORT)
        .when(
            new UpdateArtifact(
                ID, Change.to(null), Change.to(NullNode.getInstance()), Change.to(null)))
        .expectEvents(new ArtifactUpdated(ID, null, NullNode.getInstance(), null));
  }

  @Test
  void a_change_that_changes_nothing_is_no_event() {
    artifacts
        .given(REPORT)
        .when(new UpdateArtifact(ID, Change.to("Sales"), Change.none(), Change.to(OWNER)))
        .expectNoEvents();
  }

  @Test
  void the_last_artifact_of_a_key_takes_its_collection_along() {
    collections.put("report", new Collection(COLLECTION, ID));
    artifacts
        .given(REPORT, SHOWN)
        .when(new DeleteArtifact(ID))
        .expectEvents(new ArtifactCollectionEnded(ID, COLLECTION), new ArtifactDeleted(ID));
  }

  @Test
  void a_collection_falls_back_to_the_artifact_before() {
    collections.put("report", new Collection(COLLECTION, ID));
    earlier =
        Optional.of(
            new Artifact(EARLIER, "report", "table", null, OLD_TEXT, OWNER, FLOW_RUN, null));
    artifacts
        .given(REPORT, SHOWN)
        .when(new DeleteArtifact(ID))
        .expectEvents(
            new ArtifactCollectionFellBack(
                ID, COLLECTION, EARLIER, "table", null, OLD_TEXT, FLOW_RUN, null),
            new ArtifactDeleted(ID));
  }

  @Test
  void an_artifact_that_is_not_the_latest_goes_alone() {
    collections.put("report", new Collection(COLLECTION, EARLIER));
    artifacts
        .given(REPORT, SHOWN)
        .when(new DeleteArtifact(ID))
        .expectEvents(new ArtifactDeleted(ID));
  }

  @Test
  void the_result_of_a_state_is_changed_like_any_artifact() {
    results.put(ID, new Artifact(ID, null, "result", null, TEXT, null, FLOW_RUN, TASK_RUN));
    ArtifactAdopted adopted =
        new ArtifactAdopted(ID, null, "result", null, TEXT, null, FLOW_RUN, TASK_RUN);
    artifacts
        .given()
        .when(new UpdateArtifact(ID, Change.to("Sum"), Change.none(), Change.none()))
        .expectEvents(adopted, new ArtifactUpdated(ID, "Sum", TEXT, null));
    artifacts
        .given(adopted, new ArtifactUpdated(ID, "Sum", TEXT, null))
        .when(new DeleteArtifact(ID))
        .expectEvents(new ArtifactDeleted(ID));
  }

  @Test
  void a_missing_artifact_is_not_found() {
    artifacts.given().when(new DeleteArtifact(ID)).expectExceptionMessage("Artifact not found.");
    artifacts
        .given(REPORT, new ArtifactDeleted(ID))
        .when(new DeleteArtifact(ID))
        .expectExceptionMessage("Artifact not found.");
  }
}
