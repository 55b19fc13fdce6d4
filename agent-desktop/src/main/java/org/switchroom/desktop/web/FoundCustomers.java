package org.switchroom.desktop.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerStore;
import org.switchroom.cti.customer.FoundCustomer;

/// Which customers a log-in has found lately. No other is opened, or given to a caller, by who only
/// guesses their id: nobody gets through all of them by counting. Belongs to one loop.
final class FoundCustomers {
  /// Of a log-in; the newest stay.
  static final int MOST = 200;

  private static final Duration LATELY = Duration.ofHours(1);
  private static final int MOST_LOG_INS = 20_000;

  private final Vertx vertx;
  private final CustomerStore store;
  private final Cache<String, long[]> byLogIn =
      Caffeine.newBuilder().maximumSize(MOST_LOG_INS).expireAfterWrite(LATELY).build();

  FoundCustomers(Vertx vertx, CustomerStore store) {
    this.vertx = vertx;
    this.store = store;
  }

  void add(Sessions.Session logIn, List<FoundCustomer> found) {
    LongStream before = LongStream.of(byLogIn.get(logIn.hash(), _ -> new long[0]));
    LongStream now = found.stream().mapToLong(FoundCustomer::id);
    byLogIn.put(logIn.hash(), LongStream.concat(now, before).distinct().limit(MOST).toArray());
  }

  boolean has(Sessions.Session logIn, long customer) {
    long[] found = byLogIn.getIfPresent(logIn.hash());
    return found != null && LongStream.of(found).anyMatch(one -> one == customer);
  }

  /// As they are now; empty: they are not there any more.
  Future<Optional<CustomerCard>> read(long customer) {
    return vertx.executeBlocking(
        () -> store.byId(customer).filter(card -> isSomebody(card.customer())), false);
  }

  /// Of who was erased a row is left that says nothing.
  private static boolean isSomebody(Customer customer) {
    return !customer.name().isEmpty() || !customer.organisation().isEmpty();
  }
}
