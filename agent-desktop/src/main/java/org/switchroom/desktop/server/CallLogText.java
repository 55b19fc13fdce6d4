package org.switchroom.desktop.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallDiverted;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.CallEvent.CallFellBack;
import org.switchroom.cti.event.CallEvent.CallHeld;
import org.switchroom.cti.event.CallEvent.CallJoined;
import org.switchroom.cti.event.CallEvent.CallRetrieved;
import org.switchroom.cti.event.CallEvent.CallTakenBack;
import org.switchroom.cti.event.CallEvent.HoldTimed;
import org.switchroom.cti.event.CallEvent.NumberDialed;
import org.switchroom.cti.event.CallEvent.RecordingBegan;
import org.switchroom.cti.event.CallEvent.RecordingEnded;
import org.switchroom.cti.event.CallEvent.RecordingPaused;
import org.switchroom.cti.event.CallEvent.RecordingResumed;
import org.switchroom.cti.event.CallEvent.ScriptBegan;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactCutOff;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.ContactParked;
import org.switchroom.cti.event.ContactEvent.ContactParkedAgain;
import org.switchroom.cti.event.ContactEvent.ContactPickedUp;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.ContactReset;
import org.switchroom.cti.event.ContactEvent.ContactReturned;
import org.switchroom.cti.event.ContactEvent.ContactUnparked;
import org.switchroom.cti.event.ContactEvent.FallbackTalked;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.OfferRinging;
import org.switchroom.cti.event.ContactEvent.ScriptWalked;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.TaskOpened;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.pbx.PhoneNumber;

/// What happens to a call, a line for each thing that somebody who looks for a fault would ask for.
/// A line begins with the contact's id, which is that of its first call. It tells nothing of a
/// caller: no number but our own, no name, nothing that was keyed in or noted.
final class CallLogText {
  private CallLogText() {}

  /// Without its end; empty: nobody would ask.
  static Optional<String> of(Event event) {
    return switch (event) {
      case CallEvent e -> line(e.contact().value(), said(e));
      case ContactEvent e -> line(e.contact().value(), said(e));
      default -> Optional.empty();
    };
  }

  /// What stands in it may have come from outside; it stays one line.
  private static Optional<String> line(String contact, String said) {
    if (said.isEmpty()) return Optional.empty();
    return Optional.of((contact + " " + said).replaceAll("\\p{Cntrl}", "?"));
  }

  private static String said(CallEvent event) {
    return switch (event) {
      case CallArrived e -> "comes in" + on(e.dialed());
      case CallJoined e -> "comes in again as call %s%s".formatted(e.call(), on(e.dialed()));
      case ScriptBegan _ -> "is in a script";
      case CallHeld e -> "is put on hold by %s%s".formatted(e.agent(), phone(e.onPhone()));
      case HoldTimed e when e.reminded() > 0 -> "is on hold still";
      case CallRetrieved e -> "is taken off hold by " + e.agent();
      case CallDiverted e when e.dialing() -> "is sent to a number";
      case NumberDialed _ -> "may have a number dialed";
      case CallDiverted e -> "is sent to a script" + (e.target().isEmpty() ? "" : " " + e.target());
      case RecordingBegan e -> "is recorded as " + e.recording();
      case RecordingPaused e -> "is recorded as silence: " + plain(e.cause());
      case RecordingResumed _ -> "is recorded again";
      case RecordingEnded e -> "is recorded no more: " + plain(e.why());
      case CallFellBack _ -> "is given to the PBX's fallback queue";
      case CallTakenBack _ -> "is taken back from the fallback queue";
      case CallEnded e when e.seen() -> "has hung up, or was hung up";
      case CallEnded _ -> "is not on the PBX any more";
      default -> "";
    };
  }

  private static String said(ContactEvent event) {
    return switch (event) {
      case ScriptWalked e ->
          "has left script %s (version %d) in step %s: %s"
              .formatted(e.script(), e.version(), e.last(), e.ending());
      case TaskOpened e -> "is work: " + plain(e.task().kind());
      case ContactQueued e ->
          "waits in %s with priority %d".formatted(e.queue().value(), e.priority());
      case ContactMoved e ->
          "waits in %s instead of %s after %s: %s"
              .formatted(e.to().value(), e.from().value(), seconds(e.waited()), plain(e.cause()));
      case ContactLeft e ->
          "is out of %s after %s: %s"
              .formatted(e.queue().value(), seconds(e.waited()), plain(e.end()));
      case ContactCutOff _ -> "is lost by the PBX, and may call again";
      case ContactReset _ -> "did not fit together, and is taken up anew";
      case ContactOffered e -> "is offered to %s out of %s".formatted(e.agent(), e.queue().value());
      case OfferRinging e -> "rings at " + e.agent();
      case OfferEnded e -> "is not taken by %s: %s".formatted(e.agent(), plain(e.end()));
      case ContactEvent.RecordingNoticeGiven e ->
          "was told that talks are recorded: " + e.answer().name().toLowerCase(Locale.ROOT);
      case ContactAnswered e when e.handedOver() && e.offer().isPresent() ->
          "is answered by %s, who picked it up".formatted(e.agent());
      case ContactAnswered e when e.handedOver() -> "is given by a colleague to " + e.agent();
      case ContactAnswered e ->
          "is answered by %s after %s in %s"
              .formatted(e.agent(), seconds(e.waited()), e.queue().value());
      case TalkEnded e ->
          "is no more with %s after %s: %s"
              .formatted(e.agent(), seconds(e.since(), e.ended()), plain(e.end()));
      case ContactParked e -> "is parked by " + e.by();
      case ContactPickedUp e -> "is picked up by " + e.agent();
      case ContactParkedAgain _ -> "is parked as before";
      case ContactUnparked e -> "is parked no more: " + plain(e.end());
      case ContactReturned e -> "goes back after %s on hold".formatted(seconds(e.held()));
      case WrapUpDone e -> "is wrapped up by %s: %s".formatted(e.agent(), plain(e.end()));
      case FallbackTalked e ->
          "has talked in the fallback queue%s for %s"
              .formatted(
                  e.phone().isEmpty() ? "" : " with " + e.phone(),
                  seconds(e.answered(), e.ended()));
      case ContactClosed e -> "is over: " + plain(e.outcome());
      default -> "";
    };
  }

  private static String on(PhoneNumber dialed) {
    return dialed.hidden() ? "" : " on " + dialed.value();
  }

  private static String phone(boolean onPhone) {
    return onPhone ? ", on the phone" : "";
  }

  private static String plain(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String seconds(Instant from, Instant to) {
    return seconds(Duration.between(from, to));
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + " s";
  }
}
