package io.annals.query.deployment;

import io.annals.query.sql.Database;
import io.annals.query.sql.Where;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads deployments and their schedules. */
public final class DeploymentQueries {
  private static final String DEPLOYMENTS =
      "SELECT "
          + DeploymentView.COLUMNS
          + """
          FROM deployment
          LEFT JOIN work_queue ON work_queue.id = deployment.work_queue_id
          LEFT JOIN work_pool ON work_pool.id = work_queue.work_pool_id
          LEFT JOIN deployment_poll ON deployment_poll.deployment_id = deployment.id
          LEFT JOIN concurrency_limit_now concurrency
              ON concurrency.id = deployment.concurrency_limit_id
          WHERE %s\
          """;
  private static final String COUNT = "SELECT count(*) FROM deployment WHERE %s";
  private static final String IDS = "SELECT deployment.id FROM deployment WHERE %s";
  private static final String COUNTS =
      "SELECT flow_id, count(*) FROM deployment WHERE %s GROUP BY flow_id";

  /** The one that changed last comes first. */
  private static final String SCHEDULES =
      "SELECT "
          + ScheduleView.COLUMNS
          + " FROM deployment_schedule WHERE %s ORDER BY updated DESC, ordinal DESC";

  private static final String OF_FLOW_NAMED =
      "deployment.flow_id = (SELECT flow.id FROM flow WHERE flow.name = ?)";

  private static final String DEPLOYABLES =
      "SELECT " + DeployableView.COLUMNS + " FROM deployment WHERE %s";

  private final Database database;

  /** Reads from one database. */
  public DeploymentQueries(Database database) {
    this.database = database;
  }

  /** One deployment. */
  public Optional<DeploymentView> byId(UUID deploymentId) {
    return one(Where.all().and("deployment.id = ?", deploymentId));
  }

  /** One deployment by both names. */
  public Optional<DeploymentView> byNames(String flowName, String deploymentName) {
    return one(Where.all().and("deployment.name = ?", deploymentName).and(OF_FLOW_NAMED, flowName));
  }

  private Optional<DeploymentView> one(Where where) {
    return database
        .lookup(DEPLOYMENTS, where, (row, index) -> DeploymentView.read(row, List.of()))
        .map(deployment -> deployment.with(schedules(deployment.id())));
  }

  /** The deployment of a flow that has a name. */
  public Optional<UUID> idByName(UUID flowId, String name) {
    return database.lookup(
        IDS,
        Where.all().and("deployment.flow_id = ?", flowId).and("deployment.name = ?", name),
        (row, index) -> row.getObject(1, UUID.class));
  }

  /** What runs get from a deployment. */
  public Optional<DeployableView> deployable(UUID deploymentId) {
    return database.lookup(
        DEPLOYABLES, Where.all().and("id = ?", deploymentId), DeployableView::read);
  }

  /** The deployments of a flow, a bounded number. */
  public List<UUID> idsOfFlow(UUID flowId, int limit) {
    return database.page(
        IDS,
        Where.all().and("deployment.flow_id = ?", flowId),
        DeploymentSort.NAME_ASC.sql,
        limit,
        0,
        (row, index) -> row.getObject(1, UUID.class));
  }

  /** Whether there is a deployment of that id. */
  public boolean exists(UUID deploymentId) {
    return database
        .lookup(IDS, Where.all().and("deployment.id = ?", deploymentId), (row, index) -> true)
        .isPresent();
  }

  /** One page of deployments. */
  public List<DeploymentView> page(
      DeploymentSelection selection, DeploymentSort sort, int limit, long offset) {
    if (limit == 0) {
      return List.of();
    }
    List<DeploymentView> page =
        database.page(
            DEPLOYMENTS,
            selection.where(),
            sort.sql,
            limit,
            offset,
            (row, index) -> DeploymentView.read(row, List.of()));
    Map<UUID, List<ScheduleView>> schedules =
        database
            .list(
                SCHEDULES,
                Where.all().anyId("deployment_id", page.stream().map(DeploymentView::id).toList()),
                ScheduleView::read)
            .stream()
            .collect(Collectors.groupingBy(ScheduleView::deploymentId));
    return page.stream()
        .map(deployment -> deployment.with(schedules.getOrDefault(deployment.id(), List.of())))
        .toList();
  }

  /** The ids of the first deployments by name, for bulk operations. */
  public List<UUID> ids(DeploymentSelection selection, int limit) {
    return database.page(
        IDS,
        selection.where(),
        DeploymentSort.NAME_ASC.sql,
        limit,
        0,
        (row, index) -> row.getObject(1, UUID.class));
  }

  /** How many deployments there are. */
  public long count(DeploymentSelection selection) {
    return database.count(COUNT, selection.where());
  }

  /** How many deployments each flow has. */
  public Map<UUID, Long> countsByFlow(List<UUID> flowIds) {
    Map<UUID, Long> counts = new LinkedHashMap<>();
    flowIds.forEach(id -> counts.put(id, 0L));
    database.list(
        COUNTS,
        Where.all().anyId("flow_id", flowIds),
        (row, index) -> counts.put(row.getObject(1, UUID.class), row.getLong(2)));
    return counts;
  }

  /** The schedules of a deployment; the one that changed last comes first. */
  public List<ScheduleView> schedules(UUID deploymentId) {
    return database.lookupAll(
        SCHEDULES, Where.all().and("deployment_id = ?", deploymentId), ScheduleView::read);
  }
}
