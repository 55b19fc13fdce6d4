package org.switchroom.ivr.step;

import java.util.Set;
import org.switchroom.ivr.Step;

/// A kind of step.
///
/// @param word by which a script names it
/// @param does what it does, as `docs/ivr.md` has it
/// @param borrows fields that are the words of other kinds, too
public record StepKind(String word, String does, Reader reader, Set<String> borrows) {
  /// Takes a step's fields. What is wrong is noted there, and reading goes on.
  @FunctionalInterface
  public interface Reader {
    Step read(StepFields fields);
  }

  StepKind(String word, String does, Reader reader) {
    this(word, does, reader, Set.of());
  }

  /// Whether another kind's word beside its own leaves it what it is.
  boolean goesWith(StepKind other) {
    return other == this || borrows.contains(other.word);
  }
}
