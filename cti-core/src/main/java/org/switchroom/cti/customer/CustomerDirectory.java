package org.switchroom.cti.customer;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.pbx.PhoneNumber;

/// Finds customers while the greeting plays: a cache before SQL, and never more than a few queries
/// at once.
public final class CustomerDirectory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CustomerDirectory.class);

  private static final int MOST_CACHED = 50_000;
  private static final Duration FRESH = Duration.ofSeconds(60);
  private static final int MOST_QUERIES = 8;

  private final CustomerStore store;
  private final Numbers numbers;
  private final Semaphore queries = new Semaphore(MOST_QUERIES);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AsyncCache<String, List<CustomerCard>> byNumber =
      Caffeine.newBuilder()
          .maximumSize(MOST_CACHED)
          .expireAfterWrite(FRESH)
          .executor(threads)
          .buildAsync();

  public CustomerDirectory(CustomerStore store, Numbers numbers) {
    this.store = store;
    this.numbers = numbers;
  }

  /// Everybody with this number; none for a hidden one.
  public CompletableFuture<List<CustomerCard>> byNumber(PhoneNumber number) {
    String e164 = numbers.e164(number);
    if (e164.isEmpty()) return CompletableFuture.completedFuture(List.of());
    return byNumber.get(e164, key -> query(() -> store.byNumber(key)));
  }

  public CompletableFuture<List<CustomerCard>> byAccount(String account) {
    return CompletableFuture.supplyAsync(
        () -> query(() -> store.byAccount(account).map(List::of).orElse(List.of())), threads);
  }

  public CompletableFuture<List<CustomerCard>> byId(long id) {
    return CompletableFuture.supplyAsync(
        () -> query(() -> store.byId(id).map(List::of).orElse(List.of())), threads);
  }

  /// Whoever a contact is from is written down: one customer for a contact and an agent, however
  /// often it is asked for.
  ///
  /// @param name 1 to 200 characters, as [TypedText] leaves them
  /// @param from the number that the contact came from
  /// @return fails where the database does; then it may be asked for again
  public CompletableFuture<CustomerCard> create(
      ContactId contact, AgentId agent, String name, PhoneNumber from) {
    String e164 = numbers.e164(from);
    var customer = new UnsavedCustomer(contact.value(), agent.value(), name, e164);
    return CompletableFuture.supplyAsync(
        () -> {
          CustomerCard card = query(() -> store.create(customer));
          byNumber.synchronous().invalidate(e164);
          return card;
        },
        threads);
  }

  /// The customer's history has grown: the next look reads it anew.
  public void changed(PhoneNumber number) {
    byNumber.synchronous().invalidate(numbers.e164(number));
  }

  /// Something else of the database, within a time.
  ///
  /// @return empty: it did not answer in time, or has failed
  public <T> Optional<T> within(Duration time, Supplier<T> work) {
    var answer = CompletableFuture.supplyAsync(() -> query(work), threads);
    try {
      return Optional.of(answer.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      log.warn("The database did not answer: {}", e.toString());
      return Optional.empty();
    }
  }

  private <T> T query(Supplier<T> work) {
    try {
      queries.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
    try {
      return work.get();
    } finally {
      queries.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
