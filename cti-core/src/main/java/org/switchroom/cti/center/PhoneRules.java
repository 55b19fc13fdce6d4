package org.switchroom.cti.center;

import java.time.Instant;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.call.CallState;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.ContactState.Handling;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.CallEvent.CallQueued;
import org.switchroom.cti.event.CallEvent.CallReleased;
import org.switchroom.cti.event.CallEvent.CallRetrieved;
import org.switchroom.cti.event.ContactEvent.ContactTransferred;
import org.switchroom.cti.event.ContactEvent.ContactUnparked;
import org.switchroom.cti.event.ContactEvent.DraftKept;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.ParkEnd;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.RecordingEnd;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;

/// What agents do with the phone's own keys: who has the caller has the contact, whoever gave it to
/// them.
final class PhoneRules {
  private PhoneRules() {}

  // ── Hold ────────────────────────────────────────────────────────────────────────────────────

  static void held(LegId leg, boolean held, Deciding d) {
    Call call = d.state().callOn(leg).orElse(null);
    if (call == null || call.talking().flatMap(party -> party.leg()).filter(leg::equals).isEmpty())
      return;
    // In a conference the others go on talking.
    if (held && call.state() instanceof CallState.Talking && !call.isConference()) {
      HoldRules.held(call, call.talker(), true, d);
    } else if (!held && call.isHeldOnPhone()) {
      d.emit(new CallRetrieved(call.id(), call.contact(), call.talker()));
    }
  }

  // ── To a colleague ──────────────────────────────────────────────────────────────────────────

  /// The caller talks with the phone of an agent whom no queue has sent. Of several who share the
  /// phone it is the one who is logged in; where nobody is, it is somebody at a phone, and who
  /// waited does so no more. That it is told again means that the PBX does not know whose leg it
  /// is: a process has ended in between.
  static void connected(CallId id, String phone, LegId leg, Deciding d) {
    connected(id, phone, leg, d.plan().settings().defaultQueue(), d);
  }

  /// @param placed where they waited or were to wait, if nothing else is known of it
  static void connected(CallId id, String phone, LegId leg, QueueId placed, Deciding d) {
    Optional<Call> call = d.state().call(id);
    if (call.isEmpty()) return;
    if (call.get().on(leg).isPresent()) {
      call.get()
          .talking()
          .filter(party -> party.leg().filter(leg::equals).isPresent())
          .ifPresent(party -> adopt(call.get(), new AgentId(party.who()), leg, d));
      return;
    }
    agentAt(phone, d)
        .ifPresentOrElse(
            agent -> takes(call.get(), agent, leg, extension(phone), placed, d),
            () -> ContactRules.leftTheHold(call.get(), StayEnd.FELL_BACK, true, d));
  }

  /// Whether a caller who is with this phone is with an agent.
  static boolean isAnAgents(String phone, Deciding d) {
    return agentAt(phone, d).isPresent();
  }

  private static Optional<AgentId> agentAt(String phone, Deciding d) {
    return d.phones().with(phone).stream()
        .filter(agent -> d.state().agent(agent).filter(one -> !one.loggedOut()).isPresent())
        .findFirst();
  }

  /// Such as 1001 of `PJSIP/1001`.
  static String extension(String phone) {
    return phone.substring(phone.indexOf('/') + 1);
  }

  /// An agent has the caller now; who had them before has given them away.
  static void takes(Call call, AgentId agent, LegId leg, String to, QueueId placed, Deciding d) {
    d.together(
        () -> {
          handsOver(call, to, d);
          given(call, agent, leg, placed, d);
        });
  }

  private static void handsOver(Call call, String to, Deciding d) {
    if (!(d.contact(call).state() instanceof Handling talk)) return;
    talk.leg().ifPresent(leg -> ContactRules.agentGone(call, leg, TalkEnd.TRANSFERRED, to, d));
  }

  private static void given(Call call, AgentId agent, LegId leg, QueueId placed, Deciding d) {
    Contact contact = d.contact(call);
    QueueId queue = contact.queue().orElse(placed);
    if (contact.waits()) ContactRules.found(contact, agent, leg, queue, d.at(), d.at(), d);
    else ContactRules.handedOver(contact, agent, leg, queue, d);
    adopt(call, agent, leg, d);
  }

  static void adopt(Call call, AgentId agent, LegId leg, Deciding d) {
    QueueId in = d.contact(call).queue().orElseThrow();
    String after = d.plan().queue(in).map(QueueSettings::after).orElse("");
    d.effect(new Effect.Send(new PbxCommand.Adopt(call.id(), leg, agent.value(), after)));
  }

  // ── To where the agent's own call is ────────────────────────────────────────────────────────

  /// An agent's own call waited in a queue, or talked with who had answered there, and the caller
  /// is in its place: in that queue with its age and its points, or with that agent.
  static void putThrough(CallId id, CallId ownId, Deciding d) {
    Optional<Call> call = d.state().call(id);
    Optional<Call> own = d.state().call(ownId);
    if (call.isEmpty() || own.isEmpty()) return;
    // Nobody is there whose place they could take, as when this is told twice.
    if (d.contact(own.get()).state() instanceof ContactState.Handled) return;
    handsOver(call.get(), own.get().dialed().value(), d);
    saysWhy(call.get(), own.get(), d);
    // Whom that has made free may have been asked for the agent's own call meanwhile.
    Contact place = d.contact(own.get());
    Call now = d.state().call(id).orElseThrow();
    // Where no bridge is, Asterisk gives the caller the other channel's variables, and nobody knows
    // what becomes of what records them.
    if (!(place.state() instanceof Handling)) RecordingRules.stop(now, RecordingEnd.LOST, d);
    d.together(
        () -> {
          switch (place.state()) {
            case ContactState.Queued(var stay) -> waits(now, own.get(), place, stay, d);
            case ContactState.Offered(var stay, _) -> waits(now, own.get(), place, stay, d);
            case Handling talk -> talks(now, own.get(), place, talk, d);
            // The script goes on with them, and says where they are to wait.
            case ContactState.Selecting _,
                ContactState.Away _,
                ContactState.Handled _,
                ContactState.Parked _,
                ContactState.CutOff _,
                ContactState.Closed _ -> {}
          }
        });
  }

  /// By the desk, whose agent has told the colleague; what whoever was asked first has said to the
  /// next is known too.
  private static void saysWhy(Call call, Call own, Deciding d) {
    Contact asked = d.contact(own);
    if (!asked.isConsultation()) return;
    if (!(d.contact(call).state() instanceof ContactState.Handled(_, var talked, _, _, _, _, _))) {
      return;
    }
    asked
        .handover()
        .ifPresent(
            by ->
                d.emit(
                    new ContactTransferred(
                        call.contact(),
                        talked,
                        Optional.empty(),
                        by.why(),
                        d.state()
                            .agent(talked)
                            .map(agent -> agent.typed(call.contact()))
                            .orElse(Draft.NONE))));
  }

  /// First they are in the line, then the other leaves it: nobody comes between.
  private static void waits(Call call, Call own, Contact place, Stay stay, Deciding d) {
    Contact contact = d.contact(call);
    if (contact.waits() || contact.state() instanceof Handling) return;
    QueueRequest request = contact.sentOn(stay.request().in(stay.queue()));
    if (contact.parked()) d.emit(new ContactUnparked(contact.id(), ParkEnd.TAKEN));
    d.emit(new CallQueued(call.id(), call.contact()));
    ContactRules.queueUnasked(contact, request, Optional.empty(), stay.since(), d);
    ContactRules.leave(place, StayEnd.PUT_THROUGH, d.at(), d);
    d.emit(new CallEnded(own.id(), place.id(), d.at(), true));
    ContactRules.close(place, ContactOutcome.TRANSFERRED, d.at(), d);
  }

  /// First the agent has the caller, then they have nobody else: they are not free in between, and
  /// what they were asked by their colleague needs no wrap-up of its own.
  private static void talks(Call call, Call own, Contact place, Handling talk, Deciding d) {
    LegId leg = talk.leg().orElseThrow();
    Instant at = d.at();
    Draft typed =
        d.state()
            .agent(talk.agent())
            .flatMap(agent -> agent.has(place.id(), talk.stay().number()))
            .map(InHand::draft)
            .orElse(Draft.NONE);
    SupervisionRules.callIsElsewhere(own, d);
    d.emit(new CallReleased(own.id(), place.id(), leg));
    given(call, talk.agent(), leg, d.plan().settings().defaultQueue(), d);
    if (!typed.equals(Draft.NONE)) d.emit(new DraftKept(call.contact(), talk.agent(), typed));
    if (own.state() instanceof CallState.Held held) {
      HoldRules.held(call, talk.agent(), held.onPhone(), d);
    }
    ContactRules.endTalk(place, talk, at, TalkEnd.TRANSFERRED, call.from().value(), d);
    noWrapUp(place, talk, d);
  }

  private static void noWrapUp(Contact place, Handling talk, Deciding d) {
    d.state()
        .agent(talk.agent())
        .flatMap(agent -> agent.has(place.id(), talk.stay().number()))
        .filter(one -> one.stage() == InHand.Stage.WRAP_UP)
        .ifPresent(
            one ->
                d.emit(
                    new WrapUpDone(
                        place.id(),
                        one.stay(),
                        one.queue(),
                        talk.agent(),
                        d.at(),
                        WrapUpEnd.NONE,
                        one.draft())));
  }
}
