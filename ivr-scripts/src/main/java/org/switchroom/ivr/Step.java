package org.switchroom.ivr;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.Set;

/// One step of a script. Each step that can fail names where the caller goes then.
public sealed interface Step {
  /// The steps a caller can go to from here.
  Set<String> exits();

  record Say(Prompt prompt, String next) implements Step {
    @Override
    public Set<String> exits() {
      return Set.of(next);
    }
  }

  /// @param retries how often the menu is said again after a wrong key or silence
  /// @param invalid said after a wrong key; null: nothing
  /// @param otherwise where a caller goes who never pressed a right key
  record Menu(
      Prompt prompt,
      SequencedMap<Character, String> keys,
      Duration timeout,
      int retries,
      Prompt invalid,
      String otherwise)
      implements Step {
    @Override
    public Set<String> exits() {
      var exits = new LinkedHashSet<>(keys.values());
      exits.add(otherwise);
      return exits;
    }
  }

  /// @param as the variable that keeps the digits
  /// @param end the key that ends the input early
  record Collect(
      Prompt prompt,
      String as,
      int fewest,
      int most,
      char end,
      Duration timeout,
      int retries,
      String next,
      String otherwise)
      implements Step {
    @Override
    public Set<String> exits() {
      return new LinkedHashSet<>(java.util.List.of(next, otherwise));
    }
  }

  /// @param by `caller` for the caller's number, else the variable that holds an account number
  record Lookup(String by, String found, String notFound, String failure) implements Step {
    @Override
    public Set<String> exits() {
      return new LinkedHashSet<>(java.util.List.of(found, notFound, failure));
    }
  }

  /// @param priority added to the queue's own
  record ToQueue(String queue, int priority) implements Step {
    @Override
    public Set<String> exits() {
      return Set.of();
    }
  }

  /// @param prompt said before; null: nothing
  record HangUp(Prompt prompt) implements Step {
    @Override
    public Set<String> exits() {
      return Set.of();
    }
  }
}
