package org.switchroom.cti.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.switchroom.ivr.Services.Answer;

/// Customers' PINs. Guessing is ended by a few wrong ones in a row: for one customer, for one
/// caller whoever's they guess, and for all callers together. A guess counts before it is looked
/// at, so that many at once are no more than one after the other; a right one is taken back.
///
/// What is locked opens by itself, so long after its first wrong guess as it is locked for: who
/// goes on guessing keeps nobody out for longer.
///
/// There are few PINs: whoever has a hash tries all of them in minutes. So what is hashed is what
/// the server's key makes of a PIN, and a database or a backup alone gives none away.
public final class Pins {
  /// Before a hash of what the key has made. One without it is a hash of the PIN itself, as an
  /// earlier version has it.
  private static final String KEYED = "keyed:";

  private static final String PURPOSE = "pin";

  /// Of one customer, in [#LOCKED_FOR].
  static final int MOST_OF_A_CUSTOMER = 5;

  /// By one caller, in [#LOCKED_FOR].
  static final int MOST_BY_A_CALLER = 10;

  /// By all callers in [#COUNTED_FOR]. More are guesses, and all who call wait until it is over.
  static final int MOST_IN_ALL = 60;

  static final Duration LOCKED_FOR = Duration.ofMinutes(15);
  static final Duration COUNTED_FOR = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 100_000;

  /// PINs checked at once.
  private static final int MOST_AT_ONCE = 4;

  /// More wait for their turn nowhere: whoever has waited for two seconds is told that it failed.
  private static final int MOST_WAITING = 40;

  private final ServerKey key;
  private final SecretHash hashes = new SecretHash(MOST_AT_ONCE);
  private final Semaphore places = new Semaphore(MOST_WAITING);
  private final Cache<Long, AtomicInteger> ofCustomers;
  private final Cache<String, AtomicInteger> byCallers;
  private final Cache<Boolean, AtomicInteger> inAll;

  /// @param key without it no PIN is right that was set with it
  public Pins(ServerKey key) {
    this(key, Ticker.systemTicker());
  }

  Pins(ServerKey key, Ticker time) {
    this.key = key;
    ofCustomers = counts(LOCKED_FOR, time);
    byCallers = counts(LOCKED_FOR, time);
    inAll = counts(COUNTED_FOR, time);
  }

  private static <K> Cache<K, AtomicInteger> counts(Duration kept, Ticker time) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED)
        .ticker(time)
        .expireAfterWrite(kept)
        .build();
  }

  /// What the database keeps; another one each time.
  public String hash(String pin) {
    return KEYED + SecretHash.of(key.sign(PURPOSE, pin));
  }

  /// @param caller the number that they call from; empty where it is hidden: those count together
  /// @param hash empty: the customer has no PIN, and none is right
  public Answer check(long customer, String caller, String pin, String hash) {
    AtomicInteger all = inAll.get(true, _ -> new AtomicInteger());
    AtomicInteger by = byCallers.get(caller, _ -> new AtomicInteger());
    AtomicInteger of = ofCustomers.get(customer, _ -> new AtomicInteger());
    boolean counted = counts(all, MOST_IN_ALL) && counts(by, MOST_BY_A_CALLER);
    if (!counted || !counts(of, MOST_OF_A_CUSTOMER) || hash.isEmpty()) return Answer.NOT_FOUND;
    if (!places.tryAcquire()) return Answer.FAILED;
    try {
      if (!matches(pin, hash)) return Answer.NOT_FOUND;
    } finally {
      places.release();
    }
    // Who is right has guessed nothing; what others have guessed at once stays counted.
    ofCustomers.invalidate(customer);
    by.decrementAndGet();
    all.decrementAndGet();
    return Answer.FOUND;
  }

  private boolean matches(String pin, String hash) {
    return hash.startsWith(KEYED)
        ? hashes.matches(key.sign(PURPOSE, pin), hash.substring(KEYED.length()))
        : hashes.matches(pin, hash);
  }

  /// Whether one more may be.
  private static boolean counts(AtomicInteger count, int most) {
    return count.getAndUpdate(before -> before < most ? before + 1 : most) < most;
  }
}
