package org.switchroom.cti.pbx.asterisk;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.asterisk.Bridges.Kind;

/// Who talks with whom, by the bridges that they enter. An agent's phone that we have not rung, and
/// that is in one with a caller, is that agent's leg from then on.
final class Talks {
  private final Callers callers;
  private final Legs legs;
  private final Predicate<String> watched;
  private final Consumer<PbxEvent> facts;
  private final Bridges bridges = new Bridges();

  /// Which caller has taken the place of a phone's own channel, until that is over.
  private final Map<String, String> taken = new HashMap<>();

  /// Channels of agents' phones that we have not rung and that are in a bridge, with their names.
  private final Map<String, String> phones = new HashMap<>();

  /// Callers for whom a number outside is called, and nobody there has answered yet.
  private final Set<String> dialing = new HashSet<>();

  Talks(Callers callers, Legs legs, Predicate<String> watched, Consumer<PbxEvent> facts) {
    this.callers = callers;
    this.legs = legs;
    this.watched = watched;
    this.facts = facts;
  }

  /// Such as `PJSIP/1001` of `PJSIP/1001-0000002a`.
  static String device(@Nullable String channelName) {
    if (channelName == null) return "";
    int end = channelName.lastIndexOf('-');
    return end < 0 ? "" : channelName.substring(0, end);
  }

  /// A leg waits in a bridge without a caller, until the caller takes it into theirs.
  void bridged(Instant at, BridgedEvent e) {
    String bridge = e.getBridgeUniqueid();
    String channel = e.getUniqueId();
    if (bridge == null || channel == null) return;
    String swapped = e.getSwapUniqueid();
    if (swapped != null) bridges.leaves(swapped);
    String name = requireNonNullElse(e.getChannel(), "");
    enters(at, requireNonNullElse(taken.get(channel), channel), name, bridge);
  }

  private void enters(Instant at, String channel, String name, String bridge) {
    if (legs.has(channel)) {
      bridges.enters(channel, Kind.LEG, bridge);
      if (bridges.in(bridge, Kind.CALLER).isPresent()) legs.connected(at, channel);
    } else if (Kit.besides(channel).isPresent()) {
      bridges.enters(channel, Kind.BESIDE, bridge);
    } else if (Kit.dials(channel).isPresent()) {
      reached(at, Kit.dials(channel).get());
    } else if (callers.has(channel)) {
      if (dialing.remove(channel)) reached(at, channel);
      bridges.enters(channel, Kind.CALLER, bridge);
      bridges
          .in(bridge, Kind.LEG)
          .ifPresentOrElse(leg -> legs.connected(at, leg), () -> phoneConnected(at, bridge));
    } else if (watched.test(device(name))) {
      bridges.enters(channel, Kind.PHONE, bridge);
      phones.put(channel, name);
      withoutLeg(at, bridge);
    }
    conferenced(at, channel, bridge);
  }

  /// A number outside is called for a caller.
  void dials(String caller) {
    if (callers.has(caller)) dialing.add(caller);
  }

  /// Somebody there has answered.
  void reached(Instant at, String caller) {
    if (callers.has(caller)) facts.accept(new PbxEvent.NumberReached(at, callers.id(caller)));
  }

  /// Whoever of the three comes last.
  private void conferenced(Instant at, String last, String bridge) {
    Optional<String> caller = bridges.in(bridge, Kind.CALLER);
    Optional<String> own = bridges.in(bridge, Kind.BESIDE).flatMap(Kit::besides);
    boolean agent = bridges.in(bridge, Kind.LEG).isPresent();
    if (caller.isEmpty() || own.isEmpty() || !agent) return;
    if (bridges.of(last).filter(bridge::equals).isEmpty()) return;
    facts.accept(new PbxEvent.CallConferenced(at, callers.id(caller.get()), callers.id(own.get())));
  }

  /// Where a caller is in a bridge with a phone, and no leg of ours is, the phone is one now.
  void withoutLeg(Instant at, String bridge) {
    if (bridges.in(bridge, Kind.LEG).isEmpty()) phoneConnected(at, bridge);
  }

  private void phoneConnected(Instant at, String bridge) {
    String caller = bridges.in(bridge, Kind.CALLER).orElse(null);
    String phone = bridges.in(bridge, Kind.PHONE).orElse(null);
    if (caller == null || phone == null) return;
    // Whatever is in a bridge as a phone has come into it with its name.
    String name = requireNonNull(phones.remove(phone), phone);
    legs.takenOver(at, phone, name, true);
    bridges.enters(phone, Kind.LEG, bridge);
    facts.accept(new PbxEvent.PhoneConnected(at, callers.id(caller), device(name), legs.id(phone)));
  }

  /// A caller is where a phone's own channel was. Where the phone's own call is answered in this
  /// very moment its channel comes into a bridge under its own name, and is the caller's by then:
  /// nobody says so.
  void takesPlace(Instant at, String caller, String own) {
    taken.put(own, caller);
    bridges
        .of(own)
        .ifPresent(
            bridge -> {
              bridges.leaves(own);
              enters(at, caller, "", bridge);
            });
  }

  /// The caller in a bridge; empty: none.
  Optional<String> callerIn(String bridge) {
    return bridges.in(bridge, Kind.CALLER);
  }

  /// A caller who is in the dialplan hears nobody; that they have left a bridge is not told.
  void alone(String caller) {
    dialing.remove(caller);
    bridges.leaves(caller);
  }

  /// A channel is over.
  ///
  /// @return the bridge that it was in; empty: none
  Optional<String> over(String channel) {
    Optional<String> left = bridges.of(channel);
    bridges.leaves(channel);
    phones.remove(channel);
    taken.remove(channel);
    dialing.remove(channel);
    return left;
  }

  // ── What lives ──────────────────────────────────────────────────────────────────────────────

  /// What was known of a line that is lost.
  void clear() {
    phones.clear();
    taken.clear();
    dialing.clear();
    bridges.clear();
  }

  /// A caller is found in a bridge.
  void foundCaller(String caller, String bridge) {
    bridges.enters(caller, Kind.CALLER, bridge);
  }

  /// An end of an agent's own call is found in a bridge.
  void foundBeside(String beside, String bridge) {
    bridges.enters(beside, Kind.BESIDE, bridge);
  }

  /// A leg is found in a bridge.
  ///
  /// @return whether a caller is there
  boolean foundLeg(String leg, String bridge) {
    bridges.enters(leg, Kind.LEG, bridge);
    return bridges.in(bridge, Kind.CALLER).isPresent();
  }

  /// A phone that is nobody's leg yet is found with a caller; [#withoutLeg] makes it one.
  void foundPhone(String phone, String name, String bridge) {
    bridges.enters(phone, Kind.PHONE, bridge);
    phones.put(phone, name);
  }
}
