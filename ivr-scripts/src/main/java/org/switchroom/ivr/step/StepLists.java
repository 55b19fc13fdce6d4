package org.switchroom.ivr.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.expression.Expression;

/// How steps say what they have.
final class StepLists {
  private StepLists() {}

  /// @param pairs an exit's name, and where it leads
  static SequencedMap<String, String> exits(String... pairs) {
    var exits = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) exits.put(pairs[i], pairs[i + 1]);
    return exits;
  }

  /// @param sometimes said beside it; empty: nothing is
  static List<Saying> sayings(Saying always, Optional<Saying> sometimes) {
    return Stream.concat(Stream.of(always), sometimes.stream()).toList();
  }

  /// Which variables are read, by the names of the expressions.
  static SequencedMap<String, Set<String>> reads(SequencedMap<String, Expression> values) {
    var reads = new LinkedHashMap<String, Set<String>>();
    values.forEach((name, value) -> reads.put(name, value.variables()));
    return reads;
  }
}
