package io.annals.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.annals.app.JobNode;
import io.annals.app.log.TestPostgres;
import io.annals.command.flow.FlowCommand.CreateFlow;
import io.annals.events.flow.FlowEvent.FlowCreated;
import io.annals.query.log.LogTail;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows the log while all jobs of a node are busy. */
class FollowersBesideJobsTest {
  @TempDir Path home;

  @Test
  void those_who_follow_the_log_need_no_connection_of_a_job() throws Exception {
    String url = TestPostgres.freshDatabase();
    try (JobNode busy = new JobNode(url, home);
        JobNode other = new JobNode(url, home)) {
      HikariDataSource jobs = busy.part("jobDataSource", HikariDataSource.class);
      List<Connection> taken = new ArrayList<>();
      try {
        while (taken.size() < jobs.getMaximumPoolSize()) {
          taken.add(jobs.getConnection());
        }
        long before = other.part(LogTail.class).head();
        CreateFlow create = new CreateFlow("etl", List.of(), JobFixture.object());
        other.part(CommandGateway.class).sendAndWait(create);
        assertThat(busy.part(LogTail.class).read(before, 10, Duration.ofSeconds(20)))
            .anyMatch(event -> event.payload() instanceof FlowCreated);
      } finally {
        for (Connection connection : taken) {
          connection.close();
        }
      }
    }
  }
}
