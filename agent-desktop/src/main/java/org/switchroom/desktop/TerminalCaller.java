package org.switchroom.desktop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Prompt;

/// Somebody at a terminal, in a caller's place.
final class TerminalCaller implements Caller {
  private final BufferedReader in;
  private final PrintStream out;

  TerminalCaller(BufferedReader in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public void play(List<Prompt> prompts) {
    if (prompts.isEmpty()) return;
    out.println("  “" + prompts.stream().map(Prompt::text).collect(Collectors.joining(" ")) + "”");
  }

  @Override
  public char readKey(List<Prompt> prompts, Duration timeout) throws CallerHungUpException {
    play(prompts);
    String typed = typed("a key within " + timeout.toSeconds() + " s");
    return typed.isEmpty() ? SILENCE : typed.charAt(0);
  }

  @Override
  public String readDigits(List<Prompt> prompts, int most, char end, Duration timeout)
      throws CallerHungUpException {
    play(prompts);
    String typed = typed("up to %d digits, %s ends".formatted(most, end));
    int ends = typed.indexOf(end);
    String digits = ends < 0 ? typed : typed.substring(0, ends);
    return digits.length() <= most ? digits : digits.substring(0, most);
  }

  @Override
  public Optional<Recording> record(
      List<Prompt> prompts, Duration longest, Duration silence, char end)
      throws CallerHungUpException {
    play(prompts);
    String typed = typed("type something to speak");
    return typed.isEmpty()
        ? Optional.empty()
        : Optional.of(new Recording("rehearsed.wav", Duration.ofSeconds(5)));
  }

  /// The end of the input is a caller who hangs up.
  private String typed(String what) throws CallerHungUpException {
    out.print("  (" + what + ") > ");
    out.flush();
    try {
      String line = in.readLine();
      if (line == null || line.strip().equals("h")) throw new CallerHungUpException();
      return line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
