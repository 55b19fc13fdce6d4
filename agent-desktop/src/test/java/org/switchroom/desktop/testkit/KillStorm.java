package org.switchroom.desktop.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.history.Recount;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.cti.runtime.Halt;
import org.switchroom.cti.runtime.LedgerTurns;
import org.switchroom.cti.runtime.TurnCodec;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.desktop.FaultyServer;

/// Callers and agents in steady traffic on a PBX, while the server, a process of its own, is killed
/// again and again at seeded moments and started over, and now and then stands still for a while or
/// throws in a turn. Agents keep the browser they logged in with.
public final class KillStorm {
  private static final int AGENTS = 8;
  private static final int MOST_CALLERS = 2_000;

  /// Each caller of a real Asterisk is a process: more of them leave the server no processor.
  private static final int MOST_AT_ONCE = 24;

  /// Longer than the dialplan waits for a server.
  private static final Duration FROZEN = AmiSettings.DEFAULT_PATIENCE.plusSeconds(2);

  /// Three runs that halt in a minute make the ledger suspect: no two more come within so long.
  private static final Duration BETWEEN_FAULTS = Duration.ofSeconds(65);

  /// What happens to the server.
  private enum Trouble {
    KILLED,
    FROZEN,
    THREW,
    HUNG
  }

  /// What is to be known at the end.
  ///
  /// @param calls callers who reached the PBX
  /// @param talked callers who talked to an agent
  /// @param shared callers who had two agents, one after the other or at once
  /// @param overtaken callers who came to a phone before somebody who had waited longer
  /// @param contacts calls in the history
  /// @param acknowledged wrap-ups of which an agent was told that they are saved
  /// @param stored wrap-ups in the database
  /// @param stuck agents who are not ready at the end
  /// @param passedOver agents who were free for longer than one who was chosen
  /// @param differences between the history and the ledger, counted anew
  /// @param slowestStart from the start of the process to its first offer or its web server, in ms
  /// @param kills how often the server was killed
  /// @param freezes how often it stood still
  /// @param faults how often it has halted because something was thrown
  /// @param hangs how often it has halted because a turn had no end
  public record Result(
      int calls,
      int talked,
      int shared,
      List<String> overtaken,
      long contacts,
      int acknowledged,
      long stored,
      List<String> stuck,
      List<String> passedOver,
      List<Recount.Difference> differences,
      long slowestStart,
      int kills,
      int freezes,
      int faults,
      int hangs) {}

  private final AtomicInteger acknowledged = new AtomicInteger();
  private final List<DeskClient> desks = new CopyOnWriteArrayList<>();
  private final CenterFile center;
  private final Stage stage;
  private volatile boolean over;
  private final Deque<Long> faults = new ArrayDeque<>();
  private final ServerProcess server;

  /// With an embedded database.
  public KillStorm(Path folder, Stage stage) throws Exception {
    this(folder, stage, null);
  }

  /// @param postgres JDBC, with the user
  public KillStorm(Path folder, Stage stage, String postgres) throws Exception {
    this.stage = stage;
    center =
        TestCenter.on(stage.amiPort())
            .withAgents(AGENTS)
            .wrapsUp(WrapUp.Mode.MANDATORY)
            .in(folder, postgres);
    server = new ServerProcess(center, ServerProcess.Manner.FAULTY);
    for (int i = 1; i <= AGENTS; i++) {
      stage.phone(PbxRig.device(i), Duration.ofMillis(200 + 40 * i));
    }
    stage.phone(PbxRig.device(AGENTS + 1), Duration.ofMillis(300));
    var people = new ArrayList<CustomerSeed.Entry>();
    for (int i = 1; i <= MOST_CALLERS; i++) {
      people.add(
          new CustomerSeed.Entry(
              "", "Caller " + i, "", "standard", "", List.of(Stage.numberOf(i)), List.of()));
    }
    try (var database = center.database()) {
      new CustomerSeed(database).write(people);
    }
  }

  /// @param troubles how often
  public Result run(long seed, int troubles) throws Exception {
    var random = new SplittableRandom(seed);
    server.start();
    for (int i = 1; i <= AGENTS; i++) {
      desks.add(DeskClient.ofAgent(center.web(), i).wrapsUpWith("other").listens(this::count));
      desks.getLast().ask("goReady");
    }
    Thread keeper = Thread.ofVirtual().start(this::keepDesks);
    Thread supervisor = Thread.ofVirtual().start(new Supervising(random.split()));
    var traffic = new Traffic(random.split());
    Thread callers = Thread.ofVirtual().start(traffic);
    var happened = new EnumMap<Trouble, Integer>(Trouble.class);
    for (int i = 0; i < troubles; i++) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 2_500));
      happened.merge(trouble(i), 1, Integer::sum);
    }
    TimeUnit.SECONDS.sleep(2);
    traffic.enough = true;
    callers.join();
    int calls = traffic.made.get();
    holds(() -> stage.ended() >= calls, "every call ends");
    holds(() -> notReady().isEmpty(), "every agent is ready");
    var stuck = notReady();
    over = true;
    keeper.join();
    supervisor.join();
    desks.forEach(DeskClient::close);
    server.stop();
    return new Result(
        stage.called(),
        stage.talked(),
        stage.shared(),
        stage.order().overtaken(),
        contacts(),
        acknowledged.get(),
        dispositions(),
        stuck,
        passedOver(),
        center.differences(),
        server.slowestStart(),
        happened.getOrDefault(Trouble.KILLED, 0),
        happened.getOrDefault(Trouble.FROZEN, 0),
        happened.getOrDefault(Trouble.THREW, 0),
        happened.getOrDefault(Trouble.HUNG, 0));
  }

  /// The second of twelve throws, the eighth hangs, and the third of each six is a freeze.
  private Trouble trouble(int number) throws Exception {
    faults.removeIf(at -> System.nanoTime() - at > BETWEEN_FAULTS.toNanos());
    boolean mayFail = faults.size() < 2;
    Trouble trouble =
        switch (number % 12) {
          case 1 -> mayFail ? Trouble.THREW : Trouble.KILLED;
          case 7 -> mayFail ? Trouble.HUNG : Trouble.KILLED;
          case 2, 8 -> Trouble.FROZEN;
          default -> Trouble.KILLED;
        };
    switch (trouble) {
      case KILLED -> server.kill();
      case THREW -> fail(FaultyServer.Fault.THROWS);
      case HUNG -> fail(FaultyServer.Fault.HANGS);
      case FROZEN -> server.freeze(FROZEN);
    }
    if (trouble != Trouble.FROZEN) server.start();
    return trouble;
  }

  private void fail(FaultyServer.Fault how) throws Exception {
    faults.add(System.nanoTime());
    int status = server.fail(how);
    if (status != Halt.STATUS) throw new IllegalStateException("It has ended with " + status);
  }

  private List<String> passedOver() throws IOException {
    try (var ledger = center.ledger();
        var turns = new LedgerTurns(ledger, new TurnCodec(ledger.keys()), false)) {
      return IdleAudit.passedOver(turns);
    }
  }

  private long contacts() {
    try (var database = center.database()) {
      return new SqlHistoryStore(database).contacts();
    }
  }

  private long dispositions() {
    try (var database = center.database()) {
      return new SqlHistoryStore(database).dispositions();
    }
  }

  /// What is not so in time is told.
  private void holds(BooleanSupplier what, String name) {
    if (Await.isSo(what, Duration.ofMinutes(1))) return;
    System.out.printf(
        "After a minute it is not so that %s. The PBX has:%n%s%n", name, stage.describe());
    for (DeskClient desk : desks)
      System.out.println((desk.isClosed() ? "closed " : "open ") + desk.topics());
    System.out.println(server.log());
  }

  private List<String> notReady() {
    var stuck = new ArrayList<String>();
    for (DeskClient desk : desks) {
      if (!desk.state().equals("ready")) stuck.add(desk.toString());
    }
    return stuck;
  }

  private void count(JsonNode message) {
    boolean wrapUp =
        message.path("type").asText().equals("reply")
            && message.path("ok").asBoolean()
            && message.path("id").asLong() > 1;
    if (wrapUp) acknowledged.incrementAndGet();
  }

  /// A browser whose line is gone tries again, with the cookie that it has.
  private void keepDesks() {
    while (!over) {
      for (int i = 0; i < desks.size(); i++) {
        if (!desks.get(i).isClosed()) continue;
        try {
          desks.set(i, desks.get(i).again());
        } catch (RuntimeException e) {
          // The server is away.
        }
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /// Somebody takes part in one talk after the other, which changes nothing for anybody in it.
  private final class Supervising implements Runnable {
    private static final List<String> WAYS = List.of("listen", "whisper", "barge");
    private final SplittableRandom random;

    Supervising(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public void run() {
      DeskClient desk = DeskClient.logIn(center.web(), "sup", TestCenter.PASSWORD);
      while (!over) {
        try {
          if (desk.isClosed()) desk = desk.again();
          String agent = "a" + random.nextInt(1, AGENTS + 1);
          desk.ask("supervise", "colleague", agent, "how", WAYS.get(random.nextInt(3)));
        } catch (RuntimeException e) {
          // The server is away.
        }
        try {
          TimeUnit.MILLISECONDS.sleep(random.nextInt(100, 500));
        } catch (InterruptedException e) {
          return;
        }
      }
      desk.close();
    }
  }

  private final class Traffic implements Runnable {
    final AtomicInteger made = new AtomicInteger();
    private final SplittableRandom random;
    volatile boolean enough;

    Traffic(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public void run() {
      while (!enough && made.get() < MOST_CALLERS) {
        char key = (char) ('0' + random.nextInt(3));
        var talk = Duration.ofMillis(random.nextInt(200, 2_000));
        if (made.get() - stage.ended() < MOST_AT_ONCE)
          stage.call(made.incrementAndGet(), key, talk);
        try {
          TimeUnit.MILLISECONDS.sleep(random.nextInt(100, 600));
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }
}
