package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

  /// Who goes on pressing is asked the next question all the same.
  private static final int MOST_SWALLOWED = 40;

  private static final String FORMAT = "wav";
  private static final long SAMPLES_PER_SECOND = 8_000;

  /// Shorter than that nobody has said anything.
  private static final Duration SHORTEST_RECORDING = Duration.ofMillis(800);

  /// Longer than any prompt.
  private static final Duration LONGEST_PROMPT = Duration.ofMinutes(3);

  /// For the way there and back.
  static final Duration GRACE = Duration.ofSeconds(10);

  private final AgiChannel channel;
  private final AgiWatch watch;

  /// How the files of this visit begin. A call comes to scripts again and again, also after this
  /// process was started anew, and what a caller has said is never written over.
  private final String recording;

  private int recorded;

  /// Whether all that was played last was played to its end.
  private boolean heardAll = true;

  /// @param recordings the folder, as the PBX sees it
  AgiCaller(AgiChannel channel, AgiWatch watch, String recordings, String call) {
    this.channel = channel;
    this.watch = watch;
    recording = recordings + "/" + call.replaceAll("[^A-Za-z0-9.-]", "_") + "-" + UUID.randomUUID();
  }

  @Override
  public void play(List<Prompt> prompts) throws CallerHungUpException {
    heardAll = true;
    for (Prompt prompt : prompts) stream(prompt, "");
  }

  @Override
  public char readKey(List<Prompt> prompts, Duration timeout) throws CallerHungUpException {
    heardAll = true;
    for (Prompt prompt : prompts) {
      char early = stream(prompt, ALL_KEYS);
      if (early != SILENCE) return early;
    }
    return waitForKey(timeout);
  }

  @Override
  public boolean heardAll() {
    return heardAll;
  }

  @Override
  public String readDigits(List<Prompt> prompts, int most, char end, Duration timeout)
      throws CallerHungUpException {
    var digits = new StringBuilder();
    char key = readKey(prompts, timeout);
    while (key != SILENCE && key != end) {
      digits.append(key);
      if (digits.length() == most) break;
      key = waitForKey(timeout);
    }
    return digits.toString();
  }

  @Override
  public void swallow(char end, Duration silence) throws CallerHungUpException {
    for (int left = MOST_SWALLOWED; left > 0; left--) {
      char key = waitForKey(silence);
      if (key == SILENCE || key == end) return;
    }
  }

  @Override
  public Optional<Recording> record(
      List<Prompt> prompts, Duration longest, Duration silence, char end)
      throws CallerHungUpException {
    play(prompts);
    String file = recording + "-" + ++recorded;
    long began = System.nanoTime();
    try {
      watch.within(
          longest.plus(GRACE),
          () ->
              channel.recordFile(
                  file,
                  FORMAT,
                  String.valueOf(end),
                  (int) longest.toMillis(),
                  0,
                  true,
                  (int) Math.max(silence.toSeconds(), 1)));
      return recording(file, length(began));
    } catch (AgiException e) {
      throw new CallerHungUpException(recording(file, since(began)));
    }
  }

  /// Up to which sample the last command has come; 0: to none, or that is not said.
  private long ended() throws AgiException {
    String end = channel.getLastReply().getAttribute("endpos");
    return end == null || !end.matches("\\d{1,18}") ? 0 : Long.parseLong(end);
  }

  /// As Asterisk has counted it; by the clock where it does not say.
  private Duration length(long began) throws AgiException {
    String end = channel.getLastReply().getAttribute("endpos");
    failed();
    try {
      if (end != null) return Duration.ofMillis(Long.parseLong(end) * 1_000 / SAMPLES_PER_SECOND);
    } catch (NumberFormatException e) {
      log.debug("The end of a recording is {}.", end);
    }
    return since(began);
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static Optional<Recording> recording(String file, Duration length) {
    return length.compareTo(SHORTEST_RECORDING) < 0
        ? Optional.empty()
        : Optional.of(new Recording(file + "." + FORMAT, length));
  }

  /// A prompt with no sound file has nothing to be played.
  private char stream(Prompt prompt, String escapeKeys) throws CallerHungUpException {
    if (prompt.file().isEmpty()) {
      heardAll = false;
      return SILENCE;
    }
    String file = prompt.file().get();
    try {
      char answer = watch.within(LONGEST_PROMPT, () -> channel.streamFile(file, escapeKeys));
      // Where there is no such file Asterisk says that nothing went wrong, and ends where it began.
      boolean played = ended() > 0;
      boolean failed = failed();
      if (failed || !played && key(answer) == SILENCE)
        log.warn("Asterisk cannot play {}. Is the file there?", file);
      if (failed || !played || key(answer) != SILENCE) heardAll = false;
      return key(answer);
    } catch (AgiException e) {
      throw new CallerHungUpException();
    }
  }

  private char waitForKey(Duration timeout) throws CallerHungUpException {
    try {
      char answer =
          watch.within(timeout.plus(GRACE), () -> channel.waitForDigit((int) timeout.toMillis()));
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
    watch.within(GRACE, () -> channel.getChannelStatus());
    return true;
  }

  private static char key(char answer) {
    return ALL_KEYS.indexOf(answer) >= 0 ? answer : SILENCE;
  }
}
