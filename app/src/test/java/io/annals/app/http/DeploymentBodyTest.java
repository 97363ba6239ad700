package io.annals.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.annals.command.decision.Change;
import io.annals.command.deployment.DeploymentChanges;
import io.annals.query.request.RequestReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DeploymentBodyTest {
  @Test
  void who_creates_a_deployment_says_nothing_with_a_pool_that_is_null() {
    assertThat(created("{%s, \"work_pool_name\": null}").workPoolName()).isEqualTo(Change.none());
    assertThat(created("{%s}").workPoolName()).isEqualTo(Change.none());
    assertThat(created("{%s, \"work_pool_name\": \"vms\"}").workPoolName())
        .isEqualTo(Change.to("vms"));
  }

  @Test
  void who_changes_a_deployment_takes_it_out_of_its_pool_with_null() {
    String body = "{\"work_pool_name\": null}";
    assertThat(RequestReader.read(DeploymentBody.Parts.class, bytes(body)).changes().workPoolName())
        .isEqualTo(Change.to(null));
  }

  private static DeploymentChanges created(String body) {
    String needed = "\"name\": \"nightly\", \"flow_id\": \"00000000-0000-0001-0000-000000000001\"";
    return RequestReader.read(DeploymentBody.Whole.class, bytes(body.formatted(needed))).changes();
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
