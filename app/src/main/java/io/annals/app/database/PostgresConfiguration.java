package io.annals.app.database;

/** The {@code postgresql.conf} of the embedded server, for a machine it shares with others. */
final class PostgresConfiguration {
  private PostgresConfiguration() {}

  static String text(int port) {
    return """
      # Written by Annals at each start. Your own settings belong into ../extra.conf.
      listen_addresses = '127.0.0.1'
      port = %d
      unix_socket_directories = ''
      max_connections = 100
      timezone = 'UTC'
      log_timezone = 'UTC'
      log_min_messages = warning

      # An answered write must survive a power cut.
      fsync = on
      synchronous_commit = on
      full_page_writes = on

      shared_buffers = 256MB
      effective_cache_size = 1GB
      work_mem = 16MB
      maintenance_work_mem = 64MB
      random_page_cost = 1.1
      jit = off
      wal_level = minimal
      max_wal_senders = 0
      min_wal_size = 256MB
      max_wal_size = 2GB
      checkpoint_timeout = 15min
      autovacuum_naptime = 15s
      include_if_exists = '../extra.conf'
      """
        .formatted(port);
  }
}
