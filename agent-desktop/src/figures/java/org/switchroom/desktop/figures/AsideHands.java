package org.switchroom.desktop.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.RecordingId;
import org.switchroom.cti.pbx.Supervision;
import org.switchroom.cti.pbx.TalkLimit;
import org.switchroom.cti.pbx.asterisk.PlainActions;
import org.switchroom.cti.testkit.PbxRig;

/// Does a [ControlRound] by Asterisk's manager alone, over a line of its own: for each control the
/// very actions that the server sends for it, at once, in [KitAside]. Nothing is decided and
/// nothing kept. It waits for Asterisk only where an action needs what an earlier one has begun.
final class AsideHands implements Hands, AutoCloseable {
  /// In manager.conf, for the user `aside`.
  static final String RIGHTS = "secret=aside\nread=\nwrite=call,originate\nwritetimeout=1000";

  private static final Duration RING = Duration.ofSeconds(15);

  /// Later than this Asterisk has obeyed what it was told before.
  private static final long SETTLES_MILLIS = 20;

  /// How long a call to a number outside may be.
  private static final TalkLimit LIMIT = new TalkLimit(Duration.ofHours(2), Duration.ZERO);

  private static final int FIRST_PHONE = 11;

  private final PartiesWatch watch;
  private final AmiWire wire;
  private final LinkedBlockingQueue<String> errors = new LinkedBlockingQueue<>();
  private final SplittableRandom random = new SplittableRandom();
  private final Map<Role, LegId> legs = new EnumMap<>(Role.class);
  private long lastLeg = System.currentTimeMillis();
  private CallId own = new CallId("none");
  private CallId made = new CallId("none");

  AsideHands(int amiPort, PartiesWatch watch) throws IOException {
    this.watch = watch;
    wire = new AmiWire(amiPort, "aside", "aside", this::answered);
  }

  /// A leg whose caller has left it may be over before it is hung up.
  private void answered(Map<String, String> answer) {
    boolean error = answer.getOrDefault("Response", "").equals("Error");
    boolean over = answer.getOrDefault("Message", "").equals("No such channel");
    if (error && !over) errors.add(answer.toString());
  }

  @Override
  public String title() {
    return "AMI alone";
  }

  @Override
  public String dialed() {
    return KitAside.DIALED;
  }

  @Override
  public String device(Role role) {
    return PbxRig.device(FIRST_PHONE + role.ordinal());
  }

  @Override
  public String variable(String name) {
    return "ASIDE_" + name;
  }

  @Override
  public void begin() {
    errors.clear();
  }

  @Override
  public void ready(Role who, boolean ready) {}

  @Override
  public void ring(Role to) throws IOException {
    send(texts(List.of(offer(call(), to))));
  }

  private CallId call() {
    return CallId.of(PbxId.MAIN, watch.caller(dialed()));
  }

  private PbxCommand offer(CallId call, Role to) {
    return offer(call, LegId.ofOffer(++lastLeg), to);
  }

  private PbxCommand offer(CallId call, LegId leg, Role to) {
    legs.put(to, leg);
    return new PbxCommand.RingAgent(
        call,
        leg,
        device(to),
        to.name(),
        new PhoneNumber(ControlRound.CALLER),
        RING,
        "",
        "",
        "",
        false,
        "orders",
        Optional.empty());
  }

  @Override
  public Press prepare(Control control, Role who) {
    if (control == Control.ANSWER) {
      List<String> told = PlainActions.answer(watch.name(watch.leg(device(who))));
      return () -> send(told.stream().map(KitAside::named).toList());
    }
    List<String> actions = texts(commands(control, who));
    return switch (control) {
      case CONSULT, CONSULT_QUEUE -> inTurn(actions, own, offer(own, Role.COLLEAGUE));
      case CONSULT_NUMBER -> inTurn(actions, own, dial(own));
      case TRANSFER_TO_AGENT -> inTurn(actions, call(), offer(call(), Role.AGENT));
      case MAKE_CALL ->
          inTurn(actions, made, offer(made, PbxCommand.MakeCall.leg(made), Role.AGENT));
      default -> () -> send(actions);
    };
  }

  /// @param then what needs this call to be in the hold
  private Press inTurn(List<String> actions, CallId waits, PbxCommand then) {
    List<String> texts = texts(List.of(then));
    String channel = KitAside.named(waits.channel());
    return () -> {
      var held = watch.when(PartiesWatch.set(variable("HELD"), channel));
      send(actions);
      held.await("who waits is in the hold");
      send(texts);
    };
  }

  private PbxCommand dial(CallId call) {
    return new PbxCommand.Dial(call, ControlRound.NUMBER, outside(), RING, LIMIT);
  }

  private String outside() {
    return device(Role.OUTSIDE).replace("/", "/" + ControlRound.NUMBER + "@");
  }

  /// As the rules of the center have them.
  private List<PbxCommand> commands(Control control, Role who) {
    CallId call = call();
    LegId leg = legs.getOrDefault(who, new LegId("none"));
    return switch (control) {
      case ANSWER -> List.of();
      case GENERATE_DIGITS ->
          List.of(new PbxCommand.GenerateDigits(call, new KeyedDigits("5"), false));
      case START_RECORDING ->
          List.of(new PbxCommand.StartRecording(call, new RecordingId("aside-" + ++lastLeg)));
      case PAUSE_RECORDING -> List.of(new PbxCommand.MuteRecording(call, true));
      case RESUME_RECORDING -> List.of(new PbxCommand.MuteRecording(call, false));
      case HOLD -> List.of(new PbxCommand.Hold(call, leg));
      case RETRIEVE, ALTERNATE -> List.of(new PbxCommand.Retrieve(leg));
      case CONSULT, CONSULT_QUEUE, CONSULT_NUMBER -> {
        own = PbxCommand.Consult.own(leg, Instant.now());
        yield List.of(new PbxCommand.Hold(call, leg), new PbxCommand.Consult(own, leg));
      }
      case ALTERNATE_BACK ->
          List.of(new PbxCommand.Hold(call, leg), new PbxCommand.BackToConsultation(own));
      case CONFERENCE ->
          List.of(new PbxCommand.Retrieve(leg), new PbxCommand.Conference(call, own));
      case LEAVE, COMPLETE -> {
        LegId colleague = legs.get(Role.COLLEAGUE);
        yield List.of(
            new PbxCommand.Adopt(call, colleague, Role.COLLEAGUE.name(), ""),
            new PbxCommand.Retrieve(colleague),
            new PbxCommand.HangUpLeg(leg));
      }
      case CANCEL -> List.of(new PbxCommand.HangUpCall(own), new PbxCommand.Retrieve(leg));
      case GIVE_TO_ASKED ->
          List.of(new PbxCommand.GiveToAsked(call, own), new PbxCommand.HangUpLeg(leg));
      case TRANSFER_TO_NUMBER -> List.of(dial(call), new PbxCommand.HangUpLeg(leg));
      case PICK_UP -> List.of(offer(call, Role.AGENT));
      case MAKE_CALL -> {
        made = PbxCommand.MakeCall.call(PbxId.MAIN, Instant.now());
        yield List.of(
            new PbxCommand.MakeCall(
                made,
                new PhoneNumber(ControlRound.NUMBER),
                new PhoneNumber(""),
                outside(),
                RING,
                LIMIT,
                Role.AGENT.name(),
                "orders"));
      }
      case TRANSFER_TO_AGENT, TRANSFER_TO_QUEUE, PARK ->
          List.of(new PbxCommand.TakeBack(call), new PbxCommand.HangUpLeg(leg));
      case LISTEN -> {
        LegId supervisor = LegId.ofSupervisor(PbxId.MAIN, ++lastLeg);
        legs.put(Role.SUPERVISOR, supervisor);
        yield List.of(
            new PbxCommand.Supervise(
                supervisor,
                legs.get(Role.COLLEAGUE),
                device(Role.SUPERVISOR),
                Supervision.LISTEN,
                RING,
                "Agent"));
      }
      case WHISPER -> List.of(new PbxCommand.SuperviseBy(leg, Supervision.WHISPER));
      case BARGE -> List.of(new PbxCommand.SuperviseBy(leg, Supervision.BARGE));
      case TAKE_OVER ->
          List.of(new PbxCommand.TakeOver(call, leg, legs.get(Role.COLLEAGUE), "supervisor"));
      case DECLINE, HANG_UP -> List.of(new PbxCommand.HangUpLeg(leg));
    };
  }

  private static List<String> texts(List<PbxCommand> commands) {
    var texts = new ArrayList<String>();
    for (PbxCommand command : commands)
      PlainActions.of(command).forEach(text -> texts.add(KitAside.named(text)));
    return texts;
  }

  private void send(List<String> actions) throws IOException {
    wire.write(String.join("", actions));
  }

  /// The agent's leg is hung up as the server does it when it hears that the supervisor has the
  /// caller.
  @Override
  public void settle(Control control) {
    try {
      if (control == Control.TAKE_OVER) {
        send(texts(List.of(new PbxCommand.HangUpLeg(legs.get(Role.COLLEAGUE)))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LockSupport.parkNanos(
        TimeUnit.MILLISECONDS.toNanos(SETTLES_MILLIS) + random.nextLong(20_000_000));
    String error = errors.poll();
    if (error != null) throw new IllegalStateException("%s: %s".formatted(control, error));
  }

  @Override
  public void settleAnswer(Role who) {
    settle(Control.ANSWER);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
