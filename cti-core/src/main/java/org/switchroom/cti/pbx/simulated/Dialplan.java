package org.switchroom.cti.pbx.simulated;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.pbx.asterisk.Kit;

/// The dialplan kit, walked by simulated channels: the same contexts, the same variables, and the
/// events that Asterisk sends on the way.
final class Dialplan implements AgiSession.Listener {
  private static final int CAUSE_NORMAL = 16;
  private static final int CAUSE_BUSY = 17;
  private static final int CAUSE_NO_ANSWER = 19;
  private static final int CAUSE_REJECTED = 21;
  private static final int CAUSE_CALLER_GONE = 26;
  private static final String PATIENCE_SECONDS = "6";
  private static final String OVER = "SR_OVER";
  private static final Duration RINGS_OUTSIDE = Duration.ofMillis(400);
  private static final Duration TONE = Duration.ofSeconds(4);

  /// How long a colleague's phone rings for whoever was given to it.
  private static final Duration RINGS_COLLEAGUE = Duration.ofSeconds(20);

  /// What a bridge with somebody outside begins with.
  private static final String OUTSIDE = "outside-";

  /// By which the header of that name is in the INVITE.
  private static final String CALL_INFO = "PJSIP_HEADER(add,Call-Info)";

  private static final Duration GONE = Duration.ofMillis(200);
  private static final Duration SAYS = Duration.ofMillis(600);

  private final Exchange pbx;
  private final PbxWatcher watcher;
  private long lastBridge;

  Dialplan(Exchange pbx, PbxWatcher watcher) {
    this.pbx = pbx;
    this.watcher = watcher;
  }

  // ── A caller's road ─────────────────────────────────────────────────────────────────────────

  void arrive(SimulatedChannel caller) {
    caller.state = "Ring";
    pbx.channelEvent("Newchannel", caller);
    if (!isPlain(caller.exten)) {
      hangUp(caller, CAUSE_NORMAL);
      return;
    }
    variableSet(caller, Kit.DNIS, caller.plan().dialed());
    enter(caller, Kit.CONTEXT_IVR);
  }

  private void script(SimulatedChannel caller) {
    if (!isPlain(caller.number)) caller.number = "";
    if (caller.callerName.chars().anyMatch(Character::isISOControl)) caller.callerName = "";
    if (!caller.variables.containsKey(Kit.CAME)) variableSet(caller, Kit.CAME, seconds());
    variableSet(caller, Kit.CALL, caller.id);
    if (!caller.state.equals("Up")) {
      caller.state = "Up";
      pbx.channelEvent("Newstate", caller);
    }
    caller.variables.put(Kit.NEXT, "");
    if (!caller.variables.getOrDefault(Kit.RECORDING, "").isEmpty()) {
      stopTape(caller);
      variableSet(caller, Kit.RECORDING, "");
    }
    pbx.channelEvent("Newexten", caller, "Application: AGI", "AppData: agi://ivr");
    pbx.openScript(caller);
  }

  /// A number as numbers are: what a caller sends may have anything in it.
  private static boolean isPlain(String number) {
    return number.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  @Override
  public void variableSet(SimulatedChannel channel, String name, String value) {
    channel.variables.put(name, value);
    pbx.channelEvent("VarSet", channel, "Variable: " + name, "Value: " + value);
  }

  @Override
  public void prompted(SimulatedChannel channel, String file) {
    watcher.prompted(channel.id, file, System.nanoTime());
  }

  @Override
  public void keyPressed(SimulatedChannel channel, char key) {
    watcher.keyPressed(channel.id, System.nanoTime());
    pbx.channelEvent("DTMFBegin", channel, "Digit: " + key, "Direction: Received");
    pbx.channelEvent("DTMFEnd", channel, "Digit: " + key, "DurationMs: 100", "Direction: Received");
  }

  /// It is heard at the channel's other end.
  ///
  /// @param onwards rather by whom it has dialed
  void playDigit(SimulatedChannel channel, String digit, boolean onwards) {
    String direction = "Direction: " + (onwards ? "Received" : "Sent");
    pbx.channelEvent("DTMFBegin", channel, "Digit: " + digit, direction);
    pbx.channelEvent("DTMFEnd", channel, "Digit: " + digit, "DurationMs: 100", direction);
    if (!onwards) watcher.heardDigit(channel.id, digit);
    else if (isOutside(channel)) watcher.heardOutside(channel.id, digit);
  }

  @Override
  public void scriptOver(SimulatedChannel channel, boolean ended) {
    String next = channel.variables.getOrDefault(Kit.NEXT, "");
    boolean over = next.isEmpty() && "1".equals(channel.variables.get(OVER));
    if (next.equals("hangup") || over) hangUp(channel, CAUSE_NORMAL);
    else enter(channel, next.equals("dial") ? Kit.CONTEXT_DIAL : Kit.CONTEXT_HOLD);
  }

  /// A number outside answers after a while, or does not.
  private void dial(SimulatedChannel caller) {
    variableSet(caller, Kit.DIALING, seconds());
    boolean asked = !caller.variables.getOrDefault(Kit.BESIDE, "").isEmpty();
    OutsideBehavior there = called(caller);
    caller.outside =
        pbx.in(
            RINGS_OUTSIDE,
            () -> {
              if (caller.gone) return;
              if (there.answers()) {
                reached(caller);
                talksOutside(caller, asked ? there.talk() : caller.plan().talk());
              } else if (asked) {
                notReached(caller, there);
              } else {
                resumes(caller);
              }
            });
  }

  /// Until they have said everything, or the limit lets go whoever is called.
  private void talksOutside(SimulatedChannel channel, Duration talk) {
    Duration longest = longest(channel);
    boolean limited = longest.compareTo(talk) < 0;
    channel.talk =
        pbx.in(
            limited ? longest : talk,
            () -> {
              if (limited) letGo(channel);
              else hangUp(channel, CAUSE_NORMAL);
            });
  }

  /// Whoever has called us goes on with us.
  private void letGo(SimulatedChannel channel) {
    if (channel.gone) return;
    if (channel.variables.getOrDefault(Kit.BESIDE, "").isEmpty()) {
      resumes(channel);
      return;
    }
    SimulatedChannel beside = channel.far;
    if (beside != null && beside.peer != null && beside.peer.phone == null) {
      beside.peer.shared.put(Kit.LIMITED, beside.id);
    }
    hangUp(channel, CAUSE_NORMAL);
  }

  private void resumes(SimulatedChannel caller) {
    caller.variables.put(Kit.SCRIPT, Kit.RESUME);
    enter(caller, Kit.CONTEXT_IVR);
  }

  private static Duration longest(SimulatedChannel channel) {
    String limit = channel.variables.getOrDefault(Kit.LONGEST, "");
    return limit.matches("[1-9][0-9]{0,8}")
        ? Duration.ofSeconds(Long.parseLong(limit))
        : Duration.ofDays(1);
  }

  private static boolean isOutside(SimulatedChannel channel) {
    return channel.bridge != null && channel.bridge.startsWith(OUTSIDE);
  }

  /// Somebody outside has answered.
  private void reached(SimulatedChannel channel) {
    channel.bridge = OUTSIDE + ++lastBridge;
    pbx.channelEvent(
        "BridgeEnter", channel, "BridgeUniqueid: " + channel.bridge, "BridgeNumChannels: 2");
  }

  /// The agent hears so for a while.
  private void notReached(SimulatedChannel channel, OutsideBehavior there) {
    if (channel.gone) return;
    variableSet(channel, Kit.DIALED, there.manner().status);
    channel.outside = pbx.in(TONE, () -> hangUp(channel, CAUSE_NORMAL));
  }

  // ── A call that an agent makes ──────────────────────────────────────────────────────────────

  void made(SimulatedChannel called, SimulatedChannel dials) {
    called.number = called.variables.getOrDefault(Kit.NUMBER, "");
    called.state = "Up";
    pbx.channelEvent("Newstate", called);
    variableSet(called, Kit.DNIS, called.variables.getOrDefault(Kit.SHOWN, ""));
    variableSet(called, Kit.CAME, seconds());
    variableSet(called, Kit.CALL, called.id);
    enter(called, Kit.CONTEXT_HOLD);
    dials.context = Kit.CONTEXT_NUMBER;
    begun(dials);
  }

  private void begun(SimulatedChannel end) {
    end.state = "Up";
    pbx.event(
        "OriginateResponse",
        "ActionID: " + end.originateAction,
        "Response: Success",
        "Channel: " + end.name,
        "Reason: 4",
        "Uniqueid: " + end.id);
  }

  /// The agent is there: the number is called.
  private void dials(SimulatedChannel called) {
    String end = called.variables.getOrDefault(Kit.DIALS, "");
    if (end.isEmpty()) return;
    variableSet(called, Kit.DIALS, "");
    pbx.find(end).ifPresent(this::dialsNumber);
  }

  private void dialsNumber(SimulatedChannel end) {
    variableSet(end, Kit.DIALING, seconds());
    OutsideBehavior there = called(end);
    if (there.answers() && pbx.ringsOutside()) return;
    end.outside =
        pbx.in(RINGS_OUTSIDE, there.answers() ? () -> answers(end) : () -> notReached(end, there));
  }

  /// A number outside is called now.
  private OutsideBehavior called(SimulatedChannel channel) {
    watcher.dialed(channel.id);
    return pbx.outside(channel.variables.getOrDefault(Kit.DIAL, ""));
  }

  private void answers(SimulatedChannel end) {
    if (end.gone || end.talk != null) return;
    reached(end);
    Duration talk = pbx.outside(end.variables.getOrDefault(Kit.DIAL, "")).talk();
    end.talk = pbx.in(shorter(talk, longest(end)), () -> hangUp(end, CAUSE_NORMAL));
  }

  /// Whomever agents call, and who lets it ring.
  void answerOutside() {
    for (SimulatedChannel channel : pbx.liveChannelsNow()) {
      boolean rings = Kit.CONTEXT_NUMBER.equals(channel.context) && channel.outside == null;
      if (rings && channel.variables.containsKey(Kit.DIALING)) answers(channel);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// A held caller hears something, and may take up what it offers.
  void say(SimulatedChannel caller, String files) {
    if (files.isEmpty() || caller.gone || !Kit.CONTEXT_HOLD.equals(caller.context)) return;
    caller.shared.put(Kit.SAY, "");
    music(caller, false);
    watcher.said(caller.id, files);
    pbx.in(
        SAYS,
        () -> {
          boolean held = !caller.gone && Kit.CONTEXT_HOLD.equals(caller.context);
          if (!held || caller.bridge != null) return;
          music(caller, true);
          if (caller.plan().heldKey() != CallerBehavior.WAITS)
            keyPressed(caller, caller.plan().heldKey());
        });
  }

  /// A channel goes to the beginning of a context.
  void enter(SimulatedChannel channel, String context) {
    channel.context = context;
    channel.exten = "s";
    if (isOutside(channel)) channel.bridge = null;
    ringsNoMore(channel);
    switch (context) {
      case Kit.CONTEXT_IVR -> {
        music(channel, false);
        script(channel);
      }
      case Kit.CONTEXT_DIAL -> {
        music(channel, false);
        dial(channel);
      }
      case Kit.CONTEXT_HOLD -> hold(channel);
      case Kit.CONTEXT_FALLBACK -> {
        music(channel, false);
        variableSet(channel, Kit.FALLBACK, seconds());
      }
      case Kit.CONTEXT_PARKED -> {
        music(channel, true);
        variableSet(channel, Kit.PARKED, seconds());
      }
      case Kit.CONTEXT_CONNECT -> connect(channel);
      case Kit.CONTEXT_TALK -> talk(channel);
      case Kit.CONTEXT_WAIT -> {
        channel.variables.remove(Kit.SUPERVISES);
        pbx.channelEvent(
            "BridgeEnter",
            channel,
            "BridgeUniqueid: " + Kit.WAITING_BRIDGE,
            "BridgeNumChannels: 1");
      }
      case Kit.CONTEXT_SUPERVISE -> supervise(channel);
      case Kit.CONTEXT_AGENT, Kit.CONTEXT_MOVES ->
          pbx.channelEvent("Newexten", channel, "Application: Wait");
      case Kit.CONTEXT_BESIDE -> beside(channel);
      case Kit.CONTEXT_CONFERENCE -> conference(channel);
      case Kit.CONTEXT_AFTER -> {
        if (isTakenOver(channel)) {
          enter(channel, Kit.CONTEXT_TALK);
          return;
        }
        String after = channel.shared.getOrDefault(Kit.AFTER, "");
        String offer = channel.shared.getOrDefault(Kit.WITH, "");
        channel.shared.remove(Kit.WITH);
        if (channel.shared.remove(Kit.LIMITED) != null) {
          resumes(channel);
        } else if (Kit.WITHDRAWN.equals(channel.shared.get(Kit.OFFERED + offer))) {
          enter(channel, Kit.CONTEXT_HOLD);
        } else if (after.isEmpty()) {
          hangUp(channel, CAUSE_NORMAL);
        } else {
          channel.variables.put(Kit.SCRIPT, after);
          channel.shared.put(Kit.AFTER, "");
          channel.variables.put(OVER, "1");
          enter(channel, Kit.CONTEXT_IVR);
        }
      }
      default -> hangUp(channel, CAUSE_NORMAL);
    }
  }

  private void hold(SimulatedChannel caller) {
    caller.shared.remove(Kit.WITH);
    variableSet(caller, Kit.FALLBACK, "");
    music(caller, true);
    var since = BigDecimal.valueOf(pbx.now().toEpochMilli(), 3);
    caller.variables.putIfAbsent(Kit.SINCE, since.toPlainString());
    variableSet(caller, Kit.HELD, seconds());
    watcher.held(caller.id, System.nanoTime());
    if (caller.patience == null) {
      caller.patience = pbx.in(caller.plan().patience(), () -> losePatience(caller));
    }
  }

  private void losePatience(SimulatedChannel caller) {
    if (!caller.gone && caller.talk == null) hangUp(caller, CAUSE_NORMAL);
  }

  private void music(SimulatedChannel channel, boolean on) {
    if (channel.music == on) return;
    channel.music = on;
    if (!on) {
      pbx.channelEvent("MusicOnHoldStop", channel);
      return;
    }
    String plays = channel.variables.getOrDefault(Kit.MUSIC, "");
    pbx.channelEvent(
        "MusicOnHoldStart", channel, "Class: " + (plays.isEmpty() ? "default" : plays));
  }

  /// Who waits hears another's music at once; who is on hold by their agent goes on hearing this.
  void otherMusic(SimulatedChannel caller) {
    if (!caller.music || !Kit.CONTEXT_HOLD.equals(caller.context)) return;
    music(caller, false);
    music(caller, true);
  }

  /// The dead-man switch: held callers are not left alone with their music.
  void checkBeat() {
    long now = pbx.now().getEpochSecond();
    String beat = pbx.global(Kit.GLOBAL_HEARTBEAT);
    String patience = pbx.global(Kit.GLOBAL_PATIENCE);
    if (patience.isEmpty()) patience = PATIENCE_SECONDS;
    if (!beat.isEmpty() && now - Long.parseLong(beat) < Long.parseLong(patience)) return;
    for (SimulatedChannel channel : pbx.liveChannelsNow()) {
      if (!Kit.CONTEXT_HOLD.equals(channel.context) || !channel.music) continue;
      boolean nobodys =
          Stream.of(Kit.BESIDE, Kit.DIALS)
              .anyMatch(name -> !channel.variables.getOrDefault(name, "").isEmpty());
      if (nobodys) {
        hangUp(channel, CAUSE_NORMAL);
      } else {
        enter(channel, Kit.CONTEXT_FALLBACK);
      }
    }
  }

  // ── An agent's leg ──────────────────────────────────────────────────────────────────────────

  void ring(SimulatedChannel leg, Map<String, String> variables, Duration timeout) {
    Phone phone = leg.phone();
    pbx.channelEvent("Newchannel", leg);
    variables.forEach(
        (name, value) -> {
          // Functions are no variables, and nobody is told of them.
          if (name.indexOf('(') < 0) variableSet(leg, name, value);
        });
    if (leg.variables.containsKey(Kit.CALLER)) {
      watcher.rung(leg.variables.get(Kit.CALLER), phone.device, System.nanoTime());
    }
    // In a call that nobody of ours has begun.
    if (phone.leg != null && phone.leg.originateAction.isEmpty()) {
      hangUpUnanswered(leg, CAUSE_BUSY, 5);
      return;
    }
    switch (phone.plan.manner()) {
      case BUSY, IN_USE -> {
        hangUpUnanswered(leg, CAUSE_BUSY, 5);
        return;
      }
      case ANSWERS -> leg.ringing = pbx.in(phone.plan.after(), () -> answer(leg));
      case DECLINES ->
          leg.ringing = pbx.in(phone.plan.after(), () -> hangUpUnanswered(leg, CAUSE_REJECTED, 8));
      case RINGS -> {
        if (answersByItself(variables)) leg.ringing = pbx.in(Duration.ZERO, () -> answer(leg));
      }
      case UNREACHABLE -> {}
    }
    phone.leg = leg;
    leg.state = "Ringing";
    pbx.event("DialBegin", "DestChannel: " + leg.name, "DestUniqueid: " + leg.id);
    pbx.channelEvent("Newstate", leg);
    pbx.deviceChanged(phone);
    pbx.in(timeout, () -> hangUpUnanswered(leg, CAUSE_NO_ANSWER, 3));
  }

  /// As a phone reads its INVITE.
  private static boolean answersByItself(Map<String, String> variables) {
    return variables.getOrDefault(CALL_INFO, "").endsWith(";answer-after=0");
  }

  void answer(SimulatedChannel leg) {
    if (leg.gone || !leg.state.equals("Ringing")) return;
    leg.state = "Up";
    pbx.event(
        "OriginateResponse",
        "ActionID: " + leg.originateAction,
        "Response: Success",
        "Channel: " + leg.name,
        "Context: " + leg.context,
        "Exten: s",
        "Reason: 4",
        "Uniqueid: " + leg.id);
    pbx.channelEvent("Newstate", leg);
    pbx.deviceChanged(leg.phone());
    enter(leg, leg.context);
  }

  /// A supervisor hears an agent's leg, as long as it lives.
  private void supervise(SimulatedChannel leg) {
    if (pbx.find(leg.variables.getOrDefault(Kit.SUPERVISES, "")).isEmpty()) {
      hangUp(leg, CAUSE_NORMAL);
    } else {
      variableSet(leg, Kit.HEARS, leg.variables.getOrDefault(Kit.HOW, ""));
    }
  }

  private void hearsNobody(SimulatedChannel gone) {
    for (SimulatedChannel leg : pbx.liveChannelsNow()) {
      boolean heard =
          Kit.CONTEXT_SUPERVISE.equals(leg.context)
              && leg.state.equals("Up")
              && gone.id.equals(leg.variables.get(Kit.SUPERVISES));
      if (heard) hangUp(leg, CAUSE_NORMAL);
    }
  }

  private static boolean isTakenOver(SimulatedChannel caller) {
    return !caller.shared.getOrDefault(Kit.FROM, "").isEmpty();
  }

  /// A caller is taken over by a supervisor, or is with their agent again.
  private void talk(SimulatedChannel caller) {
    Optional<SimulatedChannel> leg =
        pbx.find(caller.shared.getOrDefault(Kit.WITH, ""))
            .filter(one -> Kit.CONTEXT_WAIT.equals(one.context));
    String from = caller.shared.remove(Kit.FROM);
    if (leg.isPresent()) {
      connect(leg.get(), caller, leg.get().id);
    } else if (from == null || from.isEmpty()) {
      enter(caller, Kit.CONTEXT_HOLD);
    } else {
      caller.shared.put(Kit.WITH, from);
      pbx.find(from).ifPresent(agent -> enter(agent, Kit.CONTEXT_WAIT));
      enter(caller, Kit.CONTEXT_TALK);
    }
  }

  /// Only the offer that stands on the caller's channel may have them.
  private void connect(SimulatedChannel leg) {
    String offer = leg.variables.getOrDefault(Kit.OFFER, "?");
    pbx.find(leg.variables.getOrDefault(Kit.CALLER, ""))
        .filter(caller -> stands(offer, caller))
        .ifPresentOrElse(
            caller -> connect(leg, caller, offer),
            () -> pbx.in(GONE, () -> hangUp(leg, CAUSE_CALLER_GONE)));
  }

  private static boolean stands(String offer, SimulatedChannel caller) {
    return Kit.STANDS.equals(caller.shared.get(Kit.OFFERED + offer))
        && offer.equals(caller.shared.getOrDefault(Kit.WITH, offer));
  }

  private void connect(SimulatedChannel leg, SimulatedChannel caller, String offer) {
    String agent = leg.variables.getOrDefault(Kit.AGENT, "");
    pbx.channelEvent(
        "BridgeEnter", leg, "BridgeUniqueid: " + Kit.WAITING_BRIDGE, "BridgeNumChannels: 1");
    caller.shared.put(Kit.WITH, offer);
    caller.shared.put(Kit.TALK, seconds() + "|" + agent);
    caller.shared.put(Kit.AFTER, leg.variables.getOrDefault(Kit.AFTER, ""));
    String queue = leg.variables.getOrDefault(Kit.QUEUE, "");
    if (!queue.isEmpty()) caller.variables.put(Kit.QUEUE, queue);
    music(caller, false);
    unbridge(caller).ifPresent(this::leftBehind);
    caller.context = Kit.CONTEXT_TALK;
    String record = leg.variables.getOrDefault(Kit.RECORD, "");
    if (!record.isEmpty() && caller.variables.getOrDefault(Kit.RECORDING, "").isEmpty()) {
      tape(caller, record);
      if (caller.tape != null) variableSet(caller, Kit.RECORDING, record);
    }
    String bridge = "bridge-" + ++lastBridge;
    pbx.event("BridgeCreate", "BridgeUniqueid: " + bridge, "BridgeNumChannels: 0");
    join(leg, caller, bridge, 1);
    join(caller, leg, bridge, 2);
    if (leg.phone != null) watcher.bridged(caller.id, leg.phone.device);
    dials(caller);
    if (caller.talk == null) caller.talk = pbx.in(caller.plan().talk(), () -> talkEnds(caller));
  }

  // ── An agent's own call ─────────────────────────────────────────────────────────────────────

  void own(SimulatedChannel waits, SimulatedChannel beside) {
    waits.state = "Up";
    pbx.channelEvent("Newstate", waits);
    variableSet(waits, Kit.CAME, seconds());
    variableSet(waits, Kit.CALL, waits.id);
    enter(waits, Kit.CONTEXT_HOLD);
    begun(beside);
    enter(beside, Kit.CONTEXT_BESIDE);
  }

  /// The agent hears it when their leg waits; while they are with the caller it hears music.
  private void beside(SimulatedChannel own) {
    Optional<SimulatedChannel> leg =
        pbx.find(own.variables.getOrDefault(Kit.BESIDE, ""))
            .filter(one -> Kit.CONTEXT_AGENT.equals(one.context) && one.bridge == null);
    music(own, leg.isEmpty());
    leg.ifPresent(
        one -> {
          String bridge = "bridge-" + ++lastBridge;
          join(one, own, bridge, 1);
          join(own, one, bridge, 2);
        });
  }

  /// It goes to the caller whom the agent is with; if nobody is there it hears music.
  private void conference(SimulatedChannel own) {
    Optional<SimulatedChannel> caller =
        pbx.find(own.variables.getOrDefault(Kit.CONFERENCE, ""))
            .filter(one -> Kit.CONTEXT_TALK.equals(one.context) && one.third == null)
            .filter(one -> one.peer != null && one.peer.phone != null);
    music(own, caller.isEmpty());
    caller.ifPresent(
        one -> {
          one.third = own;
          own.bridge = one.bridge;
          pbx.channelEvent(
              "BridgeEnter", own, "BridgeUniqueid: " + one.bridge, "BridgeNumChannels: 3");
        });
  }

  /// One of three leaves, and two are there still.
  ///
  /// @return whether it was so
  private boolean leavesConference(SimulatedChannel channel) {
    String bridge = channel.bridge;
    SimulatedChannel caller = conferenceOf(channel);
    if (bridge == null || caller == null) return false;
    SimulatedChannel agent = caller.peer;
    SimulatedChannel third = caller.third;
    caller.third = null;
    if (agent == null || third == null) return false;
    leave(channel, bridge, 2);
    if (channel == agent) pair(caller, third);
    else if (channel == caller) pair(agent, third);
    return true;
  }

  private static void pair(SimulatedChannel one, SimulatedChannel other) {
    one.peer = other;
    other.peer = one;
  }

  private @Nullable SimulatedChannel conferenceOf(SimulatedChannel channel) {
    for (SimulatedChannel one : pbx.liveChannelsNow()) {
      boolean there = one == channel || one.peer == channel || one.third == channel;
      if (one.third != null && there) return one;
    }
    return null;
  }

  /// Who hangs up is the caller's plan: where the agent does, the caller may be asked something. An
  /// agent who leaves a conference ends nothing.
  private void talkEnds(SimulatedChannel caller) {
    SimulatedChannel agent = caller.peer;
    boolean alone = agent != null && agent.phone != null && caller.third == null;
    if (caller.plan().agentEnds() && agent != null && alone) hangUp(agent, CAUSE_NORMAL);
    else hangUp(caller, CAUSE_NORMAL);
  }

  private void join(SimulatedChannel channel, SimulatedChannel peer, String bridge, int count) {
    channel.bridge = bridge;
    channel.peer = peer;
    pbx.channelEvent(
        "BridgeEnter", channel, "BridgeUniqueid: " + bridge, "BridgeNumChannels: " + count);
  }

  /// Both sides leave the bridge; returns the other side. Empty: it is in none.
  Optional<SimulatedChannel> unbridge(SimulatedChannel channel) {
    if (leavesConference(channel)) return Optional.empty();
    SimulatedChannel peer = channel.peer;
    String bridge = channel.bridge;
    if (peer == null || bridge == null) return Optional.empty();
    leave(channel, bridge, 1);
    leave(peer, bridge, 0);
    pbx.event("BridgeDestroy", "BridgeUniqueid: " + bridge, "BridgeNumChannels: 0");
    return Optional.of(peer);
  }

  private void leave(SimulatedChannel channel, String bridge, int count) {
    channel.bridge = null;
    channel.peer = null;
    pbx.channelEvent(
        "BridgeLeave", channel, "BridgeUniqueid: " + bridge, "BridgeNumChannels: " + count);
  }

  // ── What phones do by their own keys ────────────────────────────────────────────────────────

  /// The caller hears music until the phone takes them off hold, or they are elsewhere.
  void holdOnPhone(SimulatedChannel leg, boolean on) {
    if (leg.gone || leg.onPhone == on) return;
    leg.onPhone = on;
    pbx.channelEvent(on ? "Hold" : "Unhold", leg);
    if (leg.peer != null) music(leg.peer, on);
  }

  /// As a phone does it with REFER: the agent's leg ends, the caller goes where they are sent.
  void blindTransfer(SimulatedChannel leg, String target) {
    unbridge(leg).ifPresent(caller -> blindTransfer(leg, caller, target));
  }

  private void blindTransfer(SimulatedChannel leg, SimulatedChannel caller, String target) {
    pbx.event(
        "BlindTransfer",
        "Result: Success",
        "TransfererChannel: " + leg.name,
        "TransfererUniqueid: " + leg.id,
        "TransfereeChannel: " + caller.name,
        "TransfereeUniqueid: " + caller.id,
        "IsExternal: Yes",
        "Context: phones",
        "Extension: " + target);
    music(caller, false);
    caller.context = "phones";
    caller.exten = target;
    hangUp(leg, CAUSE_NORMAL);
    pbx.dialled(target).ifPresent(phone -> rings(phone, caller, () -> answers(phone, caller)));
  }

  /// The colleague's phone has the caller.
  private void answers(SimulatedChannel phone, SimulatedChannel caller) {
    // Whose phone hangs up then has ended it.
    caller.shared.remove(Kit.AFTER);
    together(phone, caller);
    watcher.bridged(caller.id, phone.phone().device);
  }

  private void together(SimulatedChannel one, SimulatedChannel other) {
    String bridge = "bridge-" + ++lastBridge;
    join(one, other, bridge, 1);
    join(other, one, bridge, 2);
  }

  /// As the phones' own dialplan rings a colleague for whoever has called them, who answers or does
  /// not. If they do not, it is over for whoever waits for that.
  private void rings(SimulatedChannel phone, SimulatedChannel waits, Runnable answered) {
    phone.state = "Ringing";
    phone.phone().leg = phone;
    waits.rung = phone;
    phone.ringsFor = waits;
    pbx.channelEvent("Newchannel", phone);
    pbx.channelEvent("Newstate", phone);
    pbx.deviceChanged(phone.phone());
    boolean answers = phone.phone().plan.manner() == PhoneBehavior.Manner.ANSWERS;
    phone.ringing =
        pbx.in(
            answers ? phone.phone().plan.after() : RINGS_COLLEAGUE,
            () -> {
              if (phone.gone) return;
              if (answers) {
                waits.rung = null;
                phone.ringsFor = null;
                phone.state = "Up";
                pbx.channelEvent("Newstate", phone);
                pbx.deviceChanged(phone.phone());
                answered.run();
              } else {
                hangUp(phone, CAUSE_NO_ANSWER);
              }
            });
  }

  /// The phone holds the caller and calls a colleague; having talked with them it gives them the
  /// caller (REFER with Replaces). If the colleague does not answer the caller is taken off hold.
  ///
  /// @param talk with the colleague
  void attendedTransfer(SimulatedChannel leg, String target, Duration talk) {
    if (leg.gone || leg.peer == null) return;
    holdOnPhone(leg, true);
    SimulatedChannel own = pbx.callOf(leg);
    pbx.channelEvent("Newchannel", own);
    Optional<SimulatedChannel> there = pbx.dialled(target);
    there.ifPresentOrElse(
        phone -> {
          own.far = phone;
          rings(phone, own, () -> asked(leg, own, phone, talk));
        },
        () -> hangUp(own, CAUSE_BUSY));
    pbx.in(talk.plus(RINGS_COLLEAGUE), () -> holdOnPhone(leg, false));
  }

  private void asked(
      SimulatedChannel leg, SimulatedChannel own, SimulatedChannel phone, Duration talk) {
    own.state = "Up";
    pbx.channelEvent("Newstate", own);
    together(phone, own);
    pbx.in(talk, () -> attendedTransfer(leg, own, phone));
  }

  /// The caller takes the place of the phone's own call. Who is not there any more is given to
  /// nobody.
  private void attendedTransfer(
      SimulatedChannel leg, SimulatedChannel own, SimulatedChannel phone) {
    boolean asks = own.peer == phone && !own.gone;
    boolean held = !leg.gone && leg.peer != null && leg.peer.phone == null;
    if (!asks || !held || conferenceOf(leg) != null) {
      hangUp(own, CAUSE_NORMAL);
      return;
    }
    SimulatedChannel caller = unbridge(leg).orElseThrow();
    String bridge = requireNonNull(own.bridge);
    own.bridge = null;
    own.peer = null;
    own.far = null;
    music(caller, false);
    caller.context = "phones";
    caller.exten = phone.exten;
    caller.shared.remove(Kit.AFTER);
    pair(caller, phone);
    caller.bridge = bridge;
    pbx.channelEvent(
        "BridgeEnter",
        caller,
        "BridgeUniqueid: " + bridge,
        "BridgeNumChannels: 2",
        "SwapUniqueid: " + own.id);
    watcher.bridged(caller.id, phone.phone().device);
    pbx.event(
        "AttendedTransfer",
        "Result: Success",
        "OrigTransfererUniqueid: " + leg.id,
        "SecondTransfererUniqueid: " + own.id,
        "TransfereeUniqueid: " + caller.id,
        "TransferTargetCallerIDNum: " + phone.exten);
    hangUp(leg, CAUSE_NORMAL);
    hangUp(own, CAUSE_NORMAL);
  }

  // ── What the server has the dialplan do, on a channel that ends with it
  // ──────────────────────────

  /// The phone that rings is told to answer.
  void tell(SimulatedChannel local) {
    pbx.find(local.variables.getOrDefault(Kit.TELL, "")).ifPresent(this::answer);
    hangUpUnanswered(local, CAUSE_NORMAL, 0);
  }

  /// What `switchroom check` must hear, and what it must not.
  void check(SimulatedChannel local) {
    variableSet(local, Kit.CHECK, Kit.CHECK_HEARD);
    local.number = "1\r\n\r\nEvent: SwitchroomCheck\r\n";
    variableSet(local, Kit.CHECK, Kit.CHECK_WRITTEN);
    local.number = "";
    variableSet(local, Kit.CHECK, Kit.CHECK_DONE);
    keyPressed(local, '1');
    hangUpUnanswered(local, CAUSE_NORMAL, 0);
  }

  // ── Recordings ──────────────────────────────────────────────────────────────────────────────

  /// A talk that goes on, for whom the server has named.
  void record(SimulatedChannel local) {
    pbx.find(local.variables.getOrDefault(Kit.CALLER, ""))
        .ifPresent(caller -> tape(caller, local.variables.getOrDefault(Kit.RECORD, "")));
    hangUpUnanswered(local, CAUSE_NORMAL, 0);
  }

  private void tape(SimulatedChannel caller, String name) {
    String folder = pbx.global(Kit.GLOBAL_RECORDINGS);
    if (!folder.isEmpty()) caller.tape = new Tape(Path.of(folder), name, pbx.now());
  }

  void mute(SimulatedChannel caller, boolean mute) {
    if (caller.tape != null) caller.tape.mute(mute, pbx.now());
  }

  void stopTape(SimulatedChannel caller) {
    if (caller.tape != null) caller.tape.ends(pbx.now());
    caller.tape = null;
  }

  // ── Ends ────────────────────────────────────────────────────────────────────────────────────

  void originateFailed(String actionId, String device, int reason) {
    pbx.event(
        "OriginateResponse",
        "ActionID: " + actionId,
        "Response: Failure",
        "Channel: " + device,
        "Reason: " + reason,
        "Uniqueid: <null>");
  }

  private void hangUpUnanswered(SimulatedChannel leg, int cause, int reason) {
    if (leg.gone || leg.state.equals("Up")) return;
    hangUp(leg, cause);
    originateFailed(leg.originateAction, leg.name, reason);
  }

  void hangUp(SimulatedChannel channel, int cause) {
    if (channel.gone) return;
    boolean bridged = channel.talk != null;
    Optional<SimulatedChannel> peer = unbridge(channel);
    channel.gone = true;
    stopTape(channel);
    pbx.remove(channel);
    stopTimers(channel);
    if (channel.agi != null) channel.agi.hangUp();
    if (channel.phone == null && channel.variables.containsKey(Kit.CAME)) remember(channel);
    if (isTakenOver(channel)) {
      Stream.of(Kit.WITH, Kit.FROM)
          .flatMap(name -> pbx.find(channel.shared.getOrDefault(name, "")).stream())
          .forEach(leg -> hangUp(leg, CAUSE_CALLER_GONE));
    }
    pbx.channelEvent(
        "Hangup",
        channel,
        "Cause: " + cause,
        "Cause-txt: " + (cause == 16 ? "Normal Clearing" : "Other"));
    if (channel.phone != null) {
      if (channel.phone.leg == channel) channel.phone.leg = null;
      pbx.deviceChanged(channel.phone);
    } else if (channel.plan != null && channel.far == null) {
      watcher.callEnded(channel.id, bridged);
    }
    peer.ifPresent(this::leftBehind);
    ringsNoMore(channel);
    if (channel.far != null) hangUp(channel.far, CAUSE_NORMAL);
    if (channel.phone != null) hearsNobody(channel);
  }

  /// Whoever was rung for a channel that has gone elsewhere, or is over; whom a phone rings for
  /// that does not ring any more has been given to nobody.
  private void ringsNoMore(SimulatedChannel channel) {
    SimulatedChannel rung = channel.rung;
    channel.rung = null;
    if (rung != null) {
      rung.ringsFor = null;
      hangUp(rung, CAUSE_NORMAL);
    }
    SimulatedChannel waits = channel.ringsFor;
    channel.ringsFor = null;
    if (waits != null) {
      waits.rung = null;
      hangUp(waits, CAUSE_NO_ANSWER);
    }
  }

  void leftBehind(SimulatedChannel peer) {
    switch (peer.context) {
      case Kit.CONTEXT_BESIDE, Kit.CONTEXT_CONFERENCE -> music(peer, true);
      case Kit.CONTEXT_AGENT -> enter(peer, Kit.CONTEXT_AGENT);
      default -> leftInTalk(peer);
    }
  }

  private void leftInTalk(SimulatedChannel peer) {
    boolean leg = peer.phone != null || Kit.CONTEXT_WAIT.equals(peer.context);
    if (leg) hangUp(peer, CAUSE_NORMAL);
    else enter(peer, Kit.CONTEXT_AFTER);
  }

  /// What must be heard of the call where nobody listens now.
  private void remember(SimulatedChannel caller) {
    pbx.remember(
        caller.id,
        String.join(
            "|",
            seconds(),
            caller.variables.getOrDefault(Kit.CAME, ""),
            caller.variables.getOrDefault(Kit.DNIS, ""),
            caller.number,
            caller.variables.getOrDefault(Kit.QUEUE, ""),
            caller.variables.getOrDefault(Kit.ARRIVED, ""),
            caller.shared.getOrDefault(Kit.TALK, "|"),
            caller.variables.getOrDefault(Kit.FALLBACK, ""),
            "",
            ""));
  }

  private String seconds() {
    return Long.toString(pbx.now().getEpochSecond());
  }

  /// Gone without a word.
  void vanish(SimulatedChannel channel) {
    channel.gone = true;
    stopTape(channel);
    stopTimers(channel);
    if (channel.agi != null) channel.agi.hangUp();
    if (channel.phone != null) channel.phone.leg = null;
  }

  private static void stopTimers(SimulatedChannel channel) {
    if (channel.patience != null) channel.patience.cancel(false);
    if (channel.talk != null) channel.talk.cancel(false);
    if (channel.ringing != null) channel.ringing.cancel(false);
    if (channel.outside != null) channel.outside.cancel(false);
  }
}
