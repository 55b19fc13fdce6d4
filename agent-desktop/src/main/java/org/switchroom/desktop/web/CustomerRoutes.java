package org.switchroom.desktop.web;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  private final CustomerStore store;
  private final Numbers numbers;
  private final FoundCustomers found;
  private final Sessions sessions;
  private final DeskHub hub;
  private final Notes notes;
  private final Pace searches = new Pace(SEARCHES, Ticker.systemTicker());
  private final WorkerExecutor searchers;
  private int waiting;
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
    routes.get("/api/customers/:id", may, this::open);
  }

  private void search(RoutingContext request) {
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
          .executeBlocking(() -> store.find(search.get(), MOST + 1), false)
          .onComplete(_ -> waiting--)
          .onFailure(fault -> noAnswer(request, fault))
          .onSuccess(all -> found(request, logIn, all));
    }
  }

  private void found(RoutingContext request, Sessions.Session logIn, List<FoundCustomer> all) {
    boolean more = all.size() > MOST;
    List<FoundCustomer> shown = all.subList(0, Math.min(all.size(), MOST));
    found.add(logIn, shown);
    notes.note(
        logIn.user().name(),
        Deed.SEARCHED_CUSTOMERS,
        "%d found%s".formatted(shown.size(), more ? ", and more" : ""));
    Replies.reply(request, 200, new CustomersFound(shown, more));
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
