package org.switchroom.cti.center;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.center.Dialing.Dialed;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.CallEvent.NumberDialed;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;

/// Whether a number outside is dialed. Whoever wants one dialed asks here and nowhere else: a
/// script, a queue's overflow, an agent.
final class DialRules {
  static final Duration RING_OUTSIDE = Duration.ofSeconds(30);

  private DialRules() {}

  /// What is allowed counts from now on; what is refused is noted.
  ///
  /// @param call in which somebody wants it
  /// @param agent who dials; empty: a script or a queue
  static Dialed dial(
      String number, Dialing.Wish wish, Call call, Optional<AgentId> agent, Deciding d) {
    Dialed dialed = check(number, wish, agent, Optional.of(call.id()), d);
    switch (dialed) {
      case Dialed.Allowed allowed -> counts(allowed, call.id(), call.contact(), agent, d);
      case Dialed.Refused(var why) -> note(why, call.id().toString(), d);
    }
    return dialed;
  }

  /// Whether it may be called now; nothing is counted or noted.
  ///
  /// @param in the call in which the agent wants it, which may be with a number outside itself;
  ///   empty: in none
  static Dialed check(
      String number, Dialing.Wish wish, Optional<AgentId> agent, Optional<CallId> in, Deciding d) {
    Dialing dialing = d.plan().settings().dialing();
    return limited(dialing.dial(number, wish), agent, in, dialing.limits(), d);
  }

  /// A number that was allowed is called once more, for a caller.
  static void countsFor(Call call, String number, AgentId agent, Deciding d) {
    if (d.plan().settings().dialing().dial(number, Dialing.Wish.PERSON)
        instanceof Dialed.Allowed allowed) {
      counts(allowed, call.id(), call.contact(), Optional.of(agent), d);
    }
  }

  /// From now on it is called.
  static void counts(
      Dialed.Allowed number, CallId call, ContactId contact, Optional<AgentId> agent, Deciding d) {
    if (number.limited()) d.emit(new NumberDialed(call, contact, agent, today(d).toEpochDay()));
  }

  private static Dialed limited(
      Dialed dialed,
      Optional<AgentId> agent,
      Optional<CallId> in,
      Dialing.Limits limits,
      Deciding d) {
    if (!(dialed instanceof Dialed.Allowed(_, var limited)) || !limited) return dialed;
    return d.state()
        .outgoing()
        .refusal(agent, in, today(d), limits)
        .<Dialed>map(Dialed.Refused::new)
        .orElse(dialed);
  }

  private static LocalDate today(Deciding d) {
    return LocalDate.ofInstant(d.at().plus(d.wallAhead()), d.plan().settings().zone());
  }

  /// The number stays out of it: a caller may have keyed it in.
  ///
  /// @param whose the call in which, or the agent by whom
  static void note(NotDialed why, String whose, Deciding d) {
    d.emit(new Noted("server", Deed.NOT_DIALED, whose + " " + why.code()));
  }

  /// What whoever is called by an agent sees: the number by which the customer has called for whose
  /// sake it is, where it is one of ours; else the configured one.
  static String shown(Optional<Contact> about, Deciding d) {
    CenterSettings settings = d.plan().settings();
    return about
        .map(contact -> contact.arrival().dialed().value())
        .filter(settings.entryPoints()::containsKey)
        .filter(dialed -> dialed.matches("\\+?[0-9]+"))
        .orElse(settings.dialing().callerId());
  }

  /// @param digits that may be dialed
  static PbxCommand outside(Call call, String digits, Deciding d) {
    return outside(call, digits, "", d);
  }

  /// Of a caller, who is not cut off by what a call may last that an agent makes.
  ///
  /// @param shown the number that whoever is called sees; empty: the caller's
  static PbxCommand outside(Call call, String digits, String shown, Deciding d) {
    Dialing dialing = d.plan().settings().dialing();
    return new PbxCommand.Dial(
        call.id(), digits, dialing.through(digits), RING_OUTSIDE, dialing.limits().given(), shown);
  }
}
