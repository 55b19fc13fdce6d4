package org.switchroom.cti.pbx.asterisk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asteriskjava.manager.event.StatusEvent;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.EndedCall;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.LiveSupervisor;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.Supervision;

/// What lives on the PBX, as it lists its channels after each log-in and from time to time, and
/// which calls it remembers that are over.
final class LivingChannels {
  /// Calls that ended while nobody was there. What is beyond comes with the next log-in.
  private static final int MOST_ENDED = 50_000;

  private final PbxId pbx;
  private final Callers callers;
  private final Legs legs;
  private final Talks talks;
  private final Predicate<String> watched;
  private final AgiAdmission admission;
  private final Consumer<PbxEvent> facts;
  private final List<ListedChannel> found = new ArrayList<>();
  private final List<EndedCall> ended = new ArrayList<>();

  LivingChannels(
      PbxId pbx,
      Callers callers,
      Legs legs,
      Talks talks,
      Predicate<String> watched,
      AgiAdmission admission,
      Consumer<PbxEvent> facts) {
    this.pbx = pbx;
    this.callers = callers;
    this.legs = legs;
    this.talks = talks;
    this.watched = watched;
    this.admission = admission;
    this.facts = facts;
  }

  /// A new link: what was found on the old one no longer counts.
  void begin() {
    found.clear();
    ended.clear();
    callers.begin();
  }

  /// One more is listed.
  void lists(StatusEvent channel) {
    if (!ListedChannel.isShell(channel)) found.add(ListedChannel.of(channel));
  }

  /// It was listed, and is over meanwhile.
  void over(String channel) {
    found.removeIf(one -> channel.equals(one.id()));
  }

  /// One more that is over is remembered.
  void remembers(DbGetTreeResponseEvent entry) {
    if (ended.size() == MOST_ENDED) return;
    RememberedCalls.read(pbx, entry.getKey(), entry.getVal()).ifPresent(ended::add);
  }

  /// The list is whole: it is the first of a new link, or is compared with what is believed.
  void isWhole(Instant at) {
    if (callers.listed()) compare(at);
    else synchronize(at);
  }

  /// What was listed, each caller with the leg that they talk with or that rings for them.
  ///
  /// @param left by caller: every other leg
  private record Listed(List<LiveCall> calls, Map<String, List<ListedChannel>> left) {}

  private Listed listed() {
    var callersIn = new HashMap<String, String>();
    var phonesIn = new HashMap<String, ListedChannel>();
    for (ListedChannel channel : found) {
      if (!channel.isBridged()) continue;
      if (channel.isCaller()) callersIn.put(channel.bridge(), channel.id());
      else if (watched.test(Talks.device(channel.name()))) phonesIn.put(channel.bridge(), channel);
    }
    var left = new HashMap<String, List<ListedChannel>>();
    ourLegs().forEach(leg -> legsOf(callerOf(leg, callersIn), left).add(leg));
    var calls = new ArrayList<LiveCall>();
    for (ListedChannel channel : found) {
      if (!channel.isCaller()) continue;
      List<ListedChannel> its = legsOf(channel.id(), left);
      Optional<ListedChannel> leg = legOf(channel, its);
      if (leg.isEmpty() && channel.isBridged()) {
        leg = Optional.ofNullable(phonesIn.get(channel.bridge()));
      }
      calls.add(live(channel, leg));
      leg.ifPresent(its::remove);
    }
    return new Listed(calls, left);
  }

  private static List<ListedChannel> legsOf(String caller, Map<String, List<ListedChannel>> all) {
    return all.computeIfAbsent(caller, _ -> new ArrayList<>());
  }

  private Stream<ListedChannel> ourLegs() {
    return found.stream().filter(ListedChannel::isLeg);
  }

  private List<LiveSupervisor> supervisors() {
    return found.stream()
        .filter(ListedChannel::isSupervisor)
        .map(leg -> new LiveSupervisor(id(leg), Supervision.of(leg.variable(Kit.HEARS))))
        .toList();
  }

  /// Who talks with a leg; else for whom it was rung.
  private static String callerOf(ListedChannel leg, Map<String, String> callersIn) {
    String with = leg.isBridged() ? callersIn.get(leg.bridge()) : null;
    return with == null ? leg.variable(Kit.CALLER) : with;
  }

  /// Of several, the one that they talk with, or that was asked last.
  private Optional<ListedChannel> legOf(ListedChannel caller, List<ListedChannel> its) {
    ListedChannel last = null;
    for (ListedChannel leg : its) {
      if (caller.talksOn(leg)) return Optional.of(leg);
      boolean later = last == null || id(leg).isAfter(id(last));
      if (later) last = leg;
    }
    return Optional.ofNullable(last);
  }

  private LegId id(ListedChannel leg) {
    return legs.id(leg.id());
  }

  private LiveCall live(ListedChannel caller, Optional<ListedChannel> leg) {
    return new LiveCall(
        callers.id(caller.id()),
        caller.from(),
        PhoneNumber.dialed(caller.variable(Kit.DNIS)),
        caller.place(),
        caller.variable(Kit.QUEUE),
        caller.arrived(),
        (int) caller.number(Kit.PRIORITY),
        caller.variable(Kit.ASK),
        caller.variable(Kit.LANGUAGE),
        leg.map(this::id),
        leg.map(one -> one.variable(Kit.AGENT)).orElse(""),
        leg.filter(one -> !one.isLeg()).map(one -> Talks.device(one.name())).orElse(""),
        caller.callerName(),
        caller.recording(),
        conference(caller));
  }

  /// The own call whose other side is where the caller is.
  private Optional<CallId> conference(ListedChannel caller) {
    if (!caller.isBridged()) return Optional.empty();
    return found.stream()
        .filter(one -> one.bridge().equals(caller.bridge()))
        .flatMap(one -> one.besides().stream())
        .map(callers::id)
        .findFirst();
  }

  /// Nothing of what is remembered changes: events have told it.
  private void compare(Instant at) {
    Listed listed = listed();
    Set<String> living = channels(listed.calls());
    var all = new HashSet<LegId>(legsWith(listed));
    ourLegs().map(this::id).forEach(all::add);
    supervisors().forEach(one -> all.add(one.leg()));
    List<LegId> alone = left(listed, caller -> !living.contains(caller));
    found.clear();
    callers.hear(living);
    facts.accept(new PbxEvent.Compared(at, pbx, listed.calls(), all, alone));
  }

  private void synchronize(Instant at) {
    callers.clear();
    legs.clear();
    talks.clear();
    found.stream()
        .filter(channel -> channel.isBridged() && channel.isCaller())
        .forEach(channel -> talks.foundCaller(channel.id(), channel.bridge()));
    found.stream()
        .filter(channel -> channel.isBridged() && channel.besides().isPresent())
        .forEach(channel -> talks.foundBeside(channel.id(), channel.bridge()));
    // Who was on the way while nothing was told.
    found.stream()
        .filter(channel -> channel.isCaller() && channel.place() == Place.IN_SCRIPT)
        .forEach(channel -> admission.isOnTheWayOrThere(channel.id()));
    ourLegs()
        .forEach(
            leg ->
                legs.takenOver(
                    at,
                    leg.id(),
                    leg.name(),
                    leg.isBridged() && talks.foundLeg(leg.id(), leg.bridge())));
    found.stream()
        .filter(ListedChannel::isSupervisor)
        .forEach(leg -> legs.takenOver(at, leg.id(), leg.name(), true));
    List<LiveSupervisor> supervisors = supervisors();
    List<String> ringing =
        found.stream()
            .filter(one -> one.dials() && !one.isBridged())
            .map(ListedChannel::id)
            .toList();
    Listed listed = listed();
    List<String> given = given(listed);
    List<String> reached = reached();
    List<LiveCall> justCome = callers.live(listed.calls());
    Set<String> unlisted = channels(justCome);
    List<LegId> alone = left(listed, caller -> !unlisted.contains(caller));
    found.clear();
    var calls = new ArrayList<>(listed.calls());
    calls.addAll(justCome);
    ended.removeIf(over -> callers.has(over.call().channel()));
    facts.accept(
        new PbxEvent.Synchronized(
            at, pbx, List.copyOf(calls), List.copyOf(ended), alone, supervisors));
    ended.clear();
    given.forEach(bridge -> talks.withoutLeg(at, bridge));
    reached.forEach(caller -> talks.reached(at, caller));
    ringing.forEach(talks::dials);
  }

  /// For whom a number outside has answered.
  private List<String> reached() {
    return found.stream()
        .filter(ListedChannel::isBridged)
        .flatMap(one -> one.dials() ? Stream.of(one.id()) : Kit.dials(one.id()).stream())
        .toList();
  }

  /// The bridges in which callers are with phones that are nobody's leg yet.
  private List<String> given(Listed listed) {
    Set<LegId> withCallers = legsWith(listed);
    var bridges = new ArrayList<String>();
    found.stream()
        .filter(channel -> !legs.has(channel.id()) && withCallers.contains(id(channel)))
        .forEach(
            phone -> {
              talks.foundPhone(phone.id(), phone.name(), phone.bridge());
              bridges.add(phone.bridge());
            });
    return bridges;
  }

  /// Legs that are no caller's, by who their caller is.
  private List<LegId> left(Listed listed, Predicate<String> isGone) {
    var alone = new ArrayList<LegId>();
    listed
        .left()
        .forEach(
            (caller, its) -> {
              if (isGone.test(caller)) its.forEach(leg -> alone.add(id(leg)));
            });
    return alone;
  }

  private static Set<String> channels(List<LiveCall> calls) {
    return calls.stream().map(call -> call.call().channel()).collect(Collectors.toSet());
  }

  private static Set<LegId> legsWith(Listed listed) {
    return listed.calls().stream().flatMap(call -> call.leg().stream()).collect(Collectors.toSet());
  }
}
