package org.switchroom.cti.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.ledger.Appended.Kept;
import org.switchroom.cti.ledger.Appended.Written;
import org.switchroom.cti.ledger.LedgerReader.Next;
import org.switchroom.cti.ledger.LedgerReader.Sees;
import org.switchroom.cti.testkit.LogWatch;

class LedgerTest {
  private static final Instant BEGIN = Instant.parse("2026-01-05T12:00:00Z");

  /// Files of 1 KiB, forced when the test says so.
  private static final LedgerOptions SMALL =
      LedgerOptions.DEFAULT
          .withSegmentBytes(1 << 10)
          .withMostBytes(64 << 10)
          .withForcing(LedgerOptions.Forcing.BY_THE_CALLER);

  private static final LedgerOptions LARGE =
      LedgerOptions.DEFAULT.withForcing(LedgerOptions.Forcing.BY_THE_CALLER);

  @TempDir Path root;
  private Path folder;
  private Instant now = BEGIN;
  private final InstantSource clock = () -> now;
  private final TestDisk disk = new TestDisk();

  @BeforeEach
  void folder() {
    folder = root.resolve("ledger");
  }

  private Ledger open(LedgerOptions options) throws IOException {
    return Ledger.open(folder, options, clock, disk);
  }

  private static Appended append(Ledger ledger, String text) {
    return ledger.append(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void append(Ledger ledger, int from, int to) {
    for (int i = from; i <= to; i++) {
      assertThat(append(ledger, "frame " + i)).isEqualTo(new Written(i));
    }
  }

  private static String text(Next next) {
    return switch (next) {
      case Next.Frame(long number, _, ByteBuffer payload) ->
          number + ": " + StandardCharsets.UTF_8.decode(payload);
      case Next.Gap(long from, long to) -> "gap " + from + " to " + to;
      case Next.UpToDate _ -> "up to date";
      case Next.Closed _ -> "closed";
    };
  }

  private static List<String> read(LedgerReader reader) throws IOException {
    var texts = new ArrayList<String>();
    while (true) {
      String text = text(reader.poll());
      if (text.equals("up to date") || text.equals("closed")) return texts;
      texts.add(text);
    }
  }

  private static List<String> read(Ledger ledger, long from, Sees sees) throws IOException {
    try (var reader = ledger.reader(from, sees)) {
      return read(reader);
    }
  }

  private static List<String> frames(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + ": frame " + i).toList();
  }

  private List<Path> files() throws IOException {
    return List.copyOf(SegmentList.files(folder).values());
  }

  // ── Order, numbers, runs ────────────────────────────────────────────────────────────────────

  @Test
  void whatWasWrittenIsThereInItsOrderAfterAnotherStart() throws Exception {
    try (var ledger = open(SMALL)) {
      append(ledger, 1, 100);
      assertThat(ledger.lastWritten()).isEqualTo(100);
      assertThat(ledger.lastForced()).isZero();
      assertThat(read(ledger, 1, Sees.FORCED)).isEmpty();
      assertThat(read(ledger, 99, Sees.WRITTEN)).isEqualTo(frames(99, 100));
      assertThat(ledger.force()).isEqualTo(100);
    }
    assertThat(files()).as("files of 1 KiB").hasSizeGreaterThan(3);
    try (var ledger = open(SMALL)) {
      assertThat(ledger.lastForced()).isEqualTo(100);
      assertThat(read(ledger, 1, Sees.FORCED)).isEqualTo(frames(1, 100));
      append(ledger, 101, 120);
      assertThat(read(ledger, 57, Sees.WRITTEN)).isEqualTo(frames(57, 120));
    }
    try (var ledger = open(SMALL)) {
      assertThat(read(ledger, 1, Sees.FORCED)).as("closed in order").isEqualTo(frames(1, 120));
    }
  }

  @Test
  void eachRunHasAnEpochOfItsOwnAndALedgerOneId() throws Exception {
    var ids = new ArrayList<Object>();
    for (int epoch = 1; epoch <= 5; epoch++) {
      try (var ledger = open(SMALL)) {
        ids.add(ledger.id());
        assertThat(ledger.epoch()).isEqualTo(epoch);
        if (epoch % 2 == 1) append(ledger, "in epoch " + epoch);
      }
    }
    assertThat(ids).allMatch(ids.getFirst()::equals);
    Files.delete(folder.resolve("id"));
    Files.delete(folder.resolve("epoch"));
    try (var ledger = open(SMALL);
        var reader = ledger.reader(1, Sees.FORCED)) {
      assertThat(ledger.id()).as("the segments know it").isEqualTo(ids.getFirst());
      assertThat(ledger.epoch()).isEqualTo(6);
      for (int epoch : new int[] {1, 3, 5}) {
        assertThat(reader.poll())
            .isInstanceOfSatisfying(
                Next.Frame.class,
                frame -> {
                  assertThat(frame.epoch()).isEqualTo(epoch);
                  assertThat(text(frame)).endsWith("in epoch " + epoch);
                });
      }
    }
  }

  @Test
  void aFrameSaysUpTo16MibAndNoMore() throws Exception {
    var large = "x".repeat(Ledger.LARGEST_FRAME);
    try (var ledger = open(SMALL.withMostBytes(64 << 20))) {
      append(ledger, "small");
      append(ledger, large);
      append(ledger, "");
      assertThat(read(ledger, 1, Sees.WRITTEN)).containsExactly("1: small", "2: " + large, "3: ");
      assertThatThrownBy(() -> append(ledger, large + "y"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("16777217 bytes; the most is 16777216");
      var part = ByteBuffer.wrap("abcdef".getBytes(), 2, 3);
      ledger.append(part);
      assertThat(part.remaining()).as("the caller's buffer is as it was").isEqualTo(3);
      assertThat(read(ledger, 4, Sees.WRITTEN)).containsExactly("4: cde");
    }
  }

  @Test
  void oneThreadAppends() throws Exception {
    try (var ledger = open(SMALL)) {
      append(ledger, "mine");
      var other = new CompletableFuture<Throwable>();
      Thread.ofPlatform()
          .name("other")
          .start(
              () -> {
                try {
                  append(ledger, "other's");
                  other.complete(new AssertionError("it was taken"));
                } catch (IllegalStateException e) {
                  other.complete(e);
                }
              });
      assertThat(other.get(10, TimeUnit.SECONDS)).hasMessageContaining("other appends");
    }
  }

  @Test
  void twoServersDoNotShareALedger() throws Exception {
    try (var _ = open(SMALL)) {
      assertThatThrownBy(() -> open(SMALL)).hasMessageContaining("another server's");
      assertThatThrownBy(() -> Ledger.setAside(folder, clock))
          .hasMessageContaining("another server's");
    }
    open(SMALL).close();
  }

  @Test
  void nobodyElseMayRead() throws Exception {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try (var ledger = open(SMALL);
        var halts = HaltRecord.open(folder, clock, "start"::equals)) {
      append(ledger, 1, 50);
      new SnapshotStore(folder.resolve("snapshots"), ledger.id()).write(1, out -> out.write(1));
      halts.ledgerWasSetAside();
      try (var files = Files.walk(folder)) {
        for (Path file : files.toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as("%s", file)
              .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
        }
      }
    }
  }

  // ── Dead machines ───────────────────────────────────────────────────────────────────────────

  @Test
  void aTornTailIsCutWhereverItIsTorn() throws Exception {
    try (var ledger = open(LARGE)) {
      append(ledger, 1, 3);
    }
    byte[] whole = Files.readAllBytes(files().getFirst());
    int size = FrameLayout.HEADER + "frame 3".length();
    for (int length = whole.length - size; length < whole.length; length++) {
      for (byte[] left :
          List.of(
              Arrays.copyOf(whole, length),
              Arrays.copyOf(Arrays.copyOf(whole, length), whole.length + 700))) {
        Path copy = root.resolve("torn-" + length + "-" + left.length);
        TestDisk.copy(folder, copy);
        Files.write(SegmentList.file(copy, 1), left);
        try (var ledger = Ledger.open(copy, LARGE, clock)) {
          assertThat(ledger.lastForced()).as("%d of %d bytes", length, whole.length).isEqualTo(2);
          append(ledger, "after");
          assertThat(read(ledger, 1, Sees.WRITTEN))
              .containsExactly("1: frame 1", "2: frame 2", "3: after");
        }
      }
    }
  }

  @Test
  void whatIsCutOffIsSaid() throws Exception {
    try (var ledger = open(LARGE)) {
      append(ledger, 1, 3);
    }
    Path file = files().getFirst();
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 1));
    try (var log = new LogWatch(Ledger.class)) {
      open(LARGE).close();
      assertThat(log.said(Level.WARN))
          .singleElement()
          .asString()
          .startsWith(file.toString())
          .contains("34 bytes from byte 134 on are cut off. The last frame is 2.");
    }
  }

  /// The disk wrote the later block first, and died.
  @Test
  void anEarlierFrameThatIsTornEndsTheListAlthoughALaterOneIsWhole() throws Exception {
    try (var ledger = open(LARGE)) {
      append(ledger, 1, 2);
      ledger.force();
      append(ledger, 3, 6);
      Path copy = root.resolve("dead");
      TestDisk.copy(folder, copy);
      damage(SegmentList.file(copy, 1), "frame 4");
      try (var after = Ledger.open(copy, LARGE, clock)) {
        assertThat(read(after, 1, Sees.FORCED)).isEqualTo(frames(1, 3));
        assertThat(after.epoch()).as("what came after is used by nobody again").isEqualTo(2);
      }
    }
  }

  /// Frame 6 says that 1 to 5 were on the disk.
  @Test
  void aFrameThatWasOnTheDiskMustBeThere() throws Exception {
    try (var ledger = open(LARGE)) {
      append(ledger, 1, 5);
      ledger.force();
      append(ledger, 6, 6);
    }
    Path file = files().getFirst();
    damage(file, "frame 4");
    int at = SegmentHeader.SIZE + 3 * (FrameLayout.HEADER + "frame 1".length());
    assertThatThrownBy(() -> open(LARGE))
        .isInstanceOfSatisfying(
            LedgerBrokenException.class,
            broken -> {
              assertThat(broken.file()).isEqualTo(file);
              assertThat(broken.at()).isEqualTo(at);
              assertThat(broken.frame()).isEqualTo(4);
            })
        .hasMessageContaining(file + " cannot be read beyond byte " + at)
        .hasMessageContaining("all up to 5 were on the disk");
    assertThatThrownBy(() -> open(LARGE))
        .as("the lock is free again")
        .isInstanceOf(LedgerBrokenException.class);
    Path aside = Ledger.setAside(folder, clock);
    assertThat(aside).isEqualTo(folder.resolve("aside-20260105-120000-000"));
    try (var ledger = open(LARGE)) {
      assertThat(ledger.lastForced()).isZero();
      assertThat(ledger.epoch()).as("epochs go on").isEqualTo(2);
    }
    assertThat(SegmentList.files(aside)).hasSize(1);
  }

  private static void damage(Path file, String text) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  /// A start does not read old files; who reads them finds it.
  @Test
  void anOlderFileThatIsBrokenIsFoundByWhoReadsItAndLeftBehindByWhoGoesOn() throws Exception {
    try (var ledger = open(SMALL)) {
      for (int i = 1; i <= 100; i += 10) {
        append(ledger, i, i + 9);
        ledger.force();
      }
    }
    Path oldest = files().getFirst();
    damage(oldest, "frame 7");
    disk.bytesRead.set(0);
    try (var ledger = open(SMALL);
        var reader = ledger.reader(1, Sees.FORCED)) {
      assertThat(disk.bytesRead.get()).isLessThan(4_000);
      for (int i = 1; i <= 6; i++) assertThat(text(reader.poll())).isEqualTo(i + ": frame " + i);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(reader::poll)
            .isInstanceOfSatisfying(
                LedgerBrokenException.class, broken -> assertThat(broken.frame()).isEqualTo(7))
            .hasMessageContaining(oldest.toString());
      }
      int second = Integer.parseInt(files().get(1).getFileName().toString().substring(0, 20));
      reader.go(second);
      assertThat(read(reader)).isEqualTo(frames(second, 100));
    }
  }

  @Test
  void aFileThatIsGoneFromTheMiddleIsAFault() throws Exception {
    try (var ledger = open(SMALL)) {
      for (int i = 1; i <= 100; i += 10) {
        append(ledger, i, i + 9);
        ledger.force();
      }
    }
    Path second = files().get(1);
    Files.delete(second);
    try (var ledger = open(SMALL);
        var reader = ledger.reader(1, Sees.FORCED)) {
      assertThatThrownBy(() -> read(reader))
          .isInstanceOfSatisfying(
              LedgerBrokenException.class,
              broken -> assertThat(SegmentList.file(folder, broken.frame())).isEqualTo(second));
    }
  }

  /// When the disk forces nothing for long, several files are in doubt.
  @Test
  void aTornFrameSeveralFilesBackEndsTheList() throws Exception {
    try (var ledger = open(SMALL)) {
      append(ledger, 1, 10);
      ledger.force();
      append(ledger, 11, 200);
      assertThat(files()).hasSizeGreaterThan(5);
      Path copy = root.resolve("dead");
      TestDisk.copy(folder, copy);
      damage(SegmentList.files(copy).floorEntry(90L).getValue(), "frame 90");
      try (var log = new LogWatch(Ledger.class);
          var after = Ledger.open(copy, SMALL, clock)) {
        assertThat(read(after, 1, Sees.FORCED)).isEqualTo(frames(1, 89));
        append(after, 90, 95);
        assertThat(read(after, 80, Sees.WRITTEN)).isEqualTo(frames(80, 95));
        assertThat(log.said(Level.WARN)).singleElement().asString().contains("are cut off");
      }
      open(copy, 95);
    }
  }

  private void open(Path copy, int frames) throws IOException {
    try (var ledger = Ledger.open(copy, SMALL, clock)) {
      assertThat(read(ledger, 1, Sees.FORCED)).isEqualTo(frames(1, frames));
    }
  }

  // ── Full disks ──────────────────────────────────────────────────────────────────────────────

  @Test
  void aFullDiskKeepsFramesInOrderAndCatchesUp() throws Exception {
    var states = new ArrayList<LedgerState>();
    var saved = new ArrayList<Long>();
    try (var log = new LogWatch(Ledger.class);
        var ledger = open(SMALL)) {
      ledger.onState(states::add);
      append(ledger, 1, 2);
      disk.room.set(20);
      now = BEGIN.plusSeconds(60);
      var full = new LedgerState.Full(now, "No space left on device", 35);
      assertThat(append(ledger, "frame 3")).isEqualTo(new Kept(3, full));
      now = BEGIN.plusSeconds(61);
      for (int i = 4; i <= 6; i++) {
        assertThat(append(ledger, "frame " + i)).isInstanceOf(Kept.class);
      }
      assertThat(ledger.state())
          .isEqualTo(new LedgerState.Full(BEGIN.plusSeconds(60), "No space left on device", 140));
      assertThat(ledger.lastAppended()).isEqualTo(6);
      assertThat(ledger.lastWritten()).isEqualTo(2);
      ledger.whenForced(2, () -> saved.add(2L));
      ledger.whenForced(5, () -> saved.add(5L));
      ledger.force();
      assertThat(saved).containsExactly(2L);
      assertThat(read(ledger, 1, Sees.WRITTEN)).isEqualTo(frames(1, 2));

      disk.room.set(100);
      assertThat(ledger.retry()).isInstanceOf(LedgerState.Full.class);
      assertThat(ledger.lastWritten()).as("as many as there is room for").isEqualTo(4);
      disk.room.set(Long.MAX_VALUE);
      assertThat(append(ledger, "frame 7")).isEqualTo(new Written(7));
      assertThat(ledger.state()).isEqualTo(new LedgerState.Healthy());
      ledger.force();
      assertThat(saved).containsExactly(2L, 5L);
      assertThat(read(ledger, 1, Sees.FORCED)).isEqualTo(frames(1, 7));
      assertThat(states).as("told once each").hasSize(2).contains(new LedgerState.Healthy());
      assertThat(log.said(Level.ERROR)).as("said, and not again and again").hasSize(1);
      assertThat(log.said(Level.WARN)).singleElement().asString().endsWith("is written again.");
    }
    try (var ledger = open(SMALL)) {
      assertThat(read(ledger, 1, Sees.FORCED)).isEqualTo(frames(1, 7));
    }
  }

  @Test
  void whatWaitsInMemoryHasABoundAtWhichTheEngineHalts() throws Exception {
    try (var ledger = open(SMALL.withMostBacklogBytes(100))) {
      append(ledger, 1, 1);
      disk.room.set(0);
      append(ledger, "frame 2");
      append(ledger, "frame 3");
      assertThatThrownBy(() -> append(ledger, "frame 4"))
          .isInstanceOf(LedgerFault.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("70 bytes wait in memory already; the most is 100");
      assertThat(ledger.lastAppended()).as("the turn has not happened").isEqualTo(3);
      disk.room.set(Long.MAX_VALUE);
      append(ledger, 4, 4);
      assertThat(read(ledger, 1, Sees.WRITTEN)).isEqualTo(frames(1, 4));
    }
  }

  /// Half a frame that cannot even be cut off is written over, and no file is begun behind it.
  @Test
  void halfAFrameIsNeverRead() throws Exception {
    try (var ledger = open(SMALL)) {
      append(ledger, 1, 20);
      disk.room.set(30);
      disk.cutsFail = true;
      String long1 = "frame 21".repeat(20);
      assertThat(append(ledger, long1)).isInstanceOf(Kept.class);
      try (var reader = ledger.reader(1, Sees.WRITTEN)) {
        assertThat(read(reader)).isEqualTo(frames(1, 20));
        disk.room.set(Long.MAX_VALUE);
        append(ledger, 22, 23);
        assertThat(read(reader)).containsExactly("21: " + long1, "22: frame 22", "23: frame 23");
      }
      disk.cutsFail = false;
    }
    try (var ledger = open(SMALL)) {
      assertThat(ledger.lastForced()).isEqualTo(23);
    }
  }

  @Test
  void aFileThatCannotBeBegunKeepsFramesToo() throws Exception {
    try (var ledger = open(SMALL)) {
      int number = 1;
      while (files().size() == 1) append(ledger, number, number++);
      disk.room.set(400);
      while (append(ledger, "frame " + number) instanceof Written) number++;
      number++;
      append(ledger, "frame " + number++);
      int before = files().size();
      disk.room.set(Long.MAX_VALUE);
      append(ledger, number, number + 100);
      assertThat(files()).hasSizeGreaterThan(before);
      assertThat(read(ledger, 1, Sees.WRITTEN)).isEqualTo(frames(1, number + 100));
    }
  }

  @Test
  void aDiskThatIsFullAtTheStartIsSaid() throws Exception {
    disk.room.set(0);
    assertThatThrownBy(() -> open(SMALL))
        .hasMessage("The ledger in " + folder + " cannot be opened: No space left on device");
    disk.room.set(Long.MAX_VALUE);
    open(SMALL).close();
  }

  @Test
  void aForceThatFailsHaltsTheEngineAndAnotherStartFindsOut() throws Exception {
    var states = new ArrayList<LedgerState>();
    var saved = new ArrayList<Long>();
    try (var ledger = open(SMALL)) {
      ledger.onState(states::add);
      append(ledger, 1, 3);
      ledger.force();
      append(ledger, 4, 5);
      ledger.whenForced(5, () -> saved.add(5L));
      disk.forcesFail = true;
      assertThat(ledger.force()).isEqualTo(3);
      disk.forcesFail = false;
      assertThat(states).singleElement().isInstanceOf(LedgerState.Failed.class);
      assertThat(ledger.state()).isEqualTo(states.getFirst());
      assertThatThrownBy(() -> append(ledger, "frame 6"))
          .isInstanceOf(LedgerFault.class)
          .hasMessageContaining("Input/output error");
      assertThat(ledger.force()).as("it is not tried again").isEqualTo(3);
      assertThat(saved).isEmpty();
    }
    long forces = disk.forces.get();
    try (var ledger = open(SMALL)) {
      assertThat(disk.forces.get()).as("written once more, and forced").isGreaterThan(forces);
      assertThat(read(ledger, 1, Sees.FORCED)).isEqualTo(frames(1, 5));
    }
  }

  // ── Saved ───────────────────────────────────────────────────────────────────────────────────

  @Test
  void whoWaitsIsToldInOrderWhenItIsOnTheDisk() throws Exception {
    var told = new ArrayList<String>();
    try (var ledger = open(SMALL)) {
      ledger.onForced(number -> told.add("forced " + number));
      ledger.onForced(
          _ -> {
            throw new IllegalStateException("one who throws stops nobody else");
          });
      append(ledger, 1, 4);
      ledger.whenForced(2, () -> told.add("saved 2"));
      ledger.whenForced(
          2,
          () -> {
            throw new IllegalStateException("nor one who waits");
          });
      ledger.whenForced(4, () -> told.add("saved 4"));
      assertThat(told).isEmpty();
      ledger.force();
      ledger.whenForced(3, () -> told.add("saved 3"));
      ledger.force();
      assertThat(told).containsExactly("forced 4", "saved 2", "saved 4", "saved 3");
      assertThatThrownBy(() -> ledger.whenForced(5, () -> {}))
          .hasMessage("Frame 5 is not appended; the last is 4.");
    }
  }

  @Test
  void soManyMayWaitAndNoMore() throws Exception {
    try (var ledger = open(SMALL)) {
      append(ledger, 1, 1);
      for (int i = 0; i < 100_000; i++) ledger.whenForced(1, () -> {});
      assertThatThrownBy(() -> ledger.whenForced(1, () -> {}))
          .isInstanceOf(LedgerFault.class)
          .hasMessageContaining("100000 wait");
    }
  }

  @Test
  void aThreadForcesByItself() throws Exception {
    var options = SMALL.withForcing(LedgerOptions.Forcing.BY_A_THREAD);
    var saved = new LinkedBlockingQueue<Integer>();
    try (var ledger = open(options)) {
      for (int i = 1; i <= 200; i++) {
        append(ledger, i, i);
        int number = i;
        ledger.whenForced(i, () -> saved.add(number));
      }
      for (int i = 1; i <= 200; i++) {
        assertThat(saved.poll(10, TimeUnit.SECONDS)).isEqualTo(i);
      }
      assertThat(ledger.lastForced()).isEqualTo(200);
      assertThatThrownBy(ledger::force).hasMessageContaining("A thread forces already");
    }
  }

  // ── Readers ─────────────────────────────────────────────────────────────────────────────────

  @Test
  void whatAFrameCostsToReadDoesNotGrow() throws Exception {
    var text = "x".repeat(200);
    try (var ledger = open(LARGE);
        var reader = ledger.reader(1, Sees.FORCED)) {
      for (int i = 1; i <= 1_000; i++) {
        append(ledger, text);
        ledger.force();
        if (i == 1) disk.bytesRead.set(0);
        if (i == 1) disk.reads.set(0);
        assertThat(read(reader)).hasSize(1);
      }
      assertThat(disk.bytesRead.get())
          .as("each byte once")
          .isEqualTo(1_000 * (FrameLayout.HEADER + 200));
      assertThat(disk.reads.get()).isLessThan(1_010);
      disk.reads.set(0);
      assertThat(read(ledger, 1, Sees.FORCED)).hasSize(1_000);
      assertThat(disk.reads.get()).as("blocks of 64 KiB").isLessThan(8);
    }
  }

  @Test
  void aReaderComesBackToWhereItWas() throws Exception {
    try (var ledger = open(LARGE);
        var reader = ledger.reader(1, Sees.WRITTEN)) {
      append(ledger, 1, 5_000);
      reader.go(4_000);
      assertThat(text(reader.poll())).isEqualTo("4000: frame 4000");
      reader.mark();
      assertThat(read(reader)).hasSize(1_000);
      disk.bytesRead.set(0);
      reader.go(4_001);
      assertThat(text(reader.poll())).isEqualTo("4001: frame 4001");
      assertThat(disk.bytesRead.get()).as("from the mark on").isLessThanOrEqualTo(64 << 10);
      reader.go(3);
      assertThat(text(reader.poll())).isEqualTo("3: frame 3");
      reader.go(4_500);
      assertThat(text(reader.poll())).isEqualTo("4500: frame 4500");
      reader.go(6_000);
      assertThat(text(reader.poll())).isEqualTo("up to date");
      assertThat(reader.position()).isEqualTo(6_000);
    }
  }

  @Test
  void manyReadersFollowWhileItIsWritten() throws Exception {
    int all = 20_000;
    var options = LARGE.withForcing(LedgerOptions.Forcing.BY_A_THREAD).withSegmentBytes(64 << 10);
    var followers = new ArrayList<CompletableFuture<Long>>();
    try (var ledger = open(options)) {
      for (int i = 0; i < 4; i++) {
        var done = new CompletableFuture<Long>();
        followers.add(done);
        var reader = ledger.reader(1, i % 2 == 0 ? Sees.FORCED : Sees.WRITTEN);
        Thread.ofVirtual()
            .start(
                () -> {
                  try (reader) {
                    done.complete(follow(reader));
                  } catch (Exception | AssertionError e) {
                    done.completeExceptionally(e);
                  }
                });
      }
      append(ledger, 1, all);
    }
    for (var follower : followers) assertThat(follower.get(30, TimeUnit.SECONDS)).isEqualTo(all);
  }

  private static long follow(LedgerReader reader) throws Exception {
    long count = 0;
    while (true) {
      Next next = reader.take();
      if (next instanceof Next.Closed) return count;
      count++;
      assertThat(text(next)).isEqualTo(count + ": frame " + count);
    }
  }

  @Test
  void whoWaitsIsWokenWhenTheirReaderIsClosed() throws Exception {
    try (var ledger = open(SMALL)) {
      var reader = ledger.reader(1, Sees.FORCED);
      var last = new CompletableFuture<String>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  last.complete(text(reader.take()));
                } catch (Exception e) {
                  last.completeExceptionally(e);
                }
              });
      reader.close();
      assertThat(last.get(10, TimeUnit.SECONDS)).isEqualTo("closed");
    }
  }

  // ── How long ────────────────────────────────────────────────────────────────────────────────

  @Test
  void filesGoWhenTheyAreOldAndAllWhoAreRequiredHaveReadThem() throws Exception {
    var options =
        SMALL
            .withRequired(Set.of(Ledger.SNAPSHOT))
            .withWanted(Set.of("history"))
            .withKeep(Duration.ofDays(30));
    try (var ledger = open(options);
        var slow = ledger.reader(1, Sees.FORCED);
        var gone = ledger.reader(1, Sees.FORCED)) {
      for (int last : new int[] {98, 99, 100}) {
        append(ledger, (int) ledger.lastWritten() + 1, last);
        ledger.force();
      }
      int begun = files().size();
      assertThat(text(slow.poll())).isEqualTo("1: frame 1");

      ledger.passed(Ledger.SNAPSHOT, 60);
      now = BEGIN.plus(Duration.ofDays(30));
      ledger.tidy();
      ledger.force();
      assertThat(files()).as("not read").hasSize(begun);
      now = BEGIN;
      ledger.passed("history", 100);
      ledger.force();
      assertThat(files()).as("not old").hasSize(begun);
      now = BEGIN.plus(Duration.ofDays(30));
      ledger.tidy();
      ledger.force();
      long first = ledger.firstKept();
      assertThat(first).isBetween(30L, 61L);
      assertThat(files()).hasSizeLessThan(begun);
      assertThat(read(ledger, 61, Sees.FORCED)).as("what the snapshot needs").hasSize(40);

      assertThat(text(gone.poll())).isEqualTo("gap 1 to " + (first - 1));
      assertThat(read(gone)).as("it goes on").isEqualTo(frames((int) first, 100));
      var rest = read(slow);
      assertThat(rest).as("what it has open it reads on").startsWith("2: frame 2");
      assertThat(rest).anyMatch(text -> text.endsWith("to " + (first - 1)));
      assertThat(rest).endsWith("100: frame 100");

      ledger.passed(Ledger.SNAPSHOT, 100);
      ledger.force();
      assertThat(files()).as("the one that is written to stays").hasSize(1);
      assertThatThrownBy(() -> ledger.passed("nobody", 1)).hasMessageContaining("neither required");
    }
    try (var ledger = open(options)) {
      assertThat(ledger.lastForced()).isEqualTo(100);
      append(ledger, 101, 101);
    }
  }

  /// A start tells by what frames say of those before them whether those are lost or went.
  @Test
  void whatGoesIsKnownToHaveBeenThere() throws Exception {
    var options = SMALL.withKeep(Duration.ZERO);
    try (var ledger = open(options)) {
      append(ledger, 1, 100);
      ledger.force();
      assertThat(files()).as("no frame on the disk says that these were").hasSizeGreaterThan(3);
      Path copy = root.resolve("dead");
      append(ledger, 101, 101);
      ledger.force();
      TestDisk.copy(folder, copy);
      try (var after = Ledger.open(copy, options, clock)) {
        assertThat(read(after, 101, Sees.FORCED)).isEqualTo(frames(101, 101));
      }
      append(ledger, 102, 102);
      ledger.force();
      assertThat(files()).as("now one does").hasSizeLessThan(3);
    }
    open(SMALL).close();
  }

  @Test
  void aFileTakesFramesForADay() throws Exception {
    try (var ledger = open(LARGE)) {
      append(ledger, 1, 2);
      ledger.force();
      now = BEGIN.plus(Duration.ofHours(23));
      append(ledger, 3, 3);
      ledger.force();
      assertThat(files()).hasSize(1);
      now = BEGIN.plus(Duration.ofDays(1));
      ledger.tidy();
      ledger.force();
      append(ledger, 4, 5);
      assertThat(files()).containsExactly(SegmentList.file(folder, 1), SegmentList.file(folder, 4));
    }
  }

  @Test
  void atItsMostBytesWhatNobodyRequiresGoes() throws Exception {
    try (var ledger = open(SMALL.withMostBytes(8 << 10));
        var reader = ledger.reader(1, Sees.FORCED)) {
      for (int i = 1; i <= 2_000; i += 10) {
        append(ledger, i, i + 9);
        ledger.force();
      }
      long bytes = 0;
      for (Path file : files()) bytes += Files.size(file);
      assertThat(bytes).isBetween(4L << 10, 8L << 10);
      assertThat(text(reader.poll())).isEqualTo("gap 1 to " + (ledger.firstKept() - 1));
    }
  }

  @Test
  void whoWantsFilesAndIsTooFarBehindHasAGap() throws Exception {
    var options =
        SMALL
            .withMostBytes(8 << 10)
            .withRequired(Set.of(Ledger.SNAPSHOT))
            .withWanted(Set.of("history"));
    try (var ledger = open(options);
        var history = ledger.reader(1, Sees.FORCED)) {
      for (int i = 1; i <= 2_000; i += 10) {
        append(ledger, i, i + 9);
        ledger.passed(Ledger.SNAPSHOT, i + 9);
        ledger.force();
      }
      assertThat(ledger.state()).isEqualTo(new LedgerState.Healthy());
      assertThat(text(history.poll())).isEqualTo("gap 1 to " + (ledger.firstKept() - 1));
      assertThat(text(history.poll())).startsWith(ledger.firstKept() + ": ");
    }
  }

  @Test
  void atItsMostBytesWhatIsRequiredStaysAndTheDiskCountsAsFull() throws Exception {
    var options =
        SMALL
            .withMostBytes(8 << 10)
            .withRequired(Set.of(Ledger.SNAPSHOT))
            .withWanted(Set.of("history"));
    try (var ledger = open(options)) {
      int number = 1;
      while (append(ledger, "frame " + number) instanceof Written) {
        ledger.force();
        number++;
      }
      assertThat(ledger.state())
          .isInstanceOfSatisfying(
              LedgerState.Full.class,
              full ->
                  assertThat(full.reason())
                      .endsWith("may go before it is read by snapshot (now at frame 0)"));
      ledger.passed(Ledger.SNAPSHOT, 100);
      ledger.force();
      assertThat(ledger.retry()).isEqualTo(new LedgerState.Healthy());
      assertThat(ledger.lastWritten()).isEqualTo(number);
    }
  }

  /// The disk takes frames and forces none.
  @Test
  void soManyFilesMayWaitForTheDisk() throws Exception {
    try (var ledger = open(SMALL)) {
      int number = 1;
      while (append(ledger, "frame " + number) instanceof Written) number++;
      assertThat(files()).hasSize(16);
      assertThat(((LedgerState.Full) ledger.state()).reason())
          .isEqualTo("the disk has not taken the last 16 files");
      ledger.force();
      assertThat(ledger.retry()).isEqualTo(new LedgerState.Healthy());
    }
  }

  // ── Set aside ───────────────────────────────────────────────────────────────────────────────

  @Test
  void theNewestTwoAndTheFirstOfAWeekAreKeptAside() throws Exception {
    for (int i = 1; i <= 5; i++) {
      try (var ledger = open(SMALL)) {
        assertThat(ledger.epoch()).isEqualTo(i);
        append(ledger, 1, i);
        new SnapshotStore(folder.resolve("snapshots"), ledger.id()).write(i, out -> out.write(7));
      }
      now = BEGIN.plusSeconds(i);
      Ledger.setAside(folder, clock);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactly(
              "aside-20260105-120001-000",
              "aside-20260105-120004-000",
              "aside-20260105-120005-000",
              "epoch",
              "lock");
    }
    assertThat(folder.resolve("aside-20260105-120005-000/snapshots"))
        .isDirectoryContaining(file -> file.toString().endsWith("5.snapshot"));
  }

  @Test
  void oneThatWasSetAsideLongAgoMakesRoom() throws Exception {
    for (int day = 0; day < 20; day += 4) {
      open(SMALL).close();
      now = BEGIN.plus(Duration.ofDays(day));
      Ledger.setAside(folder, clock);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactly(
              "aside-20260113-120000-000",
              "aside-20260117-120000-000",
              "aside-20260121-120000-000",
              "epoch",
              "lock");
    }
  }

  @Test
  void epochsGoOnWhenAllOfItIsMovedAway() throws Exception {
    open(SMALL).close();
    open(SMALL).close();
    Path elsewhere = folder.resolveSibling(folder.getFileName() + "-before");
    Ledger.moveTo(folder, elsewhere, clock);
    assertThat(SegmentList.files(folder)).isEmpty();
    assertThat(elsewhere.resolve("id")).exists();
    try (var ledger = open(SMALL)) {
      assertThat(ledger.epoch()).isEqualTo(3);
    }
  }

  @Test
  void aMoveThatWasInterruptedIsFinished() throws Exception {
    try (var ledger = open(SMALL)) {
      append(ledger, 1, 100);
    }
    Path moving = Files.createDirectory(folder.resolve("aside.moving"));
    Path first = files().getFirst();
    Files.move(first, moving.resolve(first.getFileName()));
    try (var ledger = open(SMALL)) {
      assertThat(ledger.lastForced()).isZero();
    }
    assertThat(SegmentList.files(folder.resolve("aside-20260105-120000-000")))
        .hasSizeGreaterThan(3)
        .containsKey(1L);
  }
}
