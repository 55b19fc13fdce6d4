package org.switchroom.ivr;

import org.jspecify.annotations.Nullable;
import org.switchroom.ivr.speech.Language;

/// Where the sounds are.
@FunctionalInterface
public interface Sounds {
  /// Nothing is recorded: for runs in a terminal and in tests.
  Sounds NONE = (_, _, _) -> null;

  /// The file to be played, without its ending; null: there is none.
  @Nullable String file(Language language, String name, String text);
}
