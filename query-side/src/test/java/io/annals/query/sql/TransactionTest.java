package io.annals.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.annals.events.sql.RowBatch;
import io.annals.events.sql.RowStatement;
import io.annals.events.sql.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TransactionTest {
  private static final String INSERT =
      "INSERT INTO word (text) SELECT text FROM " + RowBatch.unnest("w", "text");

  private static final String INSERT_WITH_TRANSACTION =
      "INSERT INTO word (text, transaction) SELECT text, pg_current_xact_id()::text FROM "
          + RowBatch.unnest("w", "text");

  private static final DataSource database = MigratedDatabase.create();

  @BeforeAll
  static void createTable() {
    JdbcClient.create(database)
        .sql("CREATE TABLE word (text text NOT NULL UNIQUE, transaction text, at serial)")
        .update();
  }

  @BeforeEach
  void empty() {
    JdbcClient.create(database).sql("DELETE FROM word").update();
  }

  @Test
  void statements_run_in_their_order() throws SQLException {
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      transaction.add(INSERT, rows("first", "second"));
      transaction.add(INSERT, rows("third"));
      transaction.commit();
    }
    assertThat(words()).containsExactly("first", "second", "third");
  }

  @Test
  void statements_sent_together_are_one_transaction() throws SQLException {
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      transaction.add(INSERT_WITH_TRANSACTION, rows("first"));
      transaction.add(INSERT_WITH_TRANSACTION, rows("second"));
      transaction.commit();
    }
    assertThat(transactions()).isOne();
  }

  @Test
  void however_many_statements_there_are_they_are_one_transaction() throws SQLException {
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      for (int statement = 0; statement < 1000; statement++) {
        transaction.add(INSERT_WITH_TRANSACTION, rows("word " + statement));
      }
      transaction.commit();
    }
    assertThat(words()).hasSize(1000);
    assertThat(transactions()).isOne();
  }

  @Test
  void few_rows_and_many_are_written_alike() throws SQLException {
    RowStatement insert =
        new RowStatement(
            "INSERT INTO word (text, transaction) SELECT text, other FROM %s",
            "w", "text", "other");
    List<String> expected = new ArrayList<>();
    for (int count = 0; count <= 5; count++) {
      RowBatch rows = insert.rows();
      for (int row = 0; row < count; row++) {
        String word = "word %d of %d".formatted(row, count);
        rows.add(word, row % 2 == 0 ? null : "other");
        expected.add(word);
      }
      try (Connection connection = database.getConnection()) {
        Transaction transaction = new Transaction(connection);
        insert.addTo(transaction, rows);
        transaction.commit();
      }
    }
    assertThat(words()).containsExactlyElementsOf(expected);
    assertThat(
            JdbcClient.create(database)
                .sql("SELECT count(*) FROM word WHERE transaction IS NULL")
                .query(Long.class)
                .single())
        .isEqualTo(9);
  }

  @Test
  void when_one_fails_nothing_is_kept() throws SQLException {
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      transaction.add(INSERT, rows("first"));
      transaction.add(INSERT, rows("first"));
      transaction.add(INSERT, rows("second"));
      assertThatThrownBy(transaction::commit).hasMessageContaining("duplicate key");
      transaction.rollback();
      assertThat(words()).isEmpty();
    }
  }

  @Test
  void when_one_fails_after_an_answer_was_needed_nothing_is_kept() throws SQLException {
    try (Connection connection = database.getConnection()) {
      Transaction transaction = new Transaction(connection);
      transaction.add(INSERT, rows("first"));
      try (var statement = transaction.connection().createStatement();
          var row = statement.executeQuery("SELECT count(*) FROM word")) {
        row.next();
        assertThat(row.getLong(1)).isOne();
      }
      transaction.add(INSERT, rows("first"));
      assertThatThrownBy(transaction::commit).hasMessageContaining("duplicate key");
      transaction.rollback();
      assertThat(words()).isEmpty();
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  @Test
  void a_part_of_a_greater_transaction_leaves_the_commit_to_it() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Transaction part = new Transaction(connection);
      part.add(INSERT, rows("first"));
      part.flush();
      connection.rollback();
    }
    assertThat(words()).isEmpty();
  }

  private static RowBatch rows(String... texts) {
    RowBatch rows = new RowBatch(1);
    for (String text : texts) {
      rows.add(text);
    }
    return rows;
  }

  private static List<@Nullable String> words() {
    return JdbcClient.create(database)
        .sql("SELECT text FROM word ORDER BY at")
        .query(String.class)
        .list();
  }

  private static long transactions() {
    return JdbcClient.create(database)
        .sql("SELECT count(DISTINCT transaction) FROM word")
        .query(Long.class)
        .single();
  }
}
