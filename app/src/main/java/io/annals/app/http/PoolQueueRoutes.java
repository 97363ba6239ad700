package io.annals.app.http;

import io.annals.app.http.WorkQueueBodies.NewWorkQueue;
import io.annals.app.http.WorkQueueBodies.WorkQueueChange;
import io.annals.app.http.WorkQueueBodies.WorkQueueList;
import io.annals.command.workpool.WorkPoolCommand.DeleteWorkQueue;
import io.annals.command.workpool.WorkPoolHandler;
import io.annals.query.workpool.QueuePolls;
import io.annals.query.workpool.WorkQueueQueries;
import io.annals.query.workpool.WorkQueueView;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The routes of Prefect's group Work pools that speak of a pool's queues by their names. */
@RestController
class PoolQueueRoutes {
  private final Commands commands;
  private final WorkPlaces places;
  private final WorkQueueQueries queues;
  private final QueuePolls polls;
  private final PageLimits limits;

  PoolQueueRoutes(
      Commands commands,
      WorkPlaces places,
      WorkQueueQueries queues,
      QueuePolls polls,
      PageLimits limits) {
    this.commands = commands;
    this.places = places;
    this.queues = queues;
    this.polls = polls;
    this.limits = limits;
  }

  @PostMapping("/work_pools/{workPoolName}/queues")
  @ResponseStatus(HttpStatus.CREATED)
  WorkQueueView create(@PathVariable String workPoolName, @Body NewWorkQueue body) {
    UUID id = commands.ask(body.command(places.pool(workPoolName).id()), UUID.class);
    return queues.byId(id).orElseThrow(WorkPoolHandler.QUEUE_MISSING::asException);
  }

  @PostMapping("/work_pools/{workPoolName}/queues/filter")
  List<WorkQueueView> filter(@PathVariable String workPoolName, @Body WorkQueueList body) {
    int limit = limits.checked(body.limit());
    UUID poolId = places.pool(workPoolName).id();
    return queues.page(poolId, body.workQueues(), limit, body.offset());
  }

  @GetMapping("/work_pools/{workPoolName}/queues/{name}")
  WorkQueueView read(@PathVariable String workPoolName, @PathVariable String name) {
    return places.queue(workPoolName, name);
  }

  @PatchMapping("/work_pools/{workPoolName}/queues/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(
      @PathVariable String workPoolName, @PathVariable String name, @Body WorkQueueChange body) {
    places.pool(workPoolName);
    WorkQueueView queue = places.queue(workPoolName, name);
    body.lastPolled().ifGiven(polled -> polls.set(queue.id(), polled));
    commands.tell(body.command(queue));
  }

  @DeleteMapping("/work_pools/{workPoolName}/queues/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String workPoolName, @PathVariable String name) {
    UUID poolId = places.pool(workPoolName).id();
    commands.tell(new DeleteWorkQueue(poolId, places.queue(workPoolName, name).id()));
  }
}
