package org.switchroom.ivr;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What a script may refer to.
///
/// @param callQueues those of the queues that take calls
/// @param taskQueues those of them that take tasks
/// @param hosts that scripts may send requests to
/// @param faultOfAsk what is wrong with a skill expression; empty: nothing
/// @param faultOfNumber why a number outside is never dialed; empty: it may be
public record DeclaredNames(
    NameSet queues,
    NameSet callQueues,
    NameSet taskQueues,
    NameSet calendars,
    NameSet scripts,
    NameSet hosts,
    Function<String, Optional<String>> faultOfAsk,
    Function<String, Optional<String>> faultOfNumber) {
  /// For scripts that are looked at without a center.
  public static final DeclaredNames ANY = ofQueues(NameSet.anything());

  /// Only queues are known by name.
  public static DeclaredNames ofQueues(Set<String> queues) {
    return ofQueues(NameSet.known(queues));
  }

  private static DeclaredNames ofQueues(NameSet queues) {
    NameSet any = NameSet.anything();
    return new DeclaredNames(
        queues, any, any, any, any, any, _ -> Optional.empty(), _ -> Optional.empty());
  }

  public DeclaredNames withScripts(Set<String> all) {
    return new DeclaredNames(
        queues,
        callQueues,
        taskQueues,
        calendars,
        NameSet.known(all),
        hosts,
        faultOfAsk,
        faultOfNumber);
  }

  /// The names of one kind.
  public sealed interface NameSet {
    /// Nobody says which there are; any name will do.
    static NameSet anything() {
      return new Anything();
    }

    /// These, and no others.
    static NameSet known(Set<String> all) {
      return new Known(all);
    }

    boolean has(String name);

    record Anything() implements NameSet {
      @Override
      public boolean has(String name) {
        return true;
      }
    }

    /// Written in the order of the alphabet.
    record Known(Set<String> all) implements NameSet {
      @Override
      public boolean has(String name) {
        return all.contains(name);
      }

      @Override
      public String toString() {
        return new TreeSet<>(all).toString();
      }
    }
  }
}
