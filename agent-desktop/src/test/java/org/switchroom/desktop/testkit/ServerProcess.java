package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchroom.desktop.FaultyServer;

/// A server in a process of its own, which can be killed, stopped and started again.
public final class ServerProcess implements AutoCloseable {
  private static final long LONGEST_START_SECONDS = 60;
  private static final long LONGEST_STOP_SECONDS = 20;

  private static final Path JAR = Path.of("target/agent-desktop-0.1.0.jar").toAbsolutePath();

  /// As collectors say it: "used 81920K", "used 80M".
  private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)([KM])");

  /// How the virtual machine runs.
  public enum Manner {
    /// Starts soonest, in little memory.
    SOON(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m")),
    /// The same; [#fail] makes it throw.
    FAULTY(SOON.options),
    /// As `./switchroom` runs it, from the jar.
    AS_LAUNCHED(
        List.of(
            "-XX:+UseZGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + JAR + "." + JAR.toFile().lastModified() + ".jsa",
            "-Xmx2g",
            "-XX:SoftMaxHeapSize=512m",
            "-XX:ZUncommitDelay=60",
            "-XX:MaxDirectMemorySize=512m"));

    private final List<String> options;

    Manner(List<String> options) {
      this.options = options;
    }

    public List<String> options() {
      return options;
    }
  }

  private final Manner manner;
  private final Path config;
  private final Path log;
  private final List<String> more = new ArrayList<>();
  private Process process;
  private long slowestStart;
  private int runs;

  /// Its log is beside the configuration; so are those of its earlier runs, by number.
  public ServerProcess(CenterFile center) {
    this(center, Manner.SOON);
  }

  public ServerProcess(CenterFile center, Manner manner) {
    this.manner = manner;
    config = center.path();
    log = center.folder().resolve("server.log");
  }

  /// From its next start on.
  public ServerProcess recording(Path file) {
    more.addAll(List.of("--record", file.toString()));
    return this;
  }

  /// Returns when it serves.
  public void start() throws Exception {
    long began = System.nanoTime();
    if (Files.exists(log)) Files.move(log, log.resolveSibling("server-%d.log".formatted(++runs)));
    process = new ProcessBuilder(command()).redirectErrorStream(true).start();
    var serves = new CompletableFuture<Void>();
    Process mine = process;
    Thread.ofPlatform().daemon().start(() -> listen(mine, serves));
    try {
      serves.get(LONGEST_START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The server did not start: " + log(), e);
    }
    slowestStart = Math.max(slowestStart, (System.nanoTime() - began) / 1_000_000);
  }

  private List<String> command() {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(manner.options);
    if (manner != Manner.AS_LAUNCHED) command.add("--enable-native-access=ALL-UNNAMED");
    command.add(
        "-Dlogback.configurationFile="
            + Path.of("src/main/resources/logback.xml").toAbsolutePath());
    switch (manner) {
      case SOON -> {
        String classes = System.getProperty("java.class.path");
        command.addAll(List.of("-cp", classes, "org.switchroom.desktop.Main"));
      }
      case FAULTY -> {
        String classes = System.getProperty("java.class.path");
        command.addAll(List.of("-cp", classes, "org.switchroom.desktop.FaultyServer"));
      }
      case AS_LAUNCHED -> command.addAll(List.of("-jar", JAR.toString()));
    }
    command.add("serve");
    command.addAll(more);
    command.addAll(List.of("--config", config.toString()));
    return command;
  }

  /// Keeps what the server says, and says when it serves, or that it ended before.
  private void listen(Process server, CompletableFuture<Void> serves) {
    try (var said = server.inputReader();
        var kept = Files.newBufferedWriter(log)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        kept.write(line);
        kept.newLine();
        kept.flush();
        if (line.contains("Switchroom serves")) serves.complete(null);
      }
      serves.completeExceptionally(new IllegalStateException("It ended."));
    } catch (IOException e) {
      serves.completeExceptionally(e);
    }
  }

  /// As `kill -9` does it.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Something is thrown in its next turn, or that has no end, and it halts.
  ///
  /// @return what it ends with
  public int fail(FaultyServer.Fault how) throws IOException, InterruptedException {
    process.getOutputStream().write(how.ordinal());
    process.getOutputStream().flush();
    if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("It has failed and goes on: " + log());
    }
    return process.exitValue();
  }

  /// It stands still for a while, as on a machine that is moved to another.
  public void freeze(Duration how) throws IOException, InterruptedException {
    signal("STOP");
    Thread.sleep(how);
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int said =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (said != 0) throw new IllegalStateException("There is nobody to be told " + name);
  }

  /// As TERM does it. Returns whether it has ended by itself.
  public boolean stop() throws InterruptedException {
    process.destroy();
    return process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
  }

  /// From the start of the process to its web server, in milliseconds.
  public long slowestStart() {
    return slowestStart;
  }

  /// What the process holds of the machine's memory.
  public long residentMiB() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElse(0);
  }

  /// What is in use of its heap after a collection, which it is made to do now.
  public long liveHeapMiB() throws IOException, InterruptedException {
    tell("GC.run");
    Matcher used = HEAP_USED.matcher(tell("GC.heap_info"));
    if (!used.find()) throw new IllegalStateException("It does not say what its heap holds.");
    long size = Long.parseLong(used.group(1));
    return used.group(2).equals("K") ? size >> 10 : size;
  }

  private String tell(String command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    return answer;
  }

  /// Files and sockets that it has open.
  public int openFiles() {
    String[] open = Path.of("/proc/" + process.pid() + "/fd").toFile().list();
    return open == null ? 0 : open.length;
  }

  /// What it has taken of the processor since it was started.
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// What it has said since it was started.
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    if (process != null) process.destroyForcibly().onExit().join();
  }
}
