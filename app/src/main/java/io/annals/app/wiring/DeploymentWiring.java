package io.annals.app.wiring;

import io.annals.app.http.PlanDefaults;
import io.annals.app.job.DeploymentReadiness;
import io.annals.app.job.JobCommands;
import io.annals.app.schema.JsonSchemas;
import io.annals.app.settings.Settings;
import io.annals.command.concurrency.ConcurrencyLimit;
import io.annals.command.concurrency.SilentLimits;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.deployment.AddWorkQueue;
import io.annals.command.deployment.Deployment;
import io.annals.command.deployment.DeploymentHandler;
import io.annals.command.deployment.DeploymentPorts;
import io.annals.command.deployment.DeploymentRefusals;
import io.annals.command.deployment.DeploymentRunHandler;
import io.annals.command.deployment.FindBlock;
import io.annals.command.deployment.FindConcurrencyLimit.LimitFacts;
import io.annals.command.deployment.FindDeployable.Deployable;
import io.annals.command.deployment.FindWorkPlace;
import io.annals.command.deployment.JobVariables;
import io.annals.command.deployment.JobVariables.Demand;
import io.annals.command.deployment.WorkPlace;
import io.annals.command.entity.Entities;
import io.annals.command.flowrun.FindDeployment;
import io.annals.command.flowrun.FindDeployment.DeploymentFacts;
import io.annals.command.flowrun.FindFlow;
import io.annals.command.flowrun.FlowRunHandler;
import io.annals.command.flowrun.JudgeJobVariables;
import io.annals.command.log.GroupCommitter;
import io.annals.command.parameter.Hydration;
import io.annals.command.workpool.MarkDeploymentsNotReady;
import io.annals.command.workpool.MarkDeploymentsReady;
import io.annals.command.workpool.WorkPoolCommand.EnsureAgentPool;
import io.annals.command.workpool.WorkPoolCommand.EnsureWorkQueue;
import io.annals.command.workpool.WorkPoolHandler;
import io.annals.events.concurrency.ConcurrencyLimitEvent;
import io.annals.events.deployment.DeploymentEvent;
import io.annals.events.log.EventCodec;
import io.annals.query.block.BlockDocumentQueries;
import io.annals.query.block.BlockDocumentView;
import io.annals.query.concurrency.ConcurrencyLimitQueries;
import io.annals.query.deployment.DeployableView;
import io.annals.query.deployment.DeploymentPolls;
import io.annals.query.deployment.DeploymentQueries;
import io.annals.query.deployment.PlaceQueries;
import io.annals.query.deployment.PlaceView;
import io.annals.query.sql.Database;
import io.annals.query.sql.RawJson;
import io.annals.query.variable.VariableQueries;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Deployments: who decides and who reads. */
@Configuration(proxyBeanMethods = false)
class DeploymentWiring {
  @Bean
  DeploymentQueries deploymentQueries(Database database) {
    return new DeploymentQueries(database);
  }

  @Bean
  PlaceQueries placeQueries(Database database) {
    return new PlaceQueries(database);
  }

  @Bean
  Hydration hydration(VariableQueries variables) {
    return new Hydration(
        name ->
            variables
                .byName(name)
                .map(
                    found -> found.value() == null ? NullNode.getInstance() : json(found.value())));
  }

  /**
   * Deployments are few and hardly change: what runs take over and say about them is kept a while.
   */
  @Bean
  FindDeployment findDeployment(DeploymentQueries deployments, GroupCommitter committer) {
    return RecentFacts.of(
            committer,
            DeploymentEvent.class,
            DeploymentEvent::deploymentId,
            id ->
                deployments
                    .byId(id)
                    .map(
                        found ->
                            new DeploymentFacts(
                                found.id(),
                                found.name(),
                                found.tags(),
                                (ObjectNode) json(found.labels()))))
        ::byId;
  }

  @Bean
  FindWorkPlace findWorkPlace(PlaceQueries places) {
    return new FindWorkPlace() {
      @Override
      public Optional<WorkPlace> ofQueue(UUID workQueueId) {
        return places.byQueue(workQueueId).map(DeploymentWiring::place);
      }

      @Override
      public Optional<WorkPlace> ofNames(String workPoolName, String workQueueName) {
        return places.byNames(workPoolName, workQueueName).map(DeploymentWiring::place);
      }

      @Override
      public Optional<Pool> pool(String workPoolName) {
        return places
            .pool(workPoolName)
            .map(
                found ->
                    new Pool(
                        found.id(),
                        found.name(),
                        found.type(),
                        json(found.baseJobTemplate()),
                        found.defaultQueueId()));
      }
    };
  }

  private static WorkPlace place(PlaceView found) {
    return new WorkPlace(
        found.queueId(),
        found.queueName(),
        found.poolId(),
        found.poolName(),
        found.poolType(),
        json(found.baseJobTemplate()));
  }

  @Bean
  AddWorkQueue addWorkQueue(WorkPoolHandler pools) {
    return new AddWorkQueue() {
      @Override
      public UUID to(UUID workPoolId, String workQueueName) {
        return pools.handle(new EnsureWorkQueue(workPoolId, workQueueName, null));
      }

      @Override
      public UUID agentPool() {
        return pools.handle(new EnsureAgentPool()).id();
      }
    };
  }

  @Bean
  FindBlock findBlock(BlockDocumentQueries blocks) {
    return id -> blocks.byId(id, true).map(BlockDocumentView::data);
  }

  @Bean
  JobVariables jobVariables(JsonSchemas jsonSchemas, FindBlock findBlock) {
    return new JobVariables(jsonSchemas, jsonSchemas, findBlock);
  }

  @Bean
  JudgeJobVariables judgeJobVariables(
      JobVariables jobVariables, DeploymentQueries deployments, PlaceQueries places) {
    return (deploymentId, given) ->
        places
            .ofDeployment(deploymentId)
            .flatMap(
                place ->
                    jobVariables.problem(
                        json(place.baseJobTemplate()),
                        Demand.ALL_OF_THEM,
                        deployments
                            .byId(deploymentId)
                            .map(found -> json(found.jobVariables()))
                            .orElseThrow(DeploymentRefusals.MISSING::asException),
                        given));
  }

  @Bean
  SilentLimits silentLimits(Entities<ConcurrencyLimit, ConcurrencyLimitEvent> concurrencyLimits) {
    return new SilentLimits(concurrencyLimits, UUID::randomUUID);
  }

  @Bean
  DeploymentPorts deploymentPorts(
      DeploymentQueries deployments,
      FindFlow findFlow,
      FindWorkPlace findWorkPlace,
      AddWorkQueue addWorkQueue,
      FindBlock findBlock,
      ConcurrencyLimitQueries limits,
      SilentLimits silentLimits,
      FlowRunHandler flowRuns,
      JsonSchemas jsonSchemas,
      JobVariables jobVariables,
      Hydration hydration) {
    return new DeploymentPorts(
        deployments::idByName,
        findFlow,
        findWorkPlace,
        addWorkQueue,
        findBlock,
        id -> limits.byId(id).map(found -> new LimitFacts(found.id(), found.name(), found.limit())),
        silentLimits,
        flowRuns,
        jsonSchemas,
        jobVariables,
        hydration);
  }

  /** One home for all that decide about deployments: it holds the lock of each. */
  @Bean
  Entities<Deployment, DeploymentEvent> deployments(EntityHome home) {
    return home.of(Deployment.KIND, DeploymentRefusals.MISSING);
  }

  @Bean
  DeploymentHandler deploymentHandler(
      EntityHome home, Entities<Deployment, DeploymentEvent> deployments, DeploymentPorts ports) {
    return home.subscribed(
        new DeploymentHandler(deployments, ports, new KeyedLocks(), UUID::randomUUID));
  }

  @Bean
  DeploymentRunHandler deploymentRunHandler(
      EntityHome home,
      DeploymentQueries deployments,
      PlaceQueries places,
      DeploymentPorts ports,
      FlowRunHandler flowRuns) {
    return home.subscribed(
        new DeploymentRunHandler(
            id -> deployments.deployable(id).map(found -> deployable(found, places)),
            ports,
            flowRuns::handle));
  }

  private static Deployable deployable(DeployableView found, PlaceQueries places) {
    UUID queueId = found.workQueueId();
    RawJson schema = found.parameterOpenapiSchema();
    return new Deployable(
        found.id(),
        found.flowId(),
        found.version(),
        found.tags(),
        (ObjectNode) json(found.labels()),
        (ObjectNode) json(found.parameters()),
        schema == null ? null : json(schema),
        found.enforceParameterSchema(),
        json(found.jobVariables()),
        found.workQueueName(),
        found.infrastructureDocumentId(),
        queueId == null ? null : places.byQueue(queueId).map(DeploymentWiring::place).orElse(null));
  }

  @Bean
  DeploymentReadiness deploymentReadiness(
      @Qualifier("lookupDataSource") DataSource lookups,
      CommandGateway gateway,
      InstantSource clock) {
    return new DeploymentReadiness(
        new DeploymentPolls(lookups), new JobCommands(gateway, "polls"), clock);
  }

  @Bean
  PlanDefaults planDefaults(Settings settings) {
    String scheduler = "server.services.scheduler.";
    return new PlanDefaults(
        settings.duration(scheduler + "max_scheduled_time"),
        settings.duration(scheduler + "min_scheduled_time"),
        settings.integer(scheduler + "min_runs"),
        settings.integer(scheduler + "max_runs"));
  }

  /** Workers poll queues rather than deployments. */
  @Bean
  MarkDeploymentsReady markDeploymentsReady(DeploymentReadiness readiness) {
    return readiness::queuesPolled;
  }

  @Bean
  MarkDeploymentsNotReady markDeploymentsNotReady(DeploymentReadiness readiness) {
    return readiness::notPolledSince;
  }

  private static JsonNode json(RawJson text) {
    return EventCodec.JSON.readTree(text.text());
  }
}
