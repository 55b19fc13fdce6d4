package org.switchroom.cti.store;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.ledger.OwnerOnly;

/// An open database with its tables in order.
public final class Database implements AutoCloseable {
  /// All that is read in a transaction is as it was at one moment. H2's REPEATABLE_READ is not
  /// enough: it takes each table's moment when that is read first.
  static final TransactionIsolationLevel ONE_MOMENT = TransactionIsolationLevel.SERIALIZABLE;

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /// What H2 has to complain about is in the exceptions. A file of it would have what customers
  /// say.
  private static final String DURABLE = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

  /// An H2 that writes no file.
  private static final String LOOKING = ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r;TRACE_LEVEL_FILE=0";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    // A fault's words come into the log: without the values of the statement.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  /// H2 behaves as PostgreSQL does, and forces every commit to the disk: with its default delay a
  /// killed process loses committed rows. It does not close itself as soon as the process is told
  /// to end: the last of the history is written then.
  public static String embeddedUrl(Path file) {
    return "jdbc:h2:file:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH%s"
        .formatted(file.toAbsolutePath(), DURABLE);
  }

  /// An H2 that lives only as long as the process.
  public static String inMemoryUrl(String name) {
    return "jdbc:h2:mem:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"
        .formatted(name);
  }

  /// Opens it and brings its tables up to date. Where there is something to be brought up to date
  /// in an embedded database, that is done on a copy first: a migration that fails leaves
  /// everything as it was. PostgreSQL does all of it in one transaction.
  ///
  /// @throws RuntimeException when it cannot be reached, or a migration fails
  public static Database open(String url, String user, String password) {
    var file = embeddedFile(url).filter(Files::exists);
    var database = openAsItIs(url, user, password);
    try {
      if (file.isPresent() && database.isBehind()) {
        database.close();
        tryOnACopy(file.get(), user, password);
        database = openAsItIs(url, user, password);
      }
      flyway(database.pool, MigrationVersion.LATEST).migrate();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private boolean isBehind() {
    return flyway(pool, MigrationVersion.LATEST).info().pending().length > 0;
  }

  /// What a start would find.
  public enum Tables {
    /// It has no tables of ours, or is not there; the first start makes them.
    EMPTY,
    /// Its tables are of an older version; the next start brings them up to date.
    BEHIND,
    IN_ORDER
  }

  /// Looks at it. Nothing is made or changed.
  ///
  /// @throws RuntimeException when it cannot be reached, or another process has its file
  public static Tables look(String url, String user, String password) {
    var file = embeddedFile(url);
    if (file.isPresent() && isNothing(file.get())) return Tables.EMPTY;
    String readOnly = file.isEmpty() ? url : url.replace(DURABLE, "") + LOOKING;
    try (var database = openAsItIs(readOnly, user, password)) {
      var migrations = flyway(database.pool, MigrationVersion.LATEST).info();
      if (migrations.current() == null) return Tables.EMPTY;
      return migrations.pending().length > 0 ? Tables.BEHIND : Tables.IN_ORDER;
    }
  }

  private static boolean isNothing(Path file) {
    try {
      return !Files.exists(file) || Files.size(file) == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Nothing is changed in it.
  static Database openAsItIs(String url, String user, String password) {
    return openAsItIs(url, user, password, CONNECT_TIMEOUT);
  }

  /// @param within a server that takes the connection and says nothing more is away by then
  static Database openAsItIs(String url, String user, String password, Duration within) {
    if (!url.contains(LOOKING)) embeddedFile(url).ifPresent(Database::closeToOthers);
    var config = new HikariConfig();
    config.setPoolName("switchroom");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(10);
    config.setConnectionTimeout(within.toMillis());
    // The pool asks for it in a way that this driver does not hear of.
    if (isPostgres(url)) {
      config.addDataSourceProperty("loginTimeout", Double.toString(within.toMillis() / 1_000.0));
    }
    return new Database(new HikariDataSource(config));
  }

  /// H2 would make its file readable for everybody. One without content is to it one that is not
  /// there.
  private static void closeToOthers(Path file) {
    try {
      OwnerOnly.newFolder(requireNonNull(file.toAbsolutePath().getParent()));
      if (Files.exists(file)) OwnerOnly.close(file);
      else OwnerOnly.create(file).close();
      OwnerOnly.close(traceOf(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e.toString(), e);
    }
  }

  /// Where an H2 of an earlier version has written what it had to complain about.
  private static Path traceOf(Path file) {
    return file.resolveSibling(file.getFileName().toString().replace(".mv.db", ".trace.db"));
  }

  /// Its files, of which nobody else should read any; none where it is in no file of ours.
  public static List<Path> files(String url) {
    return embeddedFile(url).map(file -> List.of(file, traceOf(file))).orElse(List.of());
  }

  /// Makes the tables of a version in a database that has none.
  ///
  /// @throws IllegalStateException when it has some
  static void migrateTo(String url, String user, String password, String version) {
    try (var database = openAsItIs(url, user, password)) {
      Flyway flyway = flyway(database.pool, MigrationVersion.fromVersion(version));
      if (flyway.info().current() != null) {
        throw new IllegalStateException("The database is not empty.");
      }
      boolean known =
          Arrays.stream(flyway.info().all())
              .anyMatch(one -> one.getVersion().equals(MigrationVersion.fromVersion(version)));
      if (!known) {
        throw new IllegalStateException(
            "The backup is of tables of version %s, which this version does not know. Maybe it was made by a newer one."
                .formatted(version));
      }
      flyway.migrate();
    }
  }

  /// Takes away everything that is in it.
  public static void clear(String url, String user, String password) {
    try (var database = openAsItIs(url, user, password)) {
      Flyway.configure().dataSource(database.pool).cleanDisabled(false).load().clean();
    }
  }

  /// Whether it has tables of ours.
  public static boolean isEmpty(String url, String user, String password) {
    try (var database = openAsItIs(url, user, password)) {
      return flyway(database.pool, MigrationVersion.LATEST).info().current() == null;
    }
  }

  private static Flyway flyway(HikariDataSource pool, MigrationVersion target) {
    // H2 cannot take back what it has made of tables.
    boolean transactional = isPostgres(pool.getJdbcUrl());
    return Flyway.configure()
        .dataSource(pool)
        .locations("classpath:org/switchroom/cti/store/migrations")
        .target(target)
        .group(transactional)
        .load();
  }

  private static boolean isPostgres(String url) {
    return url.startsWith("jdbc:postgresql:");
  }

  /// The file it is in; empty: it is not in a file of ours.
  public static Optional<Path> embeddedFile(String url) {
    String prefix = "jdbc:h2:file:";
    if (!url.startsWith(prefix)) return Optional.empty();
    return Optional.of(Path.of(url.substring(prefix.length()).split(";")[0] + ".mv.db"));
  }

  private static void tryOnACopy(Path file, String user, String password) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory(file.toAbsolutePath().getParent(), "migration");
      Files.copy(file, folder.resolve("copy.mv.db"));
      try (var trial = openAsItIs(embeddedUrl(folder.resolve("copy")), user, password)) {
        flyway(trial.pool, MigrationVersion.LATEST).migrate();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The database cannot be copied for a migration.", e);
    } finally {
      delete(folder);
    }
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) return;
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) Files.delete(file);
      Files.delete(folder);
    } catch (IOException e) {
      log.warn("{} could not be removed: {}", folder, e.toString());
    }
  }

  Connection connection() throws SQLException {
    return pool.getConnection();
  }

  Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    pool.close();
  }
}
