package org.switchroom.cti.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.switchroom.cti.customer.LogIns;

/// Log-ins in SQL.
public final class SqlLogIns implements LogIns {
  private final Database database;

  public SqlLogIns(Database database) {
    this.database = database;
  }

  /// Those that have run out go with the next that comes.
  @Override
  public void add(String hash, LogIn logIn) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "DELETE FROM log_in WHERE until < ?", SqlCustomerStore.time(Instant.now()));
              handle.execute(
                  "INSERT INTO log_in (token_hash, user_name, account, until) VALUES (?, ?, ?, ?)",
                  hash,
                  logIn.user(),
                  logIn.account(),
                  SqlCustomerStore.time(logIn.until()));
            });
  }

  @Override
  public void remove(String hash) {
    database
        .jdbi()
        .useHandle(handle -> handle.execute("DELETE FROM log_in WHERE token_hash = ?", hash));
  }

  @Override
  public void removeAllOf(String user) {
    database
        .jdbi()
        .useHandle(handle -> handle.execute("DELETE FROM log_in WHERE user_name = ?", user));
  }

  @Override
  public Optional<LogIn> find(String hash, Instant now) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT user_name, account, until FROM log_in
                        WHERE token_hash = :hash AND until >= :now\
                        """)
                    .bind("hash", hash)
                    .bind("now", SqlCustomerStore.time(now))
                    .map(
                        (row, _) ->
                            new LogIn(
                                row.getString(1),
                                row.getString(2),
                                row.getObject(3, OffsetDateTime.class).toInstant()))
                    .findFirst());
  }
}
