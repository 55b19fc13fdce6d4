package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.simulated.CallerPlan;
import org.switchroom.cti.pbx.simulated.PhonePlan;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.pbx.simulated.VirtualPbx;
import org.switchroom.cti.testkit.Outcomes;
import org.switchroom.ivr.Outcome;

/// The whole server in one thread on a test's own time: the simulated PBX, AMI's text,
/// Asterisk-Java's events, the adapter, the center with its router, a journal, and desks. Faults
/// come at every boundary by a seed: facts are lost, late, repeated and reordered, actions fail or
/// are never answered, lines break, the disk is full, the PBX is restarted, and the server crashes
/// between any two steps. In the end the faults stop, and everything must be in order.
public final class Chaos {
  private static final Instant BEGIN = Instant.parse("2026-01-05T01:00:00Z");
  private static final Duration TROUBLE = Duration.ofMinutes(6);
  private static final Duration PEACE = Duration.ofMinutes(40);
  private static final int AGENTS = 5;
  private static final List<String> QUEUES = List.of("orders", "billing");

  /// The process ends in this instant.
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("crash", null, false, false);
    }
  }

  /// What was seen.
  ///
  /// @param facts that the center took
  /// @param trace a hash of all of it: the same for the same seed
  /// @param faults what was not as it must be; empty: all was
  public record Result(
      long seed, long facts, int calls, int crashes, long trace, List<String> faults) {}

  private final long seed;
  final SplittableRandom random;
  final Timeline time = new Timeline(BEGIN);
  final VirtualPbx pbx;
  final Ledger ledger;
  final List<String> faults = new ArrayList<>();
  final Map<String, ChaosAgent> bots = new LinkedHashMap<>();
  private final Map<String, Instant> came = new LinkedHashMap<>();
  private final Map<String, Duration> patience = new HashMap<>();
  private final Map<String, Integer> talks = new HashMap<>();
  private final Map<String, Integer> wrapUps = new HashMap<>();
  private final Map<String, String> inBridge = new HashMap<>();
  private final Set<String> acknowledged = new LinkedHashSet<>();
  private final Set<String> scripts = new LinkedHashSet<>();
  final Rates rates;
  ChaosServer server;
  boolean trouble = true;
  private Instant pbxRestarted = Instant.MIN;
  long facts;
  private int crashes;
  long trace;

  /// How often what goes wrong, in this run.
  record Rates(
      double lost, double repeated, double late, double refused, double unanswered, double crash) {
    static Rates of(SplittableRandom random) {
      // Many runs have only few kinds of trouble, so that each is seen alone too.
      return new Rates(
          some(random, 0.02),
          some(random, 0.05),
          some(random, 0.08),
          some(random, 0.02),
          some(random, 0.01),
          some(random, 0.004));
    }

    private static double some(SplittableRandom random, double most) {
      return random.nextInt(3) == 0 ? 0 : random.nextDouble(most);
    }
  }

  private Chaos(long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    rates = Rates.of(random);
    ledger = new Ledger(time, random.split());
    pbx = new VirtualPbx(new World(), new Watcher());
    for (int i = 1; i <= AGENTS; i++) bots.put("a" + i, new ChaosAgent(this, new AgentId("a" + i)));
  }

  /// Runs one seed to its end.
  public static Result run(long seed) {
    return new Chaos(seed).run();
  }

  private Result run() {
    try {
      for (int i = 1; i <= AGENTS; i++) pbx.phone(phone(i), anyPhone());
      every(Duration.ofSeconds(1), pbx::tick);
      every(Duration.ofSeconds(1), () -> ifUp(ChaosServer::beat));
      start();
      callers();
      troubles();
      passUntil(BEGIN.plus(TROUBLE));
      peace();
      passUntil(BEGIN.plus(TROUBLE).plus(PEACE));
      // A last look at what the PBX has, then nothing may be left.
      ifUp(ChaosServer::cut);
      passUntil(time.instant().plusSeconds(30));
      if (faults.isEmpty()) judge();
    } catch (RuntimeException e) {
      faults.add(time.instant() + " " + e + " at " + List.of(e.getStackTrace()).subList(0, 6));
    }
    return new Result(seed, facts, came.size(), crashes, trace, List.copyOf(faults));
  }

  private void passUntil(Instant until) {
    while (faults.isEmpty() && time.step(until)) {
      // on
    }
  }

  private void every(Duration pause, Runnable work) {
    time.in(
        pause,
        () -> {
          work.run();
          every(pause, work);
        });
  }

  private static String phone(int agent) {
    return "PJSIP/" + (1000 + agent);
  }

  private PhonePlan anyPhone() {
    return switch (random.nextInt(8)) {
      case 0 -> PhonePlan.of(PhonePlan.Manner.RINGS);
      case 1 -> new PhonePlan(PhonePlan.Manner.DECLINES, Duration.ofMillis(600));
      case 2 -> PhonePlan.of(PhonePlan.Manner.BUSY);
      case 3 -> PhonePlan.of(PhonePlan.Manner.UNREACHABLE);
      default -> PhonePlan.answersAfter(Duration.ofMillis(random.nextInt(5, 4_000)));
    };
  }

  private void callers() {
    int pause = random.nextInt(400, 8_000);
    time.in(
        Duration.ofMillis(random.nextInt(1, pause)),
        () -> {
          if (!trouble) return;
          var waits = Duration.ofMillis(random.nextInt(2_000, 600_000));
          String id =
              pbx.call(
                  new CallerPlan(
                      "+8862%08d".formatted(random.nextInt(100_000_000)),
                      "",
                      "8001",
                      List.of('1'),
                      Duration.ofMillis(500),
                      waits,
                      Duration.ofMillis(random.nextInt(200, 60_000)),
                      Duration.ZERO,
                      CallerPlan.WAITS,
                      random.nextBoolean()));
          came.put(id, time.instant());
          patience.put(id, waits);
          callers();
        });
  }

  // ── What goes wrong ─────────────────────────────────────────────────────────────────────────

  private void troubles() {
    time.in(
        Duration.ofMillis(random.nextInt(100, 20_000)),
        () -> {
          if (!trouble) return;
          trouble();
          troubles();
        });
  }

  private void trouble() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> ifUp(ChaosServer::cut);
      case 3, 4 -> crash();
      case 5 -> {
        ledger.full = true;
        time.in(Duration.ofMillis(random.nextInt(100, 9_000)), () -> ledger.full = false);
      }
      case 6 -> pbx.phone(phone(random.nextInt(1, AGENTS + 1)), anyPhone());
      case 7 -> {
        ChaosAgent bot = bots.get("a" + random.nextInt(1, AGENTS + 1));
        bot.leaves(Duration.ofMillis(random.nextInt(200, 40_000)));
      }
      case 8 -> pbx.hangUpPhone(phone(random.nextInt(1, AGENTS + 1)));
      case 9 -> {
        if (random.nextInt(4) > 0) return;
        pbxRestarted = time.instant();
        inBridge.clear();
        scripts.clear();
        pbx.restart();
        ifUp(ChaosServer::cut);
      }
      default -> {}
    }
  }

  boolean happens(double rate) {
    return trouble && random.nextDouble() < rate;
  }

  private void crash() {
    if (server == null) return;
    crashes++;
    server.line.close();
    server = null;
    ledger.crash();
    bots.values().forEach(ChaosAgent::lost);
    for (String call : List.copyOf(scripts)) scriptBreaksOff(call);
    time.in(Duration.ofMillis(random.nextInt(300, 12_000)), this::start);
  }

  private void start() {
    if (server != null) return;
    server = new ChaosServer(this);
    server.open();
    bots.values().forEach(bot -> bot.back(server));
  }

  private void ifUp(Consumer<ChaosServer> what) {
    ChaosServer now = server;
    if (now == null) return;
    guarded(() -> what.accept(now));
  }

  /// What the server does may be the last that it does.
  void guarded(Runnable work) {
    try {
      work.run();
    } catch (Crash e) {
      crash();
    }
  }

  private void peace() {
    trouble = false;
    ledger.full = false;
    for (int i = 1; i <= AGENTS; i++) {
      pbx.phone(phone(i), PhonePlan.answersAfter(Duration.ofMillis(800)));
    }
    start();
    ifUp(ChaosServer::cut);
  }

  // ── What must be so ─────────────────────────────────────────────────────────────────────────

  private void judge() {
    if (pbx.liveChannels() > 0) faults.add("These channels are left: " + pbx.describe());
    if (server == null) {
      faults.add("The server is down.");
      return;
    }
    if (server.center.liveCalls() > 0) {
      faults.add(server.center.liveCalls() + " calls live on: " + server.center.liveCallIds());
    }
    for (String call : came.keySet()) {
      boolean gone = came.get(call).isBefore(pbxRestarted);
      // A PBX that is killed remembers nothing of a call that nobody had heard of.
      if (!ledger.contacts.containsKey(call) && !gone) {
        faults.add("Call %s is not in the history.".formatted(call));
      }
    }
    for (String call : ledger.contacts.keySet()) {
      if (!came.containsKey(call)) faults.add("Nobody made call %s.".formatted(call));
    }
    for (String said : acknowledged) {
      if (!ledger.dispositions.contains(said)) {
        faults.add("%s was said to be saved.".formatted(said));
      }
    }
    for (ChaosAgent bot : bots.values()) {
      if (!"ready".equals(bot.state)) {
        faults.add("%s is %s.".formatted(bot.agent, bot.state));
      }
      if (!bot.asked.isEmpty()) {
        faults.add("%s has no answer to %s.".formatted(bot.agent, bot.asked.values()));
      }
    }
    if (!ledger.standing().calls().isEmpty()) {
      faults.add("A next run would look for " + ledger.standing().calls());
    }
    if (pbx.remembered() > 0) faults.add(pbx.remembered() + " calls are not forgotten.");
  }

  private final class Watcher implements SimulatedPbx.Watcher {
    @Override
    public void bridged(String call, String device) {
      talks.merge(call + " " + device, 1, Integer::sum);
      String other = inBridge.put(call, device);
      if (other != null) {
        faults.add("%s %s has %s and %s.".formatted(time.instant(), call, other, device));
      }
    }

    @Override
    public void callEnded(String call, boolean wasBridged) {
      inBridge.remove(call);
      scripts.remove(call);
      boolean gaveUp = !time.instant().isBefore(came.get(call).plus(patience.get(call)));
      if (!wasBridged && !gaveUp) faults.add("%s was dropped.".formatted(call));
    }
  }

  // ── The PBX and its line ────────────────────────────────────────────────────────────────────

  private final class World implements VirtualPbx.World {
    @Override
    public Instant now() {
      return time.instant();
    }

    @Override
    public Future<?> in(Duration after, Runnable work) {
      return time.in(after, work);
    }

    @Override
    public void event(String message) {
      trace = 31 * trace + message.hashCode();
      if (message.startsWith("Event: BridgeLeave")) {
        inBridge.keySet().removeIf(call -> message.contains("Uniqueid: " + call + "\r\n"));
      }
      ChaosServer to = server;
      if (to != null) to.wire(message);
    }

    /// The script asks its customer's number, and says which queue.
    @Override
    public void script(String call, String from, String dialed, String script) {
      ChaosServer by = server;
      if (by == null) {
        time.in(Duration.ofMillis(1), () -> pbx.scriptOver(call, false));
        return;
      }
      scripts.add(call);
      var id = new CallId(call);
      by.post(
          new CenterEvent.ScriptStarted(
              time.instant(), id, new PhoneNumber(from), new PhoneNumber(dialed)));
      time.in(
          Duration.ofMillis(random.nextInt(1, 6_000)),
          () -> by.post(new CenterEvent.CallerIdentified(time.instant(), id, List.of(card(from)))));
      time.in(
          Duration.ofMillis(random.nextInt(1, trouble ? 20_000 : 2_000)),
          () -> {
            if (server != by || !scripts.remove(call)) return;
            String queue = QUEUES.get(random.nextInt(QUEUES.size()));
            var outcome = Outcomes.queued(queue, new Outcome.TrailEntry("menu", "1"));
            by.post(new CenterEvent.ScriptFinished(time.instant(), id, outcome));
            pbx.set(call, "SR_QUEUE", queue);
            pbx.set(call, "SR_PRIORITY", "0");
            pbx.set(call, "SR_ARRIVED", Long.toString(time.instant().toEpochMilli()));
            pbx.set(call, "SR_NEXT", "hold");
            pbx.scriptOver(call, true);
          });
    }
  }

  /// An agent was told that their wrap-up of a call is saved.
  void wrappedUp(String call, AgentId agent) {
    acknowledged.add(call + " " + agent);
    String phone = phone(Integer.parseInt(agent.value().substring(1)));
    int times = wrapUps.merge(call + " " + phone, 1, Integer::sum);
    if (times > talks.getOrDefault(call + " " + phone, 0)) {
      faults.add("%s was asked %d times what %s was about.".formatted(agent, times, call));
    }
  }

  private void scriptBreaksOff(String call) {
    if (scripts.remove(call)) pbx.scriptOver(call, true);
  }

  static CustomerCard card(String number) {
    long id = Math.abs(number.hashCode());
    var customer = new Customer(id, "", "C" + number, "", "standard", "", "");
    return new CustomerCard(customer, List.of(number), List.of());
  }

  static Set<String> phones() {
    var phones = new LinkedHashSet<String>();
    for (int i = 1; i <= AGENTS; i++) phones.add(phone(i));
    return phones;
  }

  static CenterSettings settings(Standing standing) {
    var queues = new ArrayList<QueueSettings>();
    for (String name : QUEUES) {
      queues.add(
          new QueueSettings(
              new QueueId(name),
              name,
              SkillExpression.ANY,
              0,
              Duration.ofSeconds(15),
              name.equals("orders")
                  ? new WrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO)
                  : new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(20)),
              80,
              Duration.ofSeconds(20),
              List.of("other")));
    }
    var agents = new ArrayList<AgentSettings>();
    for (int i = 1; i <= AGENTS; i++) {
      agents.add(new AgentSettings(new AgentId("a" + i), "A" + i, phone(i), new Skills(Map.of())));
    }
    var plain =
        new CenterSettings(
            queues, agents, new QueueId("orders"), ZoneOffset.UTC, Map.of(), Map.of());
    return new CenterSettings(
        plain.queues(),
        plain.agents(),
        plain.routing(),
        plain.otherwise(),
        plain.tiers(),
        plain.zone(),
        plain.lines(),
        plain.dialing(),
        standing);
  }
}
