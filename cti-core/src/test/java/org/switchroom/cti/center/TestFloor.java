package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.ParkTimed;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.cti.screens.ScreenProjection;
import org.switchroom.cti.task.Task;
import org.switchroom.cti.testkit.Differences;
import org.switchroom.cti.testkit.RecordedScreens;
import org.switchroom.ivr.Outcome.TrailEntry;

/// A center on paper: an engine with its ledger, screens and PBX, all in the test's hand. Time is
/// moved by hand, the PBX does what the test says, and everything that comes out is kept.
///
/// After each input the ledger is held to its word: the bytes of all turns so far, folded, are what
/// the engine knows, field by field; and calls, contacts, agents and the router say the same
/// ([WholeState]). [#crashes] and [#starts] take it up again in every way there is.
public final class TestFloor extends SeenFloor {
  /// 09:00 in Taipei.
  public static final Instant NINE = Instant.parse("2026-01-05T01:00:00Z");

  private static final int MOST_TIMERS_AT_ONCE = 10_000;

  /// A difference is one when it is seen twice.
  private static final int LOOKS = 2;

  private final Map<CallId, PhoneNumber> numbers = new HashMap<>();

  static final PhoneNumber MAIN_LINE = new PhoneNumber("8001");

  Instant now = NINE;

  /// How far the clock on the wall is ahead.
  Duration wallAhead = Duration.ZERO;

  private final PaperLedger ledger = new PaperLedger();
  private final DayFigures figures;
  private ScreenProjection projection;
  final PaperPbx pbx;
  private final List<PbxId> links = new ArrayList<>();
  private boolean running;
  private long epoch;

  private final Set<String> aside = new HashSet<>();
  private final Map<String, Long> commands = new HashMap<>();
  private Optional<Instant> alive = Optional.empty();
  private final Input.Kept kept;

  /// Of the process that runs.
  private Supplier<Recorder> recorders = () -> Recorder.NONE;

  private Recorder recorder = Recorder.NONE;

  /// From here to the next link.
  private boolean ordersAreLost;

  /// So many until everything that was not told is found.
  private int looks;

  private int callers;
  private long visits;

  public TestFloor(TestPlan plan) {
    this(plan, Input.Kept.NOTHING);
  }

  /// @param kept what stands in the database when the first run begins
  TestFloor(TestPlan plan, Input.Kept kept) {
    super(plan);
    this.kept = kept;
    pbx = new PaperPbx();
    figures = new DayFigures(plan.settings().zone(), now.plus(wallAhead), Map.of());
    start();
  }

  /// The next process of another floor, on a PBX that holds the same, with a ledger of the test's
  /// own.
  TestFloor(TestFloor before, List<Turn> known) {
    super(before.plan);
    kept = Input.Kept.NOTHING;
    now = before.now;
    wallAhead = before.wallAhead;
    pbx = before.pbx.copy();
    epoch = before.epoch;
    callers = before.callers;
    visits = before.visits;
    alive = Optional.of(now);
    numbers.putAll(before.numbers);
    commands.putAll(before.commands);
    aside.addAll(before.aside);
    figures = new DayFigures(plan.settings().zone(), now.plus(wallAhead), Map.of());
    for (Turn turn : known) {
      ledger.has(turn);
      engine.replay(turn);
    }
    start();
  }

  // ── Inputs ──────────────────────────────────────────────────────────────────────────────────

  /// Gives the engine an input, and all timers that are due.
  void takes(Input input) {
    if (!running) throw new IllegalStateException("The server is down, and hears no " + input);
    takesOnly(input);
    int timers = 0;
    while (engine.nextDeadline().filter(due -> !due.isAfter(now)).isPresent()) {
      if (++timers > MOST_TIMERS_AT_ONCE) {
        throw new AssertionError("Timers are due for ever at " + now + ": " + subjects.getLast());
      }
      takesOnly(new Input.Tick());
    }
    boolean all = pbx.calls().stream().allMatch(call -> links.contains(call.pbx()));
    if (hasSpoken() && all && looks == 0 && aside.isEmpty()) WhoWaits.whoCanBeServedIs(this);
  }

  private boolean hasSpoken() {
    return links.contains(PbxId.MAIN) && engine.state().connected(PbxId.MAIN);
  }

  private void takesOnly(Input input) {
    switch (input) {
      case Input.Configured(var settings) -> projection.configure(new CenterPlan(settings));
      case Input.Start start -> projection.configure(new CenterPlan(start.settings()));
      default -> {}
    }
    recorder.takes(input, now, now.plus(wallAhead));
    RouterMemory before = engine.routerMemory();
    int known = turns.size();
    engine.on(input, now, now.plus(wallAhead), new Kept());
    LastHundred.check(before, engine.routerMemory(), turns.subList(known, turns.size()), plan);
    PaperLedger.same(engine.snapshot(), ledger.known(), "The ledger after " + input);
    WholeState.check(engine);
    if (links.contains(PbxId.MAIN) && looks == 0) WhoWaits.nobodyIsLost(this);
    WhoWaits.nobodyOutsideIsForgotten(this);
  }

  private final class Kept implements Engine.Turns {
    @Override
    public boolean begins(String subject) {
      subjects.add(subject);
      return !aside.contains(subject);
    }

    @Override
    public boolean becomes(String kind, String id) {
      String subject = kind + " " + id;
      if (aside.contains(subject)) return false;
      named.add(subject);
      return true;
    }

    @Override
    public void again() {}

    @Override
    public void takes(Turn turn, List<Effect> wanted) {
      Turn kept = turn;
      if (!turn.events().isEmpty()) {
        recorder.decides(turn);
        kept = ledger.append(turn);
        turns.add(kept);
      }
      projection.on(kept, this);
      projection.overview(this);
      effects.addAll(wanted);
      for (Effect effect : wanted) {
        boolean hears = !ordersAreLost;
        if (hears && effect instanceof Effect.Send(var command) && links.contains(pbxOf(command))) {
          pbx.does(command);
        }
      }
    }

    @Override
    public void ends() {}
  }

  private static PbxId pbxOf(PbxCommand command) {
    return switch (command) {
      case PbxCommand.OfCall of -> of.call().pbx();
      case PbxCommand.OfLeg of -> of.leg().pbx();
      case PbxCommand.Heartbeat _, PbxCommand.Compare _ -> PbxId.MAIN;
    };
  }

  // ── Time ────────────────────────────────────────────────────────────────────────────────────

  /// Time passes; what is due happens at its time.
  TestFloor after(long seconds) {
    return after(Duration.ofSeconds(seconds));
  }

  TestFloor after(Duration time) {
    Instant until = now.plus(time);
    int timers = 0;
    while (running) {
      Optional<Instant> due = engine.nextDeadline().filter(at -> !at.isAfter(until));
      if (due.isEmpty()) break;
      if (due.get().isAfter(now)) {
        now = due.get();
        timers = 0;
      }
      if (++timers > MOST_TIMERS_AT_ONCE) {
        throw new AssertionError("Timers are due for ever at " + now + ": " + subjects.getLast());
      }
      takesOnly(new Input.Tick());
    }
    now = until;
    projection.timePassed(now.plus(wallAhead));
    projection.overview(About.NOBODY);
    return this;
  }

  /// The clock on the wall is set; the engine's own time goes on. What runs looks at both clocks
  /// each second.
  TestFloor clockIs(Duration ahead) {
    wallAhead = ahead;
    pbx.wallAhead = ahead;
    if (running && engine.clockWasSet(now, now.plus(ahead))) takes(new Input.Tick());
    return this;
  }

  // ── The PBX ─────────────────────────────────────────────────────────────────────────────────

  /// Something happens on the PBX. The engine hears of it, if it is there and the link is up.
  TestFloor happens(PbxEvent fact) {
    pbx.happens(fact);
    if (running && links.contains(fact.pbx())) takes(new Input.FromPbx(fact));
    return this;
  }

  /// It happens, and nobody tells.
  TestFloor happensUnheard(PbxEvent fact) {
    pbx.happens(fact);
    looks = LOOKS;
    return this;
  }

  /// The PBX is asked what it has, as from time to time.
  TestFloor compares() {
    looks = Math.max(looks - 1, 0);
    takes(new Input.FromPbx(pbx.compared(now, PbxId.MAIN)));
    return this;
  }

  /// The link is up: the PBX says everything that lives on it, and how its phones are.
  TestFloor connect() {
    return connect(PbxId.MAIN);
  }

  TestFloor connect(PbxId which) {
    return says(pbx.list(now, which));
  }

  /// The link is up, and the PBX says what the test has it say.
  TestFloor says(PbxEvent.Synchronized list) {
    ordersAreLost = false;
    if (!links.contains(list.pbx())) links.add(list.pbx());
    pbx.becomes(list);
    if (list.pbx().equals(PbxId.MAIN)) phonesAreTold();
    takes(new Input.FromPbx(list));
    pbx.given(now, list.pbx()).forEach(this::happens);
    return this;
  }

  private void phonesAreTold() {
    var phones = new ArrayList<>(TestPlan.HOT_DESKS);
    plan.agents().values().forEach(agent -> phones.add(agent.phone()));
    phones.remove("");
    for (String phone : phones) {
      PhoneState state = pbx.phones.getOrDefault(phone, PhoneState.AVAILABLE);
      happens(new PbxEvent.PhoneChanged(now, phone, state));
    }
  }

  /// All that lives, in the test's own words.
  TestFloor saysOnly(LiveCall... calls) {
    return says(new PbxEvent.Synchronized(now, List.of(calls)));
  }

  /// The PBX hears nothing more of what it is told, until there is another link.
  TestFloor losesOrders() {
    ordersAreLost = true;
    return this;
  }

  boolean isConnected() {
    return links.contains(PbxId.MAIN);
  }

  boolean isRunning() {
    return running;
  }

  TestFloor linkIsLost() {
    return linkIsLost(PbxId.MAIN);
  }

  TestFloor linkIsLost(PbxId which) {
    links.remove(which);
    takes(new Input.FromPbx(new PbxEvent.Disconnected(now, which, "gone")));
    return this;
  }

  TestFloor phone(String agent, PhoneState state) {
    return happens(new PbxEvent.PhoneChanged(now, plan.phone(agent), state));
  }

  // ── Callers ─────────────────────────────────────────────────────────────────────────────────

  /// A caller comes through the script to the default queue, and is held.
  CallId caller() {
    return caller(plan.defaultQueue());
  }

  CallId caller(String queue) {
    return caller(Script.to(queue));
  }

  CallId caller(Script script) {
    CallId call = arrives();
    ends(call, script);
    return holds(call);
  }

  /// A caller comes, and is on the way to a script.
  CallId arrives() {
    return arrives(PbxId.MAIN);
  }

  CallId arrives(PbxId which) {
    return arrives(which, new PhoneNumber("+886223000" + (callers + 1)));
  }

  private CallId arrives(PbxId which, PhoneNumber from) {
    CallId call = CallId.of(which, "call-" + ++callers);
    numbers.put(call, from);
    happens(new PbxEvent.CallArrived(now, call, from, MAIN_LINE));
    return call;
  }

  /// An agent's own call is nobody's who could call again.
  boolean hasCalled(CallId call) {
    return numbers.containsKey(call);
  }

  /// Somebody who has called before calls again.
  CallId callsAgain(CallId before) {
    return arrives(before.pbx(), numbers.get(before));
  }

  /// The PBX falls over, and nothing of what it had is left.
  TestFloor pbxDies() {
    if (isConnected()) linkIsLost();
    pbx.dies();
    return this;
  }

  /// The script has begun.
  TestFloor begins(CallId call) {
    takes(new Input.ScriptStarted(call, new PhoneNumber("+886223000"), MAIN_LINE));
    return this;
  }

  /// The script is over.
  TestFloor ends(CallId call, Script script) {
    script
        .queue()
        .ifPresent(queue -> pbx.placed(call, queue, script.priority(), script.ask(), "en", now));
    takes(script.finished(call));
    return this;
  }

  /// The dialplan holds the caller.
  CallId holds(CallId call) {
    happens(new PbxEvent.CallQueued(now, call));
    return call;
  }

  TestFloor leaves(CallId call) {
    return happens(new PbxEvent.CallEnded(now, call));
  }

  TestFloor presses(CallId call, char key) {
    return happens(new PbxEvent.KeyPressed(now, call, key));
  }

  /// It is known by now who calls.
  TestFloor identified(CallId call, CustomerCard... matches) {
    takes(new Input.CallerIdentified(call, List.of(matches)));
    return this;
  }

  /// Which step of a visit asks for something; each visit is another.
  Input.Origin origin(CallId call, String step) {
    return new Input.Origin(call, ++visits, step);
  }

  /// A caller's script leaves a message for a queue of work.
  ContactId message(CallId call, String queue) {
    Input.Origin origin = origin(call, "message");
    takes(voicemail(origin, queue));
    return new ContactId("task-" + scriptAnswer(origin));
  }

  static Input.TaskRequested voicemail(Input.Origin origin, String queue) {
    return new Input.TaskRequested(
        origin,
        Task.Kind.VOICEMAIL,
        new QueueId(queue),
        Optional.of(7L),
        "Alice",
        "+886223",
        "/r/1.wav",
        12);
  }

  // ── Phones ──────────────────────────────────────────────────────────────────────────────────

  /// The agent's phone rings.
  LegId rings(String agent) {
    LegId leg = leg(agent);
    happens(new PbxEvent.LegRinging(now, leg));
    return leg;
  }

  /// The agent's phone rings and is answered.
  LegId answers(String agent) {
    LegId leg = rings(agent);
    pbx.begins(now, leg).ifPresent(this::happens);
    happens(new PbxEvent.LegConnected(now, leg));
    return leg;
  }

  /// The agent's leg is over.
  LegId ends(String agent, LegEnd end) {
    LegId leg = leg(agent);
    happens(new PbxEvent.LegEnded(now, leg, end));
    return leg;
  }

  LegId hangsUp(String agent) {
    return ends(agent, LegEnd.HUNG_UP);
  }

  /// The agent has put the caller on hold with their phone or their desk.
  TestFloor putsOnHold(CallId call) {
    return happens(new PbxEvent.CallHeld(now, call));
  }

  // ── Desks ───────────────────────────────────────────────────────────────────────────────────

  /// Somebody at a screen.
  Desk desk(String agent) {
    return new Desk(this, agent, "s-" + agent);
  }

  /// The agent logs in and is ready for calls.
  TestFloor ready(String... agents) {
    for (String agent : agents) {
      assertThat(desk(agent).logsIn()).as("the log-in of %s", agent).isEmpty();
      assertThat(desk(agent).isReady()).as("%s ready", agent).isEmpty();
    }
    return this;
  }

  CommandId next(String session) {
    return new CommandId(session, commands.merge(session, 1L, Long::sum));
  }

  /// What came of a command: empty, it is done.
  Optional<Refusal> asks(Input.DeskCommand command) {
    takes(command);
    return answer(command.id());
  }

  /// The configuration is another one from now on.
  TestFloor reload(UnaryOperator<TestPlan> change) {
    plan = change.apply(plan);
    takes(new Input.Configured(plan.settings()));
    return this;
  }

  // ── Starts ──────────────────────────────────────────────────────────────────────────────────

  private void start() {
    screens = new RecordedScreens();
    projection = new ScreenProjection(screens, new CenterPlan(plan.settings()), figures);
    running = true;
    recorder = recorders.get();
    recorder.begins(engine.snapshot(), Set.copyOf(aside));
    if (!ledger.isEmpty()) projection.replica().restore(ledger.known());
    takes(new Input.Start(++epoch, plan.settings(), alive, kept));
    projection.everything(new Kept());
  }

  /// From the next process on.
  ///
  /// @param each of one process
  public TestFloor records(Supplier<Recorder> each) {
    recorders = each;
    return this;
  }

  /// The process is gone; what was in the ledger is there.
  TestFloor crashes() {
    running = false;
    alive = Optional.of(now);
    links.clear();
    return this;
  }

  /// The next process: it knows what the last one knew, however it reads it, and waits for the PBX.
  TestFloor starts() {
    Snapshot before = engine.snapshot();
    engine = ledger.again(before);
    start();
    return this;
  }

  /// Runs have failed at this too often.
  TestFloor setsAside(String subject) {
    aside.add(subject);
    return this;
  }

  boolean isAside(CallId call) {
    return aside.contains("call " + call);
  }

  boolean nothingIsAside() {
    return aside.isEmpty();
  }

  /// The next process, with another configuration.
  TestFloor starts(UnaryOperator<TestPlan> change) {
    plan = change.apply(plan);
    return starts();
  }

  /// The next process has nothing but what the PBX says.
  TestFloor startsWithoutLedger() {
    engine = new Engine();
    ledger.clear();
    epoch += 1_000;
    start();
    return this;
  }

  /// The server is killed and started anew, and the PBX says what it has. No time passes and
  /// nothing happens meanwhile, so nothing of calls, contacts and what agents have is another.
  TestFloor restarts() {
    Snapshot before = engine.snapshot();
    crashes().starts().connect();
    Snapshot after = engine.snapshot();
    var faults =
        new ArrayList<>(Differences.between(wants(before.contacts()), wants(after.contacts())));
    faults.addAll(Differences.between(states(before.calls()), states(after.calls())));
    faults.addAll(Differences.between(hands(before), hands(after)));
    if (faults.isEmpty()) return this;
    throw new AssertionError("A restart has changed something:\n" + String.join("\n", faults));
  }

  /// Who is parked has so much longer.
  private static List<Contact> wants(List<Contact> contacts) {
    return contacts.stream()
        .map(one -> one.on(new ParkTimed(one.id(), Instant.EPOCH), Instant.EPOCH))
        .toList();
  }

  /// A script that was heard before is waited for anew.
  private static List<Object> states(List<Call> calls) {
    return calls.stream()
        .<Object>map(call -> call.state().getClass() + " " + call.parties())
        .toList();
  }

  /// A screen that was there is waited for.
  private static List<Object> hands(Snapshot snapshot) {
    return snapshot.agents().stream()
        .<Object>map(agent -> List.of(agent.id(), agent.state(), agent.contacts()))
        .toList();
  }

  /// What was until now counts no more.
  TestFloor forget() {
    turns.clear();
    effects.clear();
    screens.allPops.clear();
    return this;
  }

  /// What screens show, changed bit by bit, is what they would show if they began now.
  void screensAreRight() {
    var anew = new RecordedScreens();
    var again = new ScreenProjection(anew, new CenterPlan(plan.settings()), figures);
    again.replica().restore(ledger.known());
    again.everything(new Kept());
    List<String> faults = screens.otherThan(anew);
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "Screens that begin now show something else:\n" + String.join("\n", faults));
    }
  }

  /// A way through a script that has nothing to tell.
  static TrailEntry step(String step, String key) {
    return new TrailEntry(step, key);
  }
}
