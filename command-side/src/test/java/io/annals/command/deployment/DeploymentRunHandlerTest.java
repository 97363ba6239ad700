package io.annals.command.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.command.concurrency.ConcurrencyLimit;
import io.annals.command.concurrency.ConcurrencyLimitHandler;
import io.annals.command.concurrency.SilentLimits;
import io.annals.command.decision.Created;
import io.annals.command.deployment.FindDeployable.Deployable;
import io.annals.command.deployment.RunDeployment.Wording;
import io.annals.command.entity.EntityFixture;
import io.annals.command.flowrun.FlowRunCommand.CreateFlowRun;
import io.annals.command.parameter.Hydration;
import io.annals.command.schema.JudgeJson.Fit;
import io.annals.command.state.Client;
import io.annals.events.flowrun.EmpiricalPolicy;
import io.annals.events.state.StateType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DeploymentRunHandlerTest {
  private static final UUID ID = new UUID(1, 1);
  private static final UUID FLOW = new UUID(2, 2);
  private static final UUID QUEUE = new UUID(3, 3);
  private static final UUID ADDED_QUEUE = new UUID(6, 6);
  private static final WorkPlace PLACE =
      new WorkPlace(
          QUEUE,
          "default",
          new UUID(4, 4),
          "vms",
          "process",
          object("{\"variables\":{\"type\":\"object\"}}"));

  private final List<CreateFlowRun> created = new ArrayList<>();
  private @Nullable WorkPlace place = PLACE;
  private Fit parametersFit = new Fit.Fits();
  private Fit jobVariablesFit = new Fit.Fits();

  @Test
  void a_run_takes_over_what_the_deployment_says() throws Exception {
    run("{}", null, Wording.OF_ONE);
    CreateFlowRun run = created.getFirst();
    assertThat(run.flowId()).isEqualTo(FLOW);
    assertThat(run.deploymentId()).isEqualTo(ID);
    assertThat(run.deploymentVersion()).isEqualTo("7");
    assertThat(run.workQueueId()).isEqualTo(QUEUE);
    assertThat(run.workQueueName()).isEqualTo("default");
    assertThat(run.tags()).containsExactly("etl", "mine");
    assertThat(Objects.requireNonNull(run.state()).type()).isEqualTo(StateType.SCHEDULED);
    assertThat(run.labels())
        .isEqualTo(
            object(
                "{\"team\":\"data\",\"prefect.flow.id\":\"%s\",\"prefect.deployment.id\":\"%s\",\"own\":1}"
                    .formatted(FLOW, ID)));
  }

  @Test
  void parameters_are_laid_over_those_of_the_deployment_and_hydrated() throws Exception {
    run("{\"b\":{\"__prefect_kind\":\"json\",\"value\":\"[2]\"}}", null, Wording.OF_ONE);
    assertThat(created.getFirst().parameters()).isEqualTo(object("{\"a\":1,\"b\":[2]}"));
  }

  @Test
  void parameters_that_become_nothing_are_refused() {
    String broken = "{\"b\":{\"__prefect_kind\":\"none\"}}";
    assertThatThrownBy(() -> run(broken, null, Wording.OF_ONE))
        .hasMessage("Error hydrating flow run parameters: Missing 'value' key in __prefect object");
    assertThatThrownBy(() -> run(broken, null, Wording.OF_MANY))
        .hasMessage("Missing 'value' key in __prefect object");
  }

  @Test
  void parameters_have_to_fit_the_schema() {
    parametersFit = new Fit.Differs("a", "1 is not of type 'string'");
    String problem = "Validation failed for field 'a'. Failure reason: 1 is not of type 'string'";
    assertThatThrownBy(() -> run("{}", null, Wording.OF_ONE))
        .hasMessage("Error creating flow run: " + problem);
    assertThatThrownBy(() -> run("{}", null, Wording.OF_MANY))
        .hasMessage("Parameter validation failed: " + problem);
    assertThat(created).isEmpty();
  }

  @Test
  void job_variables_have_to_be_all_that_the_pool_asks_for() {
    jobVariablesFit = new Fit.Differs(null, "'image' is a required property");
    assertThatThrownBy(() -> run("{}", null, Wording.OF_ONE))
        .hasMessage(
            "Error creating flow run: Validation failed. Failure reason: 'image' is a required property");
  }

  @Test
  void a_run_may_wait_in_another_queue_of_the_pool() throws Exception {
    run("{}", "fast", Wording.OF_ONE);
    assertThat(created.getFirst().workQueueId()).isEqualTo(ADDED_QUEUE);
    assertThat(created.getFirst().workQueueName()).isEqualTo("fast");
  }

  @Test
  void without_a_pool_there_are_no_queues() {
    place = null;
    assertThatThrownBy(() -> run("{}", "fast", Wording.OF_ONE))
        .hasMessageStartingWith(
            "Cannot create flow run in work queue fast because deployment " + ID);
  }

  @Test
  void a_missing_deployment_is_not_found() {
    assertThatThrownBy(() -> handler().handle(command(new UUID(9, 9), "{}", null, Wording.OF_ONE)))
        .hasMessage("Deployment not found");
  }

  private void run(String parameters, @Nullable String queue, Wording wording) throws Exception {
    handler().handle(command(ID, parameters, queue, wording));
  }

  private DeploymentRunHandler handler() {
    return new DeploymentRunHandler(
        id -> id.equals(ID) ? Optional.of(deployable()) : Optional.empty(),
        ports(),
        command -> {
          created.add(command);
          return new Created(new UUID(5, 5), true);
        });
  }

  private Deployable deployable() {
    return new Deployable(
        ID,
        FLOW,
        "7",
        List.of("etl"),
        object("{\"team\":\"data\"}"),
        object("{\"a\":1}"),
        object("{\"title\":\"parameters\"}"),
        true,
        object("{}"),
        "default",
        null,
        place);
  }

  private static RunDeployment command(
      UUID id, String parameters, @Nullable String queue, Wording wording) {
    return new RunDeployment(
        id,
        null,
        object(parameters),
        null,
        object("{}"),
        EmpiricalPolicy.DEFAULT,
        List.of("mine", "etl"),
        object("{\"own\":1}"),
        null,
        null,
        null,
        queue,
        object("{}"),
        null,
        null,
        Client.UNKNOWN,
        wording);
  }

  private DeploymentPorts ports() {
    List<SilentLimits> limits = new ArrayList<>();
    new EntityFixture<>(ConcurrencyLimit.KIND, ConcurrencyLimitHandler.MISSING)
        .handledBy(
            entities -> {
              limits.add(new SilentLimits(entities, UUID::randomUUID));
              return new Object();
            });
    return new DeploymentPorts(
        (flowId, name) -> Optional.empty(),
        id -> Optional.empty(),
        new NoPlaces(),
        new AddWorkQueue() {
          @Override
          public UUID to(UUID workPoolId, String workQueueName) {
            return ADDED_QUEUE;
          }

          @Override
          public UUID agentPool() {
            throw new AssertionError("no run asks for it");
          }
        },
        id -> Optional.empty(),
        id -> Optional.empty(),
        limits.getFirst(),
        (deploymentId, which) -> {},
        (schema, value) -> schema.has("title") ? parametersFit : jobVariablesFit,
        new JobVariables(
            (schema, value) -> jobVariablesFit, schema -> Optional.empty(), id -> Optional.empty()),
        new Hydration(name -> Optional.empty()));
  }

  private static final class NoPlaces implements FindWorkPlace {
    @Override
    public Optional<WorkPlace> ofQueue(UUID workQueueId) {
      return Optional.empty();
    }

    @Override
    public Optional<WorkPlace> ofNames(String workPoolName, String workQueueName) {
      return Optional.empty();
    }

    @Override
    public Optional<Pool> pool(String workPoolName) {
      return Optional.empty();
    }
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }
}
