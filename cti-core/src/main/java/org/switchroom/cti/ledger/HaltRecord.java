package org.switchroom.cti.ledger;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the engine is about to do, in a small mapped file that outlives the process, so that no run
/// dies of the same thing a third time: a subject that was begun and not ended when a run said that
/// it halts ([#halting]) has a fault; at its second it is set aside. A run that died in it without
/// a word was most likely killed, or its machine was: only four of those say something. After a day
/// without a fault it is tried again.
///
/// Three halts in a minute make the ledger itself suspect. A halt is a run that died while it was
/// starting, or after it had said so; one that was killed while it ran is none.
///
/// [#begin] and [#end] are the engine's thread's; they take well under a microsecond and leave no
/// garbage. Asking is any thread's.
public final class HaltRecord implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HaltRecord.class);

  static final String FILE = "halt";

  /// What a subject may have, in bytes of UTF-8; the rest is cut off.
  public static final int LONGEST_SUBJECT = 200;

  private static final int MOST_HALTS = 3;
  private static final Duration HALTS_IN = Duration.ofMinutes(1);

  // In the file: "SWHALT" and a version; how far the run is; length of the subject; the subject.
  private static final long MAGIC = 0x535748414C540001L;
  private static final int PHASE = 8;
  private static final int LENGTH = 9;
  private static final int SUBJECT = 10;
  private static final int ALIVE = 1024;
  private static final int SIZE = 4096;

  /// How far the last run was when it ended, as its byte says.
  private enum Phase {
    ENDED,
    STARTING,
    RUNNING,
    HALTING
  }

  /// A subject that is set aside.
  ///
  /// @param faults how many runs have died in it
  /// @param since when it was set aside
  public record SetAside(String subject, int faults, Instant since) {}

  private final FileChannel channel;
  private final FileLock lock;
  private final MappedByteBuffer map;
  private final FaultCounts counts;
  private final InstantSource clock;
  private final Optional<String> diedIn;
  private final Optional<Instant> lastAlive;
  private final Map<String, SetAside> aside = new ConcurrentHashMap<>();
  private volatile boolean suspect;

  private HaltRecord(
      Path folder,
      FileChannel channel,
      FileLock lock,
      InstantSource clock,
      Predicate<String> needed)
      throws IOException {
    this.channel = channel;
    this.lock = lock;
    this.clock = clock;
    makeRoom(channel);
    map = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
    counts = new FaultCounts(folder, needed);
    diedIn = lastSubject();
    long alive = map.getLong(0) == MAGIC ? map.getLong(ALIVE) : 0;
    lastAlive = alive == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(alive));
    counts.forget(clock.instant());
    takeUp();
    for (FaultCounts.Count count : counts.all()) {
      count
          .aside()
          .ifPresent(
              since ->
                  aside.put(count.subject(), new SetAside(count.subject(), count.faults(), since)));
    }
    suspect = counts.haltsSince(clock.instant().minus(HALTS_IN)) >= MOST_HALTS;
    map.put(LENGTH, (byte) 0);
    map.put(PHASE, (byte) Phase.STARTING.ordinal());
    map.putLong(0, MAGIC);
  }

  /// Takes up what the last run has left. The run is starting until [#started].
  ///
  /// @param folder the ledger's, or another that nobody shares
  /// @param needed subjects that are never set aside
  /// @throws IOException when the folder cannot be used
  public static HaltRecord open(Path folder, InstantSource clock, Predicate<String> needed)
      throws IOException {
    OwnerOnly.folder(folder);
    Path file = folder.resolve(FILE);
    FileChannel channel =
        OwnerOnly.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      return new HaltRecord(folder, channel, OwnerOnly.lock(channel, file), clock, needed);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Of a full disk a write tells; a mapped page for which there is no room is a fault of the
  /// process's memory.
  private static void makeRoom(FileChannel channel) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(SIZE - (int) Math.min(channel.size(), SIZE));
    while (zeros.hasRemaining()) channel.write(zeros, SIZE - zeros.remaining());
  }

  private Optional<String> lastSubject() {
    int length = Byte.toUnsignedInt(map.get(LENGTH));
    if (map.getLong(0) != MAGIC || length == 0 || length > LONGEST_SUBJECT) return Optional.empty();
    byte[] bytes = new byte[length];
    map.get(SUBJECT, bytes);
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private void takeUp() throws IOException {
    if (map.getLong(0) != MAGIC) return;
    byte phase = map.get(PHASE);
    boolean said = phase == Phase.HALTING.ordinal();
    boolean halted = said || phase == Phase.STARTING.ordinal();
    if (halted) counts.halted(clock.instant());
    if (diedIn.isEmpty()) {
      if (halted) log.error("The last run has halted.");
      return;
    }
    FaultCounts.Count count = counts.fault(diedIn.get(), said, clock.instant());
    log.error(
        "The last run has {} in \"{}\": fault {}.{}",
        said ? "halted" : "died without a word",
        count.subject(),
        count.faults(),
        count.aside().isPresent() ? " It is set aside: nothing is done for it any more." : "");
  }

  /// What the last run was doing when it died; empty where it ended in order or between turns.
  public Optional<String> diedIn() {
    return diedIn;
  }

  /// When the last run said last that it lives; empty: never.
  public Optional<Instant> lastAlive() {
    return lastAlive;
  }

  /// The run lives at this moment. The engine's thread.
  public void alive(Instant now) {
    map.putLong(ALIVE, now.toEpochMilli());
  }

  // ── Each turn ───────────────────────────────────────────────────────────────────────────────

  /// A turn begins: from now on it is to blame.
  ///
  /// @param subject what the turn is about, such as "call 17.1" or "command 7#12"; control
  ///   characters become spaces
  public void begin(String subject) {
    blame(encode(map, SUBJECT, subject));
  }

  /// As [#begin(String)] with "kind id", without putting them together.
  ///
  /// @param kind of no more than 50 characters
  public void begin(String kind, String id) {
    int end = encode(map, SUBJECT, kind);
    blame(encode(map, encode(map, end, " "), id));
  }

  private void blame(int end) {
    // A process may die between any two stores; the length is the last.
    VarHandle.storeStoreFence();
    map.put(LENGTH, (byte) (end - SUBJECT));
  }

  /// The turn has ended well.
  public void end() {
    VarHandle.storeStoreFence();
    map.put(LENGTH, (byte) 0);
  }

  /// Puts text as UTF-8; what does not fit is cut off before a character.
  ///
  /// @return where it ends
  private static int encode(ByteBuffer into, int begin, String text) {
    int at = begin;
    for (int i = 0; i < text.length(); i++) {
      int point = plain(text.codePointAt(i));
      if (point > 0xFFFF) i++;
      int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (at + size > SUBJECT + LONGEST_SUBJECT) return at;
      encode(into, at, point, size);
      at += size;
    }
    return at;
  }

  private static int plain(int point) {
    if (point < ' ' || point == 0x7F) return ' ';
    boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return half ? '?' : point;
  }

  private static void encode(ByteBuffer into, int at, int point, int size) {
    if (size == 1) {
      into.put(at, (byte) point);
      return;
    }
    int rest = point;
    for (int i = size - 1; i > 0; i--) {
      into.put(at + i, (byte) (0x80 | (rest & 0x3F)));
      rest >>= 6;
    }
    into.put(at, (byte) ((0xF00 >> size) | rest));
  }

  // ── The run ─────────────────────────────────────────────────────────────────────────────────

  /// The start waits for what is not the ledger's, such as a database or a port: who is killed
  /// meanwhile has not halted.
  public void waits() {
    map.put(PHASE, (byte) Phase.ENDED.ordinal());
  }

  /// The start goes on after [#waits].
  public void goesOn() {
    map.put(PHASE, (byte) Phase.STARTING.ordinal());
  }

  /// The start is over: who dies from now on between two turns has not halted.
  public void started() {
    map.put(PHASE, (byte) Phase.RUNNING.ordinal());
  }

  /// The process is about to halt by its own will. Any thread.
  public void halting() {
    map.put(PHASE, (byte) Phase.HALTING.ordinal());
  }

  /// The run ends in order, unless it has said that it halts.
  @Override
  public void close() throws IOException {
    map.put(LENGTH, (byte) 0);
    if (map.get(PHASE) != Phase.HALTING.ordinal()) map.put(PHASE, (byte) Phase.ENDED.ordinal());
    lock.close();
    channel.close();
  }

  // ── What was set aside ──────────────────────────────────────────────────────────────────────

  /// Whether so many runs have died in it that nothing is to be done for it but to bring whoever it
  /// is to safety.
  ///
  /// @param subject as [#begin] was told it
  public boolean setAside(String subject) {
    return !aside.isEmpty() && aside.containsKey(asKept(subject));
  }

  /// As [#setAside(String)] of "kind id", without putting them together while nothing is.
  public boolean setAside(String kind, String id) {
    return !aside.isEmpty() && aside.containsKey(asKept(kind + " " + id));
  }

  /// All subjects that are set aside, the oldest first.
  public List<SetAside> setAside() {
    return aside.values().stream().sorted(Comparator.comparing(SetAside::since)).toList();
  }

  /// Gives a subject another chance.
  public void takeBack(String subject) throws IOException {
    String kept = asKept(subject);
    counts.takeBack(kept);
    aside.remove(kept);
  }

  /// A subject as [#setAside()] has it: cut off where it is too long, without control characters.
  public static String asKept(String subject) {
    ByteBuffer bytes = ByteBuffer.allocate(SUBJECT + LONGEST_SUBJECT);
    int end = encode(bytes, SUBJECT, subject);
    return new String(bytes.array(), SUBJECT, end - SUBJECT, StandardCharsets.UTF_8);
  }

  /// Whether three runs have halted in the minute before this start: then the ledger itself may be
  /// what they died of.
  public boolean ledgerSuspect() {
    return suspect;
  }

  /// The ledger was set aside: halts are counted anew.
  public void ledgerWasSetAside() throws IOException {
    counts.forgetHalts();
    suspect = false;
  }
}
