package io.annals.command.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Created;
import io.annals.command.decision.KeyedLocks;
import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.events.flow.FlowEvent.FlowCreated;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Commands that race for a name, on a real bus with a projection that follows each append. */
class OneFlowPerNameTest {
  private static final int RACERS = 50;

  private final Map<String, UUID> projection = new ConcurrentHashMap<>();

  @Test
  void commands_that_race_for_a_name_all_get_the_same_flow() throws Exception {
    CommandGateway gateway = gateway();
    Callable<Created> create =
        () ->
            gateway.sendAndWait(
                new CreateFlow("etl", List.of(), JsonNodeFactory.instance.objectNode()));
    List<Created> answers = new ArrayList<>();
    try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Created>> running = new ArrayList<>();
      for (int racer = 0; racer < RACERS; racer++) {
        running.add(racers.submit(create));
      }
      for (Future<Created> answer : running) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).filteredOn(Created::isNew).hasSize(1);
    assertThat(answers).extracting(Created::id).containsOnly(projection.get("etl"));
  }

  private CommandGateway gateway() {
    EmbeddedEventStore store =
        EmbeddedEventStore.builder()
            .storageEngine(
                new InMemoryEventStorageEngine() {
                  @Override
                  public void appendEvents(List<? extends EventMessage<?>> events) {
                    super.appendEvents(events);
                    for (EventMessage<?> event : events) {
                      if (event.getPayload() instanceof FlowCreated created) {
                        projection.put(created.name(), created.flowId());
                      }
                    }
                  }
                })
            .build();
    CommandBus bus = SimpleCommandBus.builder().build();
    FlowHandler handler =
        new FlowHandler(
            EventSourcingRepository.builder(FlowAggregate.class).eventStore(store).build(),
            name -> Optional.ofNullable(projection.get(name)),
            new KeyedLocks(),
            InstantSource.system(),
            UUID::randomUUID);
    new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
    return DefaultCommandGateway.builder().commandBus(bus).build();
  }
}
