package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.SimulatedFloor;

/// Calls that agents serve over their desks' sockets, first alone and then while [Besiegers] do
/// what they can; somebody whose browser is known logs in all the while. Server, strangers, and
/// this with the PBX and the desks are three processes.
public final class Siege implements AutoCloseable {
  private static final Duration PROMPT = Duration.ofMillis(200);
  private static final Duration RINGS = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TALK = Duration.ofMillis(1_000);
  private static final long LOG_IN_EVERY_MILLIS = 1_500;

  private static final String MENU =
      """
      name: menu
      start: menu
      steps:
        menu:
          menu: For orders, press 1.
          keys: {1: orders}
          timeout: 5s
          retries: 2
          otherwise: orders
        orders: {queue: orders}
      """;

  /// A line of the log: its level, and who says what.
  private static final Pattern LINE =
      Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (\\w+) +(\\S+) - (.*)");

  /// What is another in each line of a kind.
  private static final Pattern DIFFERS =
      Pattern.compile("\"[^\"]*\"|\\b[0-9a-fA-F-]*\\d[\\w.:,-]*");

  private static final int WORDS_OF_A_KIND = 8;

  /// @param each how long calls come in either half
  /// @param pace of the strangers, 1 is all
  public record Size(
      ServerProcess.Manner manner,
      int agents,
      int callsPerSecond,
      Duration warmUp,
      Duration each,
      double pace) {}

  /// @param lost callers who left unserved, or never left
  /// @param offers from a caller's being held to the order to ring, in microseconds
  /// @param processor what the server took of it, in percent of one core
  public record Half(int offered, int answered, int lost, Histogram offers, long processor) {
    public double millisAt(double percentile) {
      return offers.getValueAtPercentile(percentile) / 1_000.0;
    }
  }

  /// @param heapMiB in use after a collection
  public record Room(long heapMiB, long residentMiB, int files) {}

  /// @param logIns how long each took from a known browser, in milliseconds
  /// @param refused log-ins of that browser that were not answered with 200
  /// @param seconds that the siege lasted
  /// @param strangersLines lines of the log under siege by kind, of kinds that there were none of
  ///   without it
  /// @param attacks what was done how often, and what came of it
  public record Result(
      Half quiet,
      Half siege,
      Room before,
      Room after,
      long mostResidentMiB,
      List<Long> logIns,
      List<String> refused,
      double seconds,
      Map<String, Integer> strangersLines,
      List<String> attacks) {}

  private final Size size;
  private final AtomicInteger bridged = new AtomicInteger();
  private final AtomicInteger unserved = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Map<String, Long> heldAt = new ConcurrentHashMap<>();
  private volatile Histogram offers = new Histogram(3);
  private final SplittableRandom random = new SplittableRandom(1);
  private final SimulatedPbx pbx;
  private final CenterFile center;
  private final ServerProcess server;
  private long mostResidentMiB;

  public Siege(Path folder, Size size) throws Exception {
    this.size = size;
    pbx =
        SimulatedFloor.open(
            PROMPT,
            size.agents(),
            RINGS,
            new PbxWatcher() {
              @Override
              public void held(String call, long nanoTime) {
                heldAt.put(call, nanoTime);
              }

              @Override
              public void rung(String call, String device, long nanoTime) {
                Long since = heldAt.remove(call);
                if (since != null) took(nanoTime - since);
              }

              @Override
              public void bridged(String call, String device) {
                bridged.incrementAndGet();
              }

              @Override
              public void callEnded(String call, boolean wasBridged) {
                ended.incrementAndGet();
                if (!wasBridged) unserved.incrementAndGet();
              }
            });
    // One more, who serves nobody and logs in.
    center =
        TestCenter.on(pbx)
            .withAgents(size.agents() + 1)
            .withScript(MENU)
            .wrapsUp(WrapUp.Mode.MANDATORY)
            .in(folder);
    server = new ServerProcess(center, size.manner());
  }

  private synchronized void took(long nanos) {
    offers.recordValue(Math.max(0, nanos / 1_000));
  }

  public Result run() throws Exception {
    server.start();
    String known = becomesKnown();
    var desks = new ArrayList<DeskClient>();
    for (int i = 1; i <= size.agents(); i++) {
      desks.add(DeskClient.ofAgent(center.web(), i).wrapsUpWith("other"));
      desks.getLast().ask("goReady");
    }
    for (DeskClient desk : desks) {
      Await.until(() -> desk.state().equals("ready"), desk + " is ready", PATIENCE);
    }
    load(size.warmUp());
    int from = server.log().length();
    Half quiet = load(size.each());
    Map<String, Integer> usual = kinds(server.log().substring(from));
    Room before = room();
    from = server.log().length();

    var logIns = new ArrayList<Long>();
    var refused = new ArrayList<String>();
    List<String> attacks;
    Half siege;
    long began = System.nanoTime();
    try (var strangers = new Strangers()) {
      Thread honest = Thread.ofVirtual().start(() -> logInAgain(known, logIns, refused));
      siege = load(size.each());
      honest.join();
      attacks = strangers.end();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<String, Integer> lines = kinds(server.log().substring(from));
    lines.keySet().removeAll(usual.keySet());
    Room after = room();
    desks.forEach(DeskClient::close);
    return new Result(
        quiet, siege, before, after, mostResidentMiB, logIns, refused, seconds, lines, attacks);
  }

  private Room room() throws IOException, InterruptedException {
    return new Room(server.liveHeapMiB(), server.residentMiB(), server.openFiles());
  }

  // ── Callers ─────────────────────────────────────────────────────────────────────────────────

  private Half load(Duration time) throws IOException {
    synchronized (this) {
      offers = new Histogram(3);
    }
    int served = bridged.get();
    int over = ended.get();
    int lost = unserved.get();
    Duration processor = server.processorTime();
    int calls = (int) (size.callsPerSecond() * time.toMillis() / 1_000);
    long began = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      call();
      if (i % size.callsPerSecond() == 0) {
        mostResidentMiB = Math.max(mostResidentMiB, server.residentMiB());
      }
      long due = began + (i + 1) * 1_000_000_000L / size.callsPerSecond();
      while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
    }
    long took = server.processorTime().minus(processor).toNanos();
    long percent = 100 * took / Math.max(System.nanoTime() - began, 1);
    Await.isSo(() -> ended.get() - over >= calls, PATIENCE.plusSeconds(30));
    int missing = calls - (ended.get() - over);
    synchronized (this) {
      return new Half(
          calls, bridged.get() - served, unserved.get() - lost + missing, offers, percent);
    }
  }

  private void call() {
    pbx.call(
        new CallerBehavior(
            "+8862230%05d".formatted(random.nextInt(20_000)),
            "",
            "8001",
            List.of('1'),
            Duration.ofMillis(100),
            PATIENCE,
            TALK));
  }

  // ── Somebody honest ─────────────────────────────────────────────────────────────────────────

  /// @return what their browser says from now on
  private String becomesKnown() throws IOException, InterruptedException {
    HttpResponse<String> first = logIn("");
    return first.headers().allValues("set-cookie").stream()
        .filter(cookie -> cookie.startsWith("switchroom-browser="))
        .map(cookie -> cookie.split(";")[0])
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Log-in: " + first.body()));
  }

  private void logInAgain(String known, List<Long> took, List<String> refused) {
    long until = System.nanoTime() + size.each().toNanos();
    try {
      do {
        TimeUnit.MILLISECONDS.sleep(LOG_IN_EVERY_MILLIS);
        long began = System.nanoTime();
        HttpResponse<String> answer = logIn(known);
        took.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        if (answer.statusCode() != 200) refused.add(answer.statusCode() + " " + answer.body());
      } while (System.nanoTime() < until);
    } catch (IOException e) {
      refused.add(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<String> logIn(String cookie) throws IOException, InterruptedException {
    String body =
        "{\"name\":\"a%d\",\"password\":\"%s\"}".formatted(size.agents() + 1, TestCenter.PASSWORD);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/login".formatted(center.web())))
            .timeout(PATIENCE)
            .header("Cookie", cookie)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    // Each time as a browser that was just opened.
    try (var browser = HttpClient.newHttpClient()) {
      return browser.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  // ── Strangers ───────────────────────────────────────────────────────────────────────────────

  /// Behind everybody else at the processor: what they take of it is not what is measured.
  private final class Strangers implements AutoCloseable {
    private final Process process;

    Strangers() throws IOException {
      process =
          new ProcessBuilder(
                  "nice",
                  "-n",
                  "19",
                  ProcessHandle.current().info().command().orElse("java"),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Besiegers.class.getName(),
                  Integer.toString(center.web()),
                  Integer.toString(center.agi()),
                  Integer.toString(size.agents() + 1),
                  Double.toString(size.pace()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said = process.inputReader().readLine();
      if (!Besiegers.BEGUN.equals(said)) throw new IllegalStateException("No siege: " + said);
    }

    List<String> end() throws IOException {
      Duration took = process.info().totalCpuDuration().orElse(Duration.ZERO);
      process.getOutputStream().close();
      List<String> done = new ArrayList<>(process.inputReader().lines().toList());
      done.add("processor that the strangers took: %d ms".formatted(took.toMillis()));
      return done;
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  // ── The log ─────────────────────────────────────────────────────────────────────────────────

  /// How many lines there are of each kind; what follows a line without a time is of its kind.
  private static Map<String, Integer> kinds(String log) {
    var kinds = new TreeMap<String, Integer>();
    String kind = "";
    for (String text : log.lines().toList()) {
      Matcher line = LINE.matcher(text);
      if (line.matches()) kind = kind(line.group(1), line.group(2), line.group(3));
      if (!kind.isEmpty()) kinds.merge(kind, 1, Integer::sum);
    }
    return kinds;
  }

  private static String kind(String level, String who, String what) {
    List<String> words = List.of(DIFFERS.matcher(what).replaceAll("…").split(" "));
    return "%s %s %s"
        .formatted(
            level,
            who,
            String.join(" ", words.subList(0, Math.min(words.size(), WORDS_OF_A_KIND))));
  }

  public String log() {
    return server.log();
  }

  @Override
  public void close() {
    server.close();
    pbx.close();
  }
}
