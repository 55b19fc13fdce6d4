package org.switchroom.cti.center;

import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;

/// Agents end the call of somebody who is abusive. The talk is over at once, whatever the PBX says
/// of the leg. The caller goes where others go whose agent has hung up, and hears why; whom the
/// agent has put on hold is hung up.
final class NuisanceRules {
  private NuisanceRules() {}

  /// @param leg on which the agent talks with the caller
  static Optional<Refusal> end(LegId leg, Input.EndAbusiveCall asked, Deciding d) {
    if (TypedText.isBlank(asked.reason())) return Optional.of(Refusal.REASON_MISSING);
    Optional<Call> talk =
        d.state()
            .contact(asked.contact())
            .filter(one -> !one.isConsultation())
            .flatMap(Contact::call)
            .flatMap(d.state()::call);
    if (talk.isEmpty()) return Optional.of(Refusal.NO_CALL);
    if (d.state().diskFull()) return Optional.of(Refusal.DISK_FULL);
    if (!d.state().connected(leg.pbx())) return Optional.of(Refusal.PBX_DOWN);
    AgentId agent = asked.agent();
    boolean held = talk.get().isHeld();
    d.emit(
        new Noted(
            agent.value(),
            Deed.ENDED_ABUSIVE_CALL,
            "contact %s: %s".formatted(asked.contact(), asked.reason())));
    ContactRules.agentGone(talk.get(), leg, TalkEnd.ABUSIVE, d);
    hangUp(talk.get(), leg, agent, held, d);
    return Optional.empty();
  }

  static void hangUp(Call call, LegId leg, AgentId agent, boolean held, Deciding d) {
    PbxCommand callers =
        held
            ? new PbxCommand.HangUpCall(call.id())
            : new PbxCommand.Adopt(call.id(), leg, agent.value(), Input.ABUSIVE);
    d.effect(new Effect.Send(callers));
    d.effect(new Effect.Send(new PbxCommand.HangUpLeg(leg)));
  }

  /// Whether the PBX has not heard of it: this agent has ended it, and is with the caller still.
  static boolean isLost(Contact contact, AgentId agent) {
    return contact.state() instanceof ContactState.Handled talk
        && talk.end() == TalkEnd.ABUSIVE
        && talk.agent().equals(agent);
  }
}
