package org.switchroom.cti.testkit;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.switchroom.cti.ledger.PersonKeys;

/// Keys that go with the test.
public final class MemoryKeys implements PersonKeys {
  private final Map<String, Key> byPerson = new HashMap<>();
  private final Map<Long, Key> byId = new HashMap<>();

  @Override
  public synchronized Key of(String person) {
    return byPerson.computeIfAbsent(
        person,
        _ -> {
          byte[] secret = new byte[BYTES];
          ThreadLocalRandom.current().nextBytes(secret);
          var key = new Key(byId.size() + 1, secret);
          byId.put(key.id(), key);
          return key;
        });
  }

  @Override
  public synchronized Optional<Key> find(long id) {
    return Optional.ofNullable(byId.get(id)).filter(key -> key.secret().length == BYTES);
  }

  @Override
  public void force() {}

  @Override
  public synchronized int destroy(Collection<String> persons) {
    int destroyed = 0;
    for (String person : persons) {
      Key key = byPerson.remove(person);
      if (key == null) continue;
      byId.put(key.id(), new Key(key.id(), new byte[0]));
      destroyed++;
    }
    return destroyed;
  }

  /// Of everybody.
  public synchronized void destroyAll() {
    destroy(Map.copyOf(byPerson).keySet());
  }
}
