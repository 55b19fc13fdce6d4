package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Prompt;

/// A caller on an AGI session. Whatever ends the session ends the script: a hang-up, a PBX that
/// went away, or an answer that cannot be read.
final class AgiCaller implements Caller {
  private static final Logger log = LoggerFactory.getLogger(AgiCaller.class);

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
      char answer = channel.streamFile(prompt.file(), escapeKeys);
      if (failed()) log.warn("Asterisk cannot play {}. Is the file there?", prompt.file());
      return key(answer);
    } catch (AgiException e) {
      throw new CallerHungUpException();
    }
  }

  private char waitForKey(Duration timeout) throws CallerHungUpException {
    try {
      char answer = channel.waitForDigit((int) timeout.toMillis());
      failed();
      return key(answer);
    } catch (AgiException e) {
      throw new CallerHungUpException();
    }
  }

  /// Asterisk answers -1 to a command that a hang-up has cut short, and to one that it could not
  /// do.
  ///
  /// @return whether it could not do it
  /// @throws AgiException when the caller has hung up
  private boolean failed() throws AgiException {
    if (channel.getLastReply().getResultCode() != -1) return false;
    channel.getChannelStatus();
    return true;
  }

  private static char key(char answer) {
    return ALL_KEYS.indexOf(answer) >= 0 ? answer : SILENCE;
  }
}
