package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Prompt;

/// A caller on an AGI session. Whatever ends the session ends the script: a hang-up, a PBX that
/// went away, or an answer that cannot be read.
final class AgiCaller implements Caller {
  private static final String ALL_KEYS = "0123456789*#";

  private final AgiChannel channel;

  AgiCaller(AgiChannel channel) {
    this.channel = channel;
  }

  @Override
  public void play(Prompt prompt) throws CallerHungUpException {
    stream(prompt, "");
  }

  @Override
  public char readKey(Prompt prompt, Duration timeout) throws CallerHungUpException {
    char early = prompt == null ? SILENCE : stream(prompt, ALL_KEYS);
    return early != SILENCE ? early : waitForKey(timeout);
  }

  @Override
  public String readDigits(Prompt prompt, int most, char end, Duration timeout)
      throws CallerHungUpException {
    var digits = new StringBuilder();
    char key = readKey(prompt, timeout);
    while (key != SILENCE && key != end) {
      digits.append(key);
      if (digits.length() == most) break;
      key = waitForKey(timeout);
    }
    return digits.toString();
  }

  /// A prompt with no sound file has nothing to be played.
  private char stream(Prompt prompt, String escapeKeys) throws CallerHungUpException {
    if (prompt.file() == null) return SILENCE;
    try {
      return key(channel.streamFile(prompt.file(), escapeKeys));
    } catch (AgiException e) {
      throw new CallerHungUpException();
    }
  }

  private char waitForKey(Duration timeout) throws CallerHungUpException {
    try {
      return key(channel.waitForDigit((int) timeout.toMillis()));
    } catch (AgiException e) {
      throw new CallerHungUpException();
    }
  }

  private static char key(char answer) {
    return ALL_KEYS.indexOf(answer) >= 0 ? answer : SILENCE;
  }
}
