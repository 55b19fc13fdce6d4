package org.switchroom.acd.plan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How many contacts an agent has at a time: by channel, and in all. Wrap-up counts.
///
/// @param each from 0 to 50; a channel that is not named is not served
/// @param total from 1 to 50
/// @param exclusive channels beside whose contacts nothing of another channel is offered: no chat
///   during a call. A call may still come beside chats
public record Capacity(Map<Channel, Integer> each, int total, Set<Channel> exclusive) {
  public static final int MOST = 50;
  public static final Capacity ONE_CALL = new Capacity(Map.of(Channel.VOICE, 1), 1);

  /// @throws IllegalArgumentException when a number is out of its range
  public Capacity {
    each.forEach((channel, most) -> check(channel.name().toLowerCase(Locale.ROOT), most, 0));
    check("total", total, 1);
    var sorted = new EnumMap<Channel, Integer>(Channel.class);
    sorted.putAll(each);
    each = Collections.unmodifiableMap(sorted);
    var sortedExclusive = EnumSet.noneOf(Channel.class);
    sortedExclusive.addAll(exclusive);
    exclusive = Collections.unmodifiableSet(sortedExclusive);
  }

  /// With nothing exclusive.
  public Capacity(Map<Channel, Integer> each, int total) {
    this(each, total, Set.of());
  }

  public Capacity withExclusive(Set<Channel> channels) {
    return new Capacity(each, total, channels);
  }

  public int of(Channel channel) {
    return each.getOrDefault(channel, 0);
  }

  private static void check(String name, int value, int least) {
    if (value < least || value > MOST) {
      throw new IllegalArgumentException(
          "Capacity %s is %d; it must be from %d to %d.".formatted(name, value, least, MOST));
    }
  }
}
