package io.annals.events;

import io.annals.events.artifact.ArtifactEvent;
import io.annals.events.block.BlockDocumentEvent;
import io.annals.events.block.BlockSchemaEvent;
import io.annals.events.block.BlockTypeEvent;
import io.annals.events.concurrency.ConcurrencyLimitEvent;
import io.annals.events.deployment.DeploymentEvent;
import io.annals.events.flow.FlowEvent;
import io.annals.events.flowrun.FlowRunEvent;
import io.annals.events.log.DomainEvent;
import io.annals.events.savedsearch.SavedSearchEvent;
import io.annals.events.taskrun.TaskRunEvent;
import io.annals.events.variable.VariableEvent;
import io.annals.events.workpool.WorkPoolEvent;
import java.util.List;

/** Everything this server can say about what it decided, a sealed interface per feature. */
public final class Vocabulary {
  /** The features whose events are stored. */
  public static final List<Class<? extends DomainEvent>> FEATURES =
      List.of(
          ArtifactEvent.class,
          BlockDocumentEvent.class,
          BlockSchemaEvent.class,
          BlockTypeEvent.class,
          ConcurrencyLimitEvent.class,
          DeploymentEvent.class,
          FlowEvent.class,
          FlowRunEvent.class,
          SavedSearchEvent.class,
          TaskRunEvent.class,
          VariableEvent.class,
          WorkPoolEvent.class);

  private Vocabulary() {}
}
