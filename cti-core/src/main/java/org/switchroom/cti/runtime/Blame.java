package org.switchroom.cti.runtime;

import java.time.Instant;

/// Remembers over the end of the process what a turn is about, so that no run dies of the same
/// thing a third time.
public interface Blame {
  /// Nobody is ever blamed: for tests and for runs whose ledger goes with them.
  Blame NOBODY =
      new Blame() {
        @Override
        public boolean begins(String subject) {
          return true;
        }

        @Override
        public void ends() {}
      };

  /// A turn begins.
  ///
  /// @return false: this has brought the process down twice, and is left alone
  boolean begins(String subject);

  /// It goes on with something else: "kind id" in one.
  ///
  /// @return false: as for a turn; what it was about before is to blame still
  default boolean begins(String kind, String id) {
    return begins(kind + " " + id);
  }

  /// It has ended well.
  void ends();

  /// The engine lives at this moment; told about once a second.
  default void alive(Instant now) {}
}
