package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.switchroom.cti.history.Column;
import org.switchroom.cti.history.Table;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;

/// A center on a real Asterisk whose callers and phones do things within milliseconds of each
/// other, by a seed. After each batch it is asked who is left where: Asterisk's channels, the
/// engine's calls, the agents' states, and the history, beside what callers and phones know
/// themselves.
public final class Torture implements AutoCloseable {
  private static final int AGENTS = 8;
  private static final int AT_ONCE = 10;
  private static final int BATCH = 100;
  private static final Duration RING = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// How much later than the caller's end an agent may still be in the talk, on a machine that does
  /// other things beside; a ghost stays until its phone hangs up.
  private static final long FREE_WITHIN_MILLIS = 1_500;

  /// Who is with a caller for so long has them, in the history too.
  private static final long LONG_ENOUGH_MILLIS = 400;

  /// What the engine may still do after the last call of a batch.
  private static final Duration SETTLES = Duration.ofSeconds(10);

  private static final String DIALPLAN =
      """
      exten => 8001,1,Goto(switchroom-in,8001,1)
      """;

  /// What happens to a call when the first phone rings for it, or before.
  public enum Drama {
    /// Answered, a talk, and the caller hangs up.
    TALK,
    /// The caller's BYE and the phone's 200 OK cross.
    BYE_AT_ANSWER,
    /// The same within 3 ms.
    BYE_JUST_AT_ANSWER,
    ANSWER_AT_RINGS_END,
    BOTH_HANG_UP,
    ANSWER_AND_HANG_UP,
    /// A re-INVITE, now and then beside the other side's BYE.
    HOLD,
    /// 302 to a colleague's phone.
    MOVED,
    BUSY,
    DECLINED,
    TO_COLLEAGUE,
    TO_QUEUE,
    /// The agent asks a colleague and puts the caller through (Replaces), before or after the
    /// answer.
    CONSULTS_COLLEAGUE,
    /// The agent calls the queue, and puts the caller through to where that call waits or talks.
    CONSULTS_QUEUE,
    /// The agent calls somebody while their phone is rung.
    OWN_CALL,
    /// The agent begins to call somebody when the caller comes.
    OWN_CALL_FIRST,
    CANCEL,
    GIVES_UP_AT_RING
  }

  /// What came of it.
  ///
  /// @param calls by what happened in them
  /// @param outcomes as the history has them
  /// @param slowest how long at most an agent was still in a talk whose caller was gone, in ms
  /// @param faults what should not be, in sentences
  public record Result(
      Map<Drama, Integer> calls,
      Map<String, Integer> outcomes,
      long slowest,
      List<String> faults) {}

  private final RealAsterisk asterisk;
  private final String databaseName = "torture-" + System.nanoTime();
  private final Database database = Database.open(Database.inMemoryUrl(databaseName), "sa", "");
  private final Switchroom server;
  private final CrowdOfPhones crowd;
  private final Map<String, DeskClient> desks = new HashMap<>();
  private final Map<String, TorturedCall> all = new ConcurrentHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Map<Drama, Integer> calls = new EnumMap<>(Drama.class);
  private final Map<String, Integer> outcomes = new HashMap<>();
  private long slowest;

  public Torture() throws Exception {
    asterisk = new RealAsterisk(DIALPLAN);
    server = TestServer.start(settings(asterisk), database);
    crowd = new CrowdOfPhones(asterisk, AGENTS, all);
    for (int i = 1; i <= AGENTS; i++) {
      var desk = DeskClient.ofAgent(server.webPort(), i);
      desks.put("a" + i, desk);
      desk.ask("goReady");
    }
    holds(() -> notReady().isEmpty(), "every agent is ready at the beginning");
  }

  private static Settings settings(RealAsterisk asterisk) {
    Settings s =
        TestCenter.on(asterisk.amiDirect()).withAgents(AGENTS).straightTo("orders").settings();
    return s.withQueues(
        s.queues().stream()
            .map(queue -> queue.withRouting(queue.routing().withOfferTimeout(RING)))
            .toList());
  }

  /// @param count rounded up to whole batches of a hundred
  /// @param progress is told how many more are over
  /// @param dramas of which; none: of all
  public Result run(int count, long seed, LongConsumer progress, Drama... dramas) throws Exception {
    Drama[] choice = dramas.length == 0 ? Drama.values() : dramas;
    var random = new SplittableRandom(seed);
    for (int done = 0; done < count; done += BATCH) {
      var batch = new ArrayList<TorturedCall>();
      var room = new Semaphore(AT_ONCE);
      for (int i = 0; i < BATCH; i++) {
        room.acquire();
        String number = "+8862230%06d".formatted(all.size());
        var call =
            new TorturedCall(number, choice[random.nextInt(choice.length)], random.split(), RING);
        calls.merge(call.drama(), 1, Integer::sum);
        all.put(number, call);
        batch.add(call);
        crowd.begin(call, PATIENCE);
        call.over().thenRun(room::release);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(5, 120));
        makeReady();
      }
      holds(
          () -> batch.stream().allMatch(call -> call.over().isDone()),
          "every call is over",
          PATIENCE.plus(SETTLES));
      audit(batch);
      crowd.forgetEnded();
      progress.accept(BATCH);
    }
    return new Result(Map.copyOf(calls), Map.copyOf(outcomes), slowest, List.copyOf(faults));
  }

  /// Whoever is not ready by what their phone has done is asked to be so again; whoever is so by
  /// nothing that they did is a fault.
  private void makeReady() {
    notReady()
        .forEach(
            (agent, reason) -> {
              String phone = PbxRig.device(Integer.parseInt(agent.substring(1)));
              if (!crowd.takeExcuse(phone)) {
                faults.add(
                    "%s is not ready (%s), and has done nothing: %s"
                        .formatted(agent, reason, crowd.last(phone)));
              }
              desks.get(agent).ask("goReady");
              String mine = agent;
              Await.isSo(() -> !notReady().containsKey(mine), Duration.ofSeconds(2));
            });
  }

  private Map<String, String> notReady() {
    var found = new HashMap<String, String>();
    desks.forEach(
        (agent, desk) -> {
          var topic = desk.topics().get("agent:" + agent);
          if (topic == null) found.put(agent, "nothing is known");
          else if (topic.path("state").asText().equals("not-ready")) {
            found.put(agent, topic.path("reason").asText());
          }
        });
    return found;
  }

  private List<String> busy() {
    var found = new ArrayList<String>();
    desks.forEach(
        (agent, desk) -> {
          var topic = desk.topics().get("agent:" + agent);
          String state = topic == null ? "" : topic.path("state").asText();
          if (!state.equals("ready")) found.add(agent + " is " + state);
        });
    return found;
  }

  // ── The audit ───────────────────────────────────────────────────────────────────────────────

  private void audit(List<TorturedCall> batch) throws Exception {
    holds(
        () -> {
          makeReady();
          return busy().isEmpty();
        },
        "every agent is ready: " + busy());
    holds(() -> channels().isEmpty(), "Asterisk has no channel");
    holds(() -> server.liveCalls() == 0, "the engine has no call");
    var rows = new HashMap<String, List<Map<Column, Object>>>();
    holds(
        () -> {
          rows.clear();
          rows.putAll(history());
          return batch.stream().allMatch(call -> !call.wasHeard() || ended(rows, call));
        },
        "every call is in the history, with its end");
    for (TorturedCall call : batch) judge(call, rows.getOrDefault(call.number(), List.of()));
    // One fault is told once.
    asterisk.console("channel request hangup all");
  }

  private static boolean ended(Map<String, List<Map<Column, Object>>> rows, TorturedCall call) {
    return rows.getOrDefault(call.number(), List.of()).stream()
        .anyMatch(row -> row.get(Column.ENDED) != Column.Missing.NOTHING);
  }

  private void judge(TorturedCall call, List<Map<Column, Object>> rows) {
    slowest = Math.max(slowest, call.lateEnd());
    if (call.lateEnd() > FREE_WITHIN_MILLIS) {
      faults.add(
          "A ghost: the agent was in the talk for %d ms more. %s".formatted(call.lateEnd(), call));
    }
    if (rows.size() > 1) faults.add("The history has it %d times: %s".formatted(rows.size(), call));
    if (rows.isEmpty()) return;
    String outcome = String.valueOf(rows.getFirst().get(Column.OUTCOME));
    outcomes.merge(outcome, 1, Integer::sum);
    if (outcome.isEmpty()) faults.add("The history has no end of it: %s %s".formatted(call, rows));
    boolean answered = outcome.equals("ANSWERED") || outcome.equals("TRANSFERRED");
    if (answered && !call.wasAnswered()) {
      faults.add("The history says %s, and no phone has answered: %s".formatted(outcome, call));
    }
    if (!answered && call.hasTalkedFor(300)) {
      faults.add("The history says %s of a talk: %s".formatted(outcome, call));
    }
    String agent = String.valueOf(rows.getFirst().get(Column.AGENT));
    call.lastWith(LONG_ENOUGH_MILLIS)
        .map(phone -> "a" + (Integer.parseInt(phone.substring("PJSIP/".length())) - 1000))
        .filter(had -> !had.equals(agent))
        .ifPresent(
            had ->
                faults.add(
                    "%s had the caller last, and the history says %s: %s"
                        .formatted(had, agent, call)));
  }

  private Map<String, List<Map<Column, Object>>> history() {
    var found = new HashMap<String, List<Map<Column, Object>>>();
    try {
      new SqlHistoryStore(database)
          .asOfNow(
              stored -> {
                stored.rows(
                    Table.CONTACT,
                    Instant.EPOCH,
                    row ->
                        found
                            .computeIfAbsent(
                                String.valueOf(row.get(Column.FROM_NUMBER)), _ -> new ArrayList<>())
                            .add(Map.copyOf(withoutNothing(row))));
                return 0;
              });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private static Map<Column, Object> withoutNothing(Map<Column, Object> row) {
    var there = new EnumMap<Column, Object>(Column.class);
    row.forEach(
        (column, value) -> {
          if (value != null) there.put(column, value);
        });
    return there;
  }

  private List<String> channels() {
    return Stream.of(asterisk.console("core show channels concise").split("\n"))
        .filter(line -> line.contains("!"))
        .toList();
  }

  /// What is not so in time is a fault.
  private void holds(BooleanSupplier what, String name) {
    holds(what, name, SETTLES);
  }

  private void holds(BooleanSupplier what, String name, Duration within) {
    if (Await.isSo(what, within)) return;
    faults.add(
        "It is not so that %s. Channels: %s. Agents: %s. Calls of the engine: %d."
            .formatted(name, channels(), busy(), server.liveCalls()));
  }

  /// Channels that Asterisk still has, in its own words; for people who look for a fault.
  public Collection<String> left() {
    return channels();
  }

  /// Whether Asterisk ends by itself when it is asked to.
  public boolean stopsGracefully() {
    return asterisk.stopsGracefully();
  }

  @Override
  public void close() {
    desks.values().forEach(DeskClient::close);
    crowd.close();
    server.close();
    database.close();
    asterisk.close();
  }
}
