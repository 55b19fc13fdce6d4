package org.switchroom.cti.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.center.HoldCare;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Outgoing;
import org.switchroom.cti.center.RecordingPlan;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.center.TestPlan;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.CallEvent.CallMade;
import org.switchroom.cti.event.CallEvent.RecordingBegan;
import org.switchroom.cti.event.CallEvent.RecordingEnded;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.RecordingId;
import org.switchroom.cti.pbx.Supervision;
import org.switchroom.cti.pbx.asterisk.Kit;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.OutsideBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.PhoneBehavior;
import org.switchroom.cti.pbx.simulated.VirtualPbx;
import org.switchroom.cti.testkit.Differences;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.Scripts;

/// The whole server in one thread on a test's own time: the simulated PBX, AMI's text,
/// Asterisk-Java's events, the adapter, the engine with its router, a ledger, and desks. Faults
/// come at every boundary by a seed: facts are lost, late, repeated and reordered, actions fail or
/// are never answered, links break, the disk is full, the PBX is restarted, turns throw, and the
/// server crashes between any two steps. In the end the faults stop, and everything must be in
/// order.
public final class Chaos {
  private static final Instant BEGIN = Instant.parse("2026-01-05T01:00:00Z");
  private static final Duration TROUBLE = Duration.ofMinutes(6);
  private static final Duration PEACE = Duration.ofMinutes(40);
  static final int AGENTS = 5;
  static final List<String> QUEUES = List.of("orders", "billing");

  /// Those of the PBX by which any agent may sit anywhere else than at their own.
  static final List<String> HOT_DESKS = TestPlan.HOT_DESKS;

  /// As agents write them: of those that may be dialed what becomes is drawn anew at times.
  static final List<String> NUMBERS =
      List.of("0912345678", "+886 912 345 679", "02-2345 6789", "+33612345678");

  private static final List<String> DIALS =
      List.of(
          "PJSIP/+886912345678@trunk", "PJSIP/+886912345679@trunk", "PJSIP/+886223456789@trunk");

  static String agent(int number) {
    return "a" + number;
  }

  /// The process ends in this instant.
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// With the machine.
    final boolean machine;

    Crash(boolean machine) {
      super("crash", null, false, false);
      this.machine = machine;
    }
  }

  /// A fault in a turn.
  static final class Planted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Planted(String subject) {
      super(subject, null, false, false);
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

  /// What the supervisor does is drawn apart.
  private final SplittableRandom supervisor;

  private long supervised;
  final Timeline time = new Timeline(BEGIN);
  final VirtualPbx pbx;
  final ChaosLog log;
  final List<String> faults = new ArrayList<>();
  final Map<String, ChaosAgent> bots = new LinkedHashMap<>();
  private final Map<String, Instant> came = new LinkedHashMap<>();
  private final Map<String, Duration> patience = new HashMap<>();

  /// By call and phone: how often they were put together, or given away.
  private final Map<String, Integer> talks = new HashMap<>();

  /// By phone: how often they were asked by a colleague, and so may have been handed a caller who
  /// was gone before they heard them.
  private final Map<String, Integer> consulted = new HashMap<>();

  private final Map<String, Integer> wrapUps = new HashMap<>();

  /// By channel that is no caller's: how often it has called a number outside.
  private final Map<String, Integer> dialed = new HashMap<>();

  /// By agent: how often they were told that somebody is called.
  private final Map<AgentId, Integer> madeCalls = new HashMap<>();

  /// What phones do by their own keys is drawn apart.
  private final SplittableRandom hands;

  private final Map<String, String> inBridge = new HashMap<>();
  private final Set<String> acknowledged = new LinkedHashSet<>();
  private final Set<String> scripts = new LinkedHashSet<>();
  final Rates rates;
  ChaosServer server;
  boolean trouble = true;
  private Instant pbxRestarted = Instant.MIN;
  long facts;
  private int crashes;

  /// What the last run knew when it ended; empty: some of it was lost with it.
  private Optional<Snapshot> before = Optional.empty();

  private long epoch;
  private final Map<String, Integer> blamed = new HashMap<>();

  /// Calls with which every run fails, until they are set aside.
  final Map<String, Poison> poisoned = new HashMap<>();

  /// With what.
  enum Poison {
    POP,
    RING
  }

  /// What has brought the server down twice.
  final Set<String> aside = new LinkedHashSet<>();

  long trace;

  /// How often what goes wrong, in this run.
  record Rates(
      double lost,
      double repeated,
      double late,
      double refused,
      double unanswered,
      double crash,
      double fault,
      double poisoned) {
    static Rates of(SplittableRandom random) {
      // Many runs have only few kinds of trouble, so that each is seen alone too.
      return new Rates(
          some(random, 0.02),
          some(random, 0.05),
          some(random, 0.08),
          some(random, 0.02),
          some(random, 0.01),
          some(random, 0.004),
          some(random, 0.0005),
          some(random, 0.05));
    }

    private static double some(SplittableRandom random, double most) {
      return random.nextInt(3) == 0 ? 0 : random.nextDouble(most);
    }
  }

  private Chaos(long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    supervisor = new SplittableRandom(seed);
    hands = new SplittableRandom(seed);
    rates = Rates.of(random);
    log = new ChaosLog(time, random.split());
    pbx = new VirtualPbx(new World(), new Watcher());
    for (int i = 1; i <= AGENTS; i++)
      bots.put(agent(i), new ChaosAgent(this, new AgentId(agent(i))));
  }

  /// Runs one seed to its end.
  public static Result run(long seed) {
    return new Chaos(seed).run();
  }

  /// ... and then has somebody see what is in its ledger.
  static Result run(long seed, Consumer<Turn> seen) {
    var chaos = new Chaos(seed);
    Result result = chaos.run();
    chaos.log.written.forEach(seen);
    return result;
  }

  /// What is in the ledger after a run of one seed.
  static List<Turn> turns(long seed) {
    var turns = new ArrayList<Turn>();
    run(seed, turns::add);
    return List.copyOf(turns);
  }

  private Result run() {
    try {
      for (String phone : phones()) pbx.phone(phone, anyPhone());
      for (String dial : DIALS) pbx.outside(dial, anybodyOutside());
      every(Duration.ofSeconds(1), pbx::tick);
      every(Duration.ofSeconds(1), () -> ifUp(ChaosServer::heartbeat));
      start();
      callers();
      pbx.phone(TestPlan.SUPERVISORS_PHONE, PhoneBehavior.answersAfter(Duration.ofMillis(300)));
      supervises();
      usesPhones();
      troubles();
      passUntil(BEGIN.plus(TROUBLE));
      peace();
      passUntil(BEGIN.plus(TROUBLE).plus(PEACE));
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

  private PhoneBehavior anyPhone() {
    return switch (random.nextInt(8)) {
      case 0 -> PhoneBehavior.of(PhoneBehavior.Manner.RINGS);
      case 1 -> new PhoneBehavior(PhoneBehavior.Manner.DECLINES, Duration.ofMillis(600));
      case 2 -> PhoneBehavior.of(PhoneBehavior.Manner.BUSY);
      case 3 -> PhoneBehavior.of(PhoneBehavior.Manner.UNREACHABLE);
      default -> PhoneBehavior.answersAfter(Duration.ofMillis(random.nextInt(5, 4_000)));
    };
  }

  private OutsideBehavior anybodyOutside() {
    return switch (hands.nextInt(6)) {
      case 0 -> OutsideBehavior.of(OutsideBehavior.Manner.BUSY);
      case 1 -> OutsideBehavior.of(OutsideBehavior.Manner.NO_ANSWER);
      case 2 -> OutsideBehavior.of(OutsideBehavior.Manner.FAILS);
      default -> OutsideBehavior.answersFor(Duration.ofMillis(hands.nextInt(200, 60_000)));
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
                  new CallerBehavior(
                      "+8862%08d".formatted(random.nextInt(100_000_000)),
                      "",
                      "8001",
                      List.of('1'),
                      Duration.ofMillis(500),
                      waits,
                      Duration.ofMillis(random.nextInt(200, 60_000)),
                      Duration.ZERO,
                      CallerBehavior.WAITS,
                      random.nextBoolean()));
          came.put(id, time.instant());
          if (happens(rates.poisoned())) {
            poisoned.put(id, random.nextBoolean() ? Poison.POP : Poison.RING);
          }
          patience.put(id, waits);
          callers();
        });
  }

  /// Somebody takes part in one talk after the other, and takes some callers over.
  private void supervises() {
    time.in(
        Duration.ofMillis(supervisor.nextInt(200, 6_000)),
        () -> {
          if (!trouble) return;
          ifUp(to -> to.ask(supervision(), _ -> {}));
          supervises();
        });
  }

  private Input.DeskCommand supervision() {
    var id = new CommandId("supervisor", ++supervised);
    AgentId who = TestPlan.SUPERVISOR;
    return switch (supervisor.nextInt(5)) {
      case 0, 1, 2 -> {
        String colleague = agent(supervisor.nextInt(1, AGENTS + 1));
        Supervision[] ways = Supervision.values();
        yield new Input.Supervise(
            id,
            who,
            new AgentId(colleague),
            talkOf(colleague),
            ways[supervisor.nextInt(ways.length)]);
      }
      case 3 -> new Input.TakeOver(id, who, talkOf(agent(supervisor.nextInt(1, AGENTS + 1))));
      default -> new Input.EndSupervision(id, who);
    };
  }

  private ContactId talkOf(String agent) {
    return server.engine.state().agent(new AgentId(agent)).stream()
        .flatMap(session -> session.contacts().stream())
        .filter(one -> one.stage() == InHand.Stage.TALKING || one.stage() == InHand.Stage.HELD)
        .map(InHand::contact)
        .findFirst()
        .orElse(new ContactId("none"));
  }

  /// Agents use the keys of their phones, and callers theirs; who was put on hold is taken off it.
  private void usesPhones() {
    time.in(
        Duration.ofMillis(hands.nextInt(200, 6_000)),
        () -> {
          if (!trouble) return;
          usesPhone(anyOf(phones()));
          usesPhones();
        });
  }

  private void usesPhone(String phone) {
    switch (hands.nextInt(8)) {
      case 0, 1 -> {
        pbx.holdOnPhone(phone, true);
        time.in(Duration.ofMillis(hands.nextInt(100, 20_000)), () -> pbx.holdOnPhone(phone, false));
      }
      case 2 -> pbx.transferFromPhone(phone, extension());
      case 3 ->
          pbx.attendedTransferFromPhone(
              phone, extension(), Duration.ofMillis(hands.nextInt(50, 8_000)));
      case 4, 5, 6 -> {
        if (!came.isEmpty()) pbx.pressKey(anyOf(lastCallers()), (char) ('0' + hands.nextInt(10)));
      }
      default -> pbx.outside(anyOf(DIALS), anybodyOutside());
    }
  }

  /// A colleague's, a hot desk's, or nobody's whom we know.
  private String extension() {
    if (hands.nextInt(5) == 0) return "900";
    String phone = anyOf(phones());
    return phone.substring(phone.indexOf('/') + 1);
  }

  private List<String> lastCallers() {
    var all = new ArrayList<>(came.keySet());
    return all.subList(Math.max(0, all.size() - 12), all.size());
  }

  private String anyOf(Collection<String> some) {
    return List.copyOf(some).get(hands.nextInt(some.size()));
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
      case 3, 4 -> crash(random.nextInt(4) == 0);
      case 5 -> {
        log.full = true;
        time.in(Duration.ofMillis(random.nextInt(100, 9_000)), () -> log.full = false);
      }
      case 6 -> pbx.phone(anyPhonesName(), anyPhone());
      case 7 -> {
        ChaosAgent bot = bots.get(agent(random.nextInt(1, AGENTS + 1)));
        bot.leaves(Duration.ofMillis(random.nextInt(200, 40_000)));
      }
      case 8 -> {
        if (supervisor.nextInt(4) == 0) pbx.hangUpPhone(TestPlan.SUPERVISORS_PHONE);
        else pbx.hangUpPhone(anyPhonesName());
      }
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

  private String anyPhonesName() {
    return List.copyOf(phones()).get(random.nextInt(AGENTS + HOT_DESKS.size()));
  }

  boolean happens(double rate) {
    return trouble && random.nextDouble() < rate;
  }

  /// Between two turns.
  ///
  /// @param machine with it
  private void crash(boolean machine) {
    if (server != null) server.compare("all that came before a crash");
    dies(machine);
  }

  private void dies(boolean machine) {
    if (server == null) return;
    crashes++;
    ChaosServer gone = server;
    server = null;
    gone.link.close();
    gone.replays();
    before = !machine && log.holdsAll() ? Optional.of(gone.known()) : Optional.empty();
    log.crash(machine);
    bots.values().forEach(ChaosAgent::lost);
    for (String call : List.copyOf(scripts)) scriptBreaksOff(call);
    time.in(Duration.ofMillis(random.nextInt(300, 12_000)), this::start);
  }

  private void start() {
    if (server != null) return;
    server = new ChaosServer(this);
    guarded(() -> server.open(++epoch));
    if (server != null) bots.values().forEach(bot -> bot.back(server));
  }

  /// A start knows what the last run knew, where all its turns were written, and of a turn in which
  /// something threw nothing but what was written.
  void recovered(Snapshot known) {
    trace = 31 * trace + known.calls().size();
    if (before.isPresent() && !before.get().equals(known)) {
      faults.add(
          "%s: after the crash the state is another:%n%s"
              .formatted(
                  time.instant(), String.join("\n", Differences.between(before.get(), known))));
    }
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
      crash(e.machine);
    } catch (Planted e) {
      // At its second fault it is set aside.
      String subject = e.getMessage();
      boolean enough = blamed.merge(subject, 1, Integer::sum) > 1;
      if (enough && (subject.startsWith("command") || subject.startsWith("call"))) {
        aside.add(subject);
      }
      dies(false);
    }
  }

  private void peace() {
    trouble = false;
    log.full = false;
    for (String phone : phones()) {
      pbx.phone(phone, PhoneBehavior.answersAfter(Duration.ofMillis(800)));
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
    if (!server.engine.state().calls().isEmpty()) {
      faults.add("These calls live on: " + server.engine.state().calls());
    }
    var closed = new HashMap<String, Integer>();
    var said = new HashSet<String>();
    for (Turn turn : log.written) {
      for (Event event : turn.events()) {
        if (event instanceof ContactClosed one)
          closed.merge(one.contact().value(), 1, Integer::sum);
        if (event instanceof WrapUpDone one && one.end() == WrapUpEnd.SAID) {
          said.add(one.contact() + " " + one.agent());
        }
      }
    }
    for (String call : came.keySet()) {
      boolean gone = came.get(call).isBefore(pbxRestarted);
      // A PBX that is killed remembers nothing of a call that nobody had heard of.
      int times = closed.getOrDefault(call, 0);
      if (times > 1) faults.add("Call %s is in the history %d times.".formatted(call, times));
      // Who was set aside before anything was known of them never was with us.
      if (times == 0 && !gone && !aside.contains("call " + call)) {
        faults.add("Call %s is not in the history.".formatted(call));
      }
    }
    for (String call : closed.keySet()) {
      // Agents' own calls, by which they ask somebody, are made by the server.
      boolean made = PbxCommand.Consult.isOwn(call) || PbxCommand.MakeCall.isMade(call);
      if (!came.containsKey(call) && !made) faults.add("Nobody made call %s.".formatted(call));
    }
    madeCallsAreMadeOnce(closed);
    recordingsEnd();
    seatsAreTakenOnce();
    List<Outgoing.Live> outside = server.engine.snapshot().outgoing().live();
    if (!outside.isEmpty()) faults.add("These are said to be with somebody outside: " + outside);
    for (String wrapUp : acknowledged) {
      if (!said.contains(wrapUp)) faults.add("%s was said to be saved.".formatted(wrapUp));
    }
    for (ChaosAgent bot : bots.values()) {
      if (!"ready".equals(bot.state)) {
        faults.add("%s is %s.".formatted(bot.agent, bot.state));
      }
      if (!bot.asked.isEmpty()) {
        faults.add("%s has no answer to %s.".formatted(bot.agent, bot.asked.values()));
      }
    }
    if (!server.engine.state().contacts().isEmpty()) {
      faults.add("These contacts live on: " + server.engine.state().contacts());
    }
    server.replays();
    if (!pbx.remembered().isEmpty()) {
      faults.add("These calls are not forgotten: " + pbx.remembered());
    }
  }

  /// Whoever was told that somebody is called has called them, once, and has one line of history of
  /// it; nobody else is called by anybody.
  private void madeCallsAreMadeOnce(Map<String, Integer> closed) {
    var made = new HashMap<AgentId, Integer>();
    for (CallMade one : events(CallMade.class)) {
      made.merge(one.agent(), 1, Integer::sum);
      int times = closed.getOrDefault(one.contact().value(), 0);
      if (times != 1) faults.add("%s is in the history %d times.".formatted(one, times));
    }
    if (!made.equals(madeCalls)) {
      faults.add("Made were %s, said to be made %s.".formatted(made, madeCalls));
    }
    dialed.forEach(
        (channel, times) -> {
          if (times > 1) faults.add("%s has dialed %d times.".formatted(channel, times));
        });
  }

  /// Each once.
  private void recordingsEnd() {
    var live = new HashSet<RecordingId>();
    for (Turn turn : log.written) {
      for (Event event : turn.events()) {
        if (event instanceof RecordingBegan one && !live.add(one.recording())) {
          faults.add("%s begins twice.".formatted(one));
        }
        if (event instanceof RecordingEnded one && !live.remove(one.recording())) {
          faults.add("%s ends, and has not begun.".formatted(one));
        }
      }
    }
    if (!live.isEmpty()) faults.add("These recordings do not end: " + live);
  }

  private void seatsAreTakenOnce() {
    var taken = new HashMap<String, AgentId>();
    for (ChaosAgent bot : bots.values()) {
      AgentId other = taken.put(bot.sitsAt, bot.agent);
      if (other != null) {
        faults.add("%s and %s sit at %s.".formatted(other, bot.agent, bot.sitsAt));
      }
    }
  }

  private <E extends Event> List<E> events(Class<E> kind) {
    return log.written.stream()
        .flatMap(turn -> turn.events().stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private final class Watcher implements PbxWatcher {
    @Override
    public void dialed(String channel) {
      // Callers may be given to a number, come back, and be given to another.
      if (!came.containsKey(channel)) dialed.merge(channel, 1, Integer::sum);
    }

    @Override
    public void bridged(String call, String device) {
      talks.merge(call + " " + device, 1, Integer::sum);
      if (PbxCommand.Consult.isOwn(call)) consulted.merge(device, 1, Integer::sum);
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

  // ── The PBX and its link ────────────────────────────────────────────────────────────────────

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
      by.post(new Input.ScriptStarted(id, new PhoneNumber(from), new PhoneNumber(dialed)));
      if (script.equals(Kit.RESUME)) {
        // Nobody has answered outside, and no script of theirs goes on with that.
        time.in(
            Duration.ofMillis(random.nextInt(1, 500)),
            () -> {
              if (server == by && scripts.remove(call)) pbx.scriptOver(call, true);
            });
        return;
      }
      time.in(
          Duration.ofMillis(random.nextInt(1, 6_000)),
          () -> by.post(new Input.CallerIdentified(id, List.of(card(from)))));
      time.in(
          Duration.ofMillis(random.nextInt(1, trouble ? 20_000 : 2_000)),
          () -> {
            if (server != by || !scripts.remove(call)) return;
            String queue = QUEUES.get(random.nextInt(QUEUES.size()));
            by.post(Scripts.queued(id, queue));
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
    int times = wrapUps.merge(call + " " + agent, 1, Integer::sum);
    int had = 0;
    for (String phone : bots.get(agent.value()).seats) {
      had += talks.getOrDefault(call + " " + phone, 0) + consulted.getOrDefault(phone, 0);
    }
    if (times > had) {
      faults.add("%s was asked %d times what %s was about.".formatted(agent, times, call));
    }
  }

  /// The agent is asked what it was about; and once more after it where the PBX was not told of it,
  /// and they were found talking on.
  void gaveAway(String call, AgentId agent) {
    talks.merge(call + " " + phone(agent), 1, Integer::sum);
  }

  static String phone(AgentId agent) {
    return PbxRig.device(Integer.parseInt(agent.value().substring(1)));
  }

  private void scriptBreaksOff(String call) {
    if (scripts.remove(call)) pbx.scriptOver(call, true);
  }

  static CustomerCard card(String number) {
    long id = Math.abs(number.hashCode());
    var customer = Customer.of(id, "C" + number, "standard", "");
    return new CustomerCard(customer, List.of(number), List.of());
  }

  /// The agent was told that somebody is called.
  void madeCall(AgentId agent) {
    madeCalls.merge(agent, 1, Integer::sum);
  }

  static Set<String> phones() {
    var phones = new LinkedHashSet<String>();
    for (int i = 1; i <= AGENTS; i++) phones.add(PbxRig.device(i));
    phones.addAll(HOT_DESKS);
    return phones;
  }

  static CenterSettings settings() {
    TestPlan plan = TestPlan.of(QUEUES.toArray(String[]::new));
    for (String name : QUEUES) {
      plan =
          plan.queue(
                  name,
                  queue ->
                      queue
                          .withDispositions(List.of("other"))
                          .withHold(new HoldCare(Duration.ofSeconds(4), Duration.ofSeconds(9)))
                          .withParkReturn(Duration.ofSeconds(20)))
              .routes(
                  name,
                  queue ->
                      queue
                          .withAsk(SkillExpression.ANY)
                          .withOfferTimeout(Duration.ofSeconds(15))
                          .withWrapUp(
                              name.equals("orders")
                                  ? new WrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO)
                                  : new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(20))));
    }
    plan = plan.queue("orders", queue -> queue.withRecording(RecordingPlan.ALWAYS));
    plan = plan.queue("billing", queue -> queue.withRecording(RecordingPlan.ON_DEMAND));
    for (int i = 1; i <= AGENTS; i++) plan = plan.agent(agent(i), "");
    return plan.defaultQueue("orders").dialing(dialing()).settings();
  }

  /// Limits that some talks with numbers outside reach.
  private static Dialing dialing() {
    Dialing usual = TestPlan.of("orders").dialing();
    return new Dialing(
        usual.through(),
        usual.region(),
        usual.allow(),
        usual.deny(),
        new Dialing.Limits(
            Duration.ofSeconds(45),
            Duration.ofSeconds(5),
            Duration.ofSeconds(25),
            20,
            500,
            1,
            100));
  }
}
