package io.annals.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.events.log.DomainEvent;
import io.annals.events.log.EventCodec;
import io.annals.events.log.StoredAs;
import io.annals.events.log.Upcaster;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EventCodecTest {
  sealed interface SampleEvent extends DomainEvent {
    @StoredAs(value = "sample.measured", revision = 3)
    record Measured(String unit, double amount) implements SampleEvent {}
  }

  /** Revision 1 had the amount as text. */
  private static final Upcaster TEXT_TO_NUMBER =
      upcaster(1, payload -> payload.put("amount", payload.get("amount").asString().length()));

  /** Revision 2 had no unit. */
  private static final Upcaster DEFAULT_UNIT = upcaster(2, payload -> payload.put("unit", "m"));

  private final EventCodec codec =
      new EventCodec(List.of(SampleEvent.class), List.of(TEXT_TO_NUMBER, DEFAULT_UNIT));

  @Test
  void the_newest_revision_is_read_as_it_is() {
    assertThat(codec.read("sample.measured", 3, "{\"unit\":\"s\",\"amount\":2.5}"))
        .isEqualTo(new SampleEvent.Measured("s", 2.5));
  }

  @Test
  void an_old_revision_is_lifted_step_by_step() {
    assertThat(codec.read("sample.measured", 1, "{\"amount\":\"abc\"}"))
        .isEqualTo(new SampleEvent.Measured("m", 3));
  }

  @Test
  void a_revision_from_the_future_is_refused() {
    assertThatThrownBy(() -> codec.read("sample.measured", 4, "{}"))
        .hasMessageContaining("Cannot lift sample.measured from revision 4");
  }

  @Test
  void an_unknown_name_is_refused() {
    assertThatThrownBy(() -> codec.read("sample.gone", 1, "{}"))
        .hasMessageContaining("No event is stored as sample.gone");
  }

  @Test
  void the_stored_names_of_this_server_do_not_change() {
    assertThat(TestNode.CODEC.types().stream().map(type -> type.name() + "/" + type.revision()))
        .containsExactly(
            "artifact.adopted/1",
            "artifact.collection-advanced/1",
            "artifact.collection-ended/1",
            "artifact.collection-fell-back/1",
            "artifact.collection-started/1",
            "artifact.created/1",
            "artifact.deleted/1",
            "artifact.updated/1",
            "block-document.created/1",
            "block-document.deleted/1",
            "block-document.updated/1",
            "block-schema.deleted/1",
            "block-schema.registered/1",
            "block-type.created/1",
            "block-type.deleted/1",
            "block-type.protected/1",
            "block-type.updated/1",
            "concurrency-limit.created/1",
            "concurrency-limit.deleted/1",
            "concurrency-limit.updated/1",
            "deployment.created/1",
            "deployment.deleted/1",
            "deployment.paused/1",
            "deployment.resumed/1",
            "deployment.runs-planned/1",
            "deployment.schedule-removed/1",
            "deployment.schedules-added/1",
            "deployment.schedules-changed/1",
            "deployment.schedules-replaced/1",
            "deployment.status-set/1",
            "deployment.updated/1",
            "flow.created/1",
            "flow.deleted/1",
            "flow.tagged/1",
            "flowrun.created/1",
            "flowrun.deleted/1",
            "flowrun.flow-version-set/1",
            "flowrun.infrastructure-assigned/1",
            "flowrun.input-deleted/1",
            "flowrun.input-stored/1",
            "flowrun.job-variables-set/1",
            "flowrun.labelled/1",
            "flowrun.parameters-set/1",
            "flowrun.policy-set/1",
            "flowrun.proposal-refused/1",
            "flowrun.renamed/1",
            "flowrun.state-set/1",
            "flowrun.tagged/1",
            "saved-search.created/1",
            "saved-search.deleted/1",
            "saved-search.replaced/1",
            "taskrun.adopted/1",
            "taskrun.created/1",
            "taskrun.deleted/1",
            "taskrun.proposal-refused/1",
            "taskrun.renamed/1",
            "taskrun.state-set/1",
            "variable.created/1",
            "variable.deleted/1",
            "variable.updated/1",
            "workpool.created/1",
            "workpool.default-queue-set/1",
            "workpool.deleted/1",
            "workpool.paused/1",
            "workpool.resumed/1",
            "workpool.status-set/1",
            "workpool.updated/1",
            "workqueue.created/1",
            "workqueue.deleted/1",
            "workqueue.paused/1",
            "workqueue.reprioritised/1",
            "workqueue.resumed/1",
            "workqueue.status-set/1",
            "workqueue.updated/1");
  }

  private static Upcaster upcaster(
      int fromRevision, java.util.function.Consumer<ObjectNode> change) {
    return new Upcaster() {
      @Override
      public String type() {
        return "sample.measured";
      }

      @Override
      public int fromRevision() {
        return fromRevision;
      }

      @Override
      public ObjectNode upcast(ObjectNode payload) {
        change.accept(payload);
        return payload;
      }
    };
  }
}
