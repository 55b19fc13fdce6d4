package org.switchroom.desktop.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Who is with whom on an Asterisk, by its manager's events on a line of its own, and the moment in
/// which something becomes so: the same for whoever has wanted it.
final class PartiesWatch implements AutoCloseable {
  static final String USER = "parties";

  /// In manager.conf: what is looked at, and no more, which would take the processor's time.
  static final String RIGHTS =
      """
      secret=parties
      read=call,dialplan
      writetimeout=1000
      eventfilter(name(Newchannel)) =
      eventfilter(name(Newstate)) =
      eventfilter(name(Hangup)) =
      eventfilter(name(BridgeEnter)) =
      eventfilter(name(BridgeLeave)) =
      eventfilter(name(MixMonitorStart)) =
      eventfilter(name(MixMonitorMute)) =
      eventfilter(name(ChanSpyStart)) =
      eventfilter(name(VarSet),header(Variable),method(regex)) = ^(SR|ASIDE)_(HELD|PARKED)$\
      """;

  private static final long PATIENCE_SECONDS = 10;

  /// What the end of an agent's own call begins with that the agent hears.
  private static final String BESIDE = "beside-";

  /// Something that an event says.
  interface Sign {
    boolean is(Map<String, String> event);
  }

  /// What is waited for.
  static final class Moment {
    private final CompletableFuture<Long> come = new CompletableFuture<>();
    private final List<Sign> left;

    private Moment(List<Sign> signs) {
      left = new ArrayList<>(signs);
    }

    /// When the last of it has become so, by `System.nanoTime`.
    ///
    /// @param what it is, as in "It does not become so that …"
    long await(String what) {
      try {
        return come.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException("It does not become so that %s.".formatted(what), e);
      }
    }
  }

  private final AmiWire wire;
  private final Map<String, String> bridges = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  /// The last channel of a device, or of a number that was dialed.
  private final Map<String, String> last = new HashMap<>();

  private final List<Moment> awaited = new ArrayList<>();

  PartiesWatch(int amiPort) throws IOException {
    wire = new AmiWire(amiPort, USER, "parties", this::heard);
  }

  // ── What becomes so ─────────────────────────────────────────────────────────────────────────

  /// All of this.
  synchronized Moment when(Sign... signs) {
    var moment = new Moment(Arrays.asList(signs));
    awaited.add(moment);
    return moment;
  }

  /// All of these channels are in one bridge that is no waiting room.
  Sign together(String... channels) {
    return event -> event.getOrDefault("Event", "").equals("BridgeEnter") && areTogether(channels);
  }

  private boolean areTogether(String... channels) {
    var of = new HashSet<String>();
    for (String channel : channels) of.add(bridges.getOrDefault(channel, ""));
    return of.size() == 1 && !of.contains("");
  }

  static Sign rings(String device) {
    return event ->
        is(event, "Newstate")
            && AmiWire.device(event).equals(device)
            && event.getOrDefault("ChannelStateDesc", "").equals("Ringing");
  }

  /// It is in a bridge, whoever else is.
  static Sign talks(String channel) {
    return event -> is(event, "BridgeEnter") && of(event, channel);
  }

  static Sign over(String channel) {
    return event -> is(event, "Hangup") && of(event, channel);
  }

  static Sign set(String variable, String channel) {
    return event ->
        is(event, "VarSet")
            && of(event, channel)
            && event.getOrDefault("Variable", "").equals(variable);
  }

  /// Whoever has dialed this last.
  Sign setOfCaller(String variable, String dialed) {
    return event -> set(variable, caller(dialed)).is(event);
  }

  static Sign records(String channel) {
    return event -> is(event, "MixMonitorStart") && of(event, channel);
  }

  static Sign mutes(String channel) {
    return event -> is(event, "MixMonitorMute") && of(event, channel);
  }

  static Sign spies(String channel) {
    return event ->
        is(event, "ChanSpyStart") && event.getOrDefault("SpyerUniqueid", "").equals(channel);
  }

  private static boolean is(Map<String, String> event, String name) {
    return event.getOrDefault("Event", "").equals(name);
  }

  private static boolean of(Map<String, String> event, String channel) {
    return event.getOrDefault("Uniqueid", "").equals(channel);
  }

  // ── Who is there ────────────────────────────────────────────────────────────────────────────

  /// The channel of whoever has dialed this last.
  synchronized String caller(String dialed) {
    return last.getOrDefault(dialed, "none");
  }

  /// The channel to this phone that came last.
  synchronized String leg(String device) {
    return last.getOrDefault(device, "none");
  }

  synchronized String name(String channel) {
    return names.getOrDefault(channel, "none");
  }

  /// The end of the last own call of an agent's that the agent hears.
  synchronized String beside() {
    return last.getOrDefault(BESIDE, "none");
  }

  /// The end of the last own call of an agent's that the colleague hears.
  synchronized String own() {
    return beside().replaceFirst("^" + BESIDE, "");
  }

  synchronized int living() {
    return names.size();
  }

  private synchronized void heard(Map<String, String> event) {
    long now = System.nanoTime();
    String channel = event.getOrDefault("Uniqueid", "");
    switch (event.getOrDefault("Event", "")) {
      case "Newchannel" -> appears(channel, event);
      case "BridgeEnter" -> {
        if (event.getOrDefault("BridgeType", "").equals("holding")) bridges.remove(channel);
        else bridges.put(channel, event.get("BridgeUniqueid"));
      }
      case "BridgeLeave" -> bridges.remove(channel, event.get("BridgeUniqueid"));
      case "Hangup" -> {
        bridges.remove(channel);
        names.remove(channel);
      }
      default -> {}
    }
    awaited.removeIf(moment -> isOver(moment, event, now));
  }

  private void appears(String channel, Map<String, String> event) {
    names.put(channel, event.getOrDefault("Channel", ""));
    String device = AmiWire.device(event);
    if (channel.startsWith(BESIDE)) last.put(BESIDE, channel);
    else if (event.getOrDefault("Context", "").equals("switchroom-in"))
      last.put(event.getOrDefault("Exten", ""), channel);
    else last.put(device, channel);
  }

  private static boolean isOver(Moment moment, Map<String, String> event, long now) {
    moment.left.removeIf(sign -> sign.is(event));
    if (!moment.left.isEmpty()) return false;
    moment.come.complete(now);
    return true;
  }

  /// Nobody waits for anything any more.
  synchronized void forget() {
    awaited.clear();
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
