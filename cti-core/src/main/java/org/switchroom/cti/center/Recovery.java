package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.call.CallEvent;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.call.Wish;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.EndedCall;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.task.Task;

/// Takes up what is there, after a start and after a lost link: agents as they were told, calls as
/// the PBX has them, with what an earlier run knew of them. It runs inside the [Center], on its
/// thread.
final class Recovery {
  /// How long only the agent is asked whose phone rang when the last run ended.
  private static final Duration ASKED_AGAIN = Duration.ofSeconds(20);

  /// Calls whose end is in the history, so that a PBX that was not told is told again, and they are
  /// not counted twice. More are forgotten from the oldest.
  private static final int MOST_CLOSED = 10_000;

  /// Why the router has somebody not ready whose phone did not answer; it did, as it turns out.
  private static final Set<String> REFUSED =
      Set.of(
          AgentState.Reasons.NO_ANSWER,
          AgentState.Reasons.DECLINED,
          AgentState.Reasons.PHONE_BUSY,
          AgentState.Reasons.PHONE_UNREACHABLE);

  private final Center center;
  private final Floor floor;
  private final Board board;
  private final Offers offers;
  private final Seats seats;
  private final Tasks tasks;
  private final Consumer<Effect> out;

  /// Calls of an earlier run, until the PBX says what became of them.
  private final Map<CallId, CallSeen> kept = new LinkedHashMap<>();

  private final Set<CallId> closed = new LinkedHashSet<>();

  /// Whose agent's phone rings already, until they are offered; null: nobody.
  private LiveCall adopting;

  Recovery(
      Center center,
      Floor floor,
      Board board,
      Offers offers,
      Seats seats,
      Tasks tasks,
      Consumer<Effect> out) {
    this.center = center;
    this.floor = floor;
    this.board = board;
    this.offers = offers;
    this.seats = seats;
    this.tasks = tasks;
    this.out = out;
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  void begin(Instant at, Standing standing) {
    standing.calls().forEach(seen -> kept.put(new CallId(seen.call()), seen));
    closed.addAll(standing.closed());
    var workers = new HashMap<String, AgentId>();
    standing
        .seats()
        .forEach(
            (agent, seat) -> {
              seats.restore(agent, seat, () -> sitDown(at, agent, seat));
              if (floor.settings(agent) != null) workers.put(seat.task(), agent);
            });
    workers.remove("");
    // Those first that somebody is at, so that they are offered nothing else meanwhile.
    for (Task task : standing.tasks()) {
      AgentId worker = workers.get(task.id());
      if (worker != null) tasks.arrived(at, task, worker);
    }
    for (Task task : standing.tasks()) tasks.arrived(at, task, null);
  }

  /// As the agent was last told, by an earlier run; their desk has a while to come back.
  private void sitDown(Instant at, AgentId agent, SeatChanged seat) {
    if (floor.settings(agent) == null) return;
    if (seat.wrapUp() != null) wrapUpAgain(at, agent, seat.wrapUp());
    boolean out = seat.presence() == SeatChanged.Presence.LOGGED_OUT;
    if (out && seat.wrapUp() == null) return;
    center.tell(new AcdEvent.AgentLoggedIn(at, agent));
    if (out) center.tell(new AcdEvent.AgentLoggedOut(at, agent));
    else if (seat.presence() == SeatChanged.Presence.READY) {
      // They will be, after a wrap-up that goes on.
      if (seat.wrapUp() == null) center.tell(new AcdEvent.AgentReady(at, agent));
    } else if (!seat.reason().equals(AgentState.Reasons.LOGGED_IN)) {
      center.tell(new AcdEvent.AgentNotReady(at, agent, seat.reason()));
    }
    floor.deskAwaited(at, agent);
  }

  /// What was not said yet of a call is asked again; the time it may take goes on from where it
  /// began.
  private void wrapUpAgain(Instant at, AgentId agent, SeatChanged.WrapUp wrapUp) {
    Call call = Call.of(wrapUp.call());
    Instant since = wrapUp.since().isAfter(at) ? at : wrapUp.since();
    QueueId queue = queue(wrapUp.call().queue());
    ContactId contact = Contacts.wrappedUp(call.id);
    center.tell(new AcdEvent.ContactAdopted(since, contact, queue, agent));
    floor.popped(agent, center.pop(call, board.settings(queue), since), contact);
    center.tell(new AcdEvent.ContactEnded(since, contact));
    identify(call);
  }

  /// The agent has the contact in their hands, and is otherwise as they were told.
  void adopt(Instant at, ContactId contact, QueueId queue, AgentId agent) {
    SeatChanged seat = seats.of(agent);
    center.tell(new AcdEvent.AgentLoggedIn(at, agent));
    endWrapUp(at, agent, seat);
    center.tell(new AcdEvent.ContactAdopted(at, contact, queue, agent));
    if (seat == null) return;
    switch (seat.presence()) {
      case READY -> {}
      case NOT_READY -> {
        if (!REFUSED.contains(seat.reason())) {
          center.tell(new AcdEvent.AgentNotReady(at, agent, seat.reason()));
        }
      }
      case LOGGED_OUT -> center.tell(new AcdEvent.AgentLoggedOut(at, agent));
    }
  }

  /// Who has the next contact in their hands has ended the wrap-up before, and we had not written
  /// it down yet. Nothing else is offered to them meanwhile.
  private void endWrapUp(Instant at, AgentId agent, SeatChanged seat) {
    if (seat == null || seat.wrapUp() == null) return;
    ContactId before = Contacts.wrappedUp(new CallId(seat.wrapUp().call().call()));
    if (!center.has(agent, before)) return;
    center.tell(new AcdEvent.PhoneChanged(at, agent, false));
    center.tell(new AcdEvent.WrapUpCompleted(at, before));
  }

  // ── Calls ───────────────────────────────────────────────────────────────────────────────────

  /// The PBX is the truth about live calls: what it does not name is over, what it names and we do
  /// not know is taken up.
  void synchronize(PbxEvent.Synchronized news) {
    Instant at = news.at();
    var live = news.calls();
    var alive = new HashSet<CallId>();
    var liveLegs = new HashSet<LegId>();
    for (LiveCall call : live) {
      alive.add(call.call());
      liveLegs.add(call.leg());
    }
    var ended = new HashMap<CallId, EndedCall>();
    news.ended().forEach(call -> ended.put(call.call(), call));
    for (CallId known : center.liveCallIds()) {
      if (!alive.contains(known)) {
        center.move(known, new CallEvent.Ended(endOf(at, ended.remove(known))));
      }
    }
    for (LegId leg : news.alone()) out.accept(new Effect.Command(new PbxCommand.HangUpLeg(leg)));
    for (LegId leg : offers.legs()) {
      if (!liveLegs.contains(leg)) center.offerLost(at, leg);
    }
    // Those first whose phones ring, so that their agents are given to nobody else.
    for (LiveCall call : live) if (rings(call)) takeUpRinging(at, call);
    for (LiveCall call : live) takeUp(at, call, liveLegs);
    ended.values().forEach(call -> closeUnseen(at, call));
    for (CallSeen seen : List.copyOf(kept.values())) close(at, Call.of(seen), null);
    kept.clear();
  }

  /// Held by the dialplan, with a leg of an earlier run that rings for them.
  private boolean rings(LiveCall live) {
    return (live.place() == Place.HELD || live.place() == Place.FALLBACK)
        && live.leg() != null
        && floor.known(live.agent()) != null
        && center.call(live.call()) == null;
  }

  /// The agent is asked first and has the phone that rings: the offer is made for the leg that is
  /// there. Where they cannot be offered any more, the leg is hung up and the caller waits.
  private void takeUpRinging(Instant at, LiveCall live) {
    AgentId agent = floor.known(live.agent());
    adopting = live;
    center.tell(new AcdEvent.PhoneChanged(at, agent, true));
    takeUpUnknown(at, live, new Wish(live.priority(), Center.ask(live.ask()), agent, ASKED_AGAIN));
    boolean adopted = adopting == null;
    adopting = null;
    if (!adopted) {
      out.accept(new Effect.Command(new PbxCommand.CancelRing(live.call(), live.leg())));
      center.tell(new AcdEvent.PhoneChanged(at, agent, false));
    }
    if (live.place() == Place.FALLBACK) center.exits().fellBack(live.call());
  }

  /// The leg that rings already for an offer that is being made; null: none does.
  LegId adopted(CallId call, AgentId agent) {
    LiveCall live = adopting;
    boolean rings = live != null && live.call().equals(call) && live.agent().equals(agent.value());
    if (!rings) return null;
    adopting = null;
    return live.leg();
  }

  private void takeUp(Instant at, LiveCall live, Set<LegId> liveLegs) {
    Call known = center.call(live.call());
    if (known == null) {
      takeUpUnknown(
          at, live, new Wish(live.priority(), Center.ask(live.ask()), null, Duration.ZERO));
      return;
    }
    if (known.state instanceof CallState.Talking talk && !liveLegs.contains(talk.leg())) {
      center.move(known.id, new CallEvent.AgentGone(at, talk.leg()));
    }
    switch (live.place()) {
      case HELD -> center.held(at, known.id, since(at, live));
      case FALLBACK -> {
        center.held(at, known.id, since(at, live));
        center.exits().fellBack(known.id);
      }
      case TALKING, PARKED -> takeUpTalk(at, known, live);
      case IN_SCRIPT, DIALING, ELSEWHERE -> {}
    }
  }

  /// An offer that was out when the link was lost may have been answered since.
  private void takeUpTalk(Instant at, Call known, LiveCall live) {
    AgentId agent = floor.known(live.agent());
    if (live.leg() == null || agent == null) return;
    if (known.state instanceof CallState.Waiting waiting && !offers.has(live.leg())) {
      center.waitOver(known, waiting);
      center.tell(new AcdEvent.ContactLeft(at, Contacts.of(known)));
      talks(at, known, live, waiting.queue(), waiting.since(), at);
    } else {
      center.connected(at, live.leg());
      if (live.place() == Place.PARKED) center.move(known.id, new CallEvent.Parked(at));
    }
  }

  /// With what an earlier run knew of it, where it did.
  private void takeUpUnknown(Instant at, LiveCall live, Wish wish) {
    CallSeen seen = kept.remove(live.call());
    Call call =
        seen == null ? new Call(live.call(), live.from(), live.dialed(), at) : Call.of(seen);
    call.speaks(live.language());
    CallState before = call.state;
    center.begin(call);
    Instant since = since(at, live);
    if (seen != null && seen.queued() != null) since = earlier(seen.queued(), since);
    QueueId queue = queue(live.queue().isEmpty() && seen != null ? seen.queue() : live.queue());
    boolean talks = live.place() == Place.TALKING || live.place() == Place.PARKED;
    if (talks && floor.known(live.agent()) != null && live.leg() != null) {
      Instant answered = seen != null && seen.answered() != null ? seen.answered() : at;
      talks(at, call, live, queue, since, answered);
    } else {
      if (before instanceof CallState.Talking talk) talkEnded(at, call, talk);
      switch (live.place()) {
        case HELD, FALLBACK -> {
          if (before instanceof CallState.Away(var from, _, _)) since = from.since();
          // Who is taken back is so before a phone rings for them.
          boolean back = live.place() == Place.FALLBACK && adopting == null;
          if (back) center.exits().takeBack(call.id);
          center.enter(at, call, new CallState.Waiting(queue, wish, since));
        }
        case DIALING, IN_SCRIPT, TALKING, PARKED, ELSEWHERE -> {
          // Their session was the last run's, and may not have ended.
          if (live.place() == Place.IN_SCRIPT) center.scriptStarts().expect(at, call.id);
          if (before instanceof CallState.Waiting waiting) {
            call.state = new CallState.Away(waiting, at, false);
          }
        }
      }
    }
    identify(call);
  }

  private void talks(
      Instant at, Call call, LiveCall live, QueueId queue, Instant since, Instant answered) {
    AgentId agent = floor.known(live.agent());
    call.state =
        new CallState.Talking(
            queue, since, answered, agent, live.leg(), live.place() == Place.PARKED);
    floor.talks(agent, live.leg(), call.id);
    center.changed(agent);
    board.answered(queue, Duration.between(since, answered));
    adopt(at, Contacts.of(call), queue, agent);
    showPop(at, call, queue, agent);
    center.note(at, call);
  }

  /// The agent's leg has ended unseen: they are asked what the call was about.
  private void talkEnded(Instant at, Call call, CallState.Talking talk) {
    call.state = new CallState.Released(talk, at);
    if (floor.settings(talk.agent()) == null || wrapsUp(talk.agent(), call.id)) return;
    QueueId queue = queue(talk.queue().value());
    adopt(at, Contacts.of(call), queue, talk.agent());
    showPop(at, call, queue, talk.agent());
    center.tell(new AcdEvent.ContactEnded(at, Contacts.of(call)));
  }

  /// Already, as it was written down.
  private boolean wrapsUp(AgentId agent, CallId call) {
    return center.has(agent, Contacts.wrappedUp(call));
  }

  private void showPop(Instant at, Call call, QueueId queue, AgentId agent) {
    if (!center.has(agent, Contacts.of(call))) return;
    center.showPop(agent, center.pop(call, board.settings(queue), at), Contacts.of(call));
  }

  // ── What is over ────────────────────────────────────────────────────────────────────────────

  /// The PBX remembers a call of which we saw no end, or of which it was not told that we did.
  private void closeUnseen(Instant at, EndedCall ended) {
    if (closed.contains(ended.call())) {
      out.accept(new Effect.Command(new PbxCommand.Forget(ended.call())));
      return;
    }
    CallSeen seen = kept.remove(ended.call());
    Instant arrived = ended.arrived() == null ? ended.ended() : ended.arrived();
    Call call =
        seen != null
            ? Call.of(seen)
            : new Call(ended.call(), ended.from(), ended.dialed(), earlier(arrived, at));
    close(at, call, ended);
  }

  /// @param ended what the PBX remembers; null: nothing
  private void close(Instant at, Call call, EndedCall ended) {
    center.begin(call);
    CallState last = last(call, ended);
    if (last instanceof CallState.Talking talk && worked(talk.agent())) talkEnded(at, call, talk);
    Instant end = endOf(at, ended);
    ContactRecord record = call.record(new CallState.Ended(end, last));
    center.closed(call, record);
    if (record.queued() == null || !board.knows(record.queue())) return;
    var queue = new QueueId(record.queue());
    if (record.outcome() == ContactRecord.Outcome.ABANDONED) {
      board.abandoned(queue);
    } else if (record.answered() != null) {
      board.answered(queue, Duration.between(record.queued(), record.answered()));
    }
    center.changed(queue);
  }

  /// Whether the agent was logged in, also where the PBX's own queue had them answer.
  private boolean worked(AgentId agent) {
    SeatChanged seat = seats.of(agent);
    return seat != null && seat.presence() != SeatChanged.Presence.LOGGED_OUT;
  }

  /// What the call was before its end, by what either has seen.
  private CallState last(Call call, EndedCall ended) {
    if (ended == null) return call.state;
    return switch (call.state) {
      case CallState.InScript _, CallState.Placed _ when ended.queued() != null -> {
        var waiting = new CallState.Waiting(queue(ended.queue()), Wish.NONE, ended.queued());
        yield ended.answered() == null ? waiting : answered(waiting, ended);
      }
      case CallState.Waiting waiting when ended.answered() != null -> answered(waiting, ended);
      default -> call.state;
    };
  }

  private CallState answered(CallState.Waiting waiting, EndedCall ended) {
    AgentId agent =
        ended.agent().isEmpty() ? floor.withPhone(ended.phone()) : new AgentId(ended.agent());
    Instant since = earlier(waiting.since(), ended.answered());
    return new CallState.Talking(
        waiting.queue(), since, ended.answered(), agent, new LegId("unseen"), false);
  }

  private static Instant endOf(Instant at, EndedCall ended) {
    return ended == null ? at : earlier(ended.ended(), at);
  }

  private static Instant since(Instant at, LiveCall live) {
    return live.arrived() == null ? at : earlier(live.arrived(), at);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /// What is said of a call after its end begins no call.
  boolean isOver(CallId call) {
    return closed.contains(call);
  }

  /// The call's end goes into the history.
  void over(CallId call) {
    closed.add(call);
    if (closed.size() <= MOST_CLOSED) return;
    var oldest = closed.iterator();
    oldest.next();
    oldest.remove();
  }

  // ── Small things ────────────────────────────────────────────────────────────────────────────

  private void identify(Call call) {
    out.accept(new Effect.Identify(call.id, call.customer(), call.from));
  }

  /// A queue that is not there any more is the one for everybody else.
  private QueueId queue(String name) {
    return board.knows(name) ? new QueueId(name) : center.otherwise();
  }
}
