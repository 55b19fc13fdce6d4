package org.switchroom.cti.customer;

import java.time.Instant;
import java.util.Optional;

/// Who is logged in, over starts of the server. Every call does I/O.
public interface LogIns {
  /// @param hash of the token that the browser holds
  void add(String hash, String user, Instant until);

  void remove(String hash);

  /// Whose it is; none: nobody's, or no more.
  Optional<String> user(String hash, Instant now);
}
