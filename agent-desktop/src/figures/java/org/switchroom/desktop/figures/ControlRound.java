package org.switchroom.desktop.figures;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SipCall;
import org.switchroom.cti.testkit.SipUser;
import org.switchroom.desktop.figures.PartiesWatch.Moment;
import org.switchroom.desktop.figures.PartiesWatch.Sign;

/// Calls in which every control is done once, or more often, by an agent, a colleague and a
/// supervisor: the same for whatever [Hands] do it. All of them say something, as people do.
final class ControlRound implements AutoCloseable {
  static final String CALLER = "+886223000001";

  /// That agents call.
  static final String NUMBER = "+886912345678";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// A phone that rings until it is told by whom it belongs to, or by the PBX.
  private static final class Phone implements AutoCloseable {
    final BlockingQueue<SipCall> rung = new LinkedBlockingQueue<>();
    final SipUser user;

    Phone(RealAsterisk asterisk, String device, int hertz) {
      user =
          new SipUser(
                  device,
                  asterisk.phonePort(device),
                  asterisk.sipPort(),
                  call -> {
                    call.ring();
                    rung.add(call);
                  })
              .speaks(hertz);
    }

    SipCall rings() throws InterruptedException {
      SipCall call = rung.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (call == null) throw new IllegalStateException("A phone does not ring.");
      return call;
    }

    @Override
    public void close() {
      user.close();
    }
  }

  private final Hands hands;
  private final PartiesWatch watch;
  private final SipUser trunk;
  private final Map<Role, Phone> phones = new EnumMap<>(Role.class);
  private final Map<Control, Times> times = new EnumMap<>(Control.class);

  /// Nobody has been asked to press a key.
  private volatile CompletableFuture<Long> keyed = new CompletableFuture<>();

  ControlRound(RealAsterisk asterisk, PartiesWatch watch, Hands hands) {
    this.hands = hands;
    this.watch = watch;
    trunk = new SipUser(CALLER, 0, asterisk.sipPort(), SipCall::hangUp).speaks(400);
    trunk.whenKeyed(at -> keyed.complete(at));
    for (Role role : Role.values())
      phones.put(role, new Phone(asterisk, hands.device(role), 500 + 200 * role.ordinal()));
    forget();
  }

  /// What was measured before does not count.
  void forget() {
    for (Control control : Control.values()) times.put(control, new Times());
  }

  Times times(Control control) {
    return times.get(control);
  }

  void run() throws Exception {
    consultsAndConfers();
    givesAwayAndIsSupervised();
    parksAndAsksOutside();
    givesToANumber();
    callsSomebody();
  }

  /// What an earlier one has left is over.
  void clear() {
    watch.forget();
    phones.values().forEach(phone -> phone.rung.clear());
  }

  // ── The calls ───────────────────────────────────────────────────────────────────────────────

  private void consultsAndConfers() throws Exception {
    comes();
    digits();
    String caller = caller();
    press(Control.START_RECORDING, Role.AGENT, PartiesWatch.records(caller));
    press(Control.PAUSE_RECORDING, Role.AGENT, PartiesWatch.mutes(caller));
    press(Control.RESUME_RECORDING, Role.AGENT, PartiesWatch.mutes(caller));
    press(Control.HOLD, Role.AGENT, isHeld());
    press(Control.RETRIEVE, Role.AGENT, watch.together(caller, leg(Role.AGENT)));
    asks();
    press(Control.ALTERNATE, Role.AGENT, watch.together(caller, leg(Role.AGENT)));
    press(
        Control.ALTERNATE_BACK,
        Role.AGENT,
        isHeld(),
        watch.together(watch.beside(), leg(Role.AGENT)));
    press(Control.CONFERENCE, Role.AGENT, watch.together(caller, leg(Role.AGENT), watch.beside()));
    press(Control.LEAVE, Role.AGENT, colleagueHasCaller());
    press(
        Control.HANG_UP,
        Role.COLLEAGUE,
        PartiesWatch.over(leg(Role.COLLEAGUE)),
        PartiesWatch.over(caller));
    nobodyIsThere();
  }

  private void givesAwayAndIsSupervised() throws Exception {
    SipCall call = comes();
    String caller = caller();
    asks();
    press(
        Control.CANCEL,
        Role.AGENT,
        watch.together(caller, leg(Role.AGENT)),
        PartiesWatch.over(leg(Role.COLLEAGUE)));
    asks();
    press(Control.COMPLETE, Role.AGENT, colleagueHasCaller());
    press(
        Control.TRANSFER_TO_AGENT,
        Role.COLLEAGUE,
        PartiesWatch.over(leg(Role.COLLEAGUE)),
        PartiesWatch.rings(hands.device(Role.AGENT)));
    answers(Role.AGENT);
    hands.ready(Role.AGENT, false);
    Moment rings = watch.when(PartiesWatch.rings(hands.device(Role.COLLEAGUE)));
    press(
        Control.TRANSFER_TO_QUEUE,
        Role.AGENT,
        PartiesWatch.over(leg(Role.AGENT)),
        PartiesWatch.set(hands.variable("HELD"), caller));
    hands.ring(Role.COLLEAGUE);
    rings.await("the colleague's phone rings");
    answers(Role.COLLEAGUE);
    isSupervised(caller);
    call.hangUp();
    nobodyIsThere();
  }

  private void parksAndAsksOutside() throws Exception {
    SipCall call = comesAndIsDeclined();
    String caller = caller();
    press(
        Control.PARK,
        Role.AGENT,
        PartiesWatch.over(leg(Role.AGENT)),
        PartiesWatch.set(hands.variable("HELD"), caller));
    press(Control.PICK_UP, Role.AGENT, PartiesWatch.rings(hands.device(Role.AGENT)));
    answers(Role.AGENT);
    asks(Control.CONSULT_QUEUE);
    press(
        Control.CANCEL,
        Role.AGENT,
        watch.together(caller, leg(Role.AGENT)),
        PartiesWatch.over(leg(Role.COLLEAGUE)));
    press(
        Control.CONSULT_NUMBER,
        Role.AGENT,
        isHeld(),
        PartiesWatch.rings(hands.device(Role.OUTSIDE)));
    outsideAnswers();
    hands.settleAnswer(Role.OUTSIDE);
    press(
        Control.GIVE_TO_ASKED,
        Role.AGENT,
        watch.together(caller, watch.beside()),
        PartiesWatch.over(leg(Role.AGENT)));
    call.hangUp();
    nobodyIsThere();
  }

  private void givesToANumber() throws Exception {
    SipCall call = comes();
    press(
        Control.TRANSFER_TO_NUMBER,
        Role.AGENT,
        PartiesWatch.over(leg(Role.AGENT)),
        PartiesWatch.rings(hands.device(Role.OUTSIDE)));
    outsideAnswers();
    call.hangUp();
    nobodyIsThere();
  }

  private void callsSomebody() throws Exception {
    hands.begin();
    press(Control.MAKE_CALL, Role.AGENT, PartiesWatch.rings(hands.device(Role.AGENT)));
    Moment rings = watch.when(PartiesWatch.rings(hands.device(Role.OUTSIDE)));
    phones.get(Role.AGENT).rings().answer();
    rings.await("the number is called");
    hands.settleAnswer(Role.AGENT);
    outsideAnswers().hangUp();
    nobodyIsThere();
  }

  /// Whoever was called at a number outside.
  private SipCall outsideAnswers() throws InterruptedException {
    SipCall call = phones.get(Role.OUTSIDE).rings();
    Moment talks = watch.when(PartiesWatch.talks(leg(Role.OUTSIDE)));
    call.answer();
    talks.await("whoever is called talks");
    return call;
  }

  private void isSupervised(String caller) throws Exception {
    press(Control.LISTEN, Role.SUPERVISOR, PartiesWatch.rings(hands.device(Role.SUPERVISOR)));
    String supervisor = leg(Role.SUPERVISOR);
    Moment hears = watch.when(PartiesWatch.spies(supervisor));
    phones.get(Role.SUPERVISOR).rings().answer();
    hears.await("the supervisor hears the talk");
    hands.settleAnswer(Role.SUPERVISOR);
    press(Control.WHISPER, Role.SUPERVISOR, PartiesWatch.spies(supervisor));
    press(Control.BARGE, Role.SUPERVISOR, PartiesWatch.spies(supervisor));
    press(Control.TAKE_OVER, Role.SUPERVISOR, watch.together(caller, supervisor));
  }

  /// Somebody calls, and is answered at the desk.
  private SipCall comes() throws Exception {
    SipCall call = waits();
    press(Control.ANSWER, Role.AGENT, watch.together(caller(), leg(Role.AGENT)));
    return call;
  }

  /// The same; the first time the agent does not want them.
  private SipCall comesAndIsDeclined() throws Exception {
    SipCall call = waits();
    Moment rings = watch.when(PartiesWatch.rings(hands.device(Role.AGENT)));
    press(Control.DECLINE, Role.AGENT, PartiesWatch.over(leg(Role.AGENT)));
    hands.ready(Role.AGENT, true);
    hands.ring(Role.AGENT);
    phones.get(Role.AGENT).rings();
    rings.await("the agent's phone rings again");
    press(Control.ANSWER, Role.AGENT, watch.together(caller(), leg(Role.AGENT)));
    return call;
  }

  /// Somebody calls, and the agent's phone rings.
  private SipCall waits() throws Exception {
    hands.begin();
    Moment waits = watch.when(watch.setOfCaller(hands.variable("HELD"), hands.dialed()));
    Moment rings = watch.when(PartiesWatch.rings(hands.device(Role.AGENT)));
    SipCall call = trunk.call(CALLER, hands.dialed());
    waits.await("who has called is in the hold");
    hands.ring(Role.AGENT);
    phones.get(Role.AGENT).rings();
    // Before Asterisk knows that it rings it cannot tell it anything.
    rings.await("the agent's phone rings");
    return call;
  }

  /// The colleague is asked, and answers.
  private void asks() throws Exception {
    asks(Control.CONSULT);
  }

  private void asks(Control control) throws Exception {
    press(control, Role.AGENT, isHeld(), PartiesWatch.rings(hands.device(Role.COLLEAGUE)));
    Moment talk =
        watch.when(
            watch.together(watch.beside(), leg(Role.AGENT)),
            watch.together(watch.own(), leg(Role.COLLEAGUE)));
    phones.get(Role.COLLEAGUE).rings().answer();
    talk.await("the colleague hears who asks");
    hands.settleAnswer(Role.COLLEAGUE);
  }

  /// The phone that rings is answered there.
  private void answers(Role who) throws Exception {
    SipCall call = phones.get(who).rings();
    Moment talk = watch.when(watch.together(caller(), leg(who)));
    call.answer();
    talk.await("the caller hears who has answered at their phone");
    hands.settleAnswer(who);
  }

  /// One key, which the caller's phone hears.
  private void digits() throws IOException {
    keyed = new CompletableFuture<>();
    Hands.Press press = hands.prepare(Control.GENERATE_DIGITS, Role.AGENT);
    long asked = System.nanoTime();
    press.now();
    long heard = keyed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    times.get(Control.GENERATE_DIGITS).add(heard - asked);
    hands.settle(Control.GENERATE_DIGITS);
  }

  private void press(Control control, Role who, Sign... signs) throws IOException {
    Hands.Press press = hands.prepare(control, who);
    Moment done = watch.when(signs);
    long asked = System.nanoTime();
    press.now();
    times
        .get(control)
        .add(
            done.await("%s: %s, %s".formatted(control.done, hands.title(), control.title)) - asked);
    hands.settle(control);
  }

  // ── Who is there ────────────────────────────────────────────────────────────────────────────

  private String caller() {
    return watch.caller(hands.dialed());
  }

  private String leg(Role role) {
    return watch.leg(hands.device(role));
  }

  private Sign isHeld() {
    return PartiesWatch.set(hands.variable("PARKED"), caller());
  }

  private Sign[] colleagueHasCaller() {
    return new Sign[] {
      watch.together(caller(), leg(Role.COLLEAGUE)), PartiesWatch.over(leg(Role.AGENT))
    };
  }

  private void nobodyIsThere() {
    Await.until(() -> watch.living() == 0, "nobody is there any more", PATIENCE);
    trunk.forgetEnded();
    phones.values().forEach(phone -> phone.user.forgetEnded());
  }

  @Override
  public void close() {
    trunk.close();
    phones.values().forEach(Phone::close);
  }
}
