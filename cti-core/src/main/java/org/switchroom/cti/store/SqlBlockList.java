package org.switchroom.cti.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.switchroom.cti.customer.BlockList;
import org.switchroom.cti.customer.BlockedCaller;
import org.switchroom.cti.event.Deed;

/// Blocked callers in SQL.
public final class SqlBlockList implements BlockList {
  /// Calls that were ended of which a list tells.
  private static final int MOST_ENDED = 20;

  /// What the audit has about one begins so, before the contact.
  private static final String CONTACT = "contact ";

  private final Database database;

  public SqlBlockList(Database database) {
    this.database = database;
  }

  @Override
  public List<BlockedCaller> all() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT number, reason, since, until, blocked_by FROM blocked_caller"
                            + " ORDER BY number")
                    .map((row, _) -> caller(row))
                    .list());
  }

  private static BlockedCaller caller(ResultSet row) throws SQLException {
    var until = Optional.ofNullable(row.getObject("until", OffsetDateTime.class));
    return new BlockedCaller(
        row.getString("number"),
        row.getString("reason"),
        SqlCustomerStore.instant(row.getObject("since", OffsetDateTime.class)),
        until.map(SqlCustomerStore::instant),
        row.getString("blocked_by"));
  }

  @Override
  public boolean block(BlockedCaller caller, Instant wall) {
    return database.jdbi().inTransaction(handle -> block(handle, caller, wall));
  }

  private static boolean block(Handle handle, BlockedCaller caller, Instant wall) {
    handle.execute("DELETE FROM blocked_caller WHERE until < ?", SqlCustomerStore.time(wall));
    handle.execute("DELETE FROM blocked_caller WHERE number = ?", caller.number());
    long known = handle.createQuery("SELECT count(*) FROM blocked_caller").mapTo(Long.class).one();
    if (known >= MOST) {
      handle.rollback();
      return false;
    }
    handle.execute(
        "INSERT INTO blocked_caller (number, reason, since, until, blocked_by)"
            + " VALUES (?, ?, ?, ?, ?)",
        caller.number(),
        caller.reason(),
        SqlCustomerStore.time(caller.since()),
        caller.until().map(SqlCustomerStore::time).orElse(null),
        caller.by());
    return true;
  }

  @Override
  public boolean unblock(String number) {
    return database
            .jdbi()
            .withHandle(
                handle -> handle.execute("DELETE FROM blocked_caller WHERE number = ?", number))
        > 0;
  }

  @Override
  public List<Ended> ended(Instant since) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT at, who, about FROM audit WHERE what = :what AND at > :since"
                            + " ORDER BY at DESC, number DESC LIMIT "
                            + MOST_ENDED)
                    .bind("what", Deed.ENDED_ABUSIVE_CALL.word())
                    .bind("since", SqlCustomerStore.time(since))
                    .map((row, _) -> ended(handle, row))
                    .list());
  }

  private static Ended ended(Handle handle, ResultSet row) throws SQLException {
    String about = row.getString("about");
    String number =
        handle
            .createQuery("SELECT from_number FROM contact WHERE id = :id")
            .bind("id", contact(about))
            .mapTo(String.class)
            .findFirst()
            .orElse("");
    return new Ended(
        SqlCustomerStore.instant(row.getObject("at", OffsetDateTime.class)),
        row.getString("who"),
        number,
        about);
  }

  private static String contact(String about) {
    int end = about.indexOf(':');
    return about.startsWith(CONTACT) && end > 0 ? about.substring(CONTACT.length(), end) : "";
  }
}
