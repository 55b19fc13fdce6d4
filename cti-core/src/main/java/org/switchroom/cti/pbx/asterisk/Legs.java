package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.Supervision;

/// Our channels to agents' phones, from the wish to ring one to its end, and those that we have
/// taken over.
///
/// They are asked for on the thread of whoever commands, and heard of on the event thread; no lock
/// is held while a fact is given on, because that may block until the center has room.
final class Legs {
  private static final Logger log = LoggerFactory.getLogger(Legs.class);

  /// Q.850 causes, as Asterisk gives them with a hang-up.
  private static final int CAUSE_NORMAL = 16;

  private static final int CAUSE_BUSY = 17;
  private static final int CAUSE_NO_USER_RESPONSE = 18;
  private static final int CAUSE_NO_ANSWER = 19;
  private static final int CAUSE_CALL_REJECTED = 21;
  private static final int CAUSE_REDIRECTED = 23;

  /// The kit's word; phones do not say so.
  private static final int CAUSE_CALLER_GONE = 26;

  /// `AST_CONTROL_*` in the reason of a failed Originate, made of the cause with which its channel
  /// ended. Zero: there was none to ring, or a cause that has no such word.
  private static final int ORIGINATE_UNREACHABLE = 0;

  private static final int ORIGINATE_NO_ANSWER = 3;

  private static final int ORIGINATE_BUSY = 5;

  /// How long the channel of a ring that failed is waited for: Asterisk tells of channels on
  /// another thread than of the failure, and either may come first.
  private static final Duration CHANNEL_IS_LATE = Duration.ofSeconds(1);

  private final PbxId pbx;
  private final InstantSource clock;
  private final Consumer<PbxEvent> facts;
  private final Map<String, Leg> legs = new ConcurrentHashMap<>();

  /// To be hung up as soon as their channel exists.
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

  private static final class Leg {
    /// Asterisk rings the phone no longer than until then.
    final Instant until;

    volatile boolean connected;

    /// Null: it has no channel yet.
    volatile @Nullable String channelName;

    /// Null: Asterisk has not said that it could not ring.
    volatile @Nullable Failure failure;

    Leg(Instant until) {
      this.until = until;
    }
  }

  /// @param at when it was said
  /// @param why what it is taken for if no channel comes
  private record Failure(Instant at, LegEnd why) {}

  Legs(PbxId pbx, InstantSource clock, Consumer<PbxEvent> facts) {
    this.pbx = pbx;
    this.clock = clock;
    this.facts = facts;
  }

  LegId id(String channel) {
    return LegId.of(pbx, channel);
  }

  boolean has(String channel) {
    return legs.containsKey(channel);
  }

  /// Whether its agent and a caller have heard each other.
  boolean talks(String channel) {
    Leg leg = legs.get(channel);
    return leg != null && leg.connected;
  }

  /// By which Asterisk knows it beside its id; empty: there is no such leg, or not yet.
  Optional<String> channelName(LegId leg) {
    return Optional.ofNullable(legs.get(leg.channel())).map(known -> known.channelName);
  }

  // ── What is asked of them ───────────────────────────────────────────────────────────────────

  /// One that we ask for now.
  ///
  /// @param timeout how long its phone rings
  void expect(LegId leg, Duration timeout) {
    legs.put(leg.channel(), new Leg(clock.instant().plus(timeout)));
  }

  /// Asked to be hung up. Returns whether its channel is there; if it is not, [#appears] returns
  /// the id when it does.
  boolean cancel(LegId leg) {
    Leg known = legs.get(leg.channel());
    if (known == null) return false;
    cancelled.add(leg.channel());
    return known.channelName != null && cancelled.remove(leg.channel());
  }

  /// Asterisk did not take the order to ring.
  void refused(LegId leg) {
    if (legs.remove(leg.channel()) == null) return;
    facts.accept(new PbxEvent.LegEnded(clock.instant(), leg, LegEnd.UNREACHABLE));
  }

  // ── What becomes of them ────────────────────────────────────────────────────────────────────

  /// A channel of ours is there.
  ///
  /// @return its id, if nobody wants it any more
  Optional<String> appears(String channel, @Nullable String name) {
    Leg leg = legs.get(channel);
    // One that we have asked for on a connection that was lost, and count on no more.
    if (leg == null) return Optional.of(channel);
    leg.channelName = name;
    return cancelled.remove(channel) ? Optional.of(channel) : Optional.empty();
  }

  void rings(Instant at, String channel) {
    if (has(channel)) facts.accept(new PbxEvent.LegRinging(at, id(channel)));
  }

  /// It is in a bridge with a caller.
  void connected(Instant at, String channel) {
    Leg leg = legs.get(channel);
    if (leg == null) return;
    leg.connected = true;
    facts.accept(new PbxEvent.LegConnected(at, id(channel)));
  }

  /// A supervisor takes part in a talk.
  void supervises(Instant at, String channel, Supervision how) {
    Leg leg = legs.get(channel);
    if (leg == null) return;
    leg.connected = true;
    facts.accept(new PbxEvent.SupervisorConnected(at, id(channel), how));
  }

  /// From now on it is one of ours, like those that we have rung.
  ///
  /// @param connected whether a caller is with it
  void takenOver(Instant at, String channel, String name, boolean connected) {
    // Since when it rings is not known.
    var leg = new Leg(at);
    leg.channelName = name;
    leg.connected = connected;
    legs.put(channel, leg);
  }

  /// A channel is over.
  ///
  /// @param hungUpOn whether its caller has hung up
  /// @return whether it was one of them
  boolean over(Instant at, HangupEvent e, boolean hungUpOn) {
    String channel = e.getUniqueId();
    Leg leg = legs.remove(channel);
    cancelled.remove(channel);
    if (leg == null) return false;
    int cause = e.getCause() == null ? 0 : e.getCause();
    if (!leg.connected) log.debug("Leg {} was not connected: cause {}.", channel, cause);
    // Of a call that the phone has sent elsewhere the end may have no cause, as that of a ring
    // that is over has none.
    boolean early = cause == 0 && at.isBefore(leg.until);
    int why = early ? CAUSE_REDIRECTED : cause;
    LegEnd talked = hungUpOn ? LegEnd.CALLER_GONE : LegEnd.HUNG_UP;
    LegEnd end = leg.connected ? talked : notConnectedBecause(why);
    facts.accept(new PbxEvent.LegEnded(at, id(channel), end));
    return true;
  }

  private static LegEnd notConnectedBecause(int cause) {
    return switch (cause) {
      case CAUSE_BUSY -> LegEnd.BUSY;
      case CAUSE_NO_USER_RESPONSE, CAUSE_NO_ANSWER, 0 -> LegEnd.NO_ANSWER;
      case CAUSE_CALLER_GONE -> LegEnd.CALLER_GONE;
      // Whoever is where the phone sends its calls is not its agent.
      case CAUSE_NORMAL, CAUSE_CALL_REJECTED, CAUSE_REDIRECTED -> LegEnd.DECLINED;
      default -> LegEnd.UNREACHABLE;
    };
  }

  /// Only a failure without a channel says something new: where there was one, its hang-up, which
  /// may come before or after, says more. That there was none is believed at once where there is
  /// nothing to ring; else when none has come for a while ([#heartbeat]).
  void originated(Instant at, OriginateResponseEvent e) {
    String channel = e.getActionId();
    if (!"Failure".equals(e.getResponse()) || channel == null) return;
    Leg leg = legs.get(channel);
    if (leg == null || leg.channelName != null) return;
    int reason = e.getReason() == null ? ORIGINATE_UNREACHABLE : e.getReason();
    log.debug("Leg {} could not be rung: reason {}.", channel, reason);
    switch (reason) {
      case ORIGINATE_UNREACHABLE -> failed(at, channel, leg, LegEnd.UNREACHABLE);
      case ORIGINATE_NO_ANSWER -> leg.failure = new Failure(at, LegEnd.NO_ANSWER);
      case ORIGINATE_BUSY -> leg.failure = new Failure(at, LegEnd.BUSY);
      default -> leg.failure = new Failure(at, LegEnd.UNREACHABLE);
    }
  }

  /// Due every second: a ring that failed, and whose channel has not come by now, had none.
  void heartbeat() {
    Instant now = clock.instant();
    legs.forEach(
        (channel, leg) -> {
          Failure failure = leg.failure;
          if (failure == null || leg.channelName != null) return;
          if (now.isBefore(failure.at().plus(CHANNEL_IS_LATE))) return;
          failed(now, channel, leg, failure.why());
        });
  }

  private void failed(Instant at, String channel, Leg leg, LegEnd why) {
    if (!legs.remove(channel, leg)) return;
    cancelled.remove(channel);
    facts.accept(new PbxEvent.LegEnded(at, id(channel), why));
  }

  /// What was known of a connection that is lost.
  void clear() {
    legs.clear();
    cancelled.clear();
  }
}
