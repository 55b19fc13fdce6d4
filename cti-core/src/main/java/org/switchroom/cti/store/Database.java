package org.switchroom.cti.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/// An open database with its tables in order.
public final class Database implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /// H2 behaves as PostgreSQL does, and forces every commit to the disk: with its default delay a
  /// killed process loses committed rows.
  public static String embeddedUrl(Path file) {
    return "jdbc:h2:file:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
        .formatted(file.toAbsolutePath());
  }

  /// An H2 that lives only as long as the process.
  public static String inMemoryUrl(String name) {
    return "jdbc:h2:mem:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"
        .formatted(name);
  }

  /// Opens it and brings its tables up to date.
  ///
  /// @throws RuntimeException when it cannot be reached, or a migration fails
  public static Database open(String url, String user, String password) {
    var config = new HikariConfig();
    config.setPoolName("switchroom");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(10);
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    var pool = new HikariDataSource(config);
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations("classpath:org/switchroom/cti/store/migrations")
          .load()
          .migrate();
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
    return new Database(pool);
  }

  Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    pool.close();
  }
}
