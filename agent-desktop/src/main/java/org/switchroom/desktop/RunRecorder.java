package org.switchroom.desktop;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.run.Json;
import org.switchroom.cti.center.RouterWitness;

/// Writes what the router is told to a file, a fact a line, on a thread of its own. A run with a
/// gap would not replay, so at the first fact for which there is no room it ends, and says so.
final class RunRecorder implements RouterWitness, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunRecorder.class);

  private static final int BACKLOG = 65_536;

  /// In bytes. A busy day is some hundred megabytes.
  private static final long LARGEST = 4L << 30;

  private static final Supplier<String> END = () -> "";

  private final Path file;
  private final BufferedWriter out;
  private final BlockingQueue<Supplier<String>> backlog = new ArrayBlockingQueue<>(BACKLOG);
  private final Thread thread;
  private volatile boolean ended;

  /// A recording of before is kept beside.
  ///
  /// @throws IOException when the file cannot be written
  RunRecorder(Path file) throws IOException {
    this.file = file;
    if (Files.isRegularFile(file)) {
      Path before =
          file.resolveSibling(
              "%s-before-%d".formatted(file.getFileName(), Instant.now().toEpochMilli()));
      Files.move(file, before);
      log.info("The recording of before is in {}.", before);
    }
    out = Files.newBufferedWriter(file);
    thread = Thread.ofVirtual().name("run-recorder").start(this::run);
  }

  @Override
  public void begins(Instant at, Plan plan, RouterMemory memory, long offers) {
    List<AcdEvent> configured = RecordedRun.facts(at, plan);
    write(() -> RecordedRun.begin(at, offers, configured.size(), memory));
    configured.forEach(this::hears);
  }

  @Override
  public void hears(AcdEvent fact) {
    write(() -> Json.of(fact));
  }

  @Override
  public void goesOn() {
    write(() -> RecordedRun.GO_ON);
  }

  private void write(Supplier<String> line) {
    if (!ended && !backlog.offer(line)) end("the disk cannot keep up");
  }

  private void run() {
    long bytes = 0;
    try (out) {
      for (Supplier<String> next = backlog.take(); next != END && !ended; next = backlog.take()) {
        String line = next.get();
        out.write(line);
        out.newLine();
        bytes += line.length() + 1;
        if (backlog.isEmpty()) out.flush();
        if (bytes > LARGEST) end("it has reached " + LARGEST + " bytes");
      }
    } catch (IOException e) {
      end(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(String why) {
    ended = true;
    log.warn("The recording in {} ends here: {}. Calls are not touched.", file, why);
  }

  @Override
  public void close() {
    try {
      while (thread.isAlive() && !backlog.offer(END, 100, TimeUnit.MILLISECONDS)) continue;
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
