package org.switchroom.cti.center;

import java.time.Instant;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.call.Party;
import org.switchroom.cti.call.Party.Connection;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.CallEvent.CallConnected;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.CallEvent.CallQueued;
import org.switchroom.cti.event.CallEvent.CallRetrieved;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.ConsultationEnd;
import org.switchroom.cti.event.ContactEvent.ContactUnparked;
import org.switchroom.cti.event.ContactEvent.FallbackTalked;
import org.switchroom.cti.event.ContactEvent.OfferRinging;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.DialProgress;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.ParkEnd;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.RecordingEnd;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneState;

/// What follows from the PBX's facts. Those that come late, twice or out of order are ordinary:
/// what fits no more changes nothing.
final class CallRules {
  private CallRules() {}

  static void on(PbxEvent fact, Deciding d) {
    switch (fact) {
      case PbxEvent.CallArrived(_, var id, var from, var dialed, var name) -> {
        // The script's own word may have come first.
        if (d.state().call(id).isPresent() || OwnCalls.isNobodys(id, d)) return;
        if (d.state().isOver(id)) return;
        CutOffRules.toScript(CutOffRules.comes(id, from, dialed, name, d.at(), d), d);
      }
      case PbxEvent.CallQueued(_, var id) ->
          d.state().call(id).ifPresent(call -> queued(call, d.at(), d));
      case PbxEvent.CallHeld(_, var id) -> d.state().call(id).ifPresent(call -> held(call, d));
      case PbxEvent.CallFellBack(_, var id) ->
          d.state().call(id).ifPresent(call -> ContactRules.fellBack(call, d));
      case PbxEvent.CallEnded(_, var id) ->
          d.state().call(id).ifPresent(call -> ended(call, d.at(), true, d));
      case PbxEvent.KeyPressed(_, var id, var key) ->
          d.state().call(id).ifPresent(call -> keyPressed(call, key, d));
      case PbxEvent.CallerKeyed(_, var id) ->
          d.state().call(id).ifPresent(call -> RecordingRules.keyed(call, d));
      case PbxEvent.RecordingBegan(_, var id, var recording) ->
          d.state().call(id).ifPresent(call -> RecordingRules.began(call, recording, d));
      case PbxEvent.RecordingEnded(_, var id) ->
          d.state().call(id).ifPresent(call -> RecordingRules.ended(call, d));
      case PbxEvent.LegRinging(_, var leg) -> legRinging(leg, d);
      case PbxEvent.LegConnected(_, var leg) -> connected(leg, d);
      case PbxEvent.LegEnded(_, var leg, var end) -> legEnded(leg, end, d);
      case PbxEvent.SupervisorConnected(_, var leg, var how) ->
          SupervisionRules.connected(leg, how, d);
      case PbxEvent.CallTransferred(_, var leg, var to) ->
          d.state().callOn(leg).ifPresent(call -> transferred(call, leg, to, d));
      case PbxEvent.PhoneConnected(_, var id, var phone, var leg) ->
          PhoneRules.connected(id, phone, leg, d);
      case PbxEvent.CallConferenced(_, var id, var own) ->
          d.state().call(id).ifPresent(call -> ConsultRules.conferenced(call, own, d));
      case PbxEvent.NumberReached(_, var id) ->
          OutboundRules.progressed(id, DialProgress.REACHED, d);
      case PbxEvent.NumberNotReached(_, var id, var why) ->
          OutboundRules.progressed(id, progress(why), d);
      case PbxEvent.CallPutThrough(_, var id, var own) -> PhoneRules.putThrough(id, own, d);
      case PbxEvent.PhoneHeld(_, var leg, var held) -> PhoneRules.held(leg, held, d);
      case PbxEvent.PhoneChanged(_, var pbx, var phone, var state) -> {
        if (d.state().phoneState(pbx, phone) != state) {
          d.emit(new CenterEvent.PhoneChanged(pbx, phone, state));
          if (state == PhoneState.RINGING_IN_USE) ownCall(pbx, phone, d);
        }
      }
      case PbxEvent.Disconnected(_, var pbx, var reason) ->
          d.emit(new CenterEvent.PbxDisconnected(pbx, reason));
      case PbxEvent.Synchronized _, PbxEvent.Compared _ ->
          throw new IllegalArgumentException("A PBX's list is taken call by call.");
    }
  }

  private static DialProgress progress(PbxEvent.NotReached why) {
    return switch (why) {
      case BUSY -> DialProgress.BUSY;
      case NO_ANSWER -> DialProgress.NO_ANSWER;
      case FAILED -> DialProgress.FAILED;
    };
  }

  // ── Coming ──────────────────────────────────────────────────────────────────────────────────

  /// The dialplan holds the caller: they wait where their script has sent them, where they were, or
  /// in the default queue.
  ///
  /// @param since when the wait began, for those of whom nothing else is known
  static void queued(Call call, Instant since, Deciding d) {
    Contact contact = d.contact(call);
    if (contact.isUnreached()) {
      OutboundRules.held(call, contact, d);
      return;
    }
    if (contact.waits() || contact.state() instanceof ContactState.Handling) return;
    // The dialplan's word may come twice.
    if (contact.parked() && call.state() instanceof CallState.Queued) return;
    if (OwnCalls.comesTooLate(call, contact, d)) return;
    if (ConsultRules.dials(call, contact, d)) return;
    SupervisionRules.callIsElsewhere(call, d);
    if (isBlocked(contact, d)) return;
    d.emit(new CallQueued(call.id(), call.contact()));
    QueueId other = d.plan().settings().defaultQueue();
    switch (contact.state()) {
      case ContactState.Selecting(var chosen, var at) -> {
        if (chosen.isPresent()) {
          ContactRules.queue(contact, chosen.get(), at, d);
        } else {
          var request = QueueRequest.of(other);
          ContactRules.queueUnasked(contact, request, Optional.empty(), since, d);
        }
      }
      case ContactState.Away away -> {
        Stay stay = away.stay();
        if (away.chosen().isPresent()) {
          ContactRules.queue(contact, away.chosen().get(), stay.since(), d);
        } else if (away.why() == StayEnd.PARKED) {
          ContactRules.queue(contact, stay.request().in(stay.queue()), d.at(), d);
        } else if (away.keepsPlace() || wasNotReached(call, contact)) {
          ContactRules.queueAgain(contact, stay, d);
        } else {
          var request = QueueRequest.of(other);
          ContactRules.queueUnasked(contact, request, contact.queue(), stay.since(), d);
        }
      }
      // Whom an agent has given away waits from the moment in which the PBX holds them.
      case ContactState.Handled(var stay, _, _, _, var end, var chosen, var at) ->
          ContactRules.queue(
              contact,
              contact.sentOn(chosen.orElse(QueueRequest.of(stay.queue()))),
              chosen.isPresent() && end != TalkEnd.TRANSFERRED ? at : d.at(),
              d);
      case ContactState.CutOff cut ->
          ContactRules.queueUnasked(
              contact, CutOffRules.again(cut), Optional.empty(), cut.since(), d);
      case ContactState.Queued _,
          ContactState.Offered _,
          ContactState.Handling _,
          ContactState.Parked _,
          ContactState.Closed _ -> {}
    }
  }

  /// Who comes to the hold and was not asked for on the way, as where no script could be reached.
  private static boolean isBlocked(Contact contact, Deciding d) {
    boolean comes = contact.state() instanceof ContactState.Selecting && !contact.isConsultation();
    String number = contact.arrival().from().value();
    if (!comes || !d.plan().blocks(number, d.at().plus(d.wallAhead()))) return false;
    if (!contact.script().ending().equals(Input.BLOCKED)) {
      d.emit(ScriptRules.notTaken(contact.id()));
    }
    contact.call().ifPresent(call -> d.effect(new Effect.Send(new PbxCommand.HangUpCall(call))));
    return true;
  }

  /// The number that their queue has sent them to is busy or silent: they wait where they waited,
  /// and it is tried once more when they have waited as long again. Whom it was tried for often
  /// enough, with a rule that is not about a wait at once, waits in the default queue.
  private static boolean wasNotReached(Call call, Contact contact) {
    return call.state() instanceof CallState.Away(var dialing, _, _)
        && dialing
        && contact.diversions() < ContactRules.MOST_DIVERSIONS - 1;
  }

  /// By the dialplan, for the desk; also whom the phone had put on hold in this moment.
  static void held(Call call, Deciding d) {
    boolean onPhone = call.isHeldOnPhone();
    if (onPhone) d.emit(new CallRetrieved(call.id(), call.contact(), call.talker()));
    if (onPhone || call.state() instanceof CallState.Talking) {
      HoldRules.held(call, call.talker(), false, d);
    }
  }

  // ── Legs ────────────────────────────────────────────────────────────────────────────────────

  private static void legRinging(LegId leg, Deciding d) {
    alerting(leg, d)
        .ifPresent(
            on -> d.emit(new OfferRinging(on.contact().id(), on.offer().id(), on.offer().agent())));
    ControlRules.rings(leg, d);
  }

  /// Caller and agent hear each other: for the first time, or again. Whom the phone itself holds
  /// the PBX connects all the same, and only the phone takes them off.
  static void connected(LegId leg, Deciding d) {
    if (TakeOverRules.talks(leg, d) || OutboundRules.answered(leg, d)) return;
    Optional<OfferOn> alerting = alerting(leg, d);
    if (alerting.isPresent()) {
      OfferOn offered = alerting.get();
      d.together(
          () -> {
            d.emit(
                new CallConnected(
                    offered.call().id(), offered.contact().id(), offered.offer().agent(), leg));
            ContactRules.answered(offered.contact(), offered.offer(), Optional.of(leg), d);
          });
      return;
    }
    d.state()
        .callOn(leg)
        .filter(call -> call.state() instanceof CallState.Held held && !held.onPhone())
        .ifPresent(call -> d.emit(new CallRetrieved(call.id(), call.contact(), call.talker())));
  }

  /// Before the talk it refuses the offer; in the talk the agent has hung up.
  static void legEnded(LegId leg, LegEnd end, Deciding d) {
    if (SupervisionRules.legEnded(leg, d) || OutboundRules.legEnded(leg, d)) return;
    Optional<OfferOn> alerting = alerting(leg, d);
    if (alerting.isPresent()) {
      OfferOn offered = alerting.get();
      ContactRules.offerEnded(
          offered.contact(), offered.offer(), offerEnd(offered, leg, end, d), d);
      return;
    }
    // The caller's own end comes.
    if (end == LegEnd.CALLER_GONE) return;
    d.state()
        .callOn(leg)
        .ifPresent(
            call -> {
              // Whom a supervisor takes over in this moment is not alone.
              boolean alone = call.takingOver().isEmpty();
              if (alone && ConsultRules.hungUp(call, leg, d)) return;
              if (alone && HoldRules.left(call, leg, d)) return;
              boolean held = call.isHeld() && alone;
              ContactRules.agentGone(call, leg, TalkEnd.AGENT_LEFT, d);
              // Nobody is left to take the caller off hold.
              if (held) d.effect(new Effect.Send(new PbxCommand.HangUpCall(call.id())));
            });
  }

  /// The agent has begun a call in the moment in which their phone was rung: they have missed
  /// nothing, and the next is asked.
  private static void ownCall(PbxId pbx, String phone, Deciding d) {
    for (AgentId agent : d.phones().with(phone)) {
      d.state().agent(agent).stream()
          .flatMap(session -> session.contacts().stream())
          .flatMap(one -> one.leg().stream())
          .filter(leg -> leg.pbx().equals(pbx))
          .map(leg -> alerting(leg, d))
          .flatMap(Optional::stream)
          .forEach(on -> ContactRules.withdrawn(on.contact(), on.offer(), OfferEnd.OWN_CALL, d));
    }
  }

  /// A phone whose agent calls somebody says that it is busy, or is not answered.
  private static boolean isInOwnCall(OfferOn on, LegId leg, Deciding d) {
    AgentId agent = on.offer().agent();
    boolean rang =
        d.state()
            .agent(agent)
            .flatMap(session -> session.has(on.contact().id()))
            .filter(one -> one.stage() == InHand.Stage.RINGING)
            .isPresent();
    return switch (d.phones().stateOf(agent, leg.pbx())) {
      case IN_USE, RINGING_IN_USE -> true;
      // For somebody else, such as a colleague who transfers a call.
      case RINGING -> !rang;
      case AVAILABLE, DO_NOT_DISTURB, UNREACHABLE, UNKNOWN -> false;
    };
  }

  private static OfferEnd offerEnd(OfferOn on, LegId leg, LegEnd end, Deciding d) {
    boolean missed = end == LegEnd.BUSY || end == LegEnd.NO_ANSWER;
    return missed && isInOwnCall(on, leg, d) ? OfferEnd.OWN_CALL : offerEnd(end);
  }

  static OfferEnd offerEnd(LegEnd end) {
    return switch (end) {
      case NO_ANSWER -> OfferEnd.NO_ANSWER;
      case BUSY -> OfferEnd.BUSY;
      case UNREACHABLE -> OfferEnd.UNREACHABLE;
      case DECLINED, HUNG_UP -> OfferEnd.DECLINED;
      // The caller's own end comes before; where it does not, nobody has done anything wrong.
      case CALLER_GONE -> OfferEnd.LOST;
    };
  }

  /// What rings on a leg.
  record OfferOn(Call call, Contact contact, ContactState.Offer offer) {}

  private static Optional<OfferOn> alerting(LegId leg, Deciding d) {
    return d.state()
        .callOn(leg)
        .flatMap(
            call ->
                call.on(leg)
                    .filter(party -> party.connection() == Connection.ALERTING)
                    .flatMap(Party::offer)
                    .flatMap(
                        id -> {
                          Contact contact = d.contact(call);
                          return contact.offer(id).map(offer -> new OfferOn(call, contact, offer));
                        }));
  }

  /// The agent's phone has given away whom it was with. Who asks somebody leaves by it, as by
  /// hanging up: whoever is asked has the caller. Who is asked has nobody to give away, and leaves,
  /// too.
  private static void transferred(Call call, LegId leg, String to, Deciding d) {
    if (ConsultRules.hungUp(call, leg, d)) return;
    boolean asked = d.contact(call).isConsultation();
    ContactRules.agentGone(call, leg, TalkEnd.TRANSFERRED, to, d);
    if (asked) OwnCalls.hangUp(call.id(), d);
  }

  // ── Ways out ────────────────────────────────────────────────────────────────────────────────

  /// A key takes up what the queue offers, also while a phone rings for the caller.
  private static void keyPressed(Call call, char key, Deciding d) {
    Contact contact = d.contact(call);
    if (!contact.waits() || contact.isConsultation()) return;
    if (!d.state().connected(call.id().pbx())) return;
    d.plan()
        .queue(contact.queue().orElseThrow())
        .map(queue -> queue.announcements().offers().get(key))
        .ifPresent(offer -> ContactRules.choose(contact, call, offer.script(), d));
  }

  // ── Over ────────────────────────────────────────────────────────────────────────────────────

  /// The caller's channel is over.
  ///
  /// @param ended not after the turn
  /// @param seen false: the PBX has lost it
  static void ended(Call call, Instant ended, boolean seen, Deciding d) {
    ContactOutcome outcome = outcome(d.contact(call), seen);
    over(call, d.notAfter(ended), seen ? Over.SEEN : Over.LOST, outcome, Optional.empty(), d);
  }

  /// Too many runs have failed at it: whatever becomes of it, we have no part in it any more. Who
  /// talks, talks on.
  ///
  /// @param talks the leg on which they do, where we may not know it yet
  static void setAside(Call call, Optional<LegId> talks, Deciding d) {
    over(call, d.at(), Over.SET_ASIDE, ContactOutcome.SET_ASIDE, talks, d);
  }

  /// How a call can be over, and what that is for its stay, its talk and its park.
  private enum Over {
    SEEN(StayEnd.ABANDONED, TalkEnd.CALLER_LEFT, ParkEnd.ABANDONED),
    LOST(StayEnd.PBX_FAULT, TalkEnd.PBX_FAULT, ParkEnd.PBX_FAULT),
    SET_ASIDE(StayEnd.SET_ASIDE, TalkEnd.SET_ASIDE, ParkEnd.SET_ASIDE);

    final StayEnd stay;
    final TalkEnd talk;
    final ParkEnd park;

    Over(StayEnd stay, TalkEnd talk, ParkEnd park) {
      this.stay = stay;
      this.talk = talk;
      this.park = park;
    }

    /// How a wait is over: of whom nobody has called, and who has not waited in the queue, it is
    /// told of otherwise.
    StayEnd of(Contact contact) {
      if (contact.isConsultation()) return StayEnd.PUT_THROUGH;
      return contact.picker().isPresent() ? StayEnd.PARKED : stay;
    }
  }

  private static void over(
      Call call, Instant at, Over how, ContactOutcome outcome, Optional<LegId> talks, Deciding d) {
    Contact contact = d.contact(call);
    // It goes on with another call, as of another build's ledger in which this one's end is
    // missing.
    if (contact.call().filter(call.id()::equals).isEmpty()) {
      d.emit(new CallEnded(call.id(), contact.id(), at, how == Over.SEEN));
      return;
    }
    d.together(
        () -> {
          if (contact.waits()) ContactRules.leave(contact, how.of(contact), at, talks, d);
          if (contact.inPark()) d.emit(new ContactUnparked(contact.id(), how.park));
          OwnCalls.end(call, ConsultationEnd.TALK_ENDED, d);
          hangUpHolder(call, d);
          OutboundRules.over(call, contact, d);
          SupervisionRules.callIsElsewhere(call, d);
          fallbackTalk(call, contact, at, d);
          RecordingRules.end(call, RecordingEnd.TALK_OVER, d);
          d.emit(new CallEnded(call.id(), contact.id(), at, how == Over.SEEN));
          if (contact.state() instanceof ContactState.Handling talk) {
            ContactRules.endTalk(contact, talk, at, how.talk, d);
          }
          if (how == Over.LOST && CutOffRules.mayCallAgain(contact.id(), d)) {
            CutOffRules.cutOff(contact.id(), d);
          } else {
            ContactRules.close(contact, outcome, at, d);
          }
          OwnCalls.ended(call, contact, d);
        });
  }

  /// Whom we found with somebody of the PBX's fallback queue has talked since then, as far as is
  /// known.
  private static void fallbackTalk(Call call, Contact contact, Instant at, Deciding d) {
    if (!(call.state() instanceof CallState.Away)) return;
    if (contact.state() instanceof ContactState.Away(_, var since, var why, _)
        && why == StayEnd.FELL_BACK) {
      d.emit(new FallbackTalked(contact.id(), "", since, at.isBefore(since) ? since : at));
    }
  }

  /// The end of a caller on hold does not end the agent's leg, which waits in silence; nor does
  /// that of one in a conference, where somebody is left.
  private static void hangUpHolder(Call call, Deciding d) {
    if (!call.isHeld() && !call.isConference()) return;
    call.talking()
        .flatMap(Party::leg)
        .ifPresent(leg -> d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg))));
  }

  static ContactOutcome outcome(Contact contact, boolean seen) {
    if (contact.isUnreached()) return ContactOutcome.NOT_REACHED;
    return switch (contact.state()) {
      case ContactState.Queued _, ContactState.Offered _, ContactState.Parked _ ->
          seen ? ContactOutcome.ABANDONED : ContactOutcome.PBX_FAULT;
      case ContactState.Handling _ -> seen ? ContactOutcome.ANSWERED : ContactOutcome.PBX_FAULT;
      case ContactState.Handled h ->
          h.end() == TalkEnd.TRANSFERRED ? ContactOutcome.TRANSFERRED : ContactOutcome.ANSWERED;
      case ContactState.Away away -> away(away.why());
      case ContactState.CutOff _ -> seen ? ContactOutcome.ABANDONED : ContactOutcome.PBX_FAULT;
      case ContactState.Selecting _ -> selecting(contact, seen);
      case ContactState.Closed(var outcome, _, _) -> outcome;
    };
  }

  private static ContactOutcome away(StayEnd why) {
    return switch (why) {
      case CHOSE, OVERFLOWED, PARKED -> ContactOutcome.DIVERTED;
      case FELL_BACK -> ContactOutcome.FALLBACK_ANSWERED;
      case ABANDONED -> ContactOutcome.ABANDONED;
      case PBX_FAULT -> ContactOutcome.PBX_FAULT;
      case SET_ASIDE -> ContactOutcome.SET_ASIDE;
      case PUT_THROUGH -> ContactOutcome.TRANSFERRED;
    };
  }

  /// Only whom the script itself let go had what they called for.
  private static ContactOutcome selecting(Contact contact, boolean seen) {
    if (contact.script().ending().equals(Input.BLOCKED)) return ContactOutcome.BLOCKED;
    if (!seen) return ContactOutcome.PBX_FAULT;
    return contact.script().ending().equals("ended")
            || contact.script().ending().equals("transferred")
        ? ContactOutcome.SELF_SERVED
        : ContactOutcome.LEFT_IN_SCRIPT;
  }

  /// The agent whom a call is with; for those that are found.
  static Optional<AgentId> agent(String name, Deciding d) {
    return d.plan().agent(name);
  }
}
