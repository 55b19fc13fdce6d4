package org.switchroom.cti.pbx.asterisk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.asteriskjava.manager.event.StatusEvent;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.RecordingId;

/// A channel as `Status` lists it, with the variables that the kit has set on it.
///
/// @param bridge empty: it is in none
/// @param context of the dialplan; empty: it runs none
record ListedChannel(
    String id,
    String name,
    String bridge,
    String context,
    PhoneNumber from,
    CallerName callerName,
    Map<String, String> variables) {
  /// What `Status` says of a variable that a channel does not have.
  private static final String UNSET = "(null)";

  static ListedChannel of(StatusEvent event) {
    return new ListedChannel(
        event.getUniqueId(),
        orEmpty(event.getChannel()),
        orEmpty(event.getBridgeId()).strip(),
        orEmpty(event.getContext()),
        PhoneNumber.of(event.getCallerIdNum()),
        CallerName.of(event.getCallerIdName()),
        event.getVariables() == null ? Map.of() : event.getVariables());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// What Asterisk keeps of a channel whose caller was moved while they hung up: it has their id,
  /// and nobody in it.
  static boolean isShell(StatusEvent channel) {
    return orEmpty(channel.getChannel()).startsWith("Surrogate/")
        && "Down".equals(channel.getChannelStateDesc());
  }

  boolean isBridged() {
    return !bridge.isEmpty();
  }

  /// One that came to us, whatever a transfer has made of it: it may have the name, the variables
  /// and the place of an agent's own call, and has its own id.
  boolean isCaller() {
    return !variable(Kit.CALL).isEmpty();
  }

  /// One that we have rung, or have taken over.
  boolean isLeg() {
    boolean takenOver = !variable(Kit.AGENT).isEmpty() && !isCaller();
    return !isSupervisor() && (LegId.isOurs(id) || takenOver);
  }

  /// The agent's own call whose end this is that the agent hears; empty: it is none.
  Optional<String> besides() {
    return Kit.besides(id);
  }

  /// A caller for whom a number outside is called, or has answered.
  boolean dials() {
    return isCaller() && place() == Place.DIALING;
  }

  /// One that we have rung to take part in another's talk.
  boolean isSupervisor() {
    return LegId.isOurs(id) && !variable(Kit.SUPERVISES).isEmpty();
  }

  /// Whether this caller talks on a leg, also where its agent has put them on hold.
  boolean talksOn(ListedChannel leg) {
    if (isBridged()) return bridge.equals(leg.bridge);
    return place() == Place.HELD
        && (Kit.CONTEXT_AGENT.equals(leg.context) || Kit.CONTEXT_MOVES.equals(leg.context));
  }

  /// Empty: it has no such variable.
  String variable(String name) {
    String value = variables.getOrDefault(name, "");
    return UNSET.equals(value) ? "" : value;
  }

  /// The recording of this caller that goes on; empty: none.
  Optional<RecordingId> recording() {
    return Optional.of(variable(Kit.RECORDING)).filter(RecordingId::isOne).map(RecordingId::new);
  }

  /// 0: it is no number.
  long number(String name) {
    try {
      return Long.parseLong(variable(name));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// When this caller began to wait: whom no script has placed waits since the dialplan holds them.
  /// Empty: not yet.
  Optional<Instant> arrived() {
    long milli = number(Kit.ARRIVED);
    if (milli <= 0) milli = milliseconds(variable(Kit.SINCE));
    return milli <= 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(milli));
  }

  /// Of seconds, with or without their thousandths; 0: it is no time.
  private static long milliseconds(String seconds) {
    if (!seconds.matches("\\d{1,12}(\\.\\d{3})?")) return 0;
    return new BigDecimal(seconds).movePointRight(3).longValueExact();
  }

  /// Where this caller is.
  Place place() {
    if (Kit.CONTEXT_DIAL.equals(context) || Kit.CONTEXT_NUMBER.equals(context)) {
      return Place.DIALING;
    }
    if (isBridged()) return Place.TALKING;
    return switch (context) {
      case Kit.CONTEXT_IN, Kit.CONTEXT_IVR -> Place.IN_SCRIPT;
      case Kit.CONTEXT_HOLD -> variable(Kit.FALLBACK).isEmpty() ? Place.QUEUED : Place.FALLBACK;
      case Kit.CONTEXT_FALLBACK -> Place.FALLBACK;
      // An agent has answered, and the caller is on the way to them.
      case Kit.CONTEXT_TALK -> Place.QUEUED;
      case Kit.CONTEXT_PARKED -> Place.HELD;
      default -> Place.ELSEWHERE;
    };
  }
}
