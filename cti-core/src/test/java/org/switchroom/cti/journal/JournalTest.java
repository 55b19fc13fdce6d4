package org.switchroom.cti.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.CustomerChosen;
import org.switchroom.cti.customer.DispositionRecord;
import org.switchroom.cti.customer.HistoryRecord;
import org.switchroom.cti.customer.ScriptRun;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.customer.SurveyAnswer;
import org.switchroom.cti.customer.TaskClosed;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.store.SqlStanding;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.ivr.Outcome.TrailEntry;

class JournalTest {
  private static final Journal.Limits SMALL = new Journal.Limits(200, 1 << 20);

  @TempDir Path folder;

  private Journal open() throws IOException {
    return Journal.open(folder, SMALL);
  }

  /// Waits until it is on the disk; returns the fault, or null.
  private static String append(Journal journal, String text, boolean waits) throws Exception {
    var done = new CompletableFuture<String>();
    journal.append(text.getBytes(StandardCharsets.UTF_8), waits, done::complete);
    return done.get(10, TimeUnit.SECONDS);
  }

  private static List<String> read(Journal journal, long from) throws IOException {
    var texts = new ArrayList<String>();
    try (var reader = journal.reader()) {
      read(reader, from, Integer.MAX_VALUE, texts);
    }
    return texts;
  }

  private static void read(JournalReader reader, long from, int most, List<String> into)
      throws IOException {
    int[] room = {most};
    reader.read(
        from,
        (_, payload) -> {
          into.add(new String(payload, StandardCharsets.UTF_8));
          return --room[0] > 0;
        });
  }

  private Path newest() throws IOException {
    return new Segments(folder).all().lastEntry().getValue();
  }

  @Test
  void whatWasAcknowledgedIsThereInItsOrderAfterAnotherStart() throws Exception {
    try (var journal = open()) {
      for (int i = 1; i <= 50; i++) assertThat(append(journal, "record " + i, true)).isNull();
    }
    try (var journal = open()) {
      assertThat(journal.last()).isEqualTo(50);
      assertThat(read(journal, 1)).hasSize(50).startsWith("record 1").endsWith("record 50");
      assertThat(read(journal, 49)).containsExactly("record 49", "record 50");
      assertThat(append(journal, "more", true)).isNull();
      assertThat(read(journal, 51)).containsExactly("more");
    }
    assertThat(new Segments(folder).all()).as("files of 200 bytes").hasSizeGreaterThan(5);
  }

  /// A crash can stop anywhere in the last record.
  @Test
  void aTornTailIsCutWhereverItIsTorn() throws Exception {
    try (var journal = open()) {
      for (String text : List.of("one", "two", "three")) append(journal, text, true);
    }
    byte[] whole = Files.readAllBytes(newest());
    int third = whole.length - Segments.HEADER - "three".length();
    for (int length = third; length < whole.length; length++) {
      Files.write(newest(), Arrays.copyOf(whole, length));
      try (var journal = open()) {
        assertThat(journal.last()).as("%d of %d bytes", length, whole.length).isEqualTo(2);
        append(journal, "after", true);
        assertThat(read(journal, 1)).containsExactly("one", "two", "after");
      }
      Files.write(newest(), whole);
    }
    // A block that the disk never wrote reads as zeros.
    Files.write(newest(), Arrays.copyOf(whole, whole.length + 4_096));
    try (var journal = open()) {
      assertThat(read(journal, 1)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void aFileThatNoCrashCanHaveBrokenIsRefusedWithItsName() throws Exception {
    try (var journal = open()) {
      for (int i = 0; i < 40; i++) append(journal, "record " + i, true);
    }
    Path oldest = new Segments(folder).all().firstEntry().getValue();
    byte[] bytes = Files.readAllBytes(oldest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(oldest, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOf(JournalBrokenException.class)
        .hasMessageContaining(oldest.toString())
        .hasMessageContaining("backup");
  }

  @Test
  void twoServersDoNotShareAJournal() throws Exception {
    try (var _ = open()) {
      assertThatThrownBy(this::open).hasMessageContaining("another server's");
    }
  }

  @Test
  void filesGoWhenTheirRecordsAreProjected() throws Exception {
    try (var journal = open()) {
      for (int i = 1; i <= 40; i++) append(journal, "record " + i, true);
      journal.forget(20);
      assertThat(read(journal, 1).getFirst()).isNotEqualTo("record 1");
      assertThat(read(journal, 21).getFirst()).isEqualTo("record 21");
      journal.forget(40);
      assertThat(new Segments(folder).all()).hasSize(1);
    }
    try (var journal = open()) {
      assertThat(journal.last()).isEqualTo(40);
    }
  }

  /// A disk with room for so many bytes; it writes half of what does not fit, as disks do.
  private record FullDisk(Medium disk, AtomicLong room) implements Medium {
    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      if (room.get() >= bytes.remaining()) {
        room.addAndGet(-bytes.remaining());
        disk.write(bytes, position);
        return;
      }
      ByteBuffer half = bytes.slice(bytes.position(), bytes.remaining() / 2);
      disk.write(half, position);
      throw new IOException("No space left on device");
    }

    @Override
    public void force() throws IOException {
      disk.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      disk.truncate(size);
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }

  @Test
  void aFullDiskRefusesWhoWaitsKeepsTheRestAndCatchesUp() throws Exception {
    var room = new AtomicLong(40);
    var kept = new CompletableFuture<String>();
    try (var log = new LogWatch(Journal.class);
        var journal =
            Journal.open(
                folder,
                SMALL,
                file -> new FullDisk(Medium.OnDisk.open(file), room),
                Blocks.Source.OnDisk::open)) {
      assertThat(append(journal, "fits", true)).isNull();
      assertThat(append(journal, "does not fit any more", true))
          .contains("It cannot be saved now")
          .contains("No space left");
      journal.append("kept until there is room".getBytes(), false, kept::complete);
      assertThat(append(journal, "refused too", true)).contains("No space left");
      assertThat(kept).isNotDone();
      room.set(10_000);
      assertThat(kept.get(10, TimeUnit.SECONDS)).isNull();
      assertThat(append(journal, "fits again", true)).isNull();
      assertThat(log.said(Level.ERROR)).as("it is said, and not again and again").hasSize(1);
      assertThat(log.said(Level.WARN)).anyMatch(line -> line.endsWith("is written again."));
    }
    try (var journal = open()) {
      assertThat(read(journal, 1))
          .containsExactly("fits", "kept until there is room", "fits again");
    }
  }

  // ── Reading on ──────────────────────────────────────────────────────────────────────────────

  /// Counts what is read.
  private record Counted(Blocks.Source disk, AtomicLong reads, AtomicLong bytes)
      implements Blocks.Source {
    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      int read = disk.read(into, position);
      reads.incrementAndGet();
      bytes.addAndGet(Math.max(0, read));
      return read;
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }

  /// The projector reads after every force; what it read before is not read again.
  @Test
  void whatARecordCostsToReadDoesNotGrow() throws Exception {
    var reads = new AtomicLong();
    var bytes = new AtomicLong();
    var text = "x".repeat(200);
    try (var journal =
            Journal.open(
                folder,
                new Journal.Limits(100_000, 1 << 20),
                Medium.OnDisk::open,
                file -> new Counted(Blocks.Source.OnDisk.open(file), reads, bytes));
        var reader = journal.reader()) {
      var texts = new ArrayList<String>();
      for (int i = 1; i <= 1_000; i++) {
        append(journal, text, false);
        read(reader, i, 500, texts);
      }
      assertThat(texts).hasSize(1_000);
      assertThat(bytes.get()).as("each byte once").isEqualTo(1_000 * (200 + Segments.HEADER));
      assertThat(reads.get()).as("one read each, and one at the end of a file").isLessThan(1_010);

      reads.set(0);
      bytes.set(0);
      try (var another = journal.reader()) {
        for (int i = 1; i <= 1_000; i += 500) read(another, i, 500, texts);
      }
      assertThat(texts).hasSize(2_000);
      assertThat(reads.get()).as("blocks of 64 KiB").isLessThan(12);
    }
  }

  @Test
  void aReaderComesBackToWhatItCouldNotUse() throws Exception {
    try (var journal = open();
        var reader = journal.reader()) {
      for (int i = 1; i <= 60; i++) append(journal, "record " + i, true);
      var texts = new ArrayList<String>();
      read(reader, 31, 20, texts);
      read(reader, 31, 20, texts);
      read(reader, 40, 1, texts);
      read(reader, 51, 1, texts);
      read(reader, 1, 1, texts);
      assertThat(texts.subList(0, 20)).startsWith("record 31").endsWith("record 50");
      assertThat(texts.subList(20, 40)).isEqualTo(texts.subList(0, 20));
      assertThat(texts.subList(40, 43)).containsExactly("record 40", "record 51", "record 1");
      journal.forget(55);
      texts.clear();
      read(reader, 56, 1, texts);
      assertThat(texts).containsExactly("record 56");
    }
  }

  @Test
  void aRecordMayBeLargerThanABlock() throws Exception {
    var large = List.of("y".repeat(1 << 20), "small", "z".repeat(200_000));
    try (var journal = Journal.open(folder, Journal.Limits.DEFAULT)) {
      for (String text : large) append(journal, text, true);
      assertThat(read(journal, 1)).isEqualTo(large);
    }
    try (var journal = Journal.open(folder, Journal.Limits.DEFAULT)) {
      assertThat(read(journal, 2)).isEqualTo(large.subList(1, 3));
    }
  }

  /// A group that failed is cut off, and other records stand in its place: what a reader has seen
  /// of the old ones is not taken for them.
  @Test
  void whatWasCutOffIsNotRead() throws Exception {
    var room = new AtomicLong(1_000);
    var texts = new ArrayList<String>();
    var halfWritten = new ArrayList<Long>();
    JournalReader[] reader = {null};
    Medium.Opener full =
        file -> {
          var disk = new FullDisk(Medium.OnDisk.open(file), room);
          return new Watched(
              disk,
              () -> {
                halfWritten.add(Files.size(file));
                read(reader[0], 1, 9, texts);
              });
        };
    try (var journal =
        Journal.open(
            folder, new Journal.Limits(10_000, 1 << 20), full, Blocks.Source.OnDisk::open)) {
      reader[0] = journal.reader();
      append(journal, "first", true);
      assertThat(append(journal, "a".repeat(2_000), true)).contains("No space left");
      room.set(10_000);
      append(journal, "second", true);
      read(reader[0], 2, 9, texts);
      reader[0].close();
    }
    assertThat(halfWritten).singleElement().satisfies(size -> assertThat(size).isGreaterThan(900));
    assertThat(texts).containsExactly("first", "second");
  }

  @FunctionalInterface
  private interface Look {
    void look() throws IOException;
  }

  /// Somebody looks at the file before it is cut.
  private record Watched(Medium disk, Look look) implements Medium {
    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      disk.write(bytes, position);
    }

    @Override
    public void force() throws IOException {
      disk.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      look.look();
      disk.truncate(size);
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }

  // ── Into the database ───────────────────────────────────────────────────────────────────────

  private static SeatChanged seat(int number) {
    return new SeatChanged(
        "agent" + number, SeatChanged.Presence.READY, "", Instant.ofEpochSecond(number));
  }

  @Test
  void whatTheLastRunDidNotProjectIsProjectedOnceAtTheStart() throws Exception {
    try (var database = Database.open(Database.inMemoryUrl("j-" + System.nanoTime()), "sa", "")) {
      var store = new SqlHistoryStore(database);
      try (var journal = open()) {
        for (int i = 0; i < 1_200; i++) {
          append(journal, new String(RecordCodec.bytes(seat(i)), StandardCharsets.UTF_8), false);
        }
        store.project(List.of(seat(0)), journal.name(), 1);
      }
      new JournaledHistory(open(), store).close();
      assertThat(new SqlStanding(database).seats()).hasSize(1_200);
      try (var journal = open()) {
        assertThat(store.position(journal.name())).isEqualTo(1_200);
        assertThat(store.position("another journal")).isZero();
      }
      new JournaledHistory(open(), store).close();
      assertThat(new SqlStanding(database).seats()).hasSize(1_200);
    }
  }

  @Test
  void aCommitWhoseAnswerWasLostIsNotDoneAgain() throws Exception {
    var projected = new ArrayList<HistoryRecord>();
    var committed = new AtomicLong();
    var losesAnswers =
        new Projection() {
          @Override
          public long position(String journal) {
            return committed.get();
          }

          @Override
          public synchronized void project(
              List<HistoryRecord> records, String journal, long position) {
            projected.addAll(records);
            committed.set(position);
            if (position == 1) throw new IllegalStateException("the line broke after it");
          }

          @Override
          public boolean away(RuntimeException fault) {
            return true;
          }
        };
    var second = new CompletableFuture<Void>();
    try (var history = new JournaledHistory(open(), losesAnswers)) {
      history.write(seat(1), false, _ -> {}, () -> {});
      history.catchUpTo(Duration.ofSeconds(10));
      history.write(seat(2), false, _ -> {}, () -> second.complete(null));
      second.get(10, TimeUnit.SECONDS);
    }
    assertThat(projected).containsExactly(seat(1), seat(2));
  }

  @Test
  void aDatabaseThatIsAwayIsCaughtUpWith() throws Exception {
    try (var database = Database.open(Database.inMemoryUrl("j-" + System.nanoTime()), "sa", "")) {
      var store = new SqlHistoryStore(database);
      var away = new AtomicBoolean(true);
      var sometimes =
          new Projection() {
            @Override
            public long position(String journal) {
              return store.position(journal);
            }

            @Override
            public void project(List<HistoryRecord> records, String journal, long position) {
              if (away.get()) throw new IllegalStateException("away");
              store.project(records, journal, position);
            }

            @Override
            public boolean away(RuntimeException fault) {
              return true;
            }
          };
      try (var history = new JournaledHistory(open(), sometimes)) {
        var saved = new CompletableFuture<String>();
        var shown = new CompletableFuture<Void>();
        history.write(seat(1), true, saved::complete, () -> shown.complete(null));
        assertThat(saved.get(10, TimeUnit.SECONDS)).as("saved although it is away").isNull();
        assertThat(shown).isNotDone();
        away.set(false);
        shown.get(10, TimeUnit.SECONDS);
        assertThat(new SqlStanding(database).seats()).hasSize(1);
      }
    }
  }

  private static CallSeen call(Instant at) {
    return new CallSeen(
        "c",
        CallSeen.Stage.TALKING,
        7L,
        "gold",
        "+886",
        "8001",
        "zh-TW",
        at,
        "orders",
        at,
        "ann",
        at,
        "switchroom-7",
        true,
        5,
        1,
        List.of(new TrailEntry("menu", "2")),
        Map.of("order", "1234"),
        at);
  }

  @Test
  void aSeatOfAnOlderJournalIsRead() throws Exception {
    var old =
        "{\"kind\":\"SeatChanged\",\"agent\":\"ann\",\"presence\":\"NOT_READY\",\"reason\":\"lunch\",\"at\":\"2026-01-05T12:00:00Z\"}";
    assertThat(RecordCodec.record(old.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new SeatChanged(
                "ann",
                SeatChanged.Presence.NOT_READY,
                "lunch",
                Instant.parse("2026-01-05T12:00:00Z")));
  }

  @Test
  void everyKindOfRecordIsReadBackAsItWas() throws Exception {
    var at = Instant.parse("2026-01-05T12:00:00.123456789Z");
    var records =
        List.of(
            new SeatChanged(
                "ann",
                SeatChanged.Presence.READY,
                "",
                at,
                new SeatChanged.WrapUp(call(at), at),
                "task-1"),
            call(at),
            new CustomerChosen("c", 7, "ann", at),
            new TaskClosed("t", "c", "ann", "done", at),
            new SurveyAnswer("c", null, "q", "a", "s", 4, 5, at),
            new ScriptRun("c", "menu", 1, at, "ended", "a", "x\ny"),
            new DispositionRecord("c", 7L, "a", "refund", "好", at),
            new ContactRecord(
                "c",
                null,
                "+886",
                "8001",
                "orders",
                "",
                at,
                null,
                null,
                at,
                ContactRecord.Outcome.DIVERTED,
                "a=1 › b"));
    for (var record : records) {
      assertThat(RecordCodec.record(RecordCodec.bytes(record))).isEqualTo(record);
    }
    assertThat(records.stream().map(Object::getClass).distinct())
        .as("every kind there is")
        .hasSize(HistoryRecord.class.getPermittedSubclasses().length);
  }
}
