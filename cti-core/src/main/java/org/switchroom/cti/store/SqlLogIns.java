package org.switchroom.cti.store;

import java.time.Instant;
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
  public void add(String hash, String user, Instant until) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "DELETE FROM log_in WHERE until < ?", SqlCustomerStore.time(Instant.now()));
              handle.execute(
                  "INSERT INTO log_in (token_hash, user_name, until) VALUES (?, ?, ?)",
                  hash,
                  user,
                  SqlCustomerStore.time(until));
            });
  }

  @Override
  public void remove(String hash) {
    database
        .jdbi()
        .useHandle(handle -> handle.execute("DELETE FROM log_in WHERE token_hash = ?", hash));
  }

  @Override
  public Optional<String> user(String hash, Instant now) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT user_name FROM log_in WHERE token_hash = :hash AND until >= :now")
                    .bind("hash", hash)
                    .bind("now", SqlCustomerStore.time(now))
                    .mapTo(String.class)
                    .findFirst());
  }
}
