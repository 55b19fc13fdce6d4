package org.switchroom.cti.customer;

import java.time.Instant;
import java.util.List;

/// Whose calls are not taken. Every call does I/O.
public interface BlockList {
  /// So many are a list that somebody has read; more is another kind of attack.
  int MOST = 5_000;

  /// A call that an agent has ended because of how the caller spoke.
  ///
  /// @param number empty: it was hidden, or is not known any more
  /// @param about the contact and the agent's words
  record Ended(Instant at, String agent, String number, String about) {}

  /// By number.
  List<BlockedCaller> all();

  /// In place of what was said of this number before. Those that have run out go.
  ///
  /// @return false: there are too many
  boolean block(BlockedCaller caller, Instant wall);

  /// Returns whether it was blocked.
  boolean unblock(String number);

  /// The latest first, a few.
  List<Ended> ended(Instant since);
}
