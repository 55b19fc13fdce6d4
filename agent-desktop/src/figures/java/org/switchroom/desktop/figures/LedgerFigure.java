package org.switchroom.desktop.figures;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.history.HistoryProjector;
import org.switchroom.cti.ledger.HaltRecord;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.ledger.LedgerReader;
import org.switchroom.cti.ledger.LedgerReader.Next;
import org.switchroom.cti.ledger.SnapshotStore;
import org.switchroom.cti.runtime.LedgerLog;
import org.switchroom.cti.runtime.LedgerTurns;
import org.switchroom.cti.runtime.Recovery;
import org.switchroom.cti.runtime.SnapshotWriter;
import org.switchroom.cti.runtime.TurnCodec;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.ContactLives;

/// 100,000 frames a second of 200 bytes into the ledger, by one thread, beside constant forces: how
/// long the thread is kept, and how long it takes until a frame is on the disk. Then 20,000 a
/// second with a reader that follows: how far it is behind. Then all of it is read, as a start
/// does. Beside it, in the same run, what one plain write and force takes; what the turns of a day
/// of 20,000 contacts take with all that makes frames of them; and how far the projections are
/// behind when 20,000 events of such a day come a second: the history in an embedded database on
/// the disk, and the second state with its snapshots.
///
/// Options: frames a second, seconds.
final class LedgerFigure {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final int WARM_UP_SECONDS = 3;
  private static final int FOLLOWED_PER_SECOND = 20_000;
  private static final byte[] PAYLOAD = new byte[200];

  /// When each frame of a part was appended, by its number within it, in nanoseconds.
  private static final class Part {
    private final long first;
    private final long[] appended;
    private final Histogram append = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    private final Histogram forced = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    private final Histogram followed = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    private final CompletableFuture<Void> allForced = new CompletableFuture<>();
    private long told;
    private long allocated;

    Part(long first, int frames) {
      this.first = first;
      appended = new long[frames];
      told = first - 1;
    }

    /// On the forcing thread.
    void forcedUpTo(long number) {
      long now = System.nanoTime();
      long last = Math.min(number, first + appended.length - 1);
      for (; told < last; told++) forced.recordValue(now - appended[(int) (told + 1 - first)]);
      if (last == first + appended.length - 1) allForced.complete(null);
    }

    /// On the follower's thread.
    void follow(LedgerReader reader) throws IOException, InterruptedException {
      for (long number = first; number < first + appended.length; number++) {
        if (!(reader.take() instanceof Next.Frame frame) || frame.number() != number) {
          throw new IllegalStateException("The reader has missed frame " + number + ".");
        }
        followed.recordValue(System.nanoTime() - appended[(int) (number - first)]);
      }
    }
  }

  public static void main(String[] options) throws Exception {
    int perSecond = options.length > 0 ? Integer.parseInt(options[0]) : 100_000;
    int seconds = options.length > 1 ? Integer.parseInt(options[1]) : 10;
    Path folder = Files.createTempDirectory("switchroom-ledger-figure");
    try {
      plain(folder.resolve("plain"));
      haltRecord(folder.resolve("halt"));
      turns(folder.resolve("turns"));
      projections(folder.resolve("projections"), seconds);
      ledger(folder.resolve("ledger"), perSecond, seconds);
    } finally {
      remove(folder);
    }
  }

  private static void ledger(Path folder, int perSecond, int seconds) throws Exception {
    try (var ledger = Ledger.open(folder, LedgerOptions.DEFAULT, CLOCK)) {
      Part[] current = {new Part(1, 0)};
      ledger.onForced(number -> current[0].forcedUpTo(number));
      append(ledger, current, perSecond, WARM_UP_SECONDS);
      Part part = append(ledger, current, perSecond, seconds);
      System.out.printf(
          "ledger: %,d frames/s of %d bytes for %d s%n", perSecond, PAYLOAD.length, seconds);
      System.out.printf(
          "  append %s, %d bytes of garbage each%n",
          micros(part.append), part.allocated / part.appended.length);
      System.out.printf("  on the disk %s%n", micros(part.forced));
      follow(ledger, current, WARM_UP_SECONDS);
      Part followed = follow(ledger, current, seconds);
      System.out.printf("a reader follows: %,d frames/s for %d s%n", FOLLOWED_PER_SECOND, seconds);
      System.out.printf("  append %s%n", micros(followed.append));
      System.out.printf("  on the disk %s%n", micros(followed.forced));
      System.out.printf("  read %s%n", micros(followed.followed));
      readAll(ledger);
    }
  }

  private static void turns(Path folder) throws Exception {
    var random = new SplittableRandom(1);
    List<Turn> day = ContactLives.turns(random, Instant.EPOCH, 20_000, List.of(1L));
    var append = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    try (var ledger = Ledger.open(folder, LedgerOptions.DEFAULT, CLOCK)) {
      var log = new LedgerLog(ledger);
      for (Turn turn : day.subList(0, day.size() / 2)) log.append(turn);
      long before = bytes(folder);
      List<Turn> rest = day.subList(day.size() / 2, day.size());
      for (Turn turn : rest) {
        long began = System.nanoTime();
        log.append(turn);
        append.recordValue(System.nanoTime() - began);
      }
      System.out.printf(
          "turns of a day: %,d, %d bytes each, encoded and appended %s, mean %.1f µs%n",
          rest.size(),
          (bytes(folder) - before) / rest.size(),
          micros(append),
          append.getMean() / 1e3);
    }
  }

  private static void projections(Path folder, int seconds) throws Exception {
    long events = (long) FOLLOWED_PER_SECOND * seconds;
    var random = new SplittableRandom(2);
    List<Turn> day = ContactLives.turns(random, Instant.EPOCH, 30_000, List.of(1L));
    String url =
        "jdbc:h2:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            .formatted(folder.resolve("database"));
    Ledger ledger = Ledger.open(folder.resolve("ledger"), LedgerTurns.OF_A_CENTER, CLOCK);
    // Whoever reads it ends with it.
    try (var database = Database.open(url, "sa", "")) {
      var store = new SqlHistoryStore(database);
      var snapshots = new SnapshotStore(folder.resolve("snapshots"), ledger.id());
      var log = new LedgerLog(ledger);
      try (var history =
              new HistoryProjector(
                  new LedgerTurns(ledger, new TurnCodec(ledger.keys()), true),
                  store,
                  Turn::toString,
                  _ -> {},
                  CLOCK);
          var _ = new SnapshotWriter(ledger, snapshots, Recovery.Found.NOTHING, CLOCK)) {
        long behind = 0;
        long told = 0;
        int turns = 0;
        long begin = System.nanoTime();
        while (told < events && turns < day.size()) {
          Turn turn = day.get(turns++);
          long due = begin + (long) (1e9 * told / FOLLOWED_PER_SECOND);
          while (System.nanoTime() < due) Thread.sleep(1);
          log.append(turn);
          told += turn.events().size();
          behind = Math.max(behind, ledger.lastAppended() - history.position());
        }
        long last = System.nanoTime();
        history.catchUpTo(Duration.ofMinutes(5));
        long caughtUp = System.nanoTime();
        ledger.close();
        System.out.printf(
            "projections: %,d events in %,d turns, %,.0f events/s:"
                + " the database at most %,d turns behind, and with the last after %.2f s%n",
            told, turns, told / ((last - begin) / 1e9), behind, (caughtUp - last) / 1e9);
      }
      System.out.printf("  %,d contacts are over%n", store.contacts());
      System.out.printf("  the last snapshot is of turn %,d%n", snapshots.oldestFrame());
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) bytes += Files.size(file);
      return bytes;
    }
  }

  private static Part follow(Ledger ledger, Part[] current, int seconds) throws Exception {
    var done = new CompletableFuture<Part>();
    try (var reader = ledger.reader(ledger.lastForced() + 1, LedgerReader.Sees.FORCED)) {
      var part = new Part(ledger.lastAppended() + 1, FOLLOWED_PER_SECOND * seconds);
      Thread.ofPlatform()
          .name("follower")
          .start(
              () -> {
                try {
                  part.follow(reader);
                  done.complete(part);
                } catch (Exception e) {
                  done.completeExceptionally(e);
                }
              });
      append(ledger, current, part, FOLLOWED_PER_SECOND);
      return done.get(60, TimeUnit.SECONDS);
    }
  }

  private static void readAll(Ledger ledger) throws IOException {
    long begin = System.nanoTime();
    long frames = 0;
    try (var reader = ledger.reader(1, LedgerReader.Sees.FORCED)) {
      while (reader.poll() instanceof Next.Frame) frames++;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "all of it is read again: %,d frames, %,.0f frames/s%n", frames, frames / seconds);
  }

  private static Part append(Ledger ledger, Part[] current, int perSecond, int seconds)
      throws Exception {
    var part = new Part(ledger.lastAppended() + 1, perSecond * seconds);
    append(ledger, current, part, perSecond);
    return part;
  }

  /// Returns when all is on the disk.
  private static void append(Ledger ledger, Part[] current, Part part, int perSecond)
      throws Exception {
    current[0] = part;
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuffer payload = ByteBuffer.wrap(PAYLOAD);
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    long begin = System.nanoTime();
    for (int i = 0; i < part.appended.length; i++) {
      long due = begin + (long) (1e9 * i / perSecond);
      while (System.nanoTime() < due) Thread.onSpinWait();
      long began = System.nanoTime();
      part.appended[i] = began;
      ledger.append(payload);
      part.append.recordValue(System.nanoTime() - began);
    }
    part.allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    part.allForced.get(60, TimeUnit.SECONDS);
  }

  private static void plain(Path file) throws Exception {
    var latency = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
      while (System.nanoTime() < end) {
        long began = System.nanoTime();
        channel.write(ByteBuffer.wrap(PAYLOAD));
        channel.force(false);
        latency.recordValue(System.nanoTime() - began);
      }
    }
    System.out.printf(
        "plain write and force: %,d/s, %s%n", latency.getTotalCount() / 3, micros(latency));
  }

  private static void haltRecord(Path folder) throws IOException {
    int turns = 5_000_000;
    try (var halts = HaltRecord.open(folder, InstantSource.system(), _ -> false)) {
      long[] nanos = new long[5];
      for (int run = 0; run < nanos.length; run++) {
        long begin = System.nanoTime();
        for (int i = 0; i < turns; i++) {
          halts.begin("call", "asterisk/1767614400.17");
          halts.end();
        }
        nanos[run] = (System.nanoTime() - begin) / turns;
      }
      System.out.printf("what a turn is about: %d ns%n", Arrays.stream(nanos).min().orElseThrow());
    }
  }

  private static String micros(Histogram nanos) {
    return "p50 %,.1f µs, p99 %,.1f µs, most %,.0f µs"
        .formatted(
            nanos.getValueAtPercentile(50) / 1e3,
            nanos.getValueAtPercentile(99) / 1e3,
            nanos.getMaxValue() / 1e3);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(file);
    }
  }
}
