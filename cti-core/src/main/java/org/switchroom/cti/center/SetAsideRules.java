package org.switchroom.cti.center;

import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.pbx.PbxCommand;

/// What a decision of the router comes to that is about somebody who is set aside: they wait no
/// more, so that the router decides on each of them once. Nobody who was to serve them has missed
/// anything.
final class SetAsideRules {
  private SetAsideRules() {}

  static void on(ContactId routed, Deciding d) {
    d.state()
        .contact(Stay.contact(routed))
        .filter(Contact::waits)
        .ifPresent(contact -> leaves(contact, d));
  }

  private static void leaves(Contact contact, Deciding d) {
    Optional<Call> call = contact.call().flatMap(d.state()::call);
    if (call.isPresent()) call(call.get(), contact, d);
    else work(contact, d);
  }

  /// The PBX takes care of the caller.
  private static void call(Call call, Contact contact, Deciding d) {
    boolean held = call.isHeld();
    if (d.about().becomes(About.ASIDE, call.id().value())) {
      CallRules.setAside(call, Optional.empty(), d);
    } else {
      d.about().again();
      d.routing().forget(contact.routed(), d.at());
    }
    if (held) d.effect(new Effect.Send(new PbxCommand.FallBack(call.id())));
  }

  /// Nobody waits for it; whoever looks for it finds it open.
  private static void work(Contact contact, Deciding d) {
    String task = contact.id().value();
    if (!d.about().becomes(About.ASIDE, task)) {
      d.about().again();
      d.routing().forget(contact.routed(), d.at());
      return;
    }
    d.emit(new Noted("server", Deed.SET_ASIDE, task));
    ContactRules.leave(contact, StayEnd.SET_ASIDE, d.at(), d);
    ContactRules.close(contact, ContactOutcome.SET_ASIDE, d.at(), d);
  }
}
