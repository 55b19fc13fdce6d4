package org.switchroom.ivr;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The person on the phone, as a script sees them.
public interface Caller {
  /// Returned by [#readKey] when nothing was pressed in time.
  char SILENCE = '\0';

  /// Plays to the end. A key does not stop it.
  void play(List<Prompt> prompts) throws CallerHungUpException;

  /// Plays until a key is pressed, then waits for one.
  ///
  /// @param timeout after the last prompt's end
  /// @return `0`–`9`, `*`, `#`, or [#SILENCE]
  char readKey(List<Prompt> prompts, Duration timeout) throws CallerHungUpException;

  /// Whether everything that was played last was played to its end, as far as the PBX says: nothing
  /// was missing, and no key has cut it short.
  default boolean heardAll() {
    return true;
  }

  /// Plays until a key is pressed, then reads digits.
  ///
  /// @param most ends the input when so many were pressed
  /// @param end the key that ends the input; it is not part of the answer
  /// @param timeout after the last prompt's end and between keys
  String readDigits(List<Prompt> prompts, int most, char end, Duration timeout)
      throws CallerHungUpException;

  /// Takes keys that still come, and tells nobody, until one is the end key or none comes for so
  /// long.
  default void swallow(char end, Duration silence) throws CallerHungUpException {}

  /// Plays, sounds a tone and records until one of the limits.
  ///
  /// @param longest of the recording
  /// @param silence ends it
  /// @param end the key that ends it
  /// @return empty: nothing was recorded
  /// @throws CallerHungUpException which knows what was recorded until then
  Optional<Recording> record(List<Prompt> prompts, Duration longest, Duration silence, char end)
      throws CallerHungUpException;

  /// @param file as the PBX names it, with its ending
  record Recording(String file, Duration length) {}
}
