package org.switchroom.ivr.step;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.expression.Expression;

/// How steps say what they have.
final class Listed {
  private Listed() {}

  /// @param pairs an exit's name, and where it leads
  static SequencedMap<String, String> exits(String... pairs) {
    var exits = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) exits.put(pairs[i], pairs[i + 1]);
    return exits;
  }

  /// Those that are there.
  static List<Saying> sayings(@Nullable Saying... sayings) {
    return Arrays.stream(sayings).filter(Objects::nonNull).toList();
  }

  /// Which variables are read, by the names of the expressions.
  static SequencedMap<String, Set<String>> reads(SequencedMap<String, Expression> values) {
    var reads = new LinkedHashMap<String, Set<String>>();
    values.forEach((name, value) -> reads.put(name, value.variables()));
    return reads;
  }
}
