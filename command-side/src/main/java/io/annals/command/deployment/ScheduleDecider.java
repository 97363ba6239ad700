package io.annals.command.deployment;

import io.annals.command.decision.Refusal;
import io.annals.command.deployment.DeploymentCommand.NewSchedule;
import io.annals.command.deployment.DeploymentCommand.ScheduleChange;
import io.annals.events.deployment.DeploymentEvent;
import io.annals.events.deployment.DeploymentEvent.DeploymentScheduleRemoved;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesAdded;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesChanged;
import io.annals.events.deployment.DeploymentEvent.DeploymentSchedulesReplaced;
import io.annals.events.deployment.DeploymentSchedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a deployment's schedules. Pure: ids come in. */
final class ScheduleDecider {
  private ScheduleDecider() {}

  /** The schedules of a new deployment. */
  static List<DeploymentEvent> begin(
      UUID deploymentId, List<NewSchedule> given, Supplier<UUID> ids) {
    List<DeploymentSchedule> schedules = begun(given, ids);
    requireUnique(schedules, Refusal.INTEGRITY);
    return schedules.isEmpty()
        ? List.of()
        : List.of(new DeploymentSchedulesAdded(deploymentId, schedules));
  }

  /** The given schedules take the place of all there are. */
  static List<DeploymentEvent> replace(
      Deployment deployment, List<NewSchedule> given, Supplier<UUID> ids) {
    if (given.isEmpty() && deployment.schedules().isEmpty()) {
      return List.of();
    }
    List<DeploymentSchedule> schedules = begun(given, ids);
    requireUnique(schedules, Refusal.INTEGRITY);
    return List.of(new DeploymentSchedulesReplaced(deployment.id(), schedules));
  }

  static List<DeploymentEvent> add(
      Deployment deployment, List<NewSchedule> given, Supplier<UUID> ids) {
    if (given.isEmpty()) {
      return List.of();
    }
    List<DeploymentSchedule> added = begun(given, ids);
    List<DeploymentSchedule> all = new ArrayList<>(deployment.schedules());
    all.addAll(added);
    requireUnique(all, DeploymentRefusals.SLUG_TAKEN);
    return List.of(new DeploymentSchedulesAdded(deployment.id(), added));
  }

  static List<DeploymentEvent> change(
      Deployment deployment, UUID scheduleId, ScheduleChange change) {
    DeploymentSchedule before = existing(deployment, scheduleId);
    return changed(deployment, Map.of(scheduleId, changed(before, change)));
  }

  static List<DeploymentEvent> remove(Deployment deployment, UUID scheduleId) {
    existing(deployment, scheduleId);
    return List.of(new DeploymentScheduleRemoved(deployment.id(), scheduleId));
  }

  /**
   * The schedules of an update. Where all have slugs, they are told apart by them and those that
   * are not mentioned stay; otherwise those given take the place of all there are.
   */
  static List<DeploymentEvent> update(
      Deployment deployment, List<ScheduleChange> given, Supplier<UUID> ids) {
    boolean slugsThere =
        !deployment.schedules().isEmpty()
            && deployment.schedules().stream().allMatch(schedule -> schedule.slug() != null);
    boolean slugsGiven = given.stream().allMatch(change -> change.slug() != null);
    if (slugsThere && !slugsGiven) {
      throw DeploymentRefusals.SLUGS_NEEDED.asException();
    }
    return slugsThere
        ? updateBySlug(deployment, given, ids)
        : replace(
            deployment,
            given.stream()
                .filter(change -> change.schedule() != null)
                .map(ScheduleDecider::fresh)
                .toList(),
            ids);
  }

  private static List<DeploymentEvent> updateBySlug(
      Deployment deployment, List<ScheduleChange> given, Supplier<UUID> ids) {
    Map<String, DeploymentSchedule> bySlug = new HashMap<>();
    deployment.schedules().forEach(schedule -> bySlug.put(schedule.slug(), schedule));
    requireFreeNames(given, bySlug.keySet());
    Map<UUID, DeploymentSchedule> changed = new LinkedHashMap<>();
    List<NewSchedule> added = new ArrayList<>();
    for (ScheduleChange change : given) {
      DeploymentSchedule target = bySlug.get(targetOf(change));
      if (target != null) {
        changed.merge(
            target.id(), changed(target, change), (first, second) -> changed(first, change));
      } else if (change.schedule() != null) {
        added.add(fresh(change));
      } else {
        throw DeploymentRefusals.SCHEDULE_NEEDED.asException();
      }
    }
    List<DeploymentSchedule> begun = begun(added, ids);
    List<DeploymentSchedule> all = new ArrayList<>();
    deployment
        .schedules()
        .forEach(schedule -> all.add(changed.getOrDefault(schedule.id(), schedule)));
    all.addAll(begun);
    requireUnique(all, Refusal.INTEGRITY);
    List<DeploymentEvent> events = new ArrayList<>(changed(deployment, changed));
    if (!begun.isEmpty()) {
      events.add(new DeploymentSchedulesAdded(deployment.id(), begun));
    }
    return events;
  }

  private static @Nullable String targetOf(ScheduleChange change) {
    return isNamed(change.replaces()) ? change.replaces() : change.slug();
  }

  private static boolean isNamed(@Nullable String slug) {
    return slug != null && !slug.isEmpty();
  }

  /** A schedule is renamed only from a slug of its own, and to one that is or becomes free. */
  private static void requireFreeNames(List<ScheduleChange> given, Set<String> taken) {
    Set<String> replaced = new HashSet<>();
    for (ScheduleChange change : given) {
      String from = change.replaces();
      if (from != null && isNamed(from) && !replaced.add(from)) {
        throw DeploymentRefusals.replacedTwice(from).asException();
      }
    }
    for (ScheduleChange change : given) {
      String from = change.replaces();
      String to = change.slug();
      if (from != null
          && isNamed(from)
          && to != null
          && taken.contains(to)
          && !replaced.contains(to)) {
        throw DeploymentRefusals.renamedToTakenSlug(from, to).asException();
      }
    }
  }

  private static List<DeploymentEvent> changed(
      Deployment deployment, Map<UUID, DeploymentSchedule> changes) {
    List<DeploymentSchedule> all = new ArrayList<>();
    Map<UUID, DeploymentSchedule> different = new LinkedHashMap<>(changes);
    for (DeploymentSchedule before : deployment.schedules()) {
      DeploymentSchedule after = changes.getOrDefault(before.id(), before);
      all.add(after);
      if (SameJson.same(before, after)) {
        different.remove(after.id());
      }
    }
    requireUnique(all, Refusal.INTEGRITY);
    return different.isEmpty()
        ? List.of()
        : List.of(new DeploymentSchedulesChanged(deployment.id(), List.copyOf(different.values())));
  }

  private static DeploymentSchedule existing(Deployment deployment, UUID scheduleId) {
    return deployment.schedules().stream()
        .filter(schedule -> schedule.id().equals(scheduleId))
        .findFirst()
        .orElseThrow(DeploymentRefusals.SCHEDULE_MISSING::asException);
  }

  private static DeploymentSchedule changed(DeploymentSchedule before, ScheduleChange change) {
    return new DeploymentSchedule(
        before.id(),
        Objects.requireNonNullElse(change.schedule(), before.schedule()),
        Objects.requireNonNullElse(change.active(), before.active()),
        change.maxScheduledRuns() == null ? before.maxScheduledRuns() : change.maxScheduledRuns(),
        change.parameters(),
        change.slug() == null ? before.slug() : change.slug());
  }

  /** A bound on the number of runs is not taken over here, as in Prefect. */
  private static NewSchedule fresh(ScheduleChange change) {
    return new NewSchedule(
        Objects.requireNonNull(change.schedule()),
        Objects.requireNonNullElse(change.active(), true),
        null,
        change.parameters(),
        change.slug());
  }

  private static List<DeploymentSchedule> begun(List<NewSchedule> given, Supplier<UUID> ids) {
    return given.stream()
        .map(
            schedule ->
                new DeploymentSchedule(
                    ids.get(),
                    schedule.schedule(),
                    schedule.active(),
                    schedule.maxScheduledRuns(),
                    schedule.parameters(),
                    schedule.slug()))
        .toList();
  }

  private static void requireUnique(List<DeploymentSchedule> schedules, Refusal otherwise) {
    Set<String> slugs = new HashSet<>();
    for (DeploymentSchedule schedule : schedules) {
      if (schedule.slug() != null && !slugs.add(schedule.slug())) {
        throw otherwise.asException();
      }
    }
  }
}
