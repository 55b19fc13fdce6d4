package org.switchroom.ivr;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a script may refer to.
///
/// @param queues null: any name will do, for scripts that are looked at without a center
/// @param callQueues those of them that take calls; null: any
/// @param taskQueues those of them that take tasks; null: any
/// @param calendars null: any
/// @param scripts null: any
/// @param hosts that scripts may send requests to; null: any
/// @param faultOfAsk what is wrong with a skill expression; null: nothing
public record Surroundings(
    @Nullable Set<String> queues,
    @Nullable Set<String> callQueues,
    @Nullable Set<String> taskQueues,
    @Nullable Set<String> calendars,
    @Nullable Set<String> scripts,
    @Nullable Set<String> hosts,
    Function<String, @Nullable String> faultOfAsk) {
  public static final Surroundings ANY =
      new Surroundings(null, null, null, null, null, null, _ -> null);

  /// Only queues are known by name.
  public static Surroundings ofQueues(Set<String> queues) {
    return new Surroundings(queues, null, null, null, null, null, _ -> null);
  }
}
