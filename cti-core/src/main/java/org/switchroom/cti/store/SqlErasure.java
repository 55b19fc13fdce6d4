package org.switchroom.cti.store;

import java.sql.ResultSetMetaData;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.history.ErasedWords;
import org.switchroom.cti.pbx.PhoneNumber;

/// Finds what the database has of a person, and empties it: what is left is what the history folds
/// from a ledger in which they are erased.
public final class SqlErasure {
  /// No call lasts for longer; one that has no end by then lost it.
  private static final Duration LONGEST_CALL = Duration.ofDays(1);

  /// Numbers of one person end alike, whatever stands before.
  private static final int ENDING = 6;

  private final Database database;
  private final Numbers numbers;

  public SqlErasure(Database database, Numbers numbers) {
    this.database = database;
    this.numbers = numbers;
  }

  /// What there is of a person.
  ///
  /// @param numbers as the network had them: one person may have come by several forms of one
  /// @param contacts with the calls of which they are
  /// @param customers whose row is the person's own
  /// @param recordings of messages they have left
  /// @param talks recordings of their talks
  /// @param live contacts that go on
  /// @param said what somebody has said of them: why a number is blocked, or was, and how they
  ///   spoke
  /// @param others accounts or ids of customers who have one of the numbers too, or who call by
  ///   others too
  public record Found(
      Set<String> numbers,
      Set<String> contacts,
      Set<String> calls,
      Set<Long> customers,
      Set<String> recordings,
      Set<String> talks,
      Set<String> live,
      Set<String> said,
      Set<String> others) {
    private static Found nothing() {
      return new Found(
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>());
    }

    public boolean isNothing() {
      return contacts.isEmpty() && customers.isEmpty() && said.isEmpty();
    }
  }

  // ── Finding ─────────────────────────────────────────────────────────────────────────────────

  /// Whoever has a number. A customer is theirs who is known by no other one.
  ///
  /// @param now what has no end goes on, unless it began long before
  public Found byNumber(PhoneNumber number, Instant now) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              Found found = Found.nothing();
              addNumber(handle, number, found);
              for (long customer : holders(handle, numbers.e164(number))) {
                if (isKnownOtherwise(handle, customer, found)) {
                  found.others().add(name(handle, customer));
                } else {
                  found.customers().add(customer);
                }
              }
              complete(handle, found, now);
              return found;
            });
  }

  /// A customer, with all numbers that they have or have called from.
  ///
  /// @return empty: there is no such account
  public Optional<Found> byAccount(String account, Instant now) {
    if (account.isEmpty()) return Optional.empty();
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              List<Long> customers =
                  ids(handle, "SELECT id FROM customer WHERE account = ?", account);
              if (customers.isEmpty()) return Optional.empty();
              Found found = Found.nothing();
              customers.forEach(customer -> addCustomer(handle, customer, found));
              complete(handle, found, now);
              return Optional.of(found);
            });
  }

  private void addCustomer(Handle handle, long customer, Found found) {
    found.customers().add(customer);
    var theirs =
        new TreeSet<>(
            texts(handle, "SELECT number FROM contact_point WHERE customer = ?", customer));
    for (String contact : contacts(handle, customer)) {
      found.contacts().add(contact);
      theirs.addAll(texts(handle, "SELECT from_number FROM contact WHERE id = ?", contact));
    }
    for (String number : theirs) addNumber(handle, new PhoneNumber(number), found);
    var others = new HashSet<Long>();
    for (String number : theirs)
      others.addAll(holders(handle, numbers.e164(new PhoneNumber(number))));
    for (String contact : found.contacts()) {
      others.addAll(
          ids(
              handle,
              "SELECT customer FROM contact WHERE id = ? AND customer IS NOT NULL",
              contact));
    }
    others.remove(customer);
    others.forEach(other -> found.others().add(name(handle, other)));
  }

  /// In which they were known, by whatever told it.
  private static Set<String> contacts(Handle handle, long customer) {
    var contacts = new TreeSet<String>();
    for (String sql :
        List.of(
            "SELECT id FROM contact WHERE customer = ?",
            "SELECT contact FROM customer_choice WHERE customer = ?",
            "SELECT contact FROM task WHERE customer = ?",
            "SELECT c.contact FROM contact_call c JOIN ticket t ON t.call = c.call WHERE t.customer"
                + " = ?")) {
      contacts.addAll(texts(handle, sql, customer));
    }
    return contacts;
  }

  private void addNumber(Handle handle, PhoneNumber number, Found found) {
    String e164 = numbers.e164(number);
    if (e164.isEmpty()) return;
    var forms = new TreeSet<>(List.of(number.value(), e164));
    String ending = "%" + e164.substring(Math.max(0, e164.length() - ENDING));
    texts(handle, "SELECT DISTINCT from_number FROM contact WHERE from_number LIKE ?", ending)
        .stream()
        .filter(form -> numbers.e164(new PhoneNumber(form)).equals(e164))
        .forEach(forms::add);
    for (String form : forms) {
      found.contacts().addAll(texts(handle, "SELECT id FROM contact WHERE from_number = ?", form));
    }
    found.numbers().addAll(forms);
  }

  private static List<Long> holders(Handle handle, String e164) {
    return ids(handle, "SELECT customer FROM contact_point WHERE number = ?", e164);
  }

  /// Whether a customer has another number, or was known in a contact that is not found.
  private boolean isKnownOtherwise(Handle handle, long customer, Found found) {
    return texts(handle, "SELECT number FROM contact_point WHERE customer = ?", customer).stream()
            .anyMatch(number -> !found.numbers().contains(number))
        || !found.contacts().containsAll(contacts(handle, customer));
  }

  private static String name(Handle handle, long customer) {
    String account =
        texts(handle, "SELECT account FROM customer WHERE id = ?", customer).getFirst();
    return account.isEmpty() ? "the one with id " + customer : account;
  }

  private static void complete(Handle handle, Found found, Instant now) {
    Instant since = now.minus(LONGEST_CALL);
    var open = new HashSet<>(texts(handle, "SELECT contact FROM task WHERE closed IS NULL"));
    open.addAll(
        texts(
            handle, "SELECT contact FROM segment WHERE ended IS NULL AND began > ?", time(since)));
    open.addAll(
        texts(
            handle,
            "SELECT id FROM contact WHERE ended IS NULL AND kind IN ('call', 'outbound') AND opened"
                + " > ?",
            time(since)));
    for (String contact : found.contacts()) {
      if (open.contains(contact)) found.live().add(contact);
      found.calls().addAll(texts(handle, "SELECT call FROM contact WHERE id = ?", contact));
      found
          .calls()
          .addAll(texts(handle, "SELECT call FROM contact_call WHERE contact = ?", contact));
      found
          .recordings()
          .addAll(texts(handle, "SELECT recording FROM task WHERE contact = ?", contact));
      found
          .talks()
          .addAll(
              texts(
                  handle,
                  "SELECT detail FROM segment WHERE contact = ? AND kind = 'RECORDING'",
                  contact));
    }
    for (String call : found.calls()) {
      found.recordings().addAll(texts(handle, "SELECT recording FROM ticket WHERE call = ?", call));
    }
    for (String number : found.numbers()) {
      found
          .said()
          .addAll(texts(handle, "SELECT reason FROM blocked_caller WHERE number = ?", number));
    }
    words(handle, found).forEach(line -> found.said().add(line.about()));
    found.recordings().remove("");
    found.calls().remove("");
  }

  private static OffsetDateTime time(Instant at) {
    return SqlCustomerStore.time(at);
  }

  private static List<String> texts(Handle handle, String sql, Object... bound) {
    return handle.select(sql, bound).mapTo(String.class).list();
  }

  private static List<Long> ids(Handle handle, String sql, Object... bound) {
    return handle.select(sql, bound).mapTo(Long.class).list();
  }

  // ── Emptying ────────────────────────────────────────────────────────────────────────────────

  /// All of it, or nothing.
  ///
  /// @return how many rows
  public long erase(Found found) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                each(handle, found.contacts(), OF_A_CONTACT)
                    + each(handle, found.calls(), OF_A_CALL)
                    + each(handle, found.customers(), ofACustomer(handle))
                    + numbers(handle, found.numbers())
                    + words(handle, found).stream().mapToLong(line -> erase(handle, line)).sum()
                    + refused(handle, found));
  }

  /// The history folds no wrap-up of an agent who had none to do and has said nothing.
  private static final List<String> OF_A_CONTACT =
      List.of(
          "UPDATE contact SET from_number = '', customer = NULL, path = '' WHERE id = ?",
          "UPDATE contact_call SET from_number = '' WHERE contact = ?",
          "DELETE FROM segment WHERE contact = ? AND kind = 'WRAP_UP' AND outcome = 'NONE'"
              + " AND disposition = ''",
          "UPDATE segment SET note = '' WHERE contact = ? AND note <> ''",
          "UPDATE customer_choice SET customer = NULL WHERE contact = ?",
          "UPDATE task SET customer = NULL, name = '', from_number = '', recording = '', note = ''"
              + " WHERE contact = ?");

  private static final List<String> OF_A_CALL =
      List.of("UPDATE ticket SET customer = NULL, subject = '', recording = '' WHERE call = ?");

  /// What says nothing of a person, in a customer's row. All else is emptied, whatever comes to it.
  private static final Set<String> STAYS = Set.of("id", "tier");

  /// Orders stay, of a customer without a name.
  private static List<String> ofACustomer(Handle handle) {
    String emptied =
        columns(handle, "customer").stream()
            .filter(column -> !STAYS.contains(column))
            .map(column -> column + " = DEFAULT")
            .collect(Collectors.joining(", "));
    return List.of(
        "UPDATE customer SET " + emptied + " WHERE id = ?",
        "DELETE FROM contact_point WHERE customer = ?",
        "DELETE FROM timeline WHERE customer = ?");
  }

  private static List<String> columns(Handle handle, String table) {
    return handle
        .createQuery("SELECT * FROM " + table + " WHERE 1 = 0")
        .scanResultSet(
            (rows, _) -> {
              var names = new ArrayList<String>();
              ResultSetMetaData meta = rows.get().getMetaData();
              for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnName(i).toLowerCase(Locale.ROOT));
              }
              return names;
            });
  }

  private static long each(Handle handle, Set<?> keys, List<String> statements) {
    if (keys.isEmpty()) return 0;
    long rows = 0;
    for (String sql : statements) {
      var batch = handle.prepareBatch(sql);
      for (Object key : keys) batch.bind(0, key).add();
      for (int count : batch.execute()) rows += count;
    }
    return rows;
  }

  private static long numbers(Handle handle, Set<String> numbers) {
    return each(
        handle,
        numbers,
        List.of(
            "DELETE FROM contact_point WHERE number = ?",
            "DELETE FROM blocked_caller WHERE number = ?"));
  }

  /// A line of the audit.
  private record Line(OffsetDateTime at, long number, String about) {}

  /// Those that tell of them in somebody's words.
  private static List<Line> words(Handle handle, Found found) {
    return handle
        .createQuery("SELECT at, number, about FROM audit WHERE what IN (<deeds>)")
        .bindList("deeds", ErasedWords.DEEDS.stream().map(Deed::word).toList())
        .map(
            (row, _) ->
                new Line(
                    row.getObject("at", OffsetDateTime.class),
                    row.getLong("number"),
                    row.getString("about")))
        .filter(line -> isOf(ErasedWords.whom(line.about()), found))
        .list();
  }

  private static boolean isOf(String whom, Found found) {
    return found.numbers().contains(whom) || found.contacts().contains(whom);
  }

  /// Who did it and when stays.
  private static long erase(Handle handle, Line line) {
    return handle.execute(
        "UPDATE audit SET about = ? WHERE at = ? AND number = ?",
        ErasedWords.left(line.about()),
        line.at(),
        line.number());
  }

  /// Turns that the database did not take say all that was in them.
  private static long refused(Handle handle, Found found) {
    if (ids(handle, "SELECT count(*) FROM refused").getFirst() == 0) return 0;
    var of = new HashSet<>(found.contacts());
    of.addAll(found.numbers());
    return each(
        handle,
        of,
        List.of("UPDATE refused SET said = '' WHERE said <> '' AND POSITION(? IN said) > 0"));
  }
}
