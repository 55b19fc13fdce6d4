package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState.Held;
import org.switchroom.cti.call.Party;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState.Handling;
import org.switchroom.cti.event.CallEvent.CallHeld;
import org.switchroom.cti.event.CallEvent.HoldTimed;
import org.switchroom.cti.event.ContactEvent.ContactReturned;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;

/// Nobody is forgotten on hold: the agent is reminded of them, and then they go back to the queue
/// that the talk came of, as one whom the agent has given away. So they do where the agent's phone
/// is gone meanwhile. The same agent is asked first, and then whoever is, before all others who
/// wait. Nobody is hung up.
///
/// ```
///   on hold ─▶ the desk says so ─▶ and again each minute ─▶ the hold ─▶ the same agent ─▶ anybody, first
/// ```
final class HoldRules {
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /// What cannot be done now is tried so much later.
  private static final Duration LATER = Duration.ofSeconds(10);

  private HoldRules() {}

  /// An agent puts the caller on hold.
  static void held(Call call, AgentId agent, boolean onPhone, Deciding d) {
    HoldCare care = care(call, d.plan(), d);
    d.emit(
        new CallHeld(
            call.id(),
            call.contact(),
            agent,
            onPhone,
            reminder(d.at(), care),
            Optional.of(d.at().plus(care.back()))));
    SupervisionRules.nobodyBargesIn(call, d);
  }

  private static Optional<Instant> reminder(Instant since, HoldCare care) {
    return care.reminder().isZero() ? Optional.empty() : Optional.of(since.plus(care.reminder()));
  }

  /// As the queue has it that the talk came of.
  private static HoldCare care(Call call, CenterPlan plan, Deciding d) {
    return d.contact(call)
        .queue()
        .flatMap(plan::queue)
        .map(QueueSettings::hold)
        .orElse(HoldCare.REMINDS);
  }

  /// Where another configuration says otherwise, it is so of those who are on hold already, from
  /// when they were put there.
  static void configured(CenterPlan before, Deciding d) {
    for (Call call : List.copyOf(d.state().calls())) {
      if (!(call.state() instanceof Held held)) continue;
      HoldCare care = care(call, d.plan(), d);
      if (care.equals(care(call, before, d))) continue;
      Optional<Instant> reminder =
          held.reminded() == 0
              ? reminder(held.since(), care)
              : held.reminder().filter(_ -> !care.reminder().isZero());
      timed(call, held.reminded(), reminder, held.since().plus(care.back()), d);
    }
  }

  /// The agent takes them back: it is for the PBX to say when they have them.
  static void retrieving(Call call, Deciding d) {
    if (!(call.state() instanceof Held held)) return;
    Instant later = d.at().plus(LATER);
    if (held.back().filter(later::isAfter).isEmpty()) return;
    timed(call, held.reminded(), held.reminder(), later, d);
  }

  private static void timed(
      Call call, int reminded, Optional<Instant> reminder, Instant back, Deciding d) {
    d.emit(new HoldTimed(call.id(), call.contact(), reminded, reminder, Optional.of(back)));
  }

  /// One of the two times has come.
  static void due(Call call, Deciding d) {
    if (!(call.state() instanceof Held held)) return;
    if (held.back().filter(at -> !at.isAfter(d.at())).isPresent()) {
      returns(call, held, d);
      return;
    }
    d.emit(
        new HoldTimed(
            call.id(),
            call.contact(),
            held.reminded() + 1,
            Optional.of(d.at().plus(AGAIN)),
            held.back()));
  }

  private static void returns(Call call, Held held, Deciding d) {
    if (!d.state().connected(call.id().pbx()) || isKept(call, held, d)) {
      timed(call, held.reminded(), held.reminder(), d.at().plus(LATER), d);
      return;
    }
    LegId leg = call.talking().flatMap(Party::leg).orElseThrow();
    goesBack(call, held, leg, TalkEnd.HELD_TOO_LONG, d);
    // After the caller has left the talk, who is never alone with nobody.
    d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg)));
  }

  /// The agent's phone is gone, as one whose handset was put down: nobody has said goodbye. Who
  /// hangs up by the desk has ended the call, and a colleague who is asked their part.
  ///
  /// @return whether the caller goes back
  static boolean left(Call call, LegId leg, Deciding d) {
    if (!(call.state() instanceof Held held) || held.onPhone()) return false;
    Contact contact = d.contact(call);
    boolean talks =
        contact.state() instanceof Handling talk && talk.leg().filter(leg::equals).isPresent();
    if (!talks || contact.isConsultation()) return false;
    if (ControlRules.isAsked(call, new PbxCommand.HangUpLeg(leg), d)) return false;
    goesBack(call, held, leg, TalkEnd.LEFT_ON_HOLD, d);
    return true;
  }

  private static void goesBack(Call call, Held held, LegId leg, TalkEnd end, Deciding d) {
    Contact contact = d.contact(call);
    Handling talk = (Handling) contact.state();
    InHand hand =
        d.state()
            .agent(talk.agent())
            .flatMap(agent -> agent.has(contact.id(), talk.stay().number()))
            .orElseThrow();
    Draft draft = hand.draft();
    d.together(
        () -> {
          ContactRules.agentGone(call, leg, end, d);
          d.emit(
              new ContactReturned(
                  contact.id(),
                  talk.agent(),
                  request(talk, d),
                  Duration.between(talk.since(), d.at()),
                  Duration.between(held.since(), d.at()),
                  draft));
        });
    ContactRules.takeBack(d.state().call(call.id()).orElseThrow(), d);
  }

  /// Whose agent asks somebody, or whom a closed queue would send away, is left with the agent who
  /// has them, as long as can be: the dialplan would end the hold.
  private static boolean isKept(Call call, Held held, Deciding d) {
    boolean last = !held.since().plus(HoldCare.LONGEST).isAfter(d.at());
    return !last && (call.consultation().isPresent() || isClosed(d.contact(call), d));
  }

  /// Whether the contact's queue is, by its hours.
  static boolean isClosed(Contact contact, Deciding d) {
    return contact
        .queue()
        .flatMap(d.plan()::queue)
        .flatMap(queue -> queue.routing().hours())
        .filter(hours -> !hours.openAt(d.at().plus(d.wallAhead())))
        .isPresent();
  }

  /// Who goes on a break now is not waited for.
  private static QueueRequest request(Handling talk, Deciding d) {
    QueueRequest first = talk.stay().request().in(talk.stay().queue()).beforeAll();
    return AskedFirst.takesCalls(talk.agent(), d)
        ? first.to(talk.agent(), AskedFirst.ALONE)
        : first;
  }
}
