package org.switchroom.cti.pbx.asterisk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asteriskjava.manager.event.AttendedTransferEvent;
import org.asteriskjava.manager.event.BlindTransferEvent;
import org.asteriskjava.manager.event.DeviceStateChangeEvent;
import org.asteriskjava.manager.event.DtmfEndEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.HoldEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.NewChannelEvent;
import org.asteriskjava.manager.event.NewStateEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.asteriskjava.manager.event.StatusCompleteEvent;
import org.asteriskjava.manager.event.StatusEvent;
import org.asteriskjava.manager.event.UnholdEvent;
import org.asteriskjava.manager.event.VarSetEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.EndedCall;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.pbx.asterisk.Bridges.Kind;

/// Makes facts of AMI events. Channels are known by their unique id, which a rename or a transfer
/// does not change. It runs on the event thread, and remembers only channels that live.
final class AmiTranslator {
  private static final Logger log = LoggerFactory.getLogger(AmiTranslator.class);

  /// Q.850 causes, as Asterisk gives them with a hang-up.
  private static final int CAUSE_NORMAL = 16;

  private static final int CAUSE_BUSY = 17;
  private static final int CAUSE_NO_USER_RESPONSE = 18;
  private static final int CAUSE_NO_ANSWER = 19;
  private static final int CAUSE_CALL_REJECTED = 21;
  private static final int CAUSE_REDIRECTED = 23;

  /// The kit's word; phones do not say so.
  private static final int CAUSE_CALLER_GONE = 26;

  /// Calls that ended while nobody was there. What is beyond comes with the next log-in.
  private static final int MOST_ENDED = 50_000;

  /// What `Status` says of a variable that a channel does not have.
  private static final String UNSET = "(null)";

  /// `AST_CONTROL_*` in the reason of a failed Originate, made of the cause with which its channel
  /// ended. Zero: there was none to ring, or a cause that has no such word.
  private static final int ORIGINATE_UNREACHABLE = 0;

  private static final int ORIGINATE_NO_ANSWER = 3;

  private static final int ORIGINATE_BUSY = 5;

  /// How long the channel of a ring that failed is waited for: Asterisk tells of channels on
  /// another thread than of the failure, and either may come first.
  private static final Duration CHANNEL_IS_LATE = Duration.ofSeconds(1);

  private final PbxId pbx;
  private final InstantSource clock;
  private final Predicate<String> watched;
  private final Consumer<PbxEvent> facts;

  private final Set<String> callers = new HashSet<>();

  private final Bridges bridges = new Bridges();

  /// Which caller has taken the place of a phone's own channel, until that is over.
  private final Map<String, String> taken = new HashMap<>();

  /// Channels of agents' phones that we have not rung and that are in a bridge, with their names.
  private final Map<String, String> phones = new HashMap<>();

  /// Written by the event thread and by those who command; no lock is held while a fact is given
  /// on, because that may block until the center has room.
  private final Map<String, Leg> legs = new ConcurrentHashMap<>();

  /// Callers who have come since the link is up, and whom the list of what lives may not have yet.
  private final Map<String, LiveCall> fresh = new HashMap<>();

  private boolean synchronised;

  /// What was dialed, until the dialplan marks the channel as a caller's.
  private final Map<String, String> dialed = new HashMap<>();

  /// Legs to be hung up as soon as their channel exists.
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

  private final List<StatusEvent> found = new ArrayList<>();
  private final List<EndedCall> ended = new ArrayList<>();

  private CallId call(String channel) {
    return CallId.of(pbx, channel);
  }

  private LegId leg(String channel) {
    return LegId.of(pbx, channel);
  }

  private static final class Leg {
    /// Asterisk rings the phone no longer than until then.
    final Instant until;

    volatile boolean connected;
    volatile String channelName;

    /// Null: Asterisk has not said that it could not ring.
    volatile Failure failure;

    Leg(Instant until) {
      this.until = until;
    }
  }

  /// @param at when it was said
  /// @param why what it is taken for if no channel comes
  private record Failure(Instant at, LegEnd why) {}

  /// @param pbx whose channels these are
  /// @param watched the phones whose state is wanted: Asterisk tells that of every trunk and queue
  AmiTranslator(
      PbxId pbx, InstantSource clock, Predicate<String> watched, Consumer<PbxEvent> facts) {
    this.pbx = pbx;
    this.clock = clock;
    this.watched = watched;
    this.facts = facts;
  }

  /// Asked to be hung up. Returns whether its channel is there; if it is not, [#on] returns the id
  /// when it appears.
  boolean cancel(LegId leg) {
    Leg known = legs.get(leg.channel());
    if (known == null) return false;
    cancelled.add(leg.channel());
    return known.channelName != null && cancelled.remove(leg.channel());
  }

  /// A leg that we ask for now.
  ///
  /// @param timeout how long its phone rings
  void expect(LegId leg, Duration timeout) {
    legs.put(leg.channel(), new Leg(clock.instant().plus(timeout)));
  }

  String channelName(LegId leg) {
    Leg known = legs.get(leg.channel());
    return known == null ? null : known.channelName;
  }

  /// Takes one event.
  ///
  /// @return the channel of a leg that has just appeared and nobody wants any more; else null
  String on(ManagerEvent event) {
    Instant at = clock.instant();
    switch (event) {
      case NewChannelEvent e when named(e.getUniqueId()) -> {
        return newChannel(e);
      }
      case VarSetEvent e when named(e.getUniqueId()) -> variable(at, e);
      case NewStateEvent e when named(e.getUniqueId()) -> {
        if ("Ringing".equals(e.getChannelStateDesc()) && legs.containsKey(e.getUniqueId())) {
          facts.accept(new PbxEvent.LegRinging(at, leg(e.getUniqueId())));
        }
      }
      case BridgedEvent e when named(e.getUniqueId()) -> bridged(at, e);
      case DtmfEndEvent e when named(e.getUniqueId()) -> keyPressed(at, e);
      case HangupEvent e when named(e.getUniqueId()) -> hungUp(at, e);
      case OriginateResponseEvent e -> originated(at, e);
      case DeviceStateChangeEvent e when named(e.getDevice()) && watched.test(e.getDevice()) ->
          facts.accept(new PbxEvent.PhoneChanged(at, pbx, e.getDevice(), phoneState(e.getState())));
      case BlindTransferEvent e ->
          transferred(at, e.getTransfererUniqueId(), e.getExtension(), e.getResult());
      case AttendedTransferEvent e -> attended(at, e);
      case HoldEvent e -> held(at, e.getUniqueId(), true);
      case UnholdEvent e -> held(at, e.getUniqueId(), false);
      case DbGetTreeResponseEvent e -> {
        EndedCall call = RememberedCalls.read(pbx, e.getKey(), e.getVal());
        if (call != null && ended.size() < MOST_ENDED) ended.add(call);
      }
      case StatusEvent e -> {
        if (named(e.getUniqueId()) && !isShell(e)) found.add(e);
      }
      case StatusCompleteEvent _ when synchronised -> compare(at);
      case StatusCompleteEvent _ -> synchronize(at);
      default -> {}
    }
    return null;
  }

  /// What is said of no channel says nothing.
  private static boolean named(String id) {
    return id != null && !id.isBlank();
  }

  /// Asterisk did not take the order to ring.
  void refused(LegId leg) {
    if (legs.remove(leg.channel()) == null) return;
    facts.accept(new PbxEvent.LegEnded(clock.instant(), leg, LegEnd.UNREACHABLE));
  }

  /// A new link: what was found on the old one no longer counts.
  void begin() {
    found.clear();
    ended.clear();
    synchronised = false;
  }

  private String newChannel(NewChannelEvent e) {
    String id = e.getUniqueId();
    Leg leg = legs.get(id);
    if (leg != null) {
      leg.channelName = e.getChannel();
      return cancelled.remove(id) ? id : null;
    }
    // One that we have asked for on a line that was lost, and count on no more.
    if (LegId.isOurs(id)) return id;
    if (Kit.CONTEXT_IN.equals(e.getContext()) && e.getExten() != null) dialed.put(id, e.getExten());
    return null;
  }

  private void variable(Instant at, VarSetEvent e) {
    String id = e.getUniqueId();
    switch (e.getVariable()) {
      case Kit.DNIS -> dialed.put(id, e.getValue());
      case Kit.CALL -> {
        if (!id.equals(e.getValue()) || !callers.add(id)) return;
        PhoneNumber from = PhoneNumber.of(e.getCallerIdNum());
        PhoneNumber number = PhoneNumber.dialed(dialed.remove(id));
        if (!synchronised) fresh.put(id, justCome(id, from, number));
        facts.accept(new PbxEvent.CallArrived(at, call(id), from, number));
      }
      case Kit.HELD -> alone(id, () -> new PbxEvent.CallQueued(at, call(id)));
      case Kit.PARKED -> alone(id, () -> new PbxEvent.CallHeld(at, call(id)));
      case Kit.FALLBACK -> {
        if (e.getValue() != null && !e.getValue().isEmpty()) {
          ifCaller(id, () -> new PbxEvent.CallFellBack(at, call(id)));
        }
      }
      case null, default -> {}
    }
  }

  /// Keys that are pressed in a script are the script's alone: a PIN comes nowhere else.
  private void keyPressed(Instant at, DtmfEndEvent e) {
    boolean held = Kit.CONTEXT_HOLD.equals(e.getContext());
    if (!held || !"Received".equals(e.getDirection())) return;
    if (e.getDigit() == null || e.getDigit().length() != 1) return;
    String id = e.getUniqueId();
    char key = e.getDigit().charAt(0);
    ifCaller(id, () -> new PbxEvent.KeyPressed(at, call(id), key));
  }

  /// A caller who is in the dialplan hears nobody; that they have left a bridge is not told.
  private void alone(String id, Supplier<PbxEvent> fact) {
    if (!callers.contains(id)) return;
    bridges.leaves(id);
    facts.accept(fact.get());
  }

  private void ifCaller(String id, Supplier<PbxEvent> fact) {
    if (callers.contains(id)) facts.accept(fact.get());
  }

  /// A leg waits in a bridge without a caller, until the caller takes it into theirs.
  private void bridged(Instant at, BridgedEvent e) {
    String bridge = e.getBridgeUniqueid();
    if (bridge == null) return;
    if (e.getSwapUniqueid() != null) bridges.leaves(e.getSwapUniqueid());
    entered(at, taken.getOrDefault(e.getUniqueId(), e.getUniqueId()), e.getChannel(), bridge);
  }

  private void entered(Instant at, String id, String name, String bridge) {
    if (legs.containsKey(id)) {
      bridges.enters(id, Kind.LEG, bridge);
      if (bridges.in(bridge, Kind.CALLER).isPresent()) connected(at, id);
    } else if (callers.contains(id)) {
      bridges.enters(id, Kind.CALLER, bridge);
      bridges
          .in(bridge, Kind.LEG)
          .ifPresentOrElse(leg -> connected(at, leg), () -> phoneConnected(at, bridge));
    } else if (watched.test(device(name))) {
      bridges.enters(id, Kind.PHONE, bridge);
      phones.put(id, name);
      phoneAlone(at, bridge);
    }
  }

  private void phoneAlone(Instant at, String bridge) {
    if (bridges.in(bridge, Kind.LEG).isEmpty()) phoneConnected(at, bridge);
  }

  /// Such as `PJSIP/1001` of `PJSIP/1001-0000002a`.
  private static String device(String channel) {
    int end = channel == null ? -1 : channel.lastIndexOf('-');
    return end < 0 ? "" : channel.substring(0, end);
  }

  /// From now on the phone's channel is a leg like those that we have rung.
  private void phoneConnected(Instant at, String bridge) {
    String caller = bridges.in(bridge, Kind.CALLER).orElse(null);
    String id = bridges.in(bridge, Kind.PHONE).orElse(null);
    if (caller == null || id == null) return;
    var leg = new Leg(at);
    leg.connected = true;
    leg.channelName = phones.remove(id);
    legs.put(id, leg);
    bridges.enters(id, Kind.LEG, bridge);
    facts.accept(new PbxEvent.PhoneConnected(at, call(caller), device(leg.channelName), leg(id)));
  }

  private void connected(Instant at, String id) {
    Leg leg = legs.get(id);
    if (leg == null) return;
    leg.connected = true;
    facts.accept(new PbxEvent.LegConnected(at, leg(id)));
  }

  private void hungUp(Instant at, HangupEvent e) {
    String id = e.getUniqueId();
    dialed.remove(id);
    fresh.remove(id);
    Optional<String> bridge = bridges.of(id);
    bridges.leaves(id);
    phones.remove(id);
    taken.remove(id);
    found.removeIf(channel -> id.equals(channel.getUniqueId()));
    Leg leg = legs.remove(id);
    cancelled.remove(id);
    if (leg != null) {
      int cause = e.getCause() == null ? 0 : e.getCause();
      if (!leg.connected) log.debug("Leg {} was not connected: cause {}.", id, cause);
      // Of a call that the phone has sent elsewhere the end may have no cause, as that of a ring
      // that is over has none.
      boolean early = cause == 0 && at.isBefore(leg.until);
      int why = early ? CAUSE_REDIRECTED : cause;
      LegEnd end = leg.connected ? LegEnd.HUNG_UP : notConnectedBecause(why);
      facts.accept(new PbxEvent.LegEnded(at, leg(id), end));
      // A colleague who was there, too, stays with the caller.
      bridge.ifPresent(left -> phoneAlone(at, left));
    } else if (callers.remove(id)) {
      facts.accept(new PbxEvent.CallEnded(at, call(id)));
    }
  }

  private static LegEnd notConnectedBecause(int cause) {
    return switch (cause) {
      case CAUSE_BUSY -> LegEnd.BUSY;
      case CAUSE_NO_USER_RESPONSE, CAUSE_NO_ANSWER, 0 -> LegEnd.NO_ANSWER;
      case CAUSE_CALLER_GONE -> LegEnd.CALLER_GONE;
      // Whoever is where the phone sends its calls is not its agent.
      case CAUSE_NORMAL, CAUSE_CALL_REJECTED, CAUSE_REDIRECTED -> LegEnd.DECLINED;
      default -> LegEnd.UNREACHABLE;
    };
  }

  /// Only a failure without a channel says something new: where there was one, its hang-up, which
  /// may come before or after, says more. That there was none is believed at once where there is
  /// nothing to ring; else when none has come for a while ([#beat]).
  private void originated(Instant at, OriginateResponseEvent e) {
    String id = e.getActionId();
    if (!"Failure".equals(e.getResponse()) || id == null) return;
    Leg leg = legs.get(id);
    if (leg == null || leg.channelName != null) return;
    int reason = e.getReason() == null ? ORIGINATE_UNREACHABLE : e.getReason();
    log.debug("Leg {} could not be rung: reason {}.", id, reason);
    switch (reason) {
      case ORIGINATE_UNREACHABLE -> failed(at, id, leg, LegEnd.UNREACHABLE);
      case ORIGINATE_NO_ANSWER -> leg.failure = new Failure(at, LegEnd.NO_ANSWER);
      case ORIGINATE_BUSY -> leg.failure = new Failure(at, LegEnd.BUSY);
      default -> leg.failure = new Failure(at, LegEnd.UNREACHABLE);
    }
  }

  /// Due every second: a ring that failed, and whose channel has not come by now, had none.
  void beat() {
    Instant now = clock.instant();
    legs.forEach(
        (id, leg) -> {
          Failure failure = leg.failure;
          if (failure == null || leg.channelName != null) return;
          if (now.isBefore(failure.at().plus(CHANNEL_IS_LATE))) return;
          failed(now, id, leg, failure.why());
        });
  }

  private void failed(Instant at, String id, Leg leg, LegEnd why) {
    if (!legs.remove(id, leg)) return;
    cancelled.remove(id);
    facts.accept(new PbxEvent.LegEnded(at, leg(id), why));
  }

  /// The phone has a call of the center's and one of its own, and gives one of them the other's
  /// place; which of the two it has begun with does not matter.
  private void attended(Instant at, AttendedTransferEvent e) {
    String first = e.getOrigTransfererUniqueid();
    String second = e.getSecondTransfererUniqueid();
    boolean begun = first != null && legs.containsKey(first);
    String leg = begun ? first : second;
    String own = begun ? second : first;
    String caller = e.getTransfereeUniqueid();
    boolean succeeds = "Success".equals(e.getResult());
    if (succeeds && own != null && isCaller(caller) && !own.equals(caller)) {
      if (isCaller(own)) facts.accept(new PbxEvent.CallPutThrough(at, call(caller), call(own)));
      takesPlace(at, caller, own);
    }
    transferred(at, leg, e.getTransferTargetCallerIDNum(), e.getResult());
  }

  /// Where the phone's own call is answered in this very moment its channel comes into a bridge
  /// under its own name, and is the caller's by then: nobody says so.
  private void takesPlace(Instant at, String caller, String own) {
    taken.put(own, caller);
    bridges
        .of(own)
        .ifPresent(
            bridge -> {
              bridges.leaves(own);
              entered(at, caller, "", bridge);
            });
  }

  private boolean isCaller(String id) {
    return id != null && callers.contains(id);
  }

  /// By the phone's own key.
  private void held(Instant at, String id, boolean held) {
    Leg leg = id == null ? null : legs.get(id);
    if (leg != null && leg.connected) facts.accept(new PbxEvent.PhoneHeld(at, leg(id), held));
  }

  private void transferred(Instant at, String transferer, String target, String result) {
    boolean ours = transferer != null && legs.containsKey(transferer);
    if (!ours || !"Success".equals(result)) return;
    String to = target == null ? "" : target;
    facts.accept(new PbxEvent.CallTransferred(at, leg(transferer), to));
  }

  static PhoneState phoneState(String asterisk) {
    return switch (asterisk == null ? "" : asterisk.toUpperCase(Locale.ROOT)) {
      // Asterisk itself rings a device of which it knows no state.
      case "NOT_INUSE", "UNKNOWN" -> PhoneState.AVAILABLE;
      case "RINGING" -> PhoneState.RINGING;
      case "RINGINUSE" -> PhoneState.RINGING_IN_USE;
      case "INUSE", "BUSY", "ONHOLD" -> PhoneState.IN_USE;
      case "UNAVAILABLE" -> PhoneState.UNREACHABLE;
      default -> PhoneState.UNKNOWN;
    };
  }

  /// What Asterisk keeps of a channel whose caller was moved while they hung up: it has their id,
  /// and nobody in it.
  private static boolean isShell(StatusEvent channel) {
    return channel.getChannel() != null
        && channel.getChannel().startsWith("Surrogate/")
        && "Down".equals(channel.getChannelStateDesc());
  }

  // ── What lives, asked after each log-in and from time to time
  // ─────────────────────────────────────────────────────

  /// What was listed, each caller with the leg that they talk with or that rings for them.
  ///
  /// @param left by caller: every other leg
  private record Listed(List<LiveCall> calls, Map<String, List<StatusEvent>> left) {}

  private Listed listed() {
    var callersIn = new HashMap<String, String>();
    var phonesIn = new HashMap<String, StatusEvent>();
    for (StatusEvent channel : found) {
      if (!bridged(channel)) continue;
      if (isCaller(channel)) callersIn.put(channel.getBridgeId(), channel.getUniqueId());
      else if (watched.test(device(channel.getChannel()))) {
        phonesIn.put(channel.getBridgeId(), channel);
      }
    }
    var left = new HashMap<String, List<StatusEvent>>();
    ourLegs().forEach(leg -> legsOf(callerOf(leg, callersIn), left).add(leg));
    var calls = new ArrayList<LiveCall>();
    for (StatusEvent channel : found) {
      String id = channel.getUniqueId();
      if (!isCaller(channel)) continue;
      List<StatusEvent> legs = legsOf(id, left);
      StatusEvent leg = legOf(channel, legs);
      if (leg == null && isGiven(channel)) leg = phonesIn.get(channel.getBridgeId());
      calls.add(live(channel, leg));
      legs.remove(leg);
    }
    return new Listed(calls, left);
  }

  private static List<StatusEvent> legsOf(String caller, Map<String, List<StatusEvent>> all) {
    return all.computeIfAbsent(caller, _ -> new ArrayList<>());
  }

  /// Those that we have rung, and those that we have taken over.
  private Stream<StatusEvent> ourLegs() {
    return found.stream()
        .filter(
            channel ->
                LegId.isOurs(channel.getUniqueId()) || !variable(channel, Kit.AGENT).isEmpty());
  }

  /// Whether an agent's phone that is with them, and that nobody has told of, is their agent's:
  /// they were given to it while nobody heard it. Who answered in the PBX's own queue has answered
  /// there.
  private static boolean isGiven(StatusEvent caller) {
    return bridged(caller) && !Kit.CONTEXT_FALLBACK.equals(caller.getContext());
  }

  /// A channel that came to us, whatever a transfer has made of it: it may have the name, the
  /// variables and the place of an agent's own call, and has its own id.
  private static boolean isCaller(StatusEvent channel) {
    return !variable(channel, Kit.CALL).isEmpty();
  }

  /// Who talks with a leg; else for whom it was rung.
  private static String callerOf(StatusEvent leg, Map<String, String> callersIn) {
    String with = bridged(leg) ? callersIn.get(leg.getBridgeId()) : null;
    return with == null ? variable(leg, Kit.CALLER) : with;
  }

  /// Nothing of what is remembered changes: events have told it.
  private void compare(Instant at) {
    Listed listed = listed();
    Set<String> living =
        listed.calls().stream().map(call -> call.call().channel()).collect(Collectors.toSet());
    var legs = new HashSet<LegId>(legsWith(listed));
    ourLegs().map(this::id).forEach(legs::add);
    var alone = new ArrayList<LegId>();
    listed
        .left()
        .forEach(
            (caller, left) -> {
              if (!living.contains(caller)) left.forEach(leg -> alone.add(id(leg)));
            });
    found.clear();
    // What is told of them from now on is heard.
    callers.addAll(living);
    facts.accept(new PbxEvent.Compared(at, pbx, listed.calls(), legs, alone));
  }

  private void synchronize(Instant at) {
    callers.clear();
    dialed.clear();
    legs.clear();
    cancelled.clear();
    phones.clear();
    taken.clear();
    bridges.clear();
    found.stream()
        .filter(AmiTranslator::bridged)
        .filter(AmiTranslator::isCaller)
        .forEach(
            channel -> bridges.enters(channel.getUniqueId(), Kind.CALLER, channel.getBridgeId()));
    ourLegs()
        .forEach(
            channel -> {
              // Since when it rings is not known.
              var leg = new Leg(at);
              leg.channelName = channel.getChannel();
              if (bridged(channel)) {
                bridges.enters(channel.getUniqueId(), Kind.LEG, channel.getBridgeId());
                leg.connected = bridges.in(channel.getBridgeId(), Kind.CALLER).isPresent();
              }
              legs.put(channel.getUniqueId(), leg);
            });
    Listed listed = listed();
    Set<LegId> withCallers = legsWith(listed);
    var given = new ArrayList<String>();
    found.stream()
        .filter(channel -> !legs.containsKey(channel.getUniqueId()))
        .filter(channel -> withCallers.contains(id(channel)))
        .forEach(
            channel -> {
              bridges.enters(channel.getUniqueId(), Kind.PHONE, channel.getBridgeId());
              phones.put(channel.getUniqueId(), channel.getChannel());
              given.add(channel.getBridgeId());
            });
    var calls = new ArrayList<LiveCall>(listed.calls());
    for (LiveCall call : calls) {
      callers.add(call.call().channel());
      fresh.remove(call.call().channel());
    }
    var alone = new ArrayList<LegId>();
    synchronised = true;
    found.clear();
    listed
        .left()
        .forEach(
            (caller, left) -> {
              if (fresh.containsKey(caller)) return;
              left.forEach(leg -> alone.add(id(leg)));
            });
    callers.addAll(fresh.keySet());
    calls.addAll(fresh.values());
    fresh.clear();
    ended.removeIf(over -> callers.contains(over.call().channel()));
    facts.accept(new PbxEvent.Synchronized(at, pbx, List.copyOf(calls), List.copyOf(ended), alone));
    ended.clear();
    given.forEach(bridge -> phoneAlone(at, bridge));
  }

  private static Set<LegId> legsWith(Listed listed) {
    return listed.calls().stream()
        .map(LiveCall::leg)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /// Of several, the one that they talk with, or that was asked last; null: none.
  private StatusEvent legOf(StatusEvent caller, List<StatusEvent> legs) {
    StatusEvent last = null;
    for (StatusEvent leg : legs) {
      if (talk(caller, leg)) return leg;
      boolean later = last == null || id(leg).isAfter(id(last));
      if (later) last = leg;
    }
    return last;
  }

  private LegId id(StatusEvent leg) {
    return leg(leg.getUniqueId());
  }

  /// Also where the agent has put the caller on hold.
  private static boolean talk(StatusEvent caller, StatusEvent leg) {
    if (bridged(caller)) return caller.getBridgeId().equals(leg.getBridgeId());
    return place(caller) == Place.HELD && Kit.CONTEXT_AGENT.equals(leg.getContext());
  }

  /// Wherever they are by now, the events since then say so.
  private LiveCall justCome(String id, PhoneNumber from, PhoneNumber dialed) {
    return new LiveCall(call(id), from, dialed, Place.IN_SCRIPT, "", null, 0, "", "", null, "");
  }

  private LiveCall live(StatusEvent caller, StatusEvent leg) {
    return new LiveCall(
        call(caller.getUniqueId()),
        PhoneNumber.of(caller.getCallerIdNum()),
        PhoneNumber.dialed(variable(caller, Kit.DNIS)),
        place(caller),
        variable(caller, Kit.QUEUE),
        arrived(caller),
        (int) number(variable(caller, Kit.PRIORITY)),
        variable(caller, Kit.ASK),
        variable(caller, Kit.LANGUAGE),
        leg == null ? null : leg(leg.getUniqueId()),
        leg == null ? "" : variable(leg, Kit.AGENT));
  }

  /// Whom no script has placed waits since the dialplan holds them.
  private static Instant arrived(StatusEvent caller) {
    long milli = number(variable(caller, Kit.ARRIVED));
    if (milli <= 0) milli = milliseconds(variable(caller, Kit.SINCE));
    return milli <= 0 ? null : Instant.ofEpochMilli(milli);
  }

  private static Place place(StatusEvent caller) {
    if (Kit.CONTEXT_DIAL.equals(caller.getContext())) return Place.DIALING;
    if (bridged(caller)) return Place.TALKING;
    return switch (caller.getContext()) {
      case Kit.CONTEXT_IN, Kit.CONTEXT_IVR -> Place.IN_SCRIPT;
      case Kit.CONTEXT_HOLD ->
          variable(caller, Kit.FALLBACK).isEmpty() ? Place.QUEUED : Place.FALLBACK;
      case Kit.CONTEXT_FALLBACK -> Place.FALLBACK;
      // An agent has answered, and the caller is on the way to them.
      case Kit.CONTEXT_TALK -> Place.QUEUED;
      case Kit.CONTEXT_PARKED -> Place.HELD;
      case null, default -> Place.ELSEWHERE;
    };
  }

  private static boolean bridged(StatusEvent channel) {
    return channel.getBridgeId() != null && !channel.getBridgeId().isBlank();
  }

  /// A variable of a channel; empty where it has none.
  private static String variable(StatusEvent channel, String name) {
    Map<String, String> variables = channel.getVariables();
    String value = variables == null ? "" : variables.getOrDefault(name, "");
    return UNSET.equals(value) ? "" : value;
  }

  /// Of seconds, with or without their thousandths; 0: it is no time.
  private static long milliseconds(String seconds) {
    if (!seconds.matches("\\d{1,12}(\\.\\d{3})?")) return 0;
    return new BigDecimal(seconds).movePointRight(3).longValueExact();
  }

  private static long number(String value) {
    try {
      return value.isEmpty() ? 0 : Long.parseLong(value);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
