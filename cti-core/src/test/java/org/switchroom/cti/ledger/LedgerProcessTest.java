package org.switchroom.cti.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.ledger.LedgerReader.Next;
import org.switchroom.cti.ledger.LedgerReader.Sees;

/// A process of its own that is killed while it appends.
class LedgerProcessTest {
  private static final int KILLS = 3;

  @TempDir Path folder;

  /// Appends for ever, and says each frame's number when it is written.
  static final class Appender {
    private Appender() {}

    public static void main(String[] folder) throws Exception {
      Path path = Path.of(folder[0]);
      var out = System.out;
      var halts = HaltRecord.open(path, InstantSource.system(), _ -> false);
      var ledger = Ledger.open(path, LedgerOptions.DEFAULT, InstantSource.system());
      halts.started();
      for (long turn = ledger.lastAppended() + 1; ; turn++) {
        halts.begin("turn", Long.toString(turn));
        long number = ledger.append(Long.toString(turn).getBytes(StandardCharsets.UTF_8)).number();
        out.println(number);
      }
    }
  }

  @Test
  void aProcessThatIsKilledLosesNothing() throws Exception {
    long said = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      said = killed(said + 1_000);
      try (var halts = HaltRecord.open(folder, InstantSource.system(), _ -> false);
          var ledger = Ledger.open(folder, LedgerOptions.DEFAULT, InstantSource.system());
          var reader = ledger.reader(1, Sees.FORCED)) {
        long last = ledger.lastForced();
        assertThat(last).isGreaterThanOrEqualTo(said);
        assertThat(halts.diedIn().orElseThrow()).isIn("turn " + last, "turn " + (last + 1));
        for (long number = 1; number <= last; number++) {
          ByteBuffer payload = ((Next.Frame) reader.poll()).payload();
          assertThat(StandardCharsets.UTF_8.decode(payload).toString())
              .isEqualTo(Long.toString(number));
        }
      }
    }
  }

  /// Returns the last frame that the process said was written.
  private long killed(long atLeast) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Appender.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long said = 0;
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      while (said < atLeast) {
        String line = out.readLine();
        if (line.matches("\\d+")) said = Math.max(said, Long.parseLong(line));
      }
      // Unlike the process's own method it leaves us what was said.
      process.toHandle().destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches("\\d+")) said = Math.max(said, Long.parseLong(line));
      }
    }
    return said;
  }
}
