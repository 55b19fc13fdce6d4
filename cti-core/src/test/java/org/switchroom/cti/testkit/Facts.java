package org.switchroom.cti.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Everything that was said, and waiting for what will be: woken by what comes, never by sleeping.
public final class Facts<T> implements Consumer<T> {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<T> all = new ArrayList<>();

  public Facts() {
    this(PATIENCE);
  }

  /// @param patience what does not come in this time is missing
  public Facts(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void accept(T fact) {
    lock.lock();
    try {
      all.add(fact);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The first that fits, waited for.
  public <S extends T> S await(Class<S> type, Predicate<S> fits) {
    return await(type, fits, 1);
  }

  /// The one of those that fit, from 1, waited for.
  public <S extends T> S await(Class<S> type, Predicate<S> fits, int which) {
    long deadline = System.nanoTime() + patience.toNanos();
    lock.lock();
    try {
      int seen = 0;
      int left = which;
      while (true) {
        for (; seen < all.size(); seen++) {
          T fact = all.get(seen);
          boolean is = type.isInstance(fact) && fits.test(type.cast(fact));
          if (is && --left == 0) return type.cast(fact);
        }
        long time = deadline - System.nanoTime();
        if (time <= 0) {
          throw new AssertionError(
              "No %s came in %s. What came: %s".formatted(type.getSimpleName(), patience, tail()));
        }
        more.await(time, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }

  public <S extends T> S await(Class<S> type) {
    return await(type, _ -> true);
  }

  public List<T> all() {
    lock.lock();
    try {
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  public <S extends T> long count(Class<S> type, Predicate<S> fits) {
    return all().stream().filter(type::isInstance).map(type::cast).filter(fits).count();
  }

  public void forget() {
    lock.lock();
    try {
      all.clear();
    } finally {
      lock.unlock();
    }
  }

  private List<T> tail() {
    return all.subList(Math.max(0, all.size() - 40), all.size());
  }
}
