package org.switchroom.ivr;

import java.util.Optional;
import org.switchroom.ivr.speech.Language;

/// Where the sounds are.
@FunctionalInterface
public interface Sounds {
  /// Nothing is recorded: for runs in a terminal and in tests.
  Sounds NONE = (_, _, _) -> Optional.empty();

  /// The file to be played, without its ending; empty: there is none.
  Optional<String> file(Language language, String name, String text);
}
