package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.ServiceLevelRule.Treatment;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.customer.BlockedCaller;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallMade;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.ContactReset;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.TaskOpened;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.pbx.Supervision;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.ivr.NoticeAnswer;
import org.switchroom.ivr.SayingReader;
import org.switchroom.ivr.speech.Language;

/// A day in which anything may happen at any moment, by a seed: callers, phones, desks, scripts,
/// reloads, lost links, crashes. What must be so after each step [TestFloor] looks at itself; what
/// must be so of the whole day is counted at its end.
final class RandomFloor {
  private static final int MOST_CALLS = 8;
  private static final List<String> AGENTS = List.of("ann", "ben", "cat", "dan");
  private static final List<String> WORK = List.of("work", "post");

  /// One that is dialed, and one that is not.
  private static final List<String> NUMBERS = List.of("0223450000", "0204123456");

  /// What is reached in any day.
  private static final Dialing.Limits FEW = new Dialing.Limits(Duration.ofHours(1), 2, 50, 1, 10);

  private static final List<String> QUEUES = List.of("sales", "billing", "returns");

  private final SplittableRandom random;

  /// What is dialed is drawn apart.
  private final SplittableRandom numbers;

  private final TestFloor floor;

  /// What the PBX was told, and has not done yet.
  private final List<PbxCommand> toDo = new ArrayList<>();

  /// Whom the PBX has lost, and who may call again.
  private final List<CallId> lost = new ArrayList<>();

  /// What is said of them when they are missed.
  private final Set<String> vanished = new HashSet<>();

  private int done;

  /// Channels of phones that somebody else has rung.
  private int phones;

  RandomFloor(long seed) {
    random = new SplittableRandom(seed);
    numbers = new SplittableRandom(seed);
    floor = plan().open();
  }

  /// All of its processes from here on, the next of which begins.
  RandomFloor records(Supplier<Recorder> each) {
    floor.crashes().records(each).starts().connect();
    return this;
  }

  /// One that goes on where another was left, by another seed.
  RandomFloor(TestFloor floor, long seed) {
    random = new SplittableRandom(seed);
    numbers = new SplittableRandom(seed);
    this.floor = floor;
  }

  private TestPlan plan() {
    var plan =
        TestPlan.of("sales", "billing", "returns").tasks("work").tasks("post").tier("gold", 5);
    plan = plan.says("sales", announcements());
    plan = plan.routes("sales", queue -> counting(queue, Treatment.IN_FAVOUR));
    plan = plan.routes("billing", queue -> counting(queue, Treatment.IGNORED));
    plan =
        plan.routes(
            "billing",
            queue ->
                queue
                    .withMisses(2)
                    .withWrapUp(new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(20)))
                    .withOverflow(
                        List.of(
                            new Overflow(
                                new Overflow.Trigger.Waited(Duration.ofSeconds(90)),
                                new Overflow.Target.Away(Overflow.Target.Kind.SCRIPT, "night")),
                            new Overflow(
                                new Overflow.Trigger.Closed(true),
                                new Overflow.Target.Away(Overflow.Target.Kind.VOICEMAIL, ""))))
                    .withHours(Optional.of(TestPlan.hours(8, 20))));
    var strategies = List.of(Strategy.Kind.RING_ALL, Strategy.Kind.ROUND_ROBIN);
    Strategy.Kind strategy = strategies.get(random.nextInt(strategies.size()));
    plan =
        plan.routes(
            "returns",
            queue ->
                queue
                    .withWrapUp(new WrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO))
                    .withStrategy(Strategy.of(strategy)));
    plan = plan.queue("sales", queue -> queue.withRecording(RecordingPlan.ALWAYS));
    plan = plan.queue("billing", queue -> queue.withRecording(RecordingPlan.ON_DEMAND));
    plan = plan.queue("sales", queue -> queue.withHold(seconds(4, 9)));
    plan = plan.queue("billing", queue -> queue.withHold(seconds(0, 15)));
    plan = plan.queue("sales", queue -> queue.withParkReturn(Duration.ofSeconds(25)));
    plan = plan.queue("returns", queue -> queue.withParkReturn(Duration.ofSeconds(40)));
    plan = plan.after("returns", "survey").agents(AGENTS.toArray(String[]::new));
    Dialing dialing = plan.dialing();
    plan =
        plan.dialing(
            new Dialing(dialing.through(), dialing.region(), dialing.allow(), dialing.deny(), FEW));
    return plan.voices(AGENTS.getFirst(), 2);
  }

  private static HoldCare seconds(int reminder, int back) {
    return new HoldCare(Duration.ofSeconds(reminder), Duration.ofSeconds(back));
  }

  private static Queue counting(Queue queue, Treatment treatment) {
    var rule = new ServiceLevelRule(treatment, treatment, treatment);
    return queue.withObjectives(queue.objectives().withRule(rule));
  }

  private static Announcements announcements() {
    var offers = new LinkedHashMap<Character, Announcements.Offer>();
    offers.put('1', new Announcements.Offer("callback", SayingReader.shipped("callback")));
    return Announcements.NONE
        .withFirst(Duration.ofSeconds(7))
        .withEvery(Duration.ofSeconds(15))
        .withLeast(Duration.ofSeconds(5))
        .withPosition(Optional.of(SayingReader.shipped("position")))
        .withExpected(Optional.of(SayingReader.shipped("expected-wait")))
        .withMessages(List.of(SayingReader.shipped("message")))
        .withMessagesEvery(Duration.ofSeconds(11))
        .withOffers(offers);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  // ── The day ─────────────────────────────────────────────────────────────────────────────────

  void run(int steps) {
    goOn(steps);
    evening();
    everybodyIsOffered();
    evening();
    count();
  }

  /// As far as this.
  TestFloor goOn(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
      commands();
      if (i % 10 == 0 && floor.isRunning()) floor.screensAreRight();
    }
    return floor;
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> arrives();
      case 3, 4, 5, 6, 7 -> caller();
      case 8, 9, 10, 11 -> leg();
      case 12, 13, 14, 15 -> desk();
      case 16, 17 -> floor.after(random.nextInt(12));
      case 18 -> {
        if (chance(50)) phone();
        else late();
      }
      default -> trouble();
    }
  }

  private void arrives() {
    if (floor.pbx.calls().size() >= MOST_CALLS) return;
    if (!lost.isEmpty() && chance(50)) floor.callsAgain(lost.removeFirst());
    else floor.arrives();
  }

  private void caller() {
    if (floor.pbx.calls().isEmpty()) return;
    CallId call = any(floor.pbx.calls());
    switch (floor.pbx.place(call).orElseThrow()) {
      case IN_SCRIPT -> {
        if (isOwn(call)) ownCall(call);
        else inScript(call);
      }
      case QUEUED -> queued(call);
      case TALKING, HELD -> {
        if (numbers.nextInt(3) == 0 && isCalled(call)) called(call);
        else if (chance(25)) floor.leaves(call);
      }
      case DIALING, ELSEWHERE -> {
        if (isOwn(call) && numbers.nextBoolean()) called(call);
        else if (chance(50) && !isOwn(call)) floor.holds(call);
        else floor.leaves(call);
      }
      case FALLBACK -> {
        if (chance(10)) floor.leaves(call);
        else if (chance(30)) fallbackAnswers(call);
      }
    }
  }

  private static boolean isOwn(CallId call) {
    return PbxCommand.Consult.isOwn(call.channel());
  }

  private static boolean isCalled(CallId call) {
    return PbxCommand.MakeCall.isMade(call.channel());
  }

  /// A number outside that an agent calls or asks answers, or does not; also twice, and too late.
  private void called(CallId call) {
    if (numbers.nextInt(3) > 0) {
      floor.happens(new PbxEvent.NumberReached(floor.now, call));
      return;
    }
    PbxEvent.NotReached why = any(List.of(PbxEvent.NotReached.values()));
    floor.happens(new PbxEvent.NumberNotReached(floor.now, call, why));
    floor.leaves(call);
  }

  /// An agent's own call comes to the hold, or does not.
  private void ownCall(CallId own) {
    if (chance(70)) floor.holds(own);
    else floor.leaves(own);
  }

  /// The PBX's own queue has rung an agent's phone, whether or not anybody hears of it.
  private void fallbackAnswers(CallId call) {
    String phone = floor.plan.phone(any(new ArrayList<>(floor.plan.agents().keySet())));
    var channel = new LegId("phone-" + ++phones);
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, phone, channel));
  }

  /// Somebody blocks a caller in the moment in which they come.
  private void blocks(CallId call) {
    if (!floor.knows(call)) return;
    String number = floor.contact(call).arrival().from().value();
    var blocked = new BlockedCaller(number, "shouts", floor.now, Optional.empty(), "sam");
    floor.takes(new Input.CallersBlocked(List.of(blocked)));
    floor.takes(new Input.BlockAsked(floor.origin(call, "blocked"), number));
  }

  private void notices(CallId call) {
    NoticeAnswer answer = NoticeAnswer.values()[numbers.nextInt(2)];
    floor.takes(
        new Input.NoticeGiven(
            floor.origin(call, "tell"), answer, "main 1 tell", Language.EN, Duration.ofSeconds(4)));
    floor.takes(new Input.TalkRecordingAsked(floor.origin(call, "pause"), numbers.nextBoolean()));
  }

  private void inScript(CallId call) {
    if (numbers.nextInt(9) == 0) {
      tells(() -> floor.takes(new Input.DialRequested(floor.origin(call, "transfer"), number())));
    }
    if (numbers.nextInt(6) == 0) tells(() -> notices(call));
    if (numbers.nextInt(25) == 0) {
      tells(() -> blocks(call));
      return;
    }
    switch (random.nextInt(8)) {
      case 0 -> tells(() -> floor.begins(call));
      case 1 -> tells(() -> floor.identified(call, card()));
      case 2 -> {
        if (!floor.isAside(call)) tells(() -> floor.message(call, any(WORK)));
      }
      case 3 -> {
        tells(() -> floor.ends(call, Script.over("hung-up")));
        floor.leaves(call);
      }
      case 4 -> tells(() -> floor.takes(new Input.ScriptFroze(call)));
      default -> {
        tells(() -> floor.ends(call, script()));
        floor.holds(call);
      }
    }
  }

  private CustomerCard card() {
    return new CustomerCard(
        Customer.of(random.nextInt(9), "C", chance(50) ? "gold" : "", ""), List.of(), List.of());
  }

  private String number() {
    return NUMBERS.get(numbers.nextInt(NUMBERS.size()));
  }

  private Script script() {
    if (chance(10)) return Script.over("ended");
    Script to = Script.to(chance(10) ? "nowhere" : any(QUEUES)).priority(random.nextInt(3));
    return chance(10) ? to.preferring(any(AGENTS), Duration.ofSeconds(10)) : to;
  }

  /// A script's word is lost with the server.
  private void tells(Runnable word) {
    if (floor.isRunning()) word.run();
  }

  private void queued(CallId call) {
    switch (random.nextInt(6)) {
      case 0 -> floor.leaves(call);
      case 1 -> floor.presses(call, '1');
      case 2 -> floor.happens(new PbxEvent.CallFellBack(floor.now, call));
      case 3 -> tells(() -> floor.identified(call, card()));
      // The dialplan's word may come twice.
      case 4 -> floor.holds(call);
      default -> {}
    }
  }

  private void leg() {
    if (chance(5)) supervisorHangsUp();
    if (floor.pbx.legs().isEmpty()) return;
    LegId leg = any(floor.pbx.legs());
    CallId call = floor.pbx.callOf(leg);
    if (floor.pbx.connected(leg)) {
      switch (random.nextInt(6)) {
        case 0, 1 -> end(leg, LegEnd.HUNG_UP);
        case 2 -> {
          // A phone that is nobody's has no desk.
          if (floor.pbx.hasAgent(leg)) floor.putsOnHold(call);
        }
        case 3 -> floor.happens(new PbxEvent.LegConnected(floor.now, leg));
        case 4 -> {
          boolean bridged = floor.pbx.place(call).filter(Place.TALKING::equals).isPresent();
          if (bridged && chance(30)) transfers(leg, call);
        }
        case 5 -> floor.happens(new PbxEvent.PhoneHeld(floor.now, leg, chance(50)));
        default -> {}
      }
      return;
    }
    switch (random.nextInt(5)) {
      case 0 -> floor.happens(new PbxEvent.LegRinging(floor.now, leg));
      case 1, 2 -> connect(leg, call);
      case 3 -> end(leg, any(List.of(LegEnd.NO_ANSWER, LegEnd.BUSY, LegEnd.DECLINED)));
      default -> end(leg, LegEnd.UNREACHABLE);
    }
  }

  /// By the phone's own keys, to somebody outside, to a colleague, or to where the agent's own call
  /// is.
  private void transfers(LegId leg, CallId call) {
    var transferred = new PbxEvent.CallTransferred(floor.now, leg, "900");
    switch (random.nextInt(3)) {
      case 0 -> {
        floor.happens(transferred);
        end(leg, LegEnd.HUNG_UP);
      }
      case 1 -> {
        String phone = floor.plan.phone(any(new ArrayList<>(floor.plan.agents().keySet())));
        var channel = new LegId("phone-" + ++phones);
        var connected = new PbxEvent.PhoneConnected(floor.now, call, phone, channel);
        boolean bridged = chance(50);
        if (bridged) floor.happens(connected);
        floor.happens(transferred);
        end(leg, LegEnd.HUNG_UP);
        if (!bridged && floor.pbx.place(call).isPresent()) floor.happens(connected);
      }
      default -> {
        CallId own = any(floor.pbx.calls());
        if (own.equals(call)) return;
        floor.happens(new PbxEvent.CallPutThrough(floor.now, call, own));
        floor.happens(transferred);
        end(leg, LegEnd.HUNG_UP);
        floor.leaves(own);
      }
    }
  }

  // ── A supervisor ────────────────────────────────────────────────────────────────────────────

  private void supervises() {
    Desk desk = floor.desk(TestPlan.SUPERVISOR.value());
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> desk.supervises(any(AGENTS), any(List.of(Supervision.values())));
      case 3, 4 -> desk.takesOver();
      default -> desk.supervisesNoMore();
    }
  }

  /// Or they do not.
  private void supervisorAnswers(LegId leg, Supervision how) {
    if (!floor.pbx.supervisors().contains(leg)) return;
    if (chance(80)) floor.happens(new PbxEvent.SupervisorConnected(floor.now, leg, how));
    else end(leg, LegEnd.NO_ANSWER);
  }

  private void supervisorHangsUp() {
    if (!floor.pbx.supervisors().isEmpty()) end(any(floor.pbx.supervisors()), LegEnd.HUNG_UP);
  }

  /// Whoever of them is there has the caller; where nobody is, the dialplan holds them.
  private void takesOver(PbxCommand.TakeOver take) {
    boolean talks =
        floor
            .pbx
            .place(take.call())
            .filter(at -> at == Place.TALKING || at == Place.HELD)
            .isPresent();
    boolean agent = floor.pbx.legs().contains(take.agents());
    if (!talks || !agent || !floor.pbx.callOf(take.agents()).equals(take.call())) return;
    switch (random.nextInt(6)) {
      case 0 -> end(take.leg(), LegEnd.HUNG_UP);
      case 1 -> end(take.agents(), LegEnd.HUNG_UP);
      case 2 -> {
        end(take.agents(), LegEnd.HUNG_UP);
        end(take.leg(), LegEnd.HUNG_UP);
      }
      default -> {}
    }
    if (floor.pbx.supervisors().contains(take.leg())) {
      floor.happens(new PbxEvent.LegConnected(floor.now, take.leg()));
    } else if (floor.pbx.legs().contains(take.agents())) {
      floor.happens(new PbxEvent.LegConnected(floor.now, take.agents()));
    } else if (floor.pbx.place(take.call()).isPresent()) {
      floor.holds(take.call());
    }
  }

  /// The dialplan lets only the offer that stands have the caller.
  private void connect(LegId leg, CallId call) {
    boolean waits =
        floor.pbx.place(call).filter(at -> at == Place.QUEUED || at == Place.FALLBACK).isPresent();
    if (waits) {
      floor.pbx.begins(floor.now, leg).ifPresent(floor::happens);
      floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    } else {
      end(leg, LegEnd.UNREACHABLE);
    }
  }

  private void end(LegId leg, LegEnd how) {
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, how));
  }

  private void desk() {
    if (!floor.isRunning()) return;
    if (chance(15)) {
      supervises();
      return;
    }
    Desk desk = floor.desk(any(AGENTS));
    switch (random.nextInt(15)) {
      case 0, 1, 2, 3 -> {
        desk.logsIn();
        desk.isReady();
      }
      case 4 -> desk.takesBreak("lunch");
      case 5 -> {
        if (chance(30)) desk.logsOut();
      }
      case 6 -> desk.opens();
      case 7 -> desk.closes();
      case 8 -> {
        if (numbers.nextBoolean()) desk.dials(number());
        else desk.sitsAt(any(seats()));
      }
      default -> withContact(desk);
    }
  }

  private List<String> seats() {
    var seats = new ArrayList<>(TestPlan.HOT_DESKS);
    floor.plan.agents().values().forEach(agent -> seats.add(agent.phone()));
    return seats;
  }

  private void withContact(Desk desk) {
    List<InHand> hand =
        floor
            .engine
            .state()
            .agent(new AgentId(desk.name()))
            .map(one -> one.contacts())
            .orElse(List.of());
    List<ContactId> all = new ArrayList<>();
    hand.forEach(one -> all.add(one.contact()));
    floor.engine.state().contacts().forEach(one -> all.add(one.id()));
    if (all.isEmpty()) return;
    ContactId contact = hand.isEmpty() || chance(10) ? any(all) : any(hand).contact();
    var call = new CallId(contact.value());
    if (numbers.nextInt(7) == 0) {
      parks(desk, call);
      return;
    }
    int seldom = numbers.nextInt(18);
    if (seldom >= 15) {
      records(desk, call);
      return;
    }
    if (seldom == 0) {
      desk.endsAbusive(call, "threats");
      return;
    }
    if (seldom == 2) {
      givesAway(desk, call);
      return;
    }
    if (seldom > 2 && seldom < 7) {
      asksSomebody(desk, call);
      return;
    }
    if (seldom == 1) {
      var customer = Customer.of(100 + numbers.nextInt(9), "Found", "gold", "");
      desk.choosesFound(call, new CustomerCard(customer, List.of(), List.of()));
      return;
    }
    switch (random.nextInt(10)) {
      case 0, 1 -> desk.answers(contact);
      case 2 -> desk.declines(contact);
      case 3 -> desk.hangsUp(call);
      case 4 -> desk.holds(call);
      case 5 -> {
        if (numbers.nextInt(3) == 0) desk.keys(call, any(List.of("7", "12*#", "", "0912x")));
        else desk.retrieves(call);
      }
      case 6 -> desk.types(call, "invoice", "note " + random.nextInt(99));
      case 7, 8 -> desk.completes(contact, chance(80) ? "invoice" : "", "");
      default -> desk.boosts(call, random.nextInt(20));
    }
  }

  /// At any moment, as all else; also keys that the caller presses, and the disk.
  private void records(Desk desk, CallId call) {
    switch (numbers.nextInt(6)) {
      case 0 -> desk.records(call);
      case 1, 2 -> desk.pauses(call);
      case 3 -> desk.resumes(call);
      case 4 -> floor.happens(new PbxEvent.CallerKeyed(floor.now, call));
      default -> floor.takes(new Input.RecordingDisk(numbers.nextInt(3) == 0));
    }
  }

  /// Whom they talk with, or anybody; and whoever is parked is picked up, by several at once.
  private void parks(Desk desk, CallId call) {
    List<Contact> parked = floor.engine.state().parked();
    if (parked.isEmpty() || numbers.nextInt(3) == 0) {
      desk.parks(call, "why " + numbers.nextInt(9));
      return;
    }
    var who = new CallId(parked.get(numbers.nextInt(parked.size())).id().value());
    desk.picksUp(who);
    if (numbers.nextInt(3) == 0) floor.desk(AGENTS.get(numbers.nextInt(4))).picksUp(who);
  }

  private void givesAway(Desk desk, CallId call) {
    switch (numbers.nextInt(3)) {
      case 0 ->
          desk.givesTo(
              call,
              any(new ArrayList<>(floor.plan.agents().keySet())),
              "why " + numbers.nextInt(9));
      case 1 -> desk.givesToQueue(call, any(new ArrayList<>(floor.plan.queues().keySet())));
      default -> desk.givesToNumber(call, chance(50) ? "0912345678" : "0203123456");
    }
  }

  /// Whether or not they ask already.
  private void asksSomebody(Desk desk, CallId call) {
    boolean asks = floor.engine.state().asked(new ContactId(call.value())).isPresent();
    switch (asks ? 2 + numbers.nextInt(8) : numbers.nextInt(4) - 1) {
      case -1 -> desk.asksNumber(call, number(), "");
      case 0 ->
          desk.asksColleague(
              call,
              any(new ArrayList<>(floor.plan.agents().keySet())),
              "why " + numbers.nextInt(9));
      case 1, 2 -> desk.asksQueue(call, any(new ArrayList<>(floor.plan.queues().keySet())), "");
      case 3, 4 -> desk.alternates(call);
      case 5 -> desk.completesConsultation(call);
      case 7, 8, 9 -> desk.conferences(call);
      default -> desk.cancelsConsultation(call);
    }
  }

  private void phone() {
    floor.phone(
        any(new ArrayList<>(floor.plan.agents().keySet())),
        chance(80) ? PhoneState.AVAILABLE : any(List.of(PhoneState.values())));
  }

  /// What is long over is said again.
  private void late() {
    if (!floor.isConnected()) return;
    List<ContactOffered> offers = floor.offers();
    if (offers.isEmpty()) return;
    ContactOffered old = any(offers);
    var call = new CallId(old.contact().value());
    if (old.leg().isPresent() && !floor.pbx.legs().contains(old.leg().get())) {
      LegId leg = old.leg().get();
      tellsAgain(new PbxEvent.LegRinging(floor.now, leg));
      tellsAgain(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
      tellsAgain(new PbxEvent.CallTransferred(floor.now, leg, "900"));
    }
    if (floor.pbx.place(call).isEmpty()) {
      tellsAgain(new PbxEvent.CallEnded(floor.now, call));
      tellsAgain(new PbxEvent.CallQueued(floor.now, call));
      tellsAgain(new PbxEvent.CallHeld(floor.now, call));
      tellsAgain(new PbxEvent.KeyPressed(floor.now, call, '1'));
      tellsAgain(new PbxEvent.CallFellBack(floor.now, call));
      tells(() -> floor.ends(call, Script.to("sales")));
      tells(() -> floor.identified(call, card()));
    }
  }

  private void tellsAgain(PbxEvent fact) {
    floor.takes(new Input.FromPbx(fact));
  }

  // ── Trouble ─────────────────────────────────────────────────────────────────────────────────

  private void trouble() {
    if (!floor.isRunning()) {
      floor.starts();
      if (chance(80)) floor.connect();
      return;
    }
    switch (random.nextInt(11)) {
      case 9 -> {
        if (chance(50)) floor.clockIs(wallAhead());
      }
      case 8 -> compares();
      case 7 -> {
        if (chance(70)) return;
        floor.pbx.calls().stream().filter(floor::hasCalled).forEach(lost::add);
        floor.pbx.calls().forEach(call -> vanished.add(call + " is over"));
        floor.pbxDies();
        toDo.clear();
      }
      case 6 -> {
        if (chance(80) || floor.pbx.calls().isEmpty()) return;
        CallId call = any(floor.pbx.calls());
        // A run that has ended by it is what it is set aside for.
        floor.crashes().setsAside("call " + call);
      }
      case 0 -> {
        if (floor.isConnected()) floor.linkIsLost();
        else floor.connect();
      }
      case 1 -> floor.crashes();
      case 2 -> {
        floor.crashes().starts();
        floor.connect();
      }
      case 3 -> floor.reload(chance(50) ? this::without : this::changed);
      case 4 -> floor.reload(_ -> plan());
      case 5 -> {
        if (chance(95)) return;
        floor.crashes().startsWithoutLedger().forget();
        done = 0;
        toDo.clear();
        floor.connect();
      }
      default -> {
        if (!floor.isConnected()) floor.connect();
      }
    }
  }

  /// By as much as it wavers, or by hours.
  private Duration wallAhead() {
    return chance(50)
        ? Duration.ofMillis(random.nextInt(-1_900, 1_900))
        : Duration.ofMinutes(random.nextInt(-900, 900));
  }

  /// While everything is told, and nothing was set aside, there is no difference, however often it
  /// is looked.
  private void compares() {
    if (!floor.isConnected()) return;
    commands();
    toDo.forEach(this::does);
    toDo.clear();
    int told = floor.events(CenterEvent.Noted.class).size();
    floor.compares().compares();
    for (var one : floor.events(CenterEvent.Noted.class).stream().skip(told).toList()) {
      // Of whom only their script had told when the PBX died, its first list says nothing.
      if (floor.nothingIsAside() && !vanished.contains(one.about()))
        throw new AssertionError("There is no such thing: " + one);
    }
  }

  private TestPlan without(TestPlan plan) {
    var names = new ArrayList<String>();
    if (plan.agents().size() > 1) names.addAll(plan.agents().keySet());
    for (String queue : QUEUES) if (plan.queues().containsKey(queue)) names.add(queue);
    for (String queue : WORK) if (plan.queues().containsKey(queue)) names.add(queue);
    long calls = QUEUES.stream().filter(plan.queues()::containsKey).count();
    if (calls == 1) names.removeAll(QUEUES);
    return names.isEmpty() ? plan : plan.without(any(names));
  }

  private TestPlan changed(TestPlan plan) {
    String agent = any(new ArrayList<>(plan.agents().keySet()));
    return switch (random.nextInt(5)) {
      case 0 -> swapped(plan, agent, any(new ArrayList<>(plan.agents().keySet())));
      case 1 -> skilled(plan, agent, chance(50) ? "" : any(QUEUES));
      case 2 -> plan.voices(agent, 1 + random.nextInt(2));
      case 3 -> {
        String queue = any(new ArrayList<>(plan.queues().keySet()));
        yield plan.routes(
            queue,
            one ->
                one.withHours(
                        Optional.of(chance(50) ? TestPlan.hours(0, 1) : TestPlan.hours(0, 23)))
                    .withOverflow(overflow()));
      }
      default -> {
        List<String> calls = QUEUES.stream().filter(plan.queues()::containsKey).toList();
        yield plan.defaultQueue(any(calls));
      }
    };
  }

  /// Of a queue for work, too: `check` would not let them through, and nothing may be lost by them.
  private List<Overflow> overflow() {
    var rules = new ArrayList<Overflow>();
    rules.add(
        new Overflow(
            new Overflow.Trigger.Waited(Duration.ofSeconds(random.nextInt(1, 90))),
            new Overflow.Target.Away(Overflow.Target.Kind.SCRIPT, "night")));
    rules.add(
        new Overflow(
            new Overflow.Trigger.Closed(true),
            new Overflow.Target.Away(Overflow.Target.Kind.VOICEMAIL, "")));
    if (chance(30)) {
      rules.add(
          new Overflow(
              new Overflow.Trigger.Full(random.nextInt(4)),
              new Overflow.Target.Away(Overflow.Target.Kind.HANG_UP, "")));
    }
    if (chance(30)) {
      rules.add(
          new Overflow(
              new Overflow.Trigger.Unstaffed(chance(50)),
              new Overflow.Target.Away(Overflow.Target.Kind.NUMBER, number())));
    }
    return rules;
  }

  private static TestPlan swapped(TestPlan plan, String one, String other) {
    AgentSettings first = plan.agents().get(one);
    AgentSettings second = plan.agents().get(other);
    return plan.agent(new AgentSettings(first.profile(), first.name(), second.phone()))
        .agent(new AgentSettings(second.profile(), second.name(), first.phone()));
  }

  /// One who can do nothing but this.
  private static TestPlan skilled(TestPlan plan, String agent, String skill) {
    AgentSettings same = plan.agents().get(agent);
    var profile = same.profile();
    var skills = new Skills(skill.isEmpty() ? Map.of() : Map.of(skill, 5));
    return plan.agent(
        new AgentSettings(
            new AgentProfile(
                profile.id(), skills, profile.capacity(), profile.order(), profile.prefers()),
            same.name(),
            same.phone()));
  }

  /// What the PBX was told it does, some time later.
  private void commands() {
    List<Effect> all = floor.effects();
    for (; done < all.size(); done++) {
      if (all.get(done) instanceof Effect.Send(var command) && floor.isConnected()) {
        toDo.add(command);
      }
    }
    var now = new ArrayList<PbxCommand>();
    toDo.removeIf(
        command -> {
          boolean does = chance(60);
          if (does) now.add(command);
          return does;
        });
    now.forEach(this::does);
  }

  private void does(PbxCommand command) {
    switch (command) {
      case PbxCommand.FallBack(var call) -> {
        if (floor.pbx.place(call).isPresent()) {
          floor.happens(new PbxEvent.CallFellBack(floor.now, call));
        }
      }
      case PbxCommand.TakeBack(var call) -> {
        boolean can =
            floor
                .pbx
                .place(call)
                .filter(
                    at ->
                        at == Place.FALLBACK
                            || at == Place.IN_SCRIPT
                            || at == Place.HELD && isGivenAway(call))
                .isPresent();
        if (can) floor.holds(call);
      }
      case PbxCommand.HangUpLeg(var leg) -> end(leg, LegEnd.HUNG_UP);
      case PbxCommand.CancelRing(_, var leg) -> {
        if (!floor.pbx.connected(leg)) end(leg, LegEnd.NO_ANSWER);
      }
      case PbxCommand.HangUpCall(var call) -> {
        if (floor.pbx.place(call).isPresent()) floor.leaves(call);
      }
      case PbxCommand.Hold(var call, var leg) -> {
        if (floor.pbx.connected(leg)) floor.putsOnHold(call);
      }
      case PbxCommand.Move(var call, var leg, var talks) -> {
        if (talks && floor.pbx.connected(leg)) floor.putsOnHold(call);
      }
      case PbxCommand.Supervise ring -> supervisorAnswers(ring.leg(), ring.how());
      case PbxCommand.SuperviseBy(var leg, var how) -> supervisorAnswers(leg, how);
      case PbxCommand.TakeOver take -> takesOver(take);
      case PbxCommand.Retrieve(var leg) -> {
        if (floor.pbx.connected(leg)) floor.happens(new PbxEvent.LegConnected(floor.now, leg));
        leftAlone();
      }
      case PbxCommand.Conference(var call, var own) -> conferences(call, own);
      case PbxCommand.Consult(var own, _) -> {
        if (floor.pbx.place(own).filter(Place.IN_SCRIPT::equals).isPresent()) ownCall(own);
      }
      case PbxCommand.Answer(var leg) -> {
        if (floor.pbx.legs().contains(leg) && !floor.pbx.connected(leg)) {
          connect(leg, floor.pbx.callOf(leg));
        }
      }
      default -> {}
    }
  }

  /// Where the agent is with the caller, and somebody is asked.
  private void conferences(CallId call, CallId own) {
    boolean both =
        floor.pbx.place(own).filter(Place.TALKING::equals).isPresent()
            && floor.pbx.place(call).filter(Place.TALKING::equals).isPresent();
    boolean agent =
        floor.pbx.legs().stream()
            .anyMatch(leg -> floor.pbx.callOf(leg).equals(call) && floor.pbx.connected(leg));
    if (both && agent) floor.happens(new PbxEvent.CallConferenced(floor.now, call, own));
  }

  /// Own calls whose other side has the caller now.
  private void leftAlone() {
    for (CallId call : floor.pbx.calls()) {
      boolean left = floor.pbx.place(call).filter(Place.ELSEWHERE::equals).isPresent();
      if (isOwn(call) && left) floor.leaves(call);
    }
  }

  /// By the desk, or after too long a hold, also to where somebody was asked; not whom another
  /// agent has put on hold since.
  private boolean isGivenAway(CallId call) {
    return floor
        .engine
        .state()
        .call(call)
        .map(one -> one.state())
        .filter(at -> at instanceof CallState.Released || at instanceof CallState.Queued)
        .isPresent();
  }

  // ── The evening ─────────────────────────────────────────────────────────────────────────────

  /// Everything comes to its end, and nothing is left over.
  void evening() {
    if (!floor.isRunning()) floor.starts();
    if (!floor.isConnected()) floor.connect();
    floor.reload(_ -> plan());
    for (int i = 0; i < 20; i++) commands();
    for (CallId call : floor.pbx.calls()) floor.leaves(call);
    for (LegId leg : floor.pbx.legs()) end(leg, LegEnd.HUNG_UP);
    for (int i = 0; i < 20; i++) commands();
    floor.connect().after(120).after(600);
    assertThat(floor.liveCalls()).as("calls that live").isZero();
    for (String agent : AGENTS) wrapsUp(agent);
    for (String agent : AGENTS) floor.phone(agent, PhoneState.AVAILABLE);
    floor.ready(AGENTS.toArray(String[]::new));
    work();
    assertThat(floor.engine.state().contacts()).as("contacts that are open").isEmpty();
    for (String agent : AGENTS) {
      assertThat(floor.state(agent)).as("%s in the evening", agent).isEqualTo("ready");
    }
  }

  /// At last: as many callers come as there are agents.
  void everybodyIsOffered() {
    int offers = floor.offers().size();
    for (String _ : AGENTS) floor.caller("sales");
    assertThat(floor.offers().stream().skip(offers))
        .extracting(one -> one.agent().value())
        .containsExactlyInAnyOrderElementsOf(AGENTS);
  }

  private void wrapsUp(String agent) {
    for (InHand one : floor.session(agent).contacts()) {
      floor.desk(agent).completes(one.contact(), "invoice", "");
    }
  }

  private void work() {
    for (int i = 0; i < 200 && !floor.engine.state().contacts().isEmpty(); i++) {
      for (String agent : AGENTS) {
        for (InHand one : floor.session(agent).contacts()) {
          floor.desk(agent).answers(one.contact());
          floor.desk(agent).completes(one.contact(), "", "");
        }
        floor.desk(agent).isReady();
      }
    }
  }

  /// What began has ended, once.
  private void count() {
    assertThat(floor.events(ContactReset.class)).as("what did not fit").isEmpty();
    Set<ContactId> opened = new HashSet<>();
    floor.events(CallArrived.class).forEach(one -> opened.add(one.contact()));
    floor.events(CallMade.class).forEach(one -> opened.add(one.contact()));
    floor.events(TaskOpened.class).forEach(one -> opened.add(one.contact()));
    var closed = floor.events(ContactClosed.class).stream().map(ContactClosed::contact).toList();
    assertThat(closed).as("contacts that are closed").doesNotHaveDuplicates();
    assertThat(new HashSet<>(closed)).isEqualTo(opened);

    var offered = floor.events(ContactOffered.class).stream().map(ContactOffered::offer).toList();
    assertThat(offered).doesNotHaveDuplicates();
    var over = new ArrayList<Object>();
    floor.events(OfferEnded.class).forEach(one -> over.add(one.offer()));
    floor.events(ContactAnswered.class).forEach(one -> one.offer().ifPresent(over::add));
    assertThat(over).as("offers that are over").doesNotHaveDuplicates();
    assertThat(new HashSet<>(over)).isEqualTo(new HashSet<>(offered));

    Map<Object, Integer> parts = new HashMap<>();
    floor
        .events(ContactAnswered.class)
        .forEach(
            one ->
                parts.merge(List.of(one.contact(), one.stay(), one.agent()), 1, (a, b) -> a + b));
    floor
        .events(TalkEnded.class)
        .forEach(
            one ->
                parts.merge(List.of(one.contact(), one.stay(), one.agent()), 10, (a, b) -> a + b));
    floor
        .events(WrapUpDone.class)
        .forEach(
            one ->
                parts.merge(List.of(one.contact(), one.stay(), one.agent()), 100, (a, b) -> a + b));
    assertThat(parts.values())
        .as("each talk is had, ended and wrapped up once: " + parts)
        .allMatch(sum -> sum == 111);
  }
}
