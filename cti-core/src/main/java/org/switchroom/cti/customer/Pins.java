package org.switchroom.cti.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.switchroom.ivr.Services.Answer;

/// Customers' PINs, kept as argon2id hashes. Guessing is ended by a few wrong ones in a row.
public final class Pins {
  static final int MOST_FAILURES = 5;
  private static final Duration LOCKED_FOR = Duration.ofMinutes(15);
  private static final int MOST_REMEMBERED = 100_000;

  /// Hashes worked out at once: each takes 19 MiB for a while.
  private static final int MOST_AT_ONCE = 4;

  private static final Argon2Function ARGON2 =
      Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final Cache<Long, Integer> failures =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(LOCKED_FOR).build();

  public static String hash(String pin) {
    return Password.hash(pin).addRandomSalt(16).with(ARGON2).getResult();
  }

  /// @param hash empty: the customer has no PIN, and none is right
  public Answer check(long customer, String pin, String hash) {
    Integer count = failures.getIfPresent(customer);
    boolean locked = count != null && count >= MOST_FAILURES;
    if (locked || hash.isEmpty()) return Answer.NOT_FOUND;
    if (matches(pin, hash)) {
      failures.invalidate(customer);
      return Answer.FOUND;
    }
    failures.asMap().merge(customer, 1, Integer::sum);
    return Answer.NOT_FOUND;
  }

  private boolean matches(String pin, String hash) {
    places.acquireUninterruptibly();
    try {
      return Password.check(pin, hash).with(Argon2Function.getInstanceFromHash(hash));
    } catch (com.password4j.BadParametersException e) {
      return false;
    } finally {
      places.release();
    }
  }
}
