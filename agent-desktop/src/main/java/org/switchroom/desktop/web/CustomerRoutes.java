package org.switchroom.desktop.web;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerSearch;
import org.switchroom.cti.customer.CustomerStore;
import org.switchroom.cti.customer.FoundCustomer;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Refusal;
import org.switchroom.desktop.settings.Permission;

/// Customers, for those who may see them: found by a search, and then one at a time. The audit has
/// who searched, how many they were shown, and whom they opened; what was typed is written nowhere.
final class CustomerRoutes {
  private static final Logger log = LoggerFactory.getLogger(CustomerRoutes.class);

  private static final int LARGEST = 4_096;

  /// Of one search; who has more before them types more.
  static final int MOST = 20;

  /// Of a customer in the directory.
  static final int MOST_NUMBERS = 5;

  /// Searches of a user in a minute, each of which is sent when they stop typing.
  static final int SEARCHES = 60;

  /// Searches at once, of all users: each may have a database connection for seconds, and calls
  /// need some too. The next wait.
  static final int AT_ONCE = 3;

  /// Searches that are under way or wait; one more is told that the database does not answer.
  static final int MOST_WAITING = 30;

  /// Records that a user opens in a minute.
  static final int OPENED = 60;

  private static final Refusal NOTHING_TO_FIND =
      new Refusal(
          "search-length",
          "Write two letters or digits at least, or one ideograph, and %d characters at most."
              .formatted(CustomerSearch.LONGEST));
  private static final Refusal TOO_FAST =
      new Refusal("too-fast", "You ask for more than a person can read. Wait a minute.");
  private static final Refusal NOBODY =
      new Refusal("no-customer", "This customer is not among those whom you have found lately.");
  private static final Refusal NO_ANSWER =
      new Refusal("no-answer", "The database does not answer in time. Type more, or try again.");

  /// @param more whether there are others
  record CustomersFound(List<FoundCustomer> customers, boolean more) implements Replies.Body {}

  record CustomerRecord(CustomerCard card) implements Replies.Body {}

  /// @param number in E.164
  /// @param notDialed why it is not, as far as the number itself says; empty: it may be
  record DirectoryNumber(String number, Optional<String> notDialed) {}

  /// @param numbers the first of theirs
  record DirectoryCustomer(
      long id, String name, String organisation, String tier, List<DirectoryNumber> numbers) {}

  /// @param more whether there are others
  record DirectoryCustomers(List<DirectoryCustomer> customers, boolean more)
      implements Replies.Body {}

  /// @param numbers by customer; empty where none were asked for
  private record Hits(List<FoundCustomer> customers, Map<Long, List<String>> numbers) {}

  private interface Answer {
    Replies.Body of(List<FoundCustomer> shown, Map<Long, List<String>> numbers, boolean more);
  }

  private final CustomerStore store;
  private final Numbers numbers;
  private final FoundCustomers found;
  private final Sessions sessions;
  private final DeskHub hub;
  private final Notes notes;
  private final Pace searches = new Pace(SEARCHES, Ticker.systemTicker());
  private final WorkerExecutor searchers;
  private int waiting;

  /// Until it is known nothing is.
  private volatile Dialing dialing = Dialing.nowhere("");

  private final Pace opened = new Pace(OPENED, Ticker.systemTicker());

  CustomerRoutes(
      Vertx vertx,
      CustomerStore store,
      Numbers numbers,
      FoundCustomers found,
      Sessions sessions,
      DeskHub hub,
      Notes notes) {
    searchers = vertx.createSharedWorkerExecutor("customer-searches", AT_ONCE);
    this.store = store;
    this.numbers = numbers;
    this.found = found;
    this.sessions = sessions;
    this.hub = hub;
    this.notes = notes;
  }

  void mount(Routes routes) {
    Routes.Access may = Routes.with(Permission.SEE_CUSTOMERS);
    // What is typed stands in no address: browsers and proxies keep those.
    routes.add(HttpMethod.POST, "/api/customers/search", may, LARGEST, this::search);
    routes.add(HttpMethod.POST, "/api/directory/customers", may, LARGEST, this::directory);
    routes.get("/api/customers/:id", may, this::open);
  }

  /// Which numbers may be dialed from now on. Any thread.
  void replaceDialing(Dialing changed) {
    dialing = changed;
  }

  private void search(RoutingContext request) {
    search(request, 0, (shown, _, more) -> new CustomersFound(shown, more));
  }

  /// To whom a caller can be given outside, as a search of customers: with the same bounds, and in
  /// the audit.
  private void directory(RoutingContext request) {
    search(
        request,
        MOST_NUMBERS,
        (shown, numbers, more) ->
            new DirectoryCustomers(
                shown.stream()
                    .map(one -> inDirectory(one, numbers.getOrDefault(one.id(), List.of())))
                    .toList(),
                more));
  }

  private DirectoryCustomer inDirectory(FoundCustomer customer, List<String> numbers) {
    return new DirectoryCustomer(
        customer.id(),
        customer.name(),
        customer.organisation(),
        customer.tier(),
        numbers.stream().map(number -> new DirectoryNumber(number, notDialed(number))).toList());
  }

  private Optional<String> notDialed(String number) {
    return switch (dialing.dial(number, Dialing.Wish.PERSON)) {
      case Dialing.Dialed.Allowed _ -> Optional.empty();
      case Dialing.Dialed.Refused(var why) -> Optional.of(why.code());
    };
  }

  /// @param most how many numbers of each customer's are looked up too
  private void search(RoutingContext request, int most, Answer answer) {
    Sessions.Session logIn = sessions.of(request).orElseThrow();
    Optional<CustomerSearch> search =
        Json.body(request)
            .map(said -> Json.text(said, "text", CustomerSearch.LONGEST + 1))
            .flatMap(typed -> CustomerSearch.of(typed, numbers));
    if (search.isEmpty()) {
      Replies.refuse(request, 400, NOTHING_TO_FIND);
    } else if (!searches.allows(logIn.user().name())) {
      Replies.refuse(request, 429, TOO_FAST);
    } else if (waiting >= MOST_WAITING) {
      Replies.refuse(request, 503, NO_ANSWER);
    } else {
      waiting++;
      searchers
          .executeBlocking(() -> find(search.get(), most), false)
          .onComplete(_ -> waiting--)
          .onFailure(fault -> noAnswer(request, fault))
          .onSuccess(hits -> found(request, logIn, hits, answer));
    }
  }

  private Hits find(CustomerSearch search, int most) {
    List<FoundCustomer> all = store.find(search, MOST + 1);
    return new Hits(
        all,
        most == 0
            ? Map.of()
            : store.numbers(all.stream().map(FoundCustomer::id).limit(MOST).toList(), most));
  }

  private void found(RoutingContext request, Sessions.Session logIn, Hits hits, Answer answer) {
    List<FoundCustomer> all = hits.customers();
    boolean more = all.size() > MOST;
    List<FoundCustomer> shown = all.subList(0, Math.min(all.size(), MOST));
    found.add(logIn, shown);
    notes.note(
        logIn.user().name(),
        Deed.SEARCHED_CUSTOMERS,
        "%d found%s".formatted(shown.size(), more ? ", and more" : ""));
    Replies.reply(request, 200, answer.of(shown, hits.numbers(), more));
  }

  /// One that was not found is like one that is not there.
  private void open(RoutingContext request) {
    Sessions.Session logIn = sessions.of(request).orElseThrow();
    String user = logIn.user().name();
    long id = id(request.pathParam("id"));
    if (!opened.allows(user)) {
      Replies.refuse(request, 429, TOO_FAST);
    } else if (!found.has(logIn, id) && !hub.hasInHand(user, id)) {
      Replies.refuse(request, 404, NOBODY);
    } else {
      found
          .read(id)
          .onFailure(fault -> noAnswer(request, fault))
          .onSuccess(
              card -> {
                if (card.isEmpty()) {
                  Replies.refuse(request, 404, NOBODY);
                  return;
                }
                notes.note(user, Deed.OPENED_CUSTOMER, "customer " + id);
                Replies.reply(request, 200, new CustomerRecord(card.get()));
              });
    }
  }

  private static long id(String typed) {
    try {
      return Long.parseLong(typed);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// The fault's own words may have what was typed.
  private static void noAnswer(RoutingContext request, Throwable fault) {
    log.warn("Customers could not be looked up: {}", fault.getClass().getSimpleName());
    Replies.refuse(request, 503, NO_ANSWER);
  }
}
