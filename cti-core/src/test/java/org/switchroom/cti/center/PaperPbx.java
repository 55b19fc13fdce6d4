package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.EndedCall;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.LiveSupervisor;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.pbx.RecordingId;
import org.switchroom.cti.pbx.Supervision;

/// What a PBX holds, by what the test has let happen on it and what it was told to do: so that it
/// can say what lives.
final class PaperPbx {
  /// A caller's channel with its variables.
  private static final class Channel {
    final PhoneNumber from;
    final PhoneNumber dialed;
    final Instant arrived;
    Place place = Place.IN_SCRIPT;
    String queue = "";
    Optional<Instant> queued = Optional.empty();
    int priority;
    String ask = "";
    String language = "";
    Optional<Instant> answered = Optional.empty();
    String agent = "";
    Optional<RecordingId> recording = Optional.empty();
    boolean muted;

    /// The own call whose other side hears them, too.
    Optional<CallId> conference = Optional.empty();

    Channel(PhoneNumber from, PhoneNumber dialed, Instant arrived) {
      this.from = from;
      this.dialed = dialed;
      this.arrived = arrived;
    }

    Channel copy() {
      var copy = new Channel(from, dialed, arrived);
      copy.place = place;
      copy.queue = queue;
      copy.queued = queued;
      copy.priority = priority;
      copy.ask = ask;
      copy.language = language;
      copy.answered = answered;
      copy.agent = agent;
      copy.recording = recording;
      copy.muted = muted;
      copy.conference = conference;
      return copy;
    }
  }

  /// Our channel to an agent's phone, or one that somebody else has rung.
  ///
  /// @param phone of one that we have not rung; else empty
  /// @param recording that begins with the talk
  private record Leg(
      LegId id,
      CallId call,
      String agent,
      boolean connected,
      String after,
      String phone,
      Optional<RecordingId> recording) {
    Leg connects() {
      return new Leg(id, call, agent, true, after, phone, recording);
    }

    Leg with(CallId other) {
      return new Leg(id, other, agent, connected, after, phone, recording);
    }

    Leg adopted(CallId caller, String whose, String then) {
      return new Leg(id, caller, whose, true, then, phone, recording);
    }

    /// Whose phone it is, where nobody knows whose leg.
    String strange() {
      return agent.isEmpty() ? phone : "";
    }
  }

  private final Map<CallId, Channel> calls = new LinkedHashMap<>();
  private final Map<LegId, Leg> legs = new LinkedHashMap<>();
  private final Map<LegId, Optional<Supervision>> supervisors = new LinkedHashMap<>();

  /// Those of them that are to have a caller.
  private final Map<LegId, Leg> takesOver = new LinkedHashMap<>();

  /// Calls with somebody outside who has answered.
  private final Set<CallId> reached = new LinkedHashSet<>();

  private final Map<CallId, EndedCall> ended = new LinkedHashMap<>();
  final Map<String, PhoneState> phones = new LinkedHashMap<>();

  /// It goes by the clock on the wall, which is so far ahead of the times it is told.
  Duration wallAhead = Duration.ZERO;

  /// Another that holds the same.
  PaperPbx copy() {
    var copy = new PaperPbx();
    calls.forEach((call, channel) -> copy.calls.put(call, channel.copy()));
    copy.legs.putAll(legs);
    copy.supervisors.putAll(supervisors);
    copy.takesOver.putAll(takesOver);
    copy.reached.addAll(reached);
    copy.ended.putAll(ended);
    copy.phones.putAll(phones);
    copy.wallAhead = wallAhead;
    return copy;
  }

  // ── What happens on it ──────────────────────────────────────────────────────────────────────

  void happens(PbxEvent fact) {
    switch (fact) {
      case PbxEvent.CallArrived(var at, var call, var from, var dialed, _) ->
          calls.putIfAbsent(call, new Channel(from, dialed, at.plus(wallAhead)));
      case PbxEvent.CallQueued(var at, var call) -> {
        channel(call)
            .ifPresent(one -> one.queued = one.queued.or(() -> Optional.of(at.plus(wallAhead))));
        place(call, Place.QUEUED);
      }
      case PbxEvent.CallHeld(_, var call) -> place(call, Place.HELD);
      case PbxEvent.CallFellBack(_, var call) -> place(call, Place.FALLBACK);
      case PbxEvent.CallEnded(var at, var call) -> over(at.plus(wallAhead), call);
      case PbxEvent.LegConnected(var at, var leg) -> connected(at.plus(wallAhead), leg);
      case PbxEvent.LegEnded(_, var leg, _) -> {
        supervisors.remove(leg);
        takesOver.remove(leg);
        legEnded(leg);
      }
      case PbxEvent.SupervisorConnected(_, var leg, var how) ->
          supervisors.computeIfPresent(leg, (_, _) -> Optional.of(how));
      case PbxEvent.CallTransferred(_, var leg, _) ->
          Optional.ofNullable(legs.get(leg))
              .filter(one -> !talksOnAnother(one))
              .ifPresent(one -> place(one.call(), Place.ELSEWHERE));
      case PbxEvent.PhoneConnected(var at, var call, var phone, var leg) -> {
        legs.putIfAbsent(leg, new Leg(leg, call, "", true, "", phone, Optional.empty()));
        connected(at.plus(wallAhead), leg);
      }
      case PbxEvent.CallConferenced(_, var call, var own) ->
          channel(call)
              .ifPresent(
                  one -> {
                    one.place = Place.TALKING;
                    one.conference = Optional.of(own);
                  });
      case PbxEvent.CallPutThrough(_, var call, var own) -> putThrough(call, own);
      case PbxEvent.PhoneChanged(_, _, var phone, var state) -> phones.put(phone, state);
      case PbxEvent.RecordingBegan(_, var call, var recording) ->
          channel(call).ifPresent(one -> one.recording = Optional.of(recording));
      case PbxEvent.RecordingEnded(_, var call) ->
          channel(call).ifPresent(one -> one.recording = Optional.empty());
      case PbxEvent.NumberReached(_, var call) -> reached.add(call);
      case PbxEvent.NumberNotReached _,
          PbxEvent.CallerKeyed _,
          PbxEvent.KeyPressed _,
          PbxEvent.LegRinging _,
          PbxEvent.PhoneHeld _ -> {}
      case PbxEvent.Synchronized _, PbxEvent.Compared _, PbxEvent.Disconnected _ -> {}
    }
  }

  /// A script has set where the caller is to be held.
  void placed(CallId call, String queue, int priority, String ask, String language, Instant at) {
    channel(call)
        .ifPresent(
            one -> {
              one.queue = queue;
              one.priority = priority;
              one.ask = ask;
              one.language = language;
              one.queued = Optional.of(at.plus(wallAhead));
            });
  }

  private Optional<Channel> channel(CallId call) {
    return Optional.ofNullable(calls.get(call));
  }

  private void place(CallId call, Place place) {
    channel(call)
        .ifPresent(
            one -> {
              one.place = place;
              one.conference = Optional.empty();
            });
  }

  private void connected(Instant at, LegId id) {
    Leg takes = takesOver.remove(id);
    if (takes != null) {
      supervisors.remove(id);
      legs.put(id, takes);
    }
    Leg leg = legs.get(id);
    if (leg == null || !calls.containsKey(leg.call())) return;
    legs.put(id, leg.connects());
    // Whoever was to have them is not there.
    takesOver.values().removeIf(one -> one.call().equals(leg.call()));
    Channel channel = calls.get(leg.call());
    if (channel.place != Place.TALKING || !leg.agent().equals(channel.agent)) {
      channel.conference = Optional.empty();
    }
    channel.place = Place.TALKING;
    channel.answered = Optional.of(at);
    channel.agent = leg.agent();
  }

  /// The caller is what the other call was: its variables, its place, who talks with it.
  private void putThrough(CallId call, CallId own) {
    Channel before = calls.get(call);
    Channel other = calls.get(own);
    if (before == null || other == null) return;
    var now = new Channel(before.from, other.dialed, other.arrived);
    now.place = other.place;
    now.queue = other.queue;
    now.queued = other.queued;
    now.priority = other.priority;
    now.ask = other.ask;
    now.language = other.language;
    // Into a bridge the caller comes as they are.
    boolean bridged = other.place == Place.TALKING || other.place == Place.HELD;
    now.recording = bridged ? before.recording : Optional.empty();
    now.muted = before.muted;
    calls.put(call, now);
    // Who has put them through is with nobody, and the other call has nobody in it: both end.
    legs.values().removeIf(leg -> leg.call().equals(call));
    other.place = Place.ELSEWHERE;
    legs.replaceAll((_, leg) -> leg.call().equals(own) && leg.connected() ? leg.with(call) : leg);
  }

  private void legEnded(LegId id) {
    Leg leg = legs.remove(id);
    if (leg == null || !leg.connected()) return;
    Channel channel = calls.get(leg.call());
    // Whom the agent has put on hold stays there.
    boolean moved = channel == null || channel.place != Place.TALKING || talksOnAnother(leg);
    // In a conference somebody is there still.
    if (!moved && channel.conference.isPresent()) return;
    if (!moved) channel.place = leg.after().isEmpty() ? Place.ELSEWHERE : Place.IN_SCRIPT;
  }

  private boolean talksOnAnother(Leg leg) {
    return legs.values().stream()
        .anyMatch(
            one -> one.call().equals(leg.call()) && one.connected() && !one.id().equals(leg.id()));
  }

  private void over(Instant at, CallId id) {
    Channel channel = calls.remove(id);
    if (channel == null) return;
    leaveConference(id);
    // Both ends of a bridge go together; who has put the caller on hold waits in silence.
    if (channel.place == Place.TALKING) {
      legs.values().removeIf(leg -> leg.call().equals(id) && leg.connected());
    }
    ended.put(
        id,
        new EndedCall(
            id,
            channel.from,
            channel.dialed,
            Optional.of(channel.arrived),
            channel.queue,
            channel.queued,
            channel.answered,
            channel.agent,
            "",
            at));
  }

  /// Whoever was asked is gone: a caller whose agent was, too, is with nobody.
  private void leaveConference(CallId own) {
    calls.forEach(
        (call, channel) -> {
          if (channel.conference.filter(own::equals).isEmpty()) return;
          channel.conference = Optional.empty();
          boolean alone =
              legs.values().stream().noneMatch(leg -> leg.call().equals(call) && leg.connected());
          if (alone) channel.place = Place.ELSEWHERE;
        });
  }

  /// Nobody is there any more, and nothing is remembered of how.
  void dies() {
    calls.clear();
    legs.clear();
    supervisors.clear();
    takesOver.clear();
  }

  // ── What it is told to do ───────────────────────────────────────────────────────────────────

  void does(PbxCommand command) {
    switch (command) {
      case PbxCommand.RingAgent ring ->
          legs.put(
              ring.leg(),
              new Leg(
                  ring.leg(),
                  ring.call(),
                  ring.agent(),
                  false,
                  ring.after(),
                  "",
                  ring.recording()));
      case PbxCommand.CancelRing(_, var leg) ->
          Optional.ofNullable(legs.get(leg))
              .filter(one -> !one.connected())
              .ifPresent(_ -> legs.remove(leg));
      case PbxCommand.Consult(var own, _) -> {
        var nobody = new PhoneNumber("");
        calls.put(own, new Channel(nobody, nobody, Instant.EPOCH));
      }
      case PbxCommand.MakeCall make -> {
        var channel = new Channel(make.number(), make.shown(), Instant.EPOCH);
        channel.place = Place.ELSEWHERE;
        calls.put(make.call(), channel);
      }
      case PbxCommand.GiveToAsked(var call, _) -> place(call, Place.ELSEWHERE);
      case PbxCommand.FallBack(var call) -> place(call, Place.FALLBACK);
      case PbxCommand.RunScript(var call, _, _) -> place(call, Place.IN_SCRIPT);
      case PbxCommand.Dial(var call, _, _, _, _, _) -> place(call, Place.DIALING);
      case PbxCommand.HangUpCall(var call) -> place(call, Place.ELSEWHERE);
      case PbxCommand.Forget(var call) -> ended.remove(call);
      case PbxCommand.Adopt(var call, var id, var agent, var after) -> {
        Optional.ofNullable(legs.get(id))
            .map(Leg::call)
            .filter(before -> PbxCommand.Consult.isOwn(before.channel()))
            .ifPresent(own -> place(own, Place.ELSEWHERE));
        legs.computeIfPresent(id, (_, leg) -> leg.adopted(call, agent, after));
        channel(call).ifPresent(one -> one.agent = agent);
      }
      case PbxCommand.HangUpLeg(var leg) -> {
        legs.remove(leg);
        supervisors.remove(leg);
        takesOver.remove(leg);
      }
      case PbxCommand.TakeOver(var call, var leg, _, var who) -> {
        if (supervisors.containsKey(leg))
          takesOver.put(leg, new Leg(leg, call, who, false, "", "", Optional.empty()));
      }
      case PbxCommand.Supervise ring -> supervisors.put(ring.leg(), Optional.empty());
      case PbxCommand.StartRecording(var call, var recording) ->
          channel(call).ifPresent(one -> one.recording = Optional.of(recording));
      case PbxCommand.MuteRecording(var call, var mute) ->
          channel(call).ifPresent(one -> one.muted = mute);
      case PbxCommand.StopRecording(var call) ->
          channel(call).ifPresent(one -> one.recording = Optional.empty());
      default -> {}
    }
  }

  /// It is as the test says.
  void becomes(PbxEvent.Synchronized list) {
    var kept = new LinkedHashMap<CallId, Channel>();
    for (LiveCall live : list.calls()) {
      Instant arrived = live.arrived().orElse(list.at());
      var channel =
          calls.getOrDefault(live.call(), new Channel(live.from(), live.dialed(), arrived));
      if (!isTakenOver(live.call())) channel.place = live.place();
      channel.queue = live.queue();
      channel.queued = live.arrived();
      channel.recording = live.recording();
      kept.put(live.call(), channel);
      if (live.leg().isEmpty()) continue;
      boolean talks = live.place() == Place.TALKING || live.place() == Place.HELD;
      LegId leg = live.leg().get();
      legs.putIfAbsent(
          leg, new Leg(leg, live.call(), live.agent(), talks, "", live.phone(), Optional.empty()));
    }
    calls.keySet().removeIf(call -> call.pbx().equals(list.pbx()));
    calls.putAll(kept);
    legs.values().removeIf(leg -> !calls.containsKey(leg.call()));
    ended.keySet().removeIf(call -> call.pbx().equals(list.pbx()));
    list.ended().forEach(end -> ended.put(end.call(), end));
  }

  // ── What there is on it ─────────────────────────────────────────────────────────────────────

  List<CallId> calls() {
    return List.copyOf(calls.keySet());
  }

  /// Empty: there is no such call, or no more.
  Optional<Place> place(CallId call) {
    return channel(call).map(one -> one.place);
  }

  List<LegId> legs() {
    return List.copyOf(legs.keySet());
  }

  boolean connected(LegId leg) {
    return Optional.ofNullable(legs.get(leg)).filter(Leg::connected).isPresent();
  }

  /// Whether it is known whose leg it is.
  boolean hasAgent(LegId leg) {
    return !legs.get(leg).agent().isEmpty();
  }

  /// The recording that begins when a leg is answered; empty: none does.
  Optional<PbxEvent> begins(Instant at, LegId id) {
    Leg leg = legs.get(id);
    if (leg == null || channel(leg.call()).flatMap(one -> one.recording).isPresent()) {
      return Optional.empty();
    }
    return leg.recording().map(one -> new PbxEvent.RecordingBegan(at, leg.call(), one));
  }

  boolean muted(CallId call) {
    return calls.get(call).muted;
  }

  CallId callOf(LegId leg) {
    return legs.get(leg).call();
  }

  // ── What it says of it ──────────────────────────────────────────────────────────────────────

  /// Everything that lives on it.
  PbxEvent.Synchronized list(Instant at, PbxId pbx) {
    var live = new ArrayList<LiveCall>();
    var alone = new ArrayList<LegId>();
    for (var entry : calls.entrySet()) {
      if (!entry.getKey().pbx().equals(pbx)) continue;
      Optional<Leg> leg = leg(entry.getKey());
      live.add(live(entry.getKey(), entry.getValue(), leg));
    }
    for (Leg leg : legs.values()) {
      boolean named = leg(leg.call()).filter(leg::equals).isPresent();
      if (leg.id().pbx().equals(pbx) && !named) alone.add(leg.id());
    }
    var over = ended.values().stream().filter(one -> one.call().pbx().equals(pbx)).toList();
    return new PbxEvent.Synchronized(at, pbx, live, over, alone, supervisors(pbx));
  }

  private List<LiveSupervisor> supervisors(PbxId pbx) {
    return supervisors.entrySet().stream()
        .filter(one -> one.getKey().pbx().equals(pbx))
        .map(one -> new LiveSupervisor(one.getKey(), one.getValue()))
        .toList();
  }

  /// Legs to supervisors that live.
  List<LegId> supervisors() {
    return List.copyOf(supervisors.keySet());
  }

  /// Who is with a phone that is nobody's leg, and what number has answered: told again after the
  /// list.
  List<PbxEvent> given(Instant at, PbxId pbx) {
    var given = new ArrayList<PbxEvent>();
    for (Leg leg : legs.values()) {
      boolean talks = place(leg.call()).filter(Place.TALKING::equals).isPresent();
      if (!leg.id().pbx().equals(pbx) || leg.strange().isEmpty() || !talks) continue;
      given.add(new PbxEvent.PhoneConnected(at, leg.call(), leg.phone(), leg.id()));
    }
    reached.stream()
        .filter(call -> call.pbx().equals(pbx) && calls.containsKey(call))
        .forEach(call -> given.add(new PbxEvent.NumberReached(at, call)));
    return given;
  }

  /// The same, while the link is up.
  PbxEvent.Compared compared(Instant at, PbxId pbx) {
    var ours = new LinkedHashSet<LegId>(legs.keySet());
    ours.removeIf(leg -> !leg.pbx().equals(pbx));
    var alone = ours.stream().filter(leg -> !calls.containsKey(legs.get(leg).call())).toList();
    supervisors(pbx).forEach(one -> ours.add(one.leg()));
    return new PbxEvent.Compared(at, pbx, list(at, pbx).calls(), ours, alone);
  }

  /// Of several the one they talk with, or that was asked last.
  private Optional<Leg> leg(CallId call) {
    if (!calls.containsKey(call)) return Optional.empty();
    return legs.values().stream()
        .filter(leg -> leg.call().equals(call))
        .max(
            Comparator.comparing(Leg::connected)
                .thenComparing((a, b) -> a.id().isAfter(b.id()) ? 1 : -1));
  }

  /// Then they are on the way to a supervisor, in the dialplan.
  private boolean isTakenOver(CallId call) {
    return takesOver.values().stream().anyMatch(one -> one.call().equals(call));
  }

  private LiveCall live(CallId id, Channel channel, Optional<Leg> leg) {
    return new LiveCall(
        id,
        channel.from,
        channel.dialed,
        isTakenOver(id) ? Place.QUEUED : channel.place,
        channel.queue,
        channel.queued,
        channel.priority,
        channel.ask,
        channel.language,
        leg.map(Leg::id),
        leg.map(Leg::agent).orElse(""),
        leg.map(Leg::strange).orElse(""),
        CallerName.NONE,
        channel.recording,
        channel.conference);
  }
}
