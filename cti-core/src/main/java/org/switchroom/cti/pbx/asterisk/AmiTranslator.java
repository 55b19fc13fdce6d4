package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.asteriskjava.manager.event.AttendedTransferEvent;
import org.asteriskjava.manager.event.BlindTransferEvent;
import org.asteriskjava.manager.event.DtmfEndEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.HangupRequestEvent;
import org.asteriskjava.manager.event.HoldEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.NewChannelEvent;
import org.asteriskjava.manager.event.NewStateEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.asteriskjava.manager.event.StatusCompleteEvent;
import org.asteriskjava.manager.event.StatusEvent;
import org.asteriskjava.manager.event.UnholdEvent;
import org.asteriskjava.manager.event.VarSetEvent;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.NotReached;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.RecordingId;
import org.switchroom.cti.pbx.Supervision;

/// Makes facts of AMI's events about channels ([AgentPhones] has those about phones). Channels are
/// known by their unique id, which a rename or a transfer does not change. It runs on the event
/// thread, and remembers only channels that live.
///
/// ```
///   Callers ── who has called             Legs ── our channels to agents' phones
///        └──────────── Talks ── who is in one bridge with whom ────────┘
///                        └── PhoneTransfers ── what phones do with their own keys
///   LivingChannels ── all of it, as the PBX lists it
/// ```
final class AmiTranslator {
  private final InstantSource clock;
  private final Consumer<PbxEvent> facts;
  private final Callers callers;
  private final Legs legs;
  private final Talks talks;
  private final PhoneTransfers transfers;
  private final LivingChannels living;
  private final AgiAdmission admission;
  private final MovedLegs moved = new MovedLegs();

  /// @param pbx whose channels these are
  /// @param watched the phones that are agents'
  /// @param admission is told which calls are on their way to scripts
  AmiTranslator(
      PbxId pbx,
      InstantSource clock,
      Predicate<String> watched,
      AgiAdmission admission,
      Consumer<PbxEvent> facts) {
    this.clock = clock;
    this.admission = admission;
    this.facts = facts;
    callers = new Callers(pbx, facts);
    legs = new Legs(pbx, clock, facts);
    talks = new Talks(callers, legs, watched, facts);
    transfers = new PhoneTransfers(callers, legs, talks, facts);
    living = new LivingChannels(pbx, callers, legs, talks, watched, admission, facts);
  }

  // ── What is asked of legs ───────────────────────────────────────────────────────────────────

  /// Asked to be hung up. Returns whether its channel is there; if it is not, [#on] returns the id
  /// when it appears.
  boolean cancel(LegId leg) {
    return legs.cancel(leg);
  }

  /// A leg that we ask for now.
  ///
  /// @param timeout how long its phone rings
  void expect(LegId leg, Duration timeout) {
    legs.expect(leg, timeout);
  }

  /// Empty: there is no such leg, or not yet.
  Optional<String> channelName(LegId leg) {
    return legs.channelName(leg);
  }

  /// Legs that are other channels than they were.
  MovedLegs moved() {
    return moved;
  }

  /// Whether a channel is a caller's or a leg's, and nothing has told that it is over.
  boolean lives(String channel) {
    String id = moved.leg(channel);
    return callers.has(id) || legs.channelName(legs.id(id)).isPresent();
  }

  /// Asterisk did not take the order to ring.
  void refused(LegId leg) {
    legs.refused(leg);
  }

  // ── What is told ────────────────────────────────────────────────────────────────────────────

  /// A new link: what was found on the old one no longer counts.
  void begin() {
    living.begin();
  }

  /// Due every second.
  void heartbeat() {
    legs.heartbeat();
    Instant at = clock.instant();
    moved.overIndeed(at).forEach(end -> over(at, end));
  }

  /// Takes one event.
  ///
  /// @return the channel of a leg that has just appeared and nobody wants any more
  Optional<String> on(ManagerEvent event) {
    Instant at = clock.instant();
    switch (moved.named(event)) {
      case NewChannelEvent e when named(e.getUniqueId()) -> {
        return newChannel(e);
      }
      case VarSetEvent e when named(e.getUniqueId()) -> variable(at, e);
      case NewStateEvent e when named(e.getUniqueId()) -> {
        if ("Ringing".equals(e.getChannelStateDesc())) legs.rings(at, e.getUniqueId());
      }
      case BridgedEvent e when named(e.getUniqueId()) -> talks.bridged(at, e);
      case DtmfEndEvent e when named(e.getUniqueId()) -> keyPressed(at, e);
      case HangupEvent e when named(e.getUniqueId()) -> hungUp(at, e);
      case HangupRequestEvent e when named(e.getUniqueId()) -> callers.hangsUp(e.getUniqueId());
      case OriginateResponseEvent e -> originated(at, e);
      case BlindTransferEvent e -> transfers.blind(at, e);
      case AttendedTransferEvent e -> transfers.attended(at, e);
      case HoldEvent e -> transfers.held(at, e.getUniqueId(), true);
      case UnholdEvent e -> transfers.held(at, e.getUniqueId(), false);
      case DbGetTreeResponseEvent e -> living.remembers(e);
      case StatusEvent e when named(e.getUniqueId()) -> living.lists(e);
      case StatusCompleteEvent _ -> living.isWhole(at);
      default -> {}
    }
    return Optional.empty();
  }

  /// What is said of no channel says nothing.
  private static boolean named(@Nullable String id) {
    return id != null && !id.isBlank();
  }

  /// Of a call that an agent begins it is told by the id that we have given it.
  private void originated(Instant at, OriginateResponseEvent e) {
    String asked = e.getActionId();
    boolean own =
        asked != null && (PbxCommand.Consult.isOwn(asked) || PbxCommand.MakeCall.isMade(asked));
    if (!own) legs.originated(at, e);
    else if ("Failure".equals(e.getResponse()) && !callers.has(asked))
      facts.accept(new PbxEvent.CallEnded(at, callers.id(asked)));
  }

  private Optional<String> newChannel(NewChannelEvent e) {
    String id = e.getUniqueId();
    if (legs.has(id) || LegId.isOurs(id)) return legs.appears(id, e.getChannel());
    if (Kit.CONTEXT_IN.equals(e.getContext()) && e.getExten() != null) {
      callers.dials(id, e.getExten());
    }
    return Optional.empty();
  }

  private void variable(Instant at, VarSetEvent e) {
    String id = e.getUniqueId();
    switch (e.getVariable()) {
      case Kit.DNIS -> callers.dials(id, e.getValue());
      case Kit.CALL -> {
        if (id.equals(e.getValue())) admission.comes(id);
        callers.arrives(at, e);
      }
      case Kit.HELD -> alone(id, new PbxEvent.CallQueued(at, callers.id(id)));
      case Kit.HEARS -> supervises(at, id, e.getValue());
      case Kit.DIALING -> talks.dials(id);
      case Kit.DIALED -> notReached(at, id, e.getValue());
      case Kit.PARKED -> alone(id, new PbxEvent.CallHeld(at, callers.id(id)));
      case Kit.RECORDING -> recording(at, id, e.getValue());
      case Kit.FALLBACK -> {
        if (e.getValue() != null && !e.getValue().isEmpty()) {
          admission.isElsewhere(id);
          ifCaller(id, new PbxEvent.CallFellBack(at, callers.id(id)));
        }
      }
      case null, default -> {}
    }
  }

  private void notReached(Instant at, String id, @Nullable String how) {
    String call = Kit.dials(id).orElse(id);
    NotReached why =
        switch (how) {
          case "BUSY" -> NotReached.BUSY;
          case "NOANSWER" -> NotReached.NO_ANSWER;
          case null, default -> NotReached.FAILED;
        };
    ifCaller(call, new PbxEvent.NumberNotReached(at, callers.id(call), why));
  }

  private void supervises(Instant at, String id, @Nullable String how) {
    if (!legs.has(id) || how == null) return;
    Supervision.of(how).ifPresent(known -> legs.supervises(at, id, known));
  }

  private void recording(Instant at, String id, @Nullable String value) {
    if (value == null || value.isEmpty())
      ifCaller(id, new PbxEvent.RecordingEnded(at, callers.id(id)));
    else if (RecordingId.isOne(value)) {
      ifCaller(id, new PbxEvent.RecordingBegan(at, callers.id(id), new RecordingId(value)));
    }
  }

  /// Keys that are pressed in a script are the script's alone: a PIN comes nowhere else. In a talk
  /// it is told that there is one, and not which.
  private void keyPressed(Instant at, DtmfEndEvent e) {
    if (!"Received".equals(e.getDirection())) return;
    String context = e.getContext();
    if (Kit.CONTEXT_TALK.equals(context)) {
      String id = e.getUniqueId();
      ifCaller(id, new PbxEvent.CallerKeyed(at, callers.id(id)));
    }
    if (!Kit.CONTEXT_HOLD.equals(context)) return;
    if (e.getDigit() == null || e.getDigit().length() != 1) return;
    String id = e.getUniqueId();
    ifCaller(id, new PbxEvent.KeyPressed(at, callers.id(id), e.getDigit().charAt(0)));
  }

  private void alone(String id, PbxEvent fact) {
    admission.isElsewhere(id);
    if (!callers.has(id)) return;
    talks.alone(id);
    facts.accept(fact);
  }

  private void ifCaller(String id, PbxEvent fact) {
    if (callers.has(id)) facts.accept(fact);
  }

  private void hungUp(Instant at, HangupEvent e) {
    if (!moved.mayHaveMoved(e, at)) over(at, e);
  }

  private void over(Instant at, HangupEvent e) {
    String id = e.getUniqueId();
    moved.over(id);
    living.over(id);
    admission.isElsewhere(id);
    Optional<String> bridge = talks.over(id);
    // A caller who hangs up takes a little longer to be gone than the leg they have left.
    boolean hungUpOn = bridge.flatMap(talks::callerIn).filter(callers::isHangingUp).isPresent();
    if (legs.over(at, e, hungUpOn)) {
      // A colleague who was there, too, stays with the caller.
      bridge.ifPresent(left -> talks.withoutLeg(at, left));
    } else {
      callers.over(at, id);
    }
  }
}
