package org.switchroom.cti.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.call.Party.Connection;
import org.switchroom.cti.call.Party.Role;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallConferenced;
import org.switchroom.cti.event.CallEvent.CallConnected;
import org.switchroom.cti.event.CallEvent.CallDiverted;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.CallEvent.CallFellBack;
import org.switchroom.cti.event.CallEvent.CallHeld;
import org.switchroom.cti.event.CallEvent.CallJoined;
import org.switchroom.cti.event.CallEvent.CallMade;
import org.switchroom.cti.event.CallEvent.CallQueued;
import org.switchroom.cti.event.CallEvent.CallReleased;
import org.switchroom.cti.event.CallEvent.CallRetrieved;
import org.switchroom.cti.event.CallEvent.CallTakenBack;
import org.switchroom.cti.event.CallEvent.ConsultationBegan;
import org.switchroom.cti.event.CallEvent.ConsultationEnded;
import org.switchroom.cti.event.CallEvent.ControlAsked;
import org.switchroom.cti.event.CallEvent.DigitsGenerated;
import org.switchroom.cti.event.CallEvent.HoldTimed;
import org.switchroom.cti.event.CallEvent.NumberDialed;
import org.switchroom.cti.event.CallEvent.RecordingBegan;
import org.switchroom.cti.event.CallEvent.RecordingEnded;
import org.switchroom.cti.event.CallEvent.RecordingPaused;
import org.switchroom.cti.event.CallEvent.RecordingResumed;
import org.switchroom.cti.event.CallEvent.ScriptAwaited;
import org.switchroom.cti.event.CallEvent.ScriptBegan;
import org.switchroom.cti.event.CallEvent.SupervisionAsked;
import org.switchroom.cti.event.CallEvent.SupervisionBegan;
import org.switchroom.cti.event.CallEvent.SupervisionEnded;
import org.switchroom.cti.event.CallEvent.TakeOverAsked;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.personal.Personal;

/// A caller's call: who is in it, and how.
///
/// @param arrived when it began
/// @param parties the caller first, then whoever rings or is connected
/// @param fellBack whether the PBX's own queue has the caller while a phone rings for them
/// @param consultation the own call by which the agent asks somebody; empty: they ask nobody
/// @param recording the one that goes on, or the last one; empty: there was none
/// @param ordered what desks want of it, and what is not so yet
public record Call(
    CallId id,
    ContactId contact,
    @Personal PhoneNumber from,
    PhoneNumber dialed,
    Instant arrived,
    CallState state,
    List<Party> parties,
    boolean fellBack,
    Optional<CallId> consultation,
    Optional<TalkRecording> recording,
    List<Ordered> ordered) {
  public static Call of(CallArrived e) {
    return begun(e.call(), e.contact(), e.from(), e.dialed(), e.arrived());
  }

  public static Call of(CallJoined e) {
    return begun(e.call(), e.contact(), e.from(), e.dialed(), e.arrived());
  }

  /// The agent is on the way to it; the PBX makes it for them.
  public static Call of(CallMade e, Instant at) {
    return begun(e.call(), e.contact(), e.from(), e.shown(), at)
        .connect(e.agent(), e.leg(), at)
        .caller(Connection.INITIATED, at)
        .with(new CallState.Talking(at));
  }

  private static Call begun(
      CallId id, ContactId contact, PhoneNumber from, PhoneNumber dialed, Instant arrived) {
    return new Call(
        id,
        contact,
        from,
        dialed,
        arrived,
        new CallState.InScript(Optional.empty()),
        List.of(Party.caller(Connection.INITIATED, arrived)),
        false,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /// What follows from an event. Each is only made where it fits, so there is nothing that leaves
  /// it as it was; of another build's ledger one may come that does not, and nothing here minds.
  public Call on(CallEvent event, Instant at) {
    Call now = changed(event, at);
    return switch (event) {
      case CallHeld _ -> now.settled(PbxCommand.BackToConsultation.class);
      case CallRetrieved _ -> now.settled(PbxCommand.Conference.class);
      case CallQueued _,
          CallConnected _,
          CallConferenced _,
          CallReleased _,
          CallDiverted _,
          CallEnded _ ->
          now.settled(PbxCommand.SuperviseBy.class);
      default -> now;
    };
  }

  private Call changed(CallEvent event, Instant at) {
    return switch (event) {
      case CallArrived _, CallMade _, CallJoined _ -> this;
      case ScriptAwaited(_, _, var until) -> with(awaited(Optional.of(until)));
      case ScriptBegan _ -> with(awaited(Optional.empty()));
      case CallQueued _ -> caller(Connection.QUEUED, at).with(new CallState.Queued(at)).fell(false);
      case CallConnected(_, _, var agent, var leg) ->
          connect(agent, leg, at).with(new CallState.Talking(at)).fell(false);
      case CallHeld(_, _, _, var onPhone, var reminder, var back) ->
          agents(Connection.HELD, at).with(new CallState.Held(at, onPhone, 0, reminder, back));
      case HoldTimed(_, _, var reminded, var reminder, var back) ->
          state instanceof CallState.Held held
              ? with(new CallState.Held(held.since(), held.onPhone(), reminded, reminder, back))
              : this;
      case ControlAsked(_, _, var commands) -> ordered(commands, at);
      case CallRetrieved _ -> agents(Connection.CONNECTED, at).with(new CallState.Talking(at));
      case ConsultationBegan e -> consulting(Optional.of(e.own()));
      case CallConferenced _ ->
          agents(Connection.CONNECTED, at).with(new CallState.Talking(at, true));
      case ConsultationEnded _ -> {
        Call alone = consulting(Optional.empty());
        yield isConference() ? alone.with(new CallState.Talking(at)) : alone;
      }
      case CallReleased(_, _, var leg) ->
          without(leg)
              .caller(Connection.INITIATED, at)
              .with(new CallState.Released(at, Optional.empty()));
      case SupervisionAsked(_, _, _, var who, var leg, var how) ->
          supervised(Party.supervisor(who, leg, Connection.ALERTING, how, at));
      case SupervisionBegan(_, _, var who, var leg, var how) ->
          supervised(Party.supervisor(who, leg, Connection.CONNECTED, how, at));
      case TakeOverAsked(_, _, _, var leg) ->
          each(party -> party.on(leg) ? party.with(Connection.INITIATED, at) : party);
      case SupervisionEnded(_, _, _, var leg) -> without(leg);
      case CallDiverted(_, _, var dialing, _) ->
          caller(Connection.INITIATED, at)
              .with(new CallState.Away(dialing, at, Optional.empty()))
              .fell(false);
      case NumberDialed _, DigitsGenerated _ -> this;
      case CallFellBack _ -> fell(true);
      case CallTakenBack _ -> with(awaited(Optional.empty())).fell(false);
      case RecordingBegan(_, _, var one, _) ->
          recorded(new TalkRecording(one, at, Optional.empty(), false));
      case RecordingPaused(_, _, _, var cause, _, var until) ->
          recorded(recorded -> recorded.paused(new TalkRecording.Pause(cause, at, until)));
      case RecordingResumed _ -> recorded(TalkRecording::resumed);
      case RecordingEnded _ -> recorded(TalkRecording::over);
      case CallEnded(_, _, var ended, _) -> with(new CallState.Ended(ended));
    };
  }

  /// When the script must have begun; empty: it is not waited for.
  public Optional<Instant> awaited() {
    return switch (state) {
      case CallState.InScript(var until) -> until;
      case CallState.Away(_, _, var until) -> until;
      case CallState.Released(_, var until) -> until;
      case CallState.Queued _, CallState.Talking _, CallState.Held _, CallState.Ended _ ->
          Optional.empty();
    };
  }

  private CallState awaited(Optional<Instant> until) {
    return switch (state) {
      case CallState.InScript _ -> new CallState.InScript(until);
      case CallState.Away(var dialing, var since, _) -> new CallState.Away(dialing, since, until);
      case CallState.Released(var since, _) -> new CallState.Released(since, until);
      case CallState.Queued _, CallState.Talking _, CallState.Held _, CallState.Ended _ -> state;
    };
  }

  /// The agent's or supervisor's party on this leg, ringing or talking.
  public Optional<Party> on(LegId leg) {
    return parties.stream().filter(party -> party.on(leg)).findFirst();
  }

  /// The agent who talks, or has put the caller on hold.
  public Optional<Party> talking() {
    return parties.stream()
        .filter(party -> party.role() == Role.AGENT)
        .filter(
            party ->
                party.connection() == Connection.CONNECTED || party.connection() == Connection.HELD)
        .findFirst();
  }

  /// Who takes part in the talk beside its agent, or is rung to.
  public List<Party> supervisors() {
    return parties.stream().filter(party -> party.role() == Role.SUPERVISOR).toList();
  }

  public Optional<Party> supervisor(LegId leg) {
    return on(leg).filter(party -> party.role() == Role.SUPERVISOR);
  }

  /// The supervisor who is to have the caller instead of the agent; empty: none is.
  public Optional<Party> takingOver() {
    return supervisors().stream()
        .filter(party -> party.connection() == Connection.INITIATED)
        .findFirst();
  }

  /// By the dialplan, of itself or for an agent.
  public boolean isHeld() {
    return state instanceof CallState.Queued
        || state instanceof CallState.Held held && !held.onPhone();
  }

  /// By the phone's own key.
  public boolean isHeldOnPhone() {
    return state instanceof CallState.Held held && held.onPhone();
  }

  /// When something is to be done because an agent has them on hold; empty: nothing, or nobody has.
  public Optional<Instant> holdDue() {
    return state instanceof CallState.Held held ? held.due() : Optional.empty();
  }

  /// Whether caller, agent and whoever is asked hear each other.
  public boolean isConference() {
    return state instanceof CallState.Talking talking && talking.conference();
  }

  public boolean over() {
    return state instanceof CallState.Ended;
  }

  /// A phone rings for the caller.
  public Call alerting(AgentId agent, LegId leg, OfferId offer, Instant at) {
    var more = new ArrayList<>(without(leg).parties);
    more.add(
        new Party(
            Role.AGENT,
            agent.value(),
            Optional.of(leg),
            Optional.of(offer),
            Connection.ALERTING,
            at));
    return parties(more);
  }

  private Call supervised(Party supervisor) {
    Call others = without(supervisor.leg().orElseThrow());
    var more = new ArrayList<>(others.parties);
    more.add(supervisor);
    return others.parties(more);
  }

  /// The caller alone, wherever they are: the PBX will say.
  public Call unplaced(Instant at) {
    return parties(List.of(Party.caller(Connection.INITIATED, at)))
        .with(new CallState.InScript(Optional.empty()))
        .fell(false);
  }

  /// It rings no more, and nothing is wanted of it any more.
  public Call without(LegId leg) {
    return parties(parties.stream().filter(party -> !party.on(leg)).toList())
        .forgets(one -> one instanceof PbxCommand.OfLeg of && of.leg().equals(leg));
  }

  private Call connect(AgentId agent, LegId leg, Instant at) {
    Optional<OfferId> offer = on(leg).flatMap(Party::offer);
    var more = new ArrayList<>(without(leg).parties);
    more.add(
        new Party(Role.AGENT, agent.value(), Optional.of(leg), offer, Connection.CONNECTED, at));
    return parties(more).caller(Connection.CONNECTED, at);
  }

  private Call caller(Connection connection, Instant at) {
    return each(party -> party.role() == Role.CALLER ? party.with(connection, at) : party);
  }

  private Call agents(Connection connection, Instant at) {
    return each(
        party ->
            party.role() == Role.AGENT && party.connection() != Connection.ALERTING
                ? party.with(connection, at)
                : party);
  }

  private Call each(UnaryOperator<Party> change) {
    return parties(parties.stream().map(change).toList());
  }

  private Call parties(List<Party> other) {
    return new Call(
        id,
        contact,
        from,
        dialed,
        arrived,
        state,
        List.copyOf(other),
        fellBack,
        consultation,
        recording,
        ordered);
  }

  private Call with(CallState other) {
    return new Call(
        id,
        contact,
        from,
        dialed,
        arrived,
        other,
        parties,
        fellBack,
        consultation,
        recording,
        ordered);
  }

  private Call fell(boolean back) {
    return new Call(
        id, contact, from, dialed, arrived, state, parties, back, consultation, recording, ordered);
  }

  private Call consulting(Optional<CallId> own) {
    return new Call(
        id, contact, from, dialed, arrived, state, parties, fellBack, own, recording, ordered);
  }

  /// The recording that goes on; empty: there is none.
  public Optional<TalkRecording> recorded() {
    return recording.filter(one -> !one.ended());
  }

  /// When its pause is over by itself; empty: it is not, or there is none.
  public Optional<Instant> recordingResumes() {
    return recorded().flatMap(TalkRecording::pause).flatMap(TalkRecording.Pause::until);
  }

  private Call recorded(UnaryOperator<TalkRecording> change) {
    return recording.map(change).map(this::recorded).orElse(this);
  }

  private Call recorded(TalkRecording other) {
    return new Call(
        id,
        contact,
        from,
        dialed,
        arrived,
        state,
        parties,
        fellBack,
        consultation,
        Optional.of(other),
        ordered);
  }

  private Call ordered(List<Ordered> other) {
    return new Call(
        id,
        contact,
        from,
        dialed,
        arrived,
        state,
        parties,
        fellBack,
        consultation,
        recording,
        List.copyOf(other));
  }

  private Call ordered(List<PbxCommand.TalkControl> commands, Instant at) {
    var more = new ArrayList<Ordered>();
    for (Ordered one : ordered) {
      if (commands.stream().noneMatch(one::givesWayTo)) more.add(one);
    }
    for (PbxCommand.TalkControl command : commands) more.add(new Ordered(command, at));
    return ordered(more);
  }

  /// How the talk is was told, whatever was wanted of it.
  ///
  /// @param next what was to come after that
  private Call settled(Class<? extends PbxCommand.TalkControl> next) {
    return forgets(one -> !(one instanceof PbxCommand.SuperviseBy) && !next.isInstance(one));
  }

  private Call forgets(Predicate<PbxCommand.TalkControl> orders) {
    if (ordered.isEmpty()) return this;
    return ordered(ordered.stream().filter(one -> !orders.test(one.command())).toList());
  }

  /// With whom the caller talks.
  public AgentId talker() {
    return new AgentId(talking().orElseThrow().who());
  }
}
