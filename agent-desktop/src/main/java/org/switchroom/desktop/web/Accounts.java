package org.switchroom.desktop.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.desktop.settings.User;

/// Who may log in.
final class Accounts {
  /// How a password is compared with the hash that is kept.
  @FunctionalInterface
  interface Check {
    /// Slow on purpose. False also for a hash that cannot be read.
    boolean matches(String password, String hash);
  }

  private final Check check;
  private final SessionTokens tokens;
  private volatile Map<String, User> users = Map.of();

  Accounts(List<User> users, Check check, SessionTokens tokens) {
    this.check = check;
    this.tokens = tokens;
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

  /// The user, if there still is one who is as when this log-in was made.
  Optional<User> find(String name, String account) {
    return find(name).filter(user -> tokens.account(user).equals(account));
  }

  /// Slow on purpose, and as slow for a name that is not known. Empty: the name or the password is
  /// wrong.
  Optional<User> logIn(String name, String password) {
    User user = users.get(name);
    boolean right =
        check.matches(password, user == null ? SecretHash.NOBODYS : user.passwordHash());
    return Optional.ofNullable(user).filter(_ -> right);
  }
}
