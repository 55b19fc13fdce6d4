package org.switchroom.desktop.testkit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.switchroom.cti.customer.LogIns;

/// Log-ins that are kept as long as the test.
public class MemoryLogIns implements LogIns {
  private final Map<String, LogIn> kept = new ConcurrentHashMap<>();

  @Override
  public void add(String hash, LogIn logIn) {
    kept.put(hash, logIn);
  }

  @Override
  public void remove(String hash) {
    kept.remove(hash);
  }

  @Override
  public void removeAllOf(String user) {
    kept.values().removeIf(logIn -> logIn.user().equals(user));
  }

  @Override
  public Optional<LogIn> find(String hash, Instant now) {
    return Optional.ofNullable(kept.get(hash)).filter(one -> one.until().isAfter(now));
  }

  public boolean isEmpty() {
    return kept.isEmpty();
  }
}
