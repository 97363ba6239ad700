package io.annals.app.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.annals.command.artifact.ArtifactCommand.CreateArtifact;
import io.annals.command.artifact.ArtifactCommand.DeleteArtifact;
import io.annals.command.artifact.ArtifactCommand.UpdateArtifact;
import io.annals.command.artifact.ArtifactHandler;
import io.annals.query.artifact.ArtifactCollectionView;
import io.annals.query.artifact.ArtifactFilter;
import io.annals.query.artifact.ArtifactQueries;
import io.annals.query.artifact.ArtifactSelection;
import io.annals.query.artifact.ArtifactSort;
import io.annals.query.artifact.ArtifactView;
import io.annals.query.deployment.DeploymentFilter;
import io.annals.query.flow.FlowFilter;
import io.annals.query.flowrun.FlowRunFilter;
import io.annals.query.request.AtLeast;
import io.annals.query.request.Default;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.Matches;
import io.annals.query.request.NullMeansDefault;
import io.annals.query.request.Patch;
import io.annals.query.sql.Where;
import io.annals.query.taskrun.TaskRunFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import tools.jackson.databind.node.NullNode;

/** Every route of Prefect's group Artifacts. */
@RestController
class ArtifactRoutes {
  static final String KEY = "^[a-z0-9-]*$";
  static final String KEY_RULE =
      "Artifact key must only contain lowercase letters, numbers, and dashes.";

  /** Characters of a metadata value that are kept. */
  private static final int MAX_METADATA_LENGTH = 500;

  private final Commands commands;
  private final ArtifactQueries artifacts;
  private final PageLimits limits;

  ArtifactRoutes(Commands commands, ArtifactQueries artifacts, PageLimits limits) {
    this.commands = commands;
    this.artifacts = artifacts;
    this.limits = limits;
  }

  record NewArtifact(
      @Matches(value = KEY, otherwise = KEY_RULE) @Nullable String key,
      @Nullable String type,
      @Nullable String description,
      @Nullable JsonNode data,
      @JsonProperty("metadata_") @Nullable Map<String, String> metadata,
      @Nullable UUID flowRunId,
      @Nullable UUID taskRunId) {}

  @PostMapping("/artifacts/")
  @ResponseStatus(HttpStatus.CREATED)
  ArtifactView create(@Body NewArtifact body) {
    CreateArtifact command =
        new CreateArtifact(
            body.key(),
            body.type(),
            body.description(),
            orNull(body.data()),
            bounded(body.metadata()),
            body.flowRunId(),
            body.taskRunId());
    return read(commands.ask(command, UUID.class));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record ArtifactList(
      @Default("\"ID_DESC\"") ArtifactSort sort,
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      @Nullable ArtifactFilter artifacts,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable FlowFilter flows,
      @Nullable DeploymentFilter deployments) {}

  @PostMapping("/artifacts/filter")
  List<ArtifactView> filter(@Body ArtifactList body) {
    ArtifactSelection selection =
        selection(
            body.artifacts() == null ? null : body.artifacts().where(),
            body.flows(),
            body.flowRuns(),
            body.taskRuns(),
            body.deployments());
    return artifacts.page(selection, body.sort(), limits.checked(body.limit()), body.offset());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record ArtifactCount(
      @Nullable ArtifactFilter artifacts,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable FlowFilter flows,
      @Nullable DeploymentFilter deployments) {}

  @PostMapping("/artifacts/count")
  long count(@Body ArtifactCount body) {
    return artifacts.count(
        selection(
            body.artifacts() == null ? null : body.artifacts().where(),
            body.flows(),
            body.flowRuns(),
            body.taskRuns(),
            body.deployments()));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record LatestList(
      @Default("\"ID_DESC\"") ArtifactSort sort,
      @Nullable Integer limit,
      @Default("0") @AtLeast(0) int offset,
      ArtifactFilter.@Nullable OfCollections artifacts,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable FlowFilter flows,
      @Nullable DeploymentFilter deployments) {}

  @PostMapping("/artifacts/latest/filter")
  List<ArtifactCollectionView> filterLatest(@Body LatestList body) {
    ArtifactSelection selection =
        selection(
            body.artifacts() == null ? null : body.artifacts().where(),
            body.flows(),
            body.flowRuns(),
            body.taskRuns(),
            body.deployments());
    return artifacts.collections(
        selection, body.sort(), limits.checked(body.limit()), body.offset());
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record LatestCount(
      ArtifactFilter.@Nullable OfCollections artifacts,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable FlowFilter flows,
      @Nullable DeploymentFilter deployments) {}

  @PostMapping("/artifacts/latest/count")
  long countLatest(@Body LatestCount body) {
    return artifacts.countCollections(
        selection(
            body.artifacts() == null ? null : body.artifacts().where(),
            body.flows(),
            body.flowRuns(),
            body.taskRuns(),
            body.deployments()));
  }

  @GetMapping("/artifacts/{id}")
  ArtifactView read(@PathVariable UUID id) {
    return artifacts.byId(id).orElseThrow(ArtifactHandler.MISSING::asException);
  }

  @GetMapping("/artifacts/{key}/latest")
  ArtifactView readLatest(@PathVariable String key) {
    return artifacts.latest(key).orElseThrow(ArtifactHandler.MISSING::asException);
  }

  record ArtifactChange(
      Patch<@Nullable JsonNode> data,
      Patch<@Nullable String> description,
      @JsonProperty("metadata_") Patch<@Nullable Map<String, String>> metadata) {}

  @PatchMapping("/artifacts/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@PathVariable UUID id, @Body ArtifactChange body) {
    commands.tell(
        new UpdateArtifact(
            id,
            Changes.of(body.description()),
            Changes.of(body.data(), ArtifactRoutes::orNull),
            Changes.of(body.metadata(), ArtifactRoutes::bounded)));
  }

  @DeleteMapping("/artifacts/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    commands.tell(new DeleteArtifact(id));
  }

  private static ArtifactSelection selection(
      @Nullable Where own,
      @Nullable FlowFilter flows,
      @Nullable FlowRunFilter flowRuns,
      @Nullable TaskRunFilter taskRuns,
      @Nullable DeploymentFilter deployments) {
    boolean ofFlowRuns = flows != null || flowRuns != null || deployments != null;
    return new ArtifactSelection(
        own,
        ofFlowRuns
            ? RunFilters.flowRuns(flows, flowRuns, null, deployments, null, null).where()
            : null,
        taskRuns == null ? null : taskRuns.where());
  }

  private static JsonNode orNull(@Nullable JsonNode data) {
    return data == null ? NullNode.getInstance() : data;
  }

  /** Values that are too long are cut, as Prefect does. */
  private static @Nullable Map<String, String> bounded(@Nullable Map<String, String> metadata) {
    if (metadata == null) {
      return null;
    }
    Map<String, String> bounded = new LinkedHashMap<>(metadata);
    bounded.replaceAll((key, value) -> bounded(value));
    return bounded;
  }

  private static String bounded(String value) {
    return value.codePointCount(0, value.length()) <= MAX_METADATA_LENGTH
        ? value
        : value.substring(0, value.offsetByCodePoints(0, MAX_METADATA_LENGTH)) + "...";
  }
}
