package org.switchroom.cti.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.ledger.Appended.Kept;
import org.switchroom.cti.ledger.LedgerReader.Next;
import org.switchroom.cti.ledger.LedgerReader.Sees;

/// Random runs that end in every way there is: in order, by a dead process, by a dead machine.
class LedgerCrashTest {
  private static final LedgerOptions OPTIONS =
      LedgerOptions.DEFAULT
          .withSegmentBytes(4 << 10)
          .withMostBytes(1 << 30)
          .withForcing(LedgerOptions.Forcing.BY_THE_CALLER);

  @TempDir Path root;

  /// @param epoch of the run that wrote it
  private record Frame(int epoch, ByteBuffer payload) {}

  @Test
  void whatWasForcedIsThereWhateverDied() throws Exception {
    for (long seed = 1; seed <= 40; seed++) {
      try {
        new Life(seed).live();
      } catch (Throwable e) {
        throw new AssertionError("Seed " + seed, e);
      }
    }
  }

  private final class Life {
    private final Random random;
    private final LedgerOptions options;
    private final Path place;
    private final TreeMap<Long, Frame> written = new TreeMap<>();
    private long forced;
    private int epoch;
    private int moves;

    Life(long seed) {
      random = new Random(seed);
      options = random.nextBoolean() ? OPTIONS : OPTIONS.withMostBytes(32 << 10);
      place = root.resolve("seed-" + seed);
    }

    void live() throws IOException {
      Path folder = place.resolve("0");
      for (int run = 0; run < 8; run++) folder = run(folder);
    }

    /// Returns where the next run goes on.
    private Path run(Path folder) throws IOException {
      var disk = new TestDisk();
      try (var ledger = Ledger.open(folder, options, InstantSource.system(), disk)) {
        check(ledger);
        int steps = random.nextInt(80);
        int forces = 1 + random.nextInt(30);
        for (int i = 0; i < steps; i++) {
          if (random.nextInt(forces) == 0) forced = ledger.force();
          step(ledger, disk);
        }
        return end(ledger, disk, folder);
      }
    }

    private void check(Ledger ledger) throws IOException {
      assertThat(ledger.epoch()).isGreaterThan(epoch);
      epoch = ledger.epoch();
      long last = ledger.lastForced();
      assertThat(last).isBetween(forced, written.isEmpty() ? 0 : written.lastKey());
      written.tailMap(last, false).clear();
      forced = last;
      written.headMap(ledger.firstKept()).clear();
      assertThat(read(ledger)).isEqualTo(written);
    }

    private TreeMap<Long, Frame> read(Ledger ledger) throws IOException {
      var found = new TreeMap<Long, Frame>();
      try (var reader = ledger.reader(ledger.firstKept(), Sees.WRITTEN)) {
        while (reader.poll() instanceof Next.Frame frame) {
          byte[] payload = new byte[frame.payload().remaining()];
          frame.payload().get(payload);
          found.put(frame.number(), new Frame(frame.epoch(), ByteBuffer.wrap(payload)));
        }
      }
      return found;
    }

    private void step(Ledger ledger, TestDisk disk) {
      switch (random.nextInt(12)) {
        case 0 -> disk.room.set(random.nextInt(300));
        case 1, 2, 3 -> disk.room.set(Long.MAX_VALUE);
        default -> {
          byte[] payload = new byte[random.nextInt(random.nextBoolean() ? 40 : 3_000)];
          random.nextBytes(payload);
          long number = ledger.append(payload).number();
          written.put(number, new Frame(epoch, ByteBuffer.wrap(payload)));
        }
      }
    }

    private Path end(Ledger ledger, TestDisk disk, Path folder) throws IOException {
      Path next = place.resolve("" + ++moves);
      switch (random.nextInt(4)) {
        case 0 -> {
          disk.room.set(Long.MAX_VALUE);
          ledger.close();
          forced = written.isEmpty() ? 0 : written.lastKey();
          return folder;
        }
        case 1 -> {
          TestDisk.copy(folder, next);
          written.tailMap(ledger.lastWritten(), false).clear();
          forced = ledger.lastWritten();
        }
        default -> disk.die(folder, next, random);
      }
      return next;
    }
  }

  /// Kept frames are only in memory: the type says so.
  @Test
  void whatIsKeptInMemoryIsLostWithTheProcess() throws Exception {
    var disk = new TestDisk();
    Path copy = root.resolve("copy");
    try (var ledger = Ledger.open(root.resolve("ledger"), OPTIONS, InstantSource.system(), disk)) {
      ledger.append(new byte[] {1});
      disk.room.set(0);
      assertThat(ledger.append(new byte[] {2})).isInstanceOf(Kept.class);
      TestDisk.copy(root.resolve("ledger"), copy);
    }
    try (var ledger = Ledger.open(copy, OPTIONS, InstantSource.system())) {
      assertThat(ledger.lastForced()).isEqualTo(1);
    }
  }
}
