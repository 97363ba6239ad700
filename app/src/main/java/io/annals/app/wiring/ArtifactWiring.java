package io.annals.app.wiring;

import io.annals.command.artifact.Artifact;
import io.annals.command.artifact.ArtifactHandler;
import io.annals.command.artifact.ArtifactPorts;
import io.annals.command.decision.KeyedLocks;
import io.annals.events.log.EventCodec;
import io.annals.query.artifact.ArtifactQueries;
import io.annals.query.artifact.ArtifactView;
import io.annals.query.sql.Database;
import io.annals.query.sql.RawJson;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Artifacts: who decides and who reads. */
@Configuration(proxyBeanMethods = false)
class ArtifactWiring {
  @Bean
  ArtifactQueries artifactQueries(Database database) {
    return new ArtifactQueries(database);
  }

  @Bean
  ArtifactHandler artifactHandler(EntityHome home, ArtifactQueries artifacts, KeyedLocks locks) {
    return home.subscribed(
        new ArtifactHandler(
            home.of(Artifact.KIND, ArtifactHandler.MISSING),
            new ArtifactPorts(
                id -> artifacts.byId(id).map(ArtifactWiring::artifact),
                key ->
                    artifacts
                        .collectionOf(key)
                        .map(
                            collection ->
                                new ArtifactPorts.Collection(
                                    collection.id(), collection.latestId())),
                (key, id) -> artifacts.newestBeside(key, id).map(ArtifactWiring::artifact)),
            locks,
            UUID::randomUUID));
  }

  private static Artifact artifact(ArtifactView view) {
    return new Artifact(
        view.id(),
        view.key(),
        view.type(),
        view.description(),
        json(view.data()),
        metadata(view.metadata()),
        view.flowRunId(),
        view.taskRunId());
  }

  private static JsonNode json(@Nullable RawJson data) {
    return data == null ? NullNode.getInstance() : EventCodec.JSON.readTree(data.text());
  }

  private static @Nullable Map<String, String> metadata(@Nullable RawJson metadata) {
    return metadata == null
        ? null
        : EventCodec.JSON.readValue(metadata.text(), new TypeReference<>() {});
  }
}
