package org.switchroom.cti.center;

import java.util.Optional;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState.Handled;
import org.switchroom.cti.contact.ContactState.Handling;
import org.switchroom.cti.contact.Outbound;
import org.switchroom.cti.event.CallEvent.ConsultationEnded;
import org.switchroom.cti.event.ConsultationEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;

/// Agents' own calls, by which they ask somebody beside a caller ([ConsultRules]), and their ends.
final class OwnCalls {
  private OwnCalls() {}

  /// Where an agent asks somebody beside this caller, they do so no more.
  static void end(Call call, ConsultationEnd how, Deciding d) {
    d.state()
        .call(call.id())
        .flatMap(Call::consultation)
        .ifPresent(
            own -> {
              d.emit(new ConsultationEnded(call.id(), call.contact(), own, how));
              hangUp(own, d);
            });
  }

  static boolean isOwn(CallId call) {
    return PbxCommand.Consult.isOwn(call.channel());
  }

  /// One that lives on the PBX, and is over or unknown here, ends there too: as when it has begun
  /// and the link was lost before that was said.
  ///
  /// @return whether that is so
  static boolean isNobodys(CallId call, Deciding d) {
    if (!isOwn(call) || d.state().call(call).isPresent()) return false;
    hangUp(call, d);
    return true;
  }

  /// One that comes when nobody is asked any more ends.
  ///
  /// @return whether that is so
  static boolean comesTooLate(Call own, Contact asked, Deciding d) {
    if (!isAskedNoMore(own, asked, d)) return false;
    hangUp(own.id(), d);
    return true;
  }

  /// One of which nobody asks anybody any more, and whose other side is on the way to the caller:
  /// it ends with that. Where they are not, or there is no caller to go to, it ends now.
  ///
  /// @return whether it is such
  static boolean isLeft(Call own, Contact asked, Deciding d) {
    if (!isAskedNoMore(own, asked, d)) return false;
    boolean here = asked.state() instanceof Handling;
    if (here || caller(asked, d.state()).isEmpty()) hangUp(own.id(), d);
    return true;
  }

  /// One with a number outside that nobody asks any more, and that has not got the caller.
  static boolean isForgotten(Call own, Contact asked, State state) {
    if (asked.outbound().isEmpty() || asked.about().isEmpty()) return false;
    boolean isAsked = beside(own, asked, state).isPresent();
    boolean isGiven =
        asked
            .about()
            .flatMap(state::contact)
            .filter(one -> one.state() instanceof Handled h && h.end() == TalkEnd.TRANSFERRED)
            .isPresent();
    return !isAsked && !isGiven;
  }

  /// The one in which somebody at a number outside has answered who is to have this caller; empty:
  /// there is none.
  static Optional<Call> withWhoWasReached(Call call, Deciding d) {
    return d.state().calls().stream()
        .filter(own -> isOwn(own.id()))
        .filter(own -> isFor(call, d.contact(own)) && !isForgotten(own, d.contact(own), d.state()))
        .findFirst();
  }

  private static boolean isFor(Call call, Contact asked) {
    return asked.about().equals(Optional.of(call.contact()))
        && asked.outbound().filter(Outbound::reached).isPresent();
  }

  /// Whether somebody is asked by it.
  static boolean isAsked(Call own, Contact asked, State state) {
    return asked.isConsultation() && beside(own, asked, state).isPresent();
  }

  private static boolean isAskedNoMore(Call own, Contact asked, Deciding d) {
    return asked.isConsultation() && beside(own, asked, d.state()).isEmpty();
  }

  /// One is over: whom its agent had on hold is on hold until they take them back.
  static void ended(Call own, Contact asked, Deciding d) {
    beside(own, asked, d.state())
        .ifPresent(
            call ->
                d.emit(
                    new ConsultationEnded(
                        call.id(), call.contact(), own.id(), ConsultationEnd.OTHER_LEFT)));
  }

  /// The caller's call whose agent asks by this one.
  private static Optional<Call> beside(Call own, Contact asked, State state) {
    return caller(asked, state)
        .filter(call -> call.consultation().filter(own.id()::equals).isPresent());
  }

  /// Of whom somebody is asked, or was.
  private static Optional<Call> caller(Contact asked, State state) {
    return asked.about().flatMap(state::contact).flatMap(Contact::call).flatMap(state::call);
  }

  static void hangUp(CallId own, Deciding d) {
    d.effect(new Effect.Send(new PbxCommand.HangUpCall(own)));
  }
}
