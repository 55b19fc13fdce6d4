package org.switchroom.cti.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerSearch;
import org.switchroom.cti.customer.CustomerStore;
import org.switchroom.cti.customer.FoundCustomer;
import org.switchroom.cti.customer.UnsavedCustomer;

/// Customers in SQL.
public final class SqlCustomerStore implements CustomerStore {
  private static final int MOST_MATCHES = 10;

  /// A search looks at each customer's name; calls do not wait for somebody who types.
  private static final int LONGEST_SEARCH_SECONDS = 3;

  private static final String FIND =
      """
      SELECT c.id, c.name, c.organisation, c.account, c.tier,
        COALESCE((SELECT MIN(p.number) FROM contact_point p WHERE p.customer = c.id), '') number
      FROM customer c
      WHERE c.id IN (
        SELECT id FROM customer
          WHERE LOWER(name) LIKE :has ESCAPE '!' OR LOWER(organisation) LIKE :has ESCAPE '!'
            OR LOWER(name) LIKE :plain ESCAPE '!' OR LOWER(organisation) LIKE :plain ESCAPE '!'
            OR LOWER(account) LIKE :account ESCAPE '!'
        UNION SELECT customer FROM contact_point WHERE number = :e164 OR number LIKE :digits
        UNION SELECT customer FROM customer_order WHERE number IN (:text, :upper))
        AND (c.name <> '' OR c.organisation <> '')
      ORDER BY CASE WHEN c.account = :text OR EXISTS
          (SELECT 1 FROM contact_point p WHERE p.customer = c.id AND p.number = :e164)
          THEN 0 ELSE 1 END,
        c.name, c.id
      LIMIT :most\
      """;

  private static final String NUMBERS =
      """
      SELECT customer, number FROM (
        SELECT customer, number, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY number) nth
        FROM contact_point WHERE customer IN (<customers>)) numbered
      WHERE nth <= :most ORDER BY customer, number\
      """;

  /// Each component is in the column of its name.
  private static final RowMapper<Customer> CUSTOMER = ConstructorMapper.of(Customer.class);

  private static final RowMapper<FoundCustomer> FOUND = ConstructorMapper.of(FoundCustomer.class);

  private final Database database;

  public SqlCustomerStore(Database database) {
    this.database = database;
  }

  @Override
  public List<CustomerCard> byNumber(String e164) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT c.* FROM customer c JOIN contact_point p ON p.customer = c.id
                        WHERE p.number = :number ORDER BY c.id LIMIT :most
                        """)
                    .bind("number", e164)
                    .bind("most", MOST_MATCHES)
                    .map(CUSTOMER)
                    .list()
                    .stream()
                    .map(customer -> card(handle, customer))
                    .toList());
  }

  @Override
  public Optional<CustomerCard> byAccount(String account) {
    return account.isEmpty()
        ? Optional.empty()
        : one("SELECT * FROM customer WHERE account = :key", account);
  }

  @Override
  public Optional<CustomerCard> byId(long id) {
    return one("SELECT * FROM customer WHERE id = :key", id);
  }

  private Optional<CustomerCard> one(String sql, Object key) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .bind("key", key)
                    .map(CUSTOMER)
                    .findFirst()
                    .map(customer -> card(handle, customer)));
  }

  @Override
  public List<FoundCustomer> find(CustomerSearch search, int most) {
    String digits = search.digits();
    String number = digits.isEmpty() ? "" : (digits.startsWith("+") ? "" : "%") + digits + "%";
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(FIND)
                    .setQueryTimeout(LONGEST_SEARCH_SECONDS)
                    .bind("has", "%" + escaped(search.text()) + "%")
                    .bind("plain", "%" + escaped(search.plain()) + "%")
                    .bind("account", escaped(search.plain()) + "%")
                    .bind("e164", search.e164())
                    .bind("digits", number)
                    .bind("text", search.plain())
                    .bind("upper", search.plain().toUpperCase(Locale.ROOT))
                    .bind("most", most)
                    .map(FOUND)
                    .list());
  }

  @Override
  public Map<Long, List<String>> numbers(List<Long> customers, int most) {
    if (customers.isEmpty()) return Map.of();
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(NUMBERS)
                    .setQueryTimeout(LONGEST_SEARCH_SECONDS)
                    .bindList("customers", customers)
                    .bind("most", most)
                    .reduceRows(
                        new HashMap<Long, List<String>>(),
                        (all, row) -> {
                          all.computeIfAbsent(
                                  row.getColumn("customer", Long.class), _ -> new ArrayList<>())
                              .add(row.getColumn("number", String.class));
                          return all;
                        }));
  }

  private static String escaped(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
  }

  @Override
  public CustomerCard create(UnsavedCustomer customer) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              // Who comes second waits for the first to commit, and inserts nothing.
              Optional<Long> id =
                  handle
                      .createUpdate(
                          """
                          INSERT INTO customer
                            (name, made_in, made_by)
                          VALUES (:name, :contact, :agent)
                          ON CONFLICT DO NOTHING
                          """)
                      .bind("name", customer.name())
                      .bind("contact", customer.contact())
                      .bind("agent", customer.agent())
                      .executeAndReturnGeneratedKeys("id")
                      .mapTo(Long.class)
                      .findFirst();
              if (id.isPresent() && !customer.e164().isEmpty()) {
                handle.execute(
                    "INSERT INTO contact_point (customer, number) VALUES (?, ?)",
                    id.get(),
                    customer.e164());
              }
              return card(handle, made(handle, customer));
            });
  }

  private static Customer made(Handle handle, UnsavedCustomer customer) {
    return handle
        .createQuery("SELECT * FROM customer WHERE made_in = :contact AND made_by = :agent")
        .bind("contact", customer.contact())
        .bind("agent", customer.agent())
        .map(CUSTOMER)
        .one();
  }

  private static CustomerCard card(Handle handle, Customer customer) {
    List<String> numbers =
        handle
            .createQuery("SELECT number FROM contact_point WHERE customer = :id ORDER BY number")
            .bind("id", customer.id())
            .mapTo(String.class)
            .list();
    return new CustomerCard(
        customer,
        numbers,
        SqlCustomerTimeline.of(handle, customer.id()),
        lastAgent(handle, customer.id()),
        openTickets(handle, customer.id()));
  }

  private static String lastAgent(Handle handle, long customer) {
    return handle
        .createQuery(
            "SELECT agent FROM contact WHERE customer = :id AND agent <> ''"
                + " ORDER BY opened DESC LIMIT 1")
        .bind("id", customer)
        .mapTo(String.class)
        .findFirst()
        .orElse("");
  }

  private static int openTickets(Handle handle, long customer) {
    return handle
        .createQuery("SELECT count(*) FROM ticket WHERE customer = :id AND status = 'open'")
        .bind("id", customer)
        .mapTo(Integer.class)
        .one();
  }

  static Instant instant(OffsetDateTime time) {
    return time.toInstant();
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
