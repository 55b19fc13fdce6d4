package org.switchroom.cti.pbx.asterisk;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The channels that agents' phones have, by their ids, from the first word of each to its end.
/// Written on the event thread.
final class PhoneChannels {
  private final Map<String, String> phones = new ConcurrentHashMap<>();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /// @return whether it is the phone's first
  boolean appears(String channel, String phone) {
    return phones.putIfAbsent(channel, phone) == null && counts.merge(phone, 1, Integer::sum) == 1;
  }

  /// @return the phone that has none any more; empty: it has others, or the channel was no phone's
  Optional<String> over(String channel) {
    return Optional.ofNullable(phones.remove(channel)).filter(this::lacksOne);
  }

  private boolean lacksOne(String phone) {
    return counts.computeIfPresent(phone, (_, count) -> count == 1 ? null : count - 1) == null;
  }

  int count(String phone) {
    return counts.getOrDefault(phone, 0);
  }

  /// What was known of a connection that is lost.
  void clear() {
    phones.clear();
    counts.clear();
  }
}
