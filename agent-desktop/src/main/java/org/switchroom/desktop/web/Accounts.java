package org.switchroom.desktop.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.desktop.settings.User;

/// Who may log in. Guessing is slowed down: a name is locked for a while after a few failures.
final class Accounts {
  static final int MOST_FAILURES = 6;
  static final Duration LOCKED_FOR = Duration.ofSeconds(60);

  /// More names than any guesser needs to be slowed by.
  private static final int MOST_REMEMBERED = 100_000;

  /// How a password is compared with the hash that is kept.
  @FunctionalInterface
  interface Check {
    /// Slow on purpose. False also for a hash that cannot be read.
    boolean matches(String password, String hash);
  }

  /// Compared with when the name is not known, so that it takes as long as when it is.
  private static final String NOBODYS = SecretHash.of("nobody has this password");

  private final Check check;
  private volatile Map<String, User> users = Map.of();
  private final Cache<String, Integer> failures =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(LOCKED_FOR).build();

  Accounts(List<User> users, Check check) {
    this.check = check;
    replace(users);
  }

  /// From now on these may log in.
  void replace(List<User> users) {
    var byName = new LinkedHashMap<String, User>();
    users.forEach(user -> byName.put(user.name(), user));
    this.users = byName;
  }

  /// Empty: there is no such user (any more).
  Optional<User> find(String name) {
    return Optional.ofNullable(users.get(name));
  }

  boolean locked(String name) {
    Integer count = failures.getIfPresent(name);
    return count != null && count >= MOST_FAILURES;
  }

  /// Slow on purpose. Empty: the name or the password is wrong.
  Optional<User> logIn(String name, String password) {
    User user = users.get(name);
    boolean right = check.matches(password, user == null ? NOBODYS : user.passwordHash());
    if (user != null && right) {
      failures.invalidate(name);
      return Optional.of(user);
    }
    failures.asMap().merge(name, 1, Integer::sum);
    return Optional.empty();
  }
}
