package org.switchroom.cti.pbx.asterisk;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.asteriskjava.manager.event.VarSetEvent;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;

/// Callers' channels that live: a channel is one when the dialplan has marked it with its own id. A
/// transfer may give another channel the mark, and does not make that a caller.
final class Callers {
  private final PbxId pbx;
  private final Consumer<PbxEvent> facts;
  private final Set<String> living = new HashSet<>();

  /// Who has come since the link is up, and whom the list of what lives may not have yet.
  private final Map<String, LiveCall> fresh = new HashMap<>();

  /// Those who have hung up, and whose channel is not over yet.
  private final Set<String> hangingUp = new HashSet<>();

  /// What was dialed, until the dialplan marks the channel as a caller's.
  private final Map<String, String> dialed = new HashMap<>();

  private boolean listed;

  Callers(PbxId pbx, Consumer<PbxEvent> facts) {
    this.pbx = pbx;
    this.facts = facts;
  }

  CallId id(String channel) {
    return CallId.of(pbx, channel);
  }

  boolean has(@Nullable String channel) {
    return channel != null && living.contains(channel);
  }

  /// What is dialed on a channel that may become a caller's.
  ///
  /// @param number null: it is not told
  void dials(String channel, @Nullable String number) {
    dialed.put(channel, number == null ? "" : number);
  }

  /// The dialplan has marked a channel.
  void arrives(Instant at, VarSetEvent mark) {
    String channel = mark.getUniqueId();
    if (!channel.equals(mark.getValue()) || !living.add(channel)) return;
    PhoneNumber from = PhoneNumber.of(mark.getCallerIdNum());
    PhoneNumber number = PhoneNumber.dialed(dialed.remove(channel));
    var name = CallerName.of(mark.getCallerIdName());
    if (!listed) fresh.put(channel, justCome(channel, from, number, name));
    facts.accept(new PbxEvent.CallArrived(at, id(channel), from, number, name));
  }

  /// Wherever they are by now, the events since then say so.
  private LiveCall justCome(String channel, PhoneNumber from, PhoneNumber number, CallerName name) {
    return new LiveCall(
        id(channel),
        from,
        number,
        Place.IN_SCRIPT,
        "",
        Optional.empty(),
        0,
        "",
        "",
        Optional.empty(),
        "",
        "",
        name,
        Optional.empty(),
        Optional.empty());
  }

  /// The other end of a channel has hung up.
  void hangsUp(String channel) {
    if (living.contains(channel)) hangingUp.add(channel);
  }

  boolean isHangingUp(String channel) {
    return hangingUp.contains(channel);
  }

  /// A channel is over.
  void over(Instant at, String channel) {
    hangingUp.remove(channel);
    dialed.remove(channel);
    fresh.remove(channel);
    if (living.remove(channel)) facts.accept(new PbxEvent.CallEnded(at, id(channel)));
  }

  // ── What lives ──────────────────────────────────────────────────────────────────────────────

  /// A new link: it is not known what lives on it.
  void begin() {
    listed = false;
  }

  /// Whether what lives on this link is known.
  boolean listed() {
    return listed;
  }

  /// Nobody is known but who has just come.
  void clear() {
    living.clear();
    hangingUp.clear();
    dialed.clear();
  }

  /// Who lives on a new link.
  ///
  /// @return who has come meanwhile, and is not among them
  List<LiveCall> live(List<LiveCall> found) {
    for (LiveCall call : found) {
      living.add(call.call().channel());
      fresh.remove(call.call().channel());
    }
    living.addAll(fresh.keySet());
    List<LiveCall> justCome = List.copyOf(fresh.values());
    fresh.clear();
    listed = true;
    return justCome;
  }

  /// What is told of them from now on is heard.
  void hear(Collection<String> channels) {
    living.addAll(channels);
  }
}
