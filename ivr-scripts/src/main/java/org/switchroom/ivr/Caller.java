package org.switchroom.ivr;

import java.time.Duration;

/// The person on the phone, as a script sees them.
public interface Caller {
  /// Returned by [#readKey] when nothing was pressed in time.
  char SILENCE = '\0';

  /// Plays to the end. A key does not stop it.
  void play(Prompt prompt) throws CallerHungUpException;

  /// Plays until a key is pressed, then waits for one.
  ///
  /// @param timeout after the prompt's end
  /// @return `0`–`9`, `*`, `#`, or [#SILENCE]
  char readKey(Prompt prompt, Duration timeout) throws CallerHungUpException;

  /// Plays until a key is pressed, then reads digits.
  ///
  /// @param most ends the input when so many were pressed
  /// @param end the key that ends the input; it is not part of the answer
  /// @param timeout after the prompt's end and between keys
  String readDigits(Prompt prompt, int most, char end, Duration timeout)
      throws CallerHungUpException;
}
