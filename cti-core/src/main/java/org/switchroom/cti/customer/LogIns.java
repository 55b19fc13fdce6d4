package org.switchroom.cti.customer;

import java.time.Instant;
import java.util.Optional;

/// Who is logged in, over starts of the server. Every call does I/O.
public interface LogIns {
  /// @param user by name
  /// @param account a digest of what the account was: another password or other roles are another
  ///   account, and the log-in is nobody's
  record LogIn(String user, String account, Instant until) {}

  /// @param hash of the token that the browser holds
  void add(String hash, LogIn logIn);

  void remove(String hash);

  /// At whatever browsers.
  void removeAllOf(String user);

  /// Empty: there is no such log-in, or no more.
  Optional<LogIn> find(String hash, Instant now);
}
