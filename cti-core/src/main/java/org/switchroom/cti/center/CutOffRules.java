package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallJoined;
import org.switchroom.cti.event.CallEvent.ScriptAwaited;
import org.switchroom.cti.event.ContactEvent.ContactCutOff;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.PhoneNumber;

/// What becomes of a contact whose call the PBX has lost: the caller's next call goes on with it,
/// or it is closed.
///
/// ```
///   a call is lost ─▶ cut off ─▶ the same number calls again ─▶ out of the script, to the hold
///                        └─────▶ nobody does for ten minutes ─▶ closed
/// ```
final class CutOffRules {
  /// How long a caller whom the PBX has lost may take to call again.
  static final Duration RETURNS_WITHIN = Duration.ofMinutes(10);

  /// How long one who returns waits for the agent whom they talked to, before others are asked.
  static final Duration AGENT_FIRST = Duration.ofSeconds(30);

  /// A link that has frozen on the way to a script brings nobody there, and tells nobody.
  private static final Duration SCRIPT_BEGINS_WITHIN = Duration.ofSeconds(10);

  private CutOffRules() {}

  /// Whether the caller has said what they want. Whom a script, a number or the fallback queue had
  /// may have had it. Who withholds their number would not be known again.
  static boolean mayCallAgain(ContactId id, Deciding d) {
    Contact contact = d.state().contact(id).orElseThrow();
    boolean wanted =
        switch (contact.state()) {
          case ContactState.Away away ->
              away.why() == StayEnd.PBX_FAULT || away.chosen().isPresent();
          case ContactState.Handled h -> h.end() == TalkEnd.PBX_FAULT || h.chosen().isPresent();
          case ContactState.Selecting(var chosen, _) -> chosen.isPresent();
          case ContactState.CutOff _, ContactState.Parked _ -> true;
          case ContactState.Queued _,
              ContactState.Offered _,
              ContactState.Handling _,
              ContactState.Closed _ ->
              false;
        };
    return wanted && !contact.isConsultation() && !contact.arrival().from().hidden();
  }

  static void cutOff(ContactId id, Deciding d) {
    d.emit(new ContactCutOff(id, d.at().plus(RETURNS_WITHIN)));
  }

  /// A call comes. Whom the PBX has lost a moment ago goes on with what they wanted.
  static Call comes(
      CallId id,
      PhoneNumber from,
      PhoneNumber dialed,
      CallerName name,
      Instant arrived,
      Deciding d) {
    Optional<Contact> before = d.state().cutOff(from, dialed, d.at());
    if (before.isEmpty()) return arrive(id, from, dialed, name, arrived, d);
    d.emit(new CallJoined(id, before.get().id(), from, dialed, d.notAfter(arrived)));
    return d.state().call(id).orElseThrow();
  }

  /// It is in a script, or on the way to one.
  static void toScript(Call call, Deciding d) {
    if (!notAskedAgain(call, d)) awaitScript(call, d);
  }

  /// Who has said already what they want leaves the script at once.
  static boolean notAskedAgain(Call call, Deciding d) {
    if (!(d.contact(call).state() instanceof ContactState.CutOff)) return false;
    ContactRules.takeBack(call, d);
    return true;
  }

  /// Who had the caller is asked first.
  static QueueRequest again(ContactState.CutOff cut) {
    return cut.agent().map(agent -> cut.request().to(agent, AGENT_FIRST)).orElse(cut.request());
  }

  private static Call arrive(
      CallId id,
      PhoneNumber from,
      PhoneNumber dialed,
      CallerName name,
      Instant arrived,
      Deciding d) {
    d.emit(new CallArrived(id, new ContactId(id.value()), from, dialed, d.notAfter(arrived), name));
    return d.state().call(id).orElseThrow();
  }

  private static void awaitScript(Call call, Deciding d) {
    d.emit(new ScriptAwaited(call.id(), call.contact(), d.at().plus(SCRIPT_BEGINS_WITHIN)));
  }
}
