package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.asteriskjava.manager.event.AbstractChannelEvent;
import org.asteriskjava.manager.event.AbstractHoldEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.StatusEvent;
import org.asteriskjava.manager.event.VarSetEvent;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;

/// Legs that another call of the agent's telephone has taken the place of: Asterisk has them by
/// that call's id from then on, and everybody here by the one that they were rung by.
///
/// Asterisk says that the first id is over before the dialplan says whose place was taken, so an
/// end in this moment is believed a little later.
final class MovedLegs {
  private static final Duration MOVES = Duration.ofSeconds(20);
  private static final Duration LATE = Duration.ofSeconds(1);

  /// As Asterisk has a leg now, by our name of it.
  private final Map<String, String> now = new ConcurrentHashMap<>();

  /// The other way round.
  private final Map<String, String> first = new ConcurrentHashMap<>();

  /// Until when somebody may take its place.
  private final Map<String, Instant> moving = new ConcurrentHashMap<>();

  private record Ended(Instant at, HangupEvent event) {}

  private final Map<String, Ended> ended = new ConcurrentHashMap<>();

  private record Waits(Instant at, PbxCommand.Retrieve command) {}

  /// What is to be done with a leg as soon as it is known by which id Asterisk has it.
  private final Map<String, Waits> waiting = new ConcurrentHashMap<>();

  private volatile Consumer<PbxCommand> then = _ -> {};

  /// @param then is given what has waited
  void whenMoved(Consumer<PbxCommand> then) {
    this.then = then;
  }

  /// Whether this has to wait until the leg's place is taken; for a moment, in case nobody takes
  /// it.
  boolean waits(PbxCommand command, Instant at) {
    if (!(command instanceof PbxCommand.Retrieve retrieve)) return false;
    String leg = retrieve.leg().channel();
    if (!moving.containsKey(leg)) return false;
    waiting.put(leg, new Waits(at, retrieve));
    // It may have been taken in between.
    if (!moving.containsKey(leg)) goesOn(leg);
    return true;
  }

  private void goesOn(String leg) {
    Waits one = waiting.remove(leg);
    if (one != null) then.accept(one.command());
  }

  /// Somebody is to take its place.
  void moves(LegId leg, Instant at) {
    moving.put(leg.channel(), at.plus(MOVES));
  }

  /// A channel is what a leg was.
  ///
  /// @param leg by our name of it
  void moved(String channel, String leg) {
    String before = now.put(leg, channel);
    if (before != null) first.remove(before);
    first.put(channel, leg);
    moving.remove(leg);
    ended.remove(leg);
    goesOn(leg);
  }

  /// Whether this end is one to be waited with.
  boolean mayHaveMoved(HangupEvent event, Instant at) {
    Instant until = moving.get(event.getUniqueId());
    if (until == null || until.isBefore(at)) return false;
    ended.put(event.getUniqueId(), new Ended(at, event));
    return true;
  }

  /// Due every second: ends of legs whose place nobody has taken.
  List<HangupEvent> overIndeed(Instant at) {
    var over = new ArrayList<HangupEvent>();
    ended.forEach(
        (leg, one) -> {
          if (at.isBefore(one.at().plus(LATE))) return;
          ended.remove(leg);
          moving.remove(leg);
          over.add(one.event());
        });
    moving.values().removeIf(until -> until.isBefore(at));
    waiting.forEach(
        (leg, one) -> {
          if (at.isBefore(one.at().plus(LATE))) return;
          moving.remove(leg);
          goesOn(leg);
        });
    return over;
  }

  void over(String leg) {
    String channel = now.remove(leg);
    if (channel != null) first.remove(channel);
    moving.remove(leg);
    waiting.remove(leg);
  }

  /// By our names.
  ManagerEvent named(ManagerEvent event) {
    switch (event) {
      case AbstractChannelEvent e -> e.setUniqueId(ours(e.getUniqueId()));
      case AbstractHoldEvent e -> e.setUniqueId(ours(e.getUniqueId()));
      case VarSetEvent e when Kit.MOVED.equals(e.getVariable()) -> {
        if (isLeg(e.getValue()) && e.getUniqueId() != null) moved(e.getUniqueId(), e.getValue());
        e.setUniqueId(ours(e.getUniqueId()));
      }
      case VarSetEvent e -> e.setUniqueId(ours(e.getUniqueId()));
      case BridgedEvent e -> {
        e.setUniqueId(ours(e.getUniqueId()));
        e.setSwapUniqueid(ours(e.getSwapUniqueid()));
      }
      case StatusEvent e -> {
        Optional.ofNullable(e.getVariables())
            .map(all -> all.get(Kit.MOVED))
            .filter(MovedLegs::isLeg)
            .ifPresent(leg -> moved(e.getUniqueId(), leg));
        e.setUniqueId(ours(e.getUniqueId()));
      }
      default -> {}
    }
    return event;
  }

  private static boolean isLeg(@Nullable String value) {
    return value != null && LegId.isOurs(value);
  }

  private @Nullable String ours(@Nullable String channel) {
    return channel == null ? null : first.getOrDefault(channel, channel);
  }

  String leg(String channel) {
    return first.getOrDefault(channel, channel);
  }

  // ── As Asterisk has them ────────────────────────────────────────────────────────────────────

  private LegId now(LegId leg) {
    String channel = now.get(leg.channel());
    return channel == null ? leg : LegId.of(leg.pbx(), channel);
  }

  /// The same, of legs as Asterisk has them now.
  PbxCommand of(PbxCommand command) {
    if (now.isEmpty()) return command;
    return switch (command) {
      case PbxCommand.Adopt(var call, var leg, var agent, var after) ->
          new PbxCommand.Adopt(call, now(leg), agent, after);
      case PbxCommand.Hold(var call, var leg) -> new PbxCommand.Hold(call, now(leg));
      case PbxCommand.Move(var call, var leg, var talks) ->
          new PbxCommand.Move(call, now(leg), talks);
      case PbxCommand.Retrieve(var leg) -> new PbxCommand.Retrieve(now(leg));
      case PbxCommand.Consult(var call, var leg) -> new PbxCommand.Consult(call, now(leg));
      case PbxCommand.Supervise(var leg, var agents, var phone, var how, var time, var shown) ->
          new PbxCommand.Supervise(leg, now(agents), phone, how, time, shown);
      case PbxCommand.SuperviseBy(var leg, var how) -> new PbxCommand.SuperviseBy(now(leg), how);
      case PbxCommand.TakeOver(var call, var leg, var agents, var supervisor) ->
          new PbxCommand.TakeOver(call, now(leg), now(agents), supervisor);
      default -> command;
    };
  }

  String channel(LegId leg) {
    return now(leg).channel();
  }
}
