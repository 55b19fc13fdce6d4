package org.switchroom.cti.ledger;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/// A key for each person: what is told of them is kept under it, wherever it stands, and is gone
/// everywhere when it is destroyed. Any thread.
public interface PersonKeys {
  /// How long a key is, in bytes.
  int BYTES = 32;

  /// @param id names the key beside what is under it; never used again
  /// @param secret of [#BYTES] bytes, for who encrypts and decrypts
  record Key(long id, byte[] secret) {}

  /// The key of a person; a new one where they have none. Takes microseconds, and never waits for
  /// the disk: no frame is said to be on it before the keys that were given out before.
  ///
  /// @param person names them; only a hash of it is kept
  Key of(String person);

  /// The key with an id; empty: it is destroyed, or was not used for as long as frames are kept.
  Optional<Key> find(long id);

  /// Returns when all keys that were given out by now are on the disk.
  ///
  /// @throws IOException when the disk does not take them
  void force() throws IOException;

  /// Destroys the keys of persons, also on the disk. Who has none has none.
  ///
  /// @return how many there were
  /// @throws IOException when the disk does not take it: some may be destroyed, and it can be done
  ///   again
  int destroy(Collection<String> persons) throws IOException;
}
