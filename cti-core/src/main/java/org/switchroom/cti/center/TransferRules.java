package org.switchroom.cti.center;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.center.Dialing.Dialed;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState.Handled;
import org.switchroom.cti.contact.ContactState.Handling;
import org.switchroom.cti.contact.ContactState.Parked;
import org.switchroom.cti.contact.Handover;
import org.switchroom.cti.event.ContactEvent.ContactTransferred;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.RecordingEnd;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;

/// Agents give a caller away by the desk, and ask nobody before. The agent's part is over at once;
/// the caller hears music until somebody has them, and what is known of them goes along.
///
/// ```
///   to a queue, a colleague ─▶ the hold ─▶ they wait ─▶ an agent
///   to a number             ─▶ it rings ─▶ answered: the PBX's alone
///                                 └─────▶ not: they wait where the talk came of
/// ```
final class TransferRules {
  /// Ends of talks after which the caller is on the way to the hold by our own wish.
  private static final Set<TalkEnd> GIVEN =
      EnumSet.of(TalkEnd.TRANSFERRED, TalkEnd.HELD_TOO_LONG, TalkEnd.LEFT_ON_HOLD);

  private TransferRules() {}

  /// A talk that can be given away.
  private record Talk(AgentSession agent, Contact contact, Call call, LegId leg, String why) {}

  /// @param leg on which the agent talks with the caller
  static Optional<Refusal> transfer(
      AgentSession agent, LegId leg, Input.Transfer asked, Deciding d) {
    Optional<Contact> contact = d.state().contact(asked.contact());
    Optional<Call> call = contact.flatMap(Contact::call).flatMap(d.state()::call);
    if (call.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    if (!d.state().connected(leg.pbx())) return Optional.of(Refusal.PBX_DOWN);
    var talk = new Talk(agent, contact.orElseThrow(), call.get(), leg, asked.why());
    return switch (asked) {
      case Input.TransferToAgent to -> toColleague(talk, to.colleague(), d);
      case Input.TransferToQueue to -> toQueue(talk, to.queue(), d);
      case Input.TransferToNumber to -> toNumber(talk, to.number(), d);
    };
  }

  /// In the queue that the talk came of, where others answer if the colleague does not.
  private static Optional<Refusal> toColleague(Talk talk, AgentId colleague, Deciding d) {
    if (colleague.equals(talk.agent().id())) return Optional.of(Refusal.TO_ONESELF);
    if (!AskedFirst.takesCalls(colleague, d)) return Optional.of(Refusal.COLLEAGUE_AWAY);
    QueueRequest before = ((Handling) talk.contact().state()).stay().request();
    QueueId queue = talk.contact().queue().orElseThrow();
    wait(talk, before.in(queue).to(colleague, AskedFirst.ALONE), colleague.value(), d);
    return Optional.empty();
  }

  /// Where the agent would have asked somebody: nobody was reached yet.
  static void toWhereAsked(
      AgentSession agent, Call call, LegId leg, Contact asked, QueueRequest request, Deciding d) {
    String why = asked.handover().map(Handover::why).orElse("");
    wait(new Talk(agent, d.contact(call), call, leg, why), request, request.queue().value(), d);
  }

  private static Optional<Refusal> toQueue(Talk talk, QueueId queue, Deciding d) {
    if (!d.plan().queueFor(talk.contact(), queue).equals(queue)) {
      return Optional.of(Refusal.NO_QUEUE);
    }
    ContactRules.music(talk.contact(), talk.contact().queue().orElseThrow(), queue, d);
    wait(talk, QueueRequest.of(queue), queue.value(), d);
    return Optional.empty();
  }

  /// Of queues where a caller would be given to, as they are now.
  static void places(Input.AskPlaces asked, Deciding d) {
    var places = new LinkedHashMap<QueueId, Integer>();
    Optional<Contact> contact = d.state().contact(asked.contact());
    for (QueueId queue : asked.queues()) {
      contact
          .filter(one -> d.plan().queueFor(one, queue).equals(queue))
          .map(one -> ContactRules.priority(one, QueueRequest.of(queue), d))
          .map(priority -> d.routing().router().placeOfNew(queue, priority, d.at()))
          .ifPresent(place -> place.ifPresent(found -> places.put(queue, found)));
    }
    d.effect(new Effect.TellPlaces(asked.question(), places));
  }

  private static void wait(Talk talk, QueueRequest request, String to, Deciding d) {
    givenAway(talk, Optional.of(request), to, d);
    ContactRules.takeBack(d.state().call(talk.call().id()).orElseThrow(), d);
    hangUp(talk, d);
  }

  private static Optional<Refusal> toNumber(Talk talk, String number, Deciding d) {
    AgentId agent = talk.agent().id();
    return switch (DialRules.dial(
        number, Dialing.Wish.PERSON, talk.call(), Optional.of(agent), d)) {
      case Dialed.Refused(var why) -> Optional.of(Refusal.notDialed(why.code(), why.message()));
      case Dialed.Allowed(var digits, _) -> {
        outside(talk, digits, DialRules.outside(talk.call(), digits, d), d);
        yield Optional.empty();
      }
    };
  }

  /// Where the agent has asked somebody.
  ///
  /// @param own the agent's own call in which they have answered; empty: nobody has, yet
  static void outside(
      AgentSession agent,
      Call call,
      LegId leg,
      String digits,
      Optional<CallId> own,
      String why,
      Deciding d) {
    PbxCommand command =
        own.<PbxCommand>map(with -> new PbxCommand.GiveToAsked(call.id(), with))
            .orElseGet(() -> DialRules.outside(call, digits, d));
    outside(new Talk(agent, d.contact(call), call, leg, why), digits, command, d);
  }

  private static void outside(Talk talk, String digits, PbxCommand command, Deciding d) {
    RecordingRules.stop(talk.call(), RecordingEnd.TALK_OVER, d);
    givenAway(talk, Optional.empty(), digits, d);
    d.effect(new Effect.Send(command));
    hangUp(talk, d);
  }

  private static void givenAway(Talk talk, Optional<QueueRequest> request, String to, Deciding d) {
    d.together(
        () -> {
          ContactRules.agentGone(talk.call(), talk.leg(), TalkEnd.TRANSFERRED, to, d);
          d.emit(
              new ContactTransferred(
                  talk.contact().id(),
                  talk.agent().id(),
                  request,
                  talk.why(),
                  talk.agent().typed(talk.contact().id())));
        });
  }

  /// Whether the PBX has not heard of it: the caller is still where they were given away, or
  /// parked.
  static boolean isLost(Call call, Contact contact, LiveCall live) {
    if (!isOnTheWay(call, contact)) return false;
    String by = contact.handover().orElseThrow().by().value();
    boolean withThem = live.leg().isPresent() && live.agent().equals(by);
    return switch (live.place()) {
      case TALKING -> withThem;
      // Also whose agent is gone.
      case HELD -> withThem || live.leg().isEmpty() || live.agent().isBlank();
      case IN_SCRIPT, QUEUED, FALLBACK, DIALING, ELSEWHERE -> false;
    };
  }

  /// To the hold, from an agent who has sent them there.
  private static boolean isOnTheWay(Call call, Contact contact) {
    return switch (contact.state()) {
      case Handled h ->
          GIVEN.contains(h.end())
              && contact.handover().map(Handover::by).filter(h.agent()::equals).isPresent();
      case Parked _ -> call.state() instanceof CallState.Released;
      default -> false;
    };
  }

  /// What was lost is done once more. A number is not dialed again: they wait as those do whom
  /// nobody has answered there. Who has answered there, and waits for them, has them.
  static void again(Call call, LiveCall live, Deciding d) {
    OwnCalls.withWhoWasReached(call, d)
        .ifPresentOrElse(
            own -> d.effect(new Effect.Send(new PbxCommand.GiveToAsked(call.id(), own.id()))),
            () -> ContactRules.takeBack(call, d));
    live.leg().ifPresent(leg -> d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg))));
  }

  /// After the caller has left the talk, who is never alone with nobody.
  private static void hangUp(Talk talk, Deciding d) {
    d.effect(new Effect.Send(new PbxCommand.HangUpLeg(talk.leg())));
  }
}
