package io.annals.app.http;

import io.annals.command.deployment.DeploymentCommand.AddSchedules;
import io.annals.command.deployment.DeploymentCommand.ChangeSchedule;
import io.annals.command.deployment.DeploymentCommand.PlanRuns;
import io.annals.command.deployment.DeploymentCommand.RemoveSchedule;
import io.annals.command.deployment.DeploymentRefusals;
import io.annals.command.deployment.MissedDates;
import io.annals.query.deployment.DeploymentQueries;
import io.annals.query.deployment.ScheduleView;
import io.annals.query.request.IgnoresUnknownKeys;
import io.annals.query.request.NullMeansDefault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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

/** The routes of Prefect's group Deployments about schedules. */
@RestController
class DeploymentScheduleRoutes {
  /** Runs of each schedule that one request may have planned. */
  private static final int MAX_PLANNED = 10_000;

  private static final double MILLIS_PER_SECOND = 1e3;

  private final Commands commands;
  private final DeploymentQueries deployments;
  private final InstantSource clock;
  private final PlanDefaults plans;

  DeploymentScheduleRoutes(
      Commands commands, DeploymentQueries deployments, InstantSource clock, PlanDefaults plans) {
    this.commands = commands;
    this.plans = plans;
    this.deployments = deployments;
    this.clock = clock;
  }

  @GetMapping("/deployments/{id}/schedules")
  List<ScheduleView> read(@PathVariable UUID id) {
    requireThere(id);
    return deployments.schedules(id);
  }

  @PostMapping("/deployments/{id}/schedules")
  @ResponseStatus(HttpStatus.CREATED)
  List<ScheduleView> add(@PathVariable UUID id, @Body List<ScheduleBodies.New> body) {
    requireThere(id);
    List<?> added =
        commands.ask(
            new AddSchedules(
                id, body.stream().map(schedule -> schedule.added(clock.instant())).toList()),
            List.class);
    Map<UUID, ScheduleView> all =
        deployments.schedules(id).stream()
            .collect(Collectors.toMap(ScheduleView::id, Function.identity()));
    return added.stream().map(all::get).filter(Objects::nonNull).toList();
  }

  @PatchMapping("/deployments/{id}/schedules/{scheduleId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(
      @PathVariable UUID id, @PathVariable UUID scheduleId, @Body ScheduleBodies.Update body) {
    requireThere(id);
    commands.tell(new ChangeSchedule(id, scheduleId, body.change(clock.instant())));
  }

  @DeleteMapping("/deployments/{id}/schedules/{scheduleId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable UUID id, @PathVariable UUID scheduleId) {
    requireThere(id);
    commands.tell(new RemoveSchedule(id, scheduleId));
  }

  @IgnoresUnknownKeys
  @NullMeansDefault
  record Planning(
      @Nullable Instant startTime,
      @Nullable Instant endTime,
      @Nullable Double minTime,
      @Nullable Integer minRuns,
      @Nullable Integer maxRuns) {}

  @PostMapping("/deployments/{id}/schedule")
  JsonNode plan(@PathVariable UUID id, @Body Planning body) {
    Instant from = body.startTime() == null ? clock.instant() : body.startTime();
    Instant until = body.endTime() == null ? from.plus(plans.horizon()) : body.endTime();
    commands.ask(
        new PlanRuns(
            id,
            from,
            until,
            body.minTime() == null
                ? plans.minTime()
                : Duration.ofMillis(Math.round(body.minTime() * MILLIS_PER_SECOND)),
            body.minRuns() == null ? plans.minRuns() : body.minRuns(),
            body.maxRuns() == null ? plans.maxRuns() : Math.min(body.maxRuns(), MAX_PLANNED),
            MissedDates.NONE,
            true),
        Integer.class);
    return NullNode.getInstance();
  }

  private void requireThere(UUID id) {
    if (!deployments.exists(id)) {
      throw DeploymentRefusals.MISSING_STOP.asException();
    }
  }
}
