package org.switchroom.cti.recording;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.ledger.OwnerOnly;
import org.switchroom.cti.runtime.Recorder;

/// Records a run into a file that nobody but its owner reads, on a thread of its own: the engine's
/// only hands over. A recording with a gap would not replay, so at the first thing for which there
/// is no room it ends, and says so.
public final class RecordingFile implements Recorder, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecordingFile.class);

  /// Inputs and turns that wait to be written.
  private static final int BACKLOG = 65_536;

  /// In bytes.
  private static final long LARGEST = 4L << 30;

  private static final int BUFFER = 1 << 16;
  private static final int MOST_AT_ONCE = 1_000;

  /// Nobody waits for what is written. To be woken for each item would cost the engine's thread 7
  /// µs, and handing over costs it some 0.2.
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  /// So long a halt may take longer.
  private static final Duration LONGEST_HALT = Duration.ofMillis(500);

  private sealed interface Item {
    record Beginning(Snapshot known, Set<String> aside) implements Item {}

    record Taken(Input input, Instant now, Instant wall) implements Item {}

    record Decided(Turn turn) implements Item {}
  }

  private final Path file;
  private final OutputStream out;
  private final long largest;
  private final RecordingLines lines = new RecordingLines();
  private final BlockingQueue<Item> backlog;
  private final AtomicReference<String> ending = new AtomicReference<>("");
  private final Thread thread;
  private long bytes;

  /// A recording of before is kept beside.
  ///
  /// @param clock names what was there before
  /// @throws IOException when the file cannot be written
  public RecordingFile(Path file, InstantSource clock) throws IOException {
    this(file, clock, BACKLOG, LARGEST);
  }

  /// @param most that waits to be written
  /// @param largest in bytes
  RecordingFile(Path file, InstantSource clock, int most, long largest) throws IOException {
    this.file = file;
    this.largest = largest;
    backlog = new ArrayBlockingQueue<>(most);
    if (Files.isRegularFile(file)) {
      Path before =
          file.resolveSibling(
              "%s-before-%d".formatted(file.getFileName(), clock.instant().toEpochMilli()));
      Files.move(file, before);
      OwnerOnly.close(before);
      log.info("The recording of before is in {}.", before);
    }
    out = new BufferedOutputStream(Channels.newOutputStream(OwnerOnly.create(file)), BUFFER);
    thread = Thread.ofPlatform().name("recording").daemon().start(this::run);
  }

  // ── The engine's thread ─────────────────────────────────────────────────────────────────────

  @Override
  public void begins(Snapshot known, Set<String> aside) {
    add(new Item.Beginning(known, aside));
  }

  @Override
  public void takes(Input input, Instant now, Instant wall) {
    add(new Item.Taken(input, now, wall));
  }

  @Override
  public void decides(Turn turn) {
    add(new Item.Decided(turn));
  }

  private void add(Item item) {
    if (!isEnding() && !backlog.offer(item)) endsEarly("It could not be written fast enough.");
  }

  private boolean isEnding() {
    return !requireNonNull(ending.get()).isEmpty();
  }

  private void endsEarly(String why) {
    if (ends(why)) log.warn("The recording in {} ends here. {} Calls are not touched.", file, why);
  }

  /// Returns whether it is the first reason.
  private boolean ends(String why) {
    boolean first = ending.compareAndSet("", why);
    LockSupport.unpark(thread);
    return first;
  }

  // ── Its own thread ──────────────────────────────────────────────────────────────────────────

  private void run() {
    var some = new ArrayList<Item>();
    try (out) {
      for (boolean last = false; !last; ) {
        last = isEnding();
        while (backlog.drainTo(some, MOST_AT_ONCE) > 0) {
          for (Item item : some) write(item);
          some.clear();
        }
        out.flush();
        if (!last) LockSupport.parkNanos(PAUSE.toNanos());
      }
      line(new RecordingLine.Ends(requireNonNull(ending.get())));
    } catch (IOException | RuntimeException e) {
      ends("It cannot be written.");
      backlog.clear();
      log.warn(
          "The recording in {} is broken off, and calls are not touched: {}", file, e.toString());
    }
  }

  private void write(Item item) throws IOException {
    switch (item) {
      case Item.Beginning(var known, var aside) ->
          line(new RecordingLine.Begins(RecordingLines.FORMAT, Build.name(), aside, known));
      case Item.Taken(var input, var now, var wall) ->
          line(new RecordingLine.Takes(input, now, wall));
      case Item.Decided(var turn) -> line(new RecordingLine.Decides(lines.marks(turn)));
    }
  }

  private void line(RecordingLine line) throws IOException {
    byte[] text = lines.write(line);
    out.write(text);
    out.write('\n');
    bytes += text.length + 1;
    if (bytes > largest) endsEarly("It has reached %d bytes.".formatted(largest));
  }

  // ── The end ─────────────────────────────────────────────────────────────────────────────────

  /// The process halts now: what was handed over is written, where that is soon done.
  public void halts() {
    ends("The server halted.");
    await(LONGEST_HALT);
  }

  /// After the engine.
  @Override
  public void close() {
    ends("The server was stopped.");
    if (!await(LONGEST_CLOSE)) log.warn("The recording in {} could not be ended.", file);
  }

  private boolean await(Duration most) {
    try {
      return thread.join(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
