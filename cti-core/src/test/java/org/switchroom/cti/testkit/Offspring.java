package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Processes that must not outlive this one, whatever it dies of: they hold ports that the next run
/// needs. A shell hears by the end of its input that this process is gone, and ends them.
final class Offspring {
  /// A number may be another's by then: only what still has its name is ended.
  private static final String WATCH =
      """
      trap '' INT TERM HUP
      while read -r pid name; do living="$living $pid:$name"; done
      for one in $living; do
        [ "$(cat /proc/${one%%:*}/comm 2>/dev/null)" = "${one#*:}" ] && kill -9 "${one%%:*}"
      done
      """;

  private static Process watch;

  private Offspring() {}

  /// @param program what the process runs, as the system names it: at most 15 characters
  static synchronized Process add(Process process, String program) {
    try {
      if (watch == null) watch = new ProcessBuilder("sh", "-c", WATCH).start();
      String line = process.pid() + " " + program + "\n";
      watch.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      watch.getOutputStream().flush();
      return process;
    } catch (IOException e) {
      process.destroyForcibly();
      throw new UncheckedIOException(e);
    }
  }
}
