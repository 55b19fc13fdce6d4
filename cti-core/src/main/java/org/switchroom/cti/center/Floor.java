package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.DispositionRecord;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;

/// The agents' places: phone, screen, and what is on it.
final class Floor {
  /// How long an agent whose screen is gone keeps their state: a reload takes a second or two.
  private static final Duration DESK_GRACE = Duration.ofSeconds(15);

  private static final class Place {
    AgentSettings settings;
    PhoneState phone = PhoneState.UNKNOWN;
    boolean desk;
    LegId leg;
    ScreenPop pop;

    /// What the pop is about, as the router calls it.
    ContactId shown;

    Decision.Pending pending;

    Place(AgentSettings settings) {
      this.settings = settings;
    }

    /// Of another phone nothing is known yet.
    void configure(AgentSettings other) {
      if (!other.phone().equals(settings.phone())) phone = PhoneState.UNKNOWN;
      settings = other;
    }
  }

  private final Map<AgentId, Place> places = new LinkedHashMap<>();
  private final Map<String, List<AgentId>> byPhone = new HashMap<>();
  private final Map<LegId, CallId> talks = new HashMap<>();
  private final Map<AgentId, Instant> desksGone = new LinkedHashMap<>();

  Floor(List<AgentSettings> agents) {
    configure(agents);
  }

  /// Who is not named any more keeps their place until the router lets them go.
  void configure(List<AgentSettings> agents) {
    byPhone.clear();
    for (AgentSettings agent : agents) {
      Place known = places.putIfAbsent(agent.id(), new Place(agent));
      if (known != null) known.configure(agent);
      byPhone.computeIfAbsent(agent.phone(), _ -> new ArrayList<>()).add(agent.id());
    }
  }

  void forget(AgentId agent) {
    places.remove(agent);
    desksGone.remove(agent);
  }

  Set<AgentId> agents() {
    return places.keySet();
  }

  /// Null: there is no such agent.
  AgentSettings settings(AgentId agent) {
    Place place = places.get(agent);
    return place == null ? null : place.settings;
  }

  AgentId known(String agent) {
    if (agent.isEmpty()) return null;
    var id = new AgentId(agent);
    return places.containsKey(id) ? id : null;
  }

  // ── Phones ──────────────────────────────────────────────────────────────────────────────────

  /// Returns whose phone it is.
  List<AgentId> phoneChanged(String phone, PhoneState state) {
    List<AgentId> agents = byPhone.getOrDefault(phone, List.of());
    agents.forEach(agent -> places.get(agent).phone = state);
    return agents;
  }

  /// Whose phone it is; where nobody's, one by its name.
  AgentId withPhone(String phone) {
    List<AgentId> agents = byPhone.getOrDefault(phone, List.of());
    return agents.isEmpty() ? new AgentId(phone) : agents.getFirst();
  }

  PhoneState phone(AgentId agent) {
    return places.get(agent).phone;
  }

  void talks(AgentId agent, LegId leg, CallId call) {
    places.get(agent).leg = leg;
    talks.put(leg, call);
  }

  void talkOver(AgentId agent, LegId leg) {
    talks.remove(leg);
    places.get(agent).leg = null;
  }

  /// Null: nobody talks on it.
  CallId callOn(LegId leg) {
    return talks.get(leg);
  }

  /// The leg on which the agent talks; null: none.
  LegId legOf(AgentId agent) {
    return places.get(agent).leg;
  }

  // ── Screens ─────────────────────────────────────────────────────────────────────────────────

  void deskOpened(AgentId agent) {
    places.get(agent).desk = true;
    desksGone.remove(agent);
  }

  /// After a start: their screen was there before.
  void deskAwaited(Instant at, AgentId agent) {
    desksGone.put(agent, at.plus(DESK_GRACE));
  }

  void deskClosed(Instant at, AgentId agent) {
    places.get(agent).desk = false;
    desksGone.put(agent, at.plus(DESK_GRACE));
  }

  Instant nextDeadline() {
    return desksGone.isEmpty() ? null : desksGone.values().iterator().next();
  }

  /// Agents whose screen has been gone for too long; each is named once.
  List<AgentId> lostDesks(Instant now) {
    var lost = new ArrayList<AgentId>();
    desksGone.forEach(
        (agent, until) -> {
          if (!until.isAfter(now)) lost.add(agent);
        });
    lost.forEach(desksGone::remove);
    return lost;
  }

  /// @param contact what it is about
  void popped(AgentId agent, ScreenPop pop, ContactId contact) {
    Place place = places.get(agent);
    place.pop = pop;
    place.shown = contact;
  }

  /// Who has this call on their screen; null: nobody.
  AgentId looksAt(CallId call) {
    for (var place : places.entrySet()) {
      ScreenPop pop = place.getValue().pop;
      if (pop != null && pop.call().equals(call)) return place.getKey();
    }
    return null;
  }

  /// What the agent's pop is about; null: there is none.
  ContactId shown(AgentId agent) {
    return places.get(agent).shown;
  }

  /// What the agent's screen shows; null: nothing.
  ScreenPop pop(AgentId agent) {
    return places.get(agent).pop;
  }

  ScreenPop chosen(AgentId agent, List<CustomerCard> chosen) {
    Place place = places.get(agent);
    ScreenPop p = place.pop;
    place.pop =
        new ScreenPop(
            p.call(),
            p.decided(),
            p.queue(),
            p.queueTitle(),
            p.from(),
            p.line(),
            p.waitingSince(),
            p.path(),
            p.answers(),
            chosen,
            p.dispositions());
    return place.pop;
  }

  /// Keeps what the router has changed; returns whether the agent's pop is over with it.
  ///
  /// @param hasCall whether the agent still has the call of their pop
  boolean moved(Decision.AgentMoved moved, boolean hasCall) {
    Place place = places.get(moved.agent());
    place.pending = moved.pending();
    boolean over = place.pop != null && !hasCall;
    if (over) popped(moved.agent(), null, null);
    return over;
  }

  Effect.RecordFor recordFor(DeskRequest.CompleteWrapUp request, CallId call) {
    ScreenPop pop = places.get(request.agent()).pop;
    List<CustomerCard> matches = pop.matches();
    Long customer = matches.size() == 1 ? matches.getFirst().customer().id() : null;
    var record =
        new DispositionRecord(
            call.value(),
            customer,
            request.agent().value(),
            request.disposition(),
            request.note(),
            request.at());
    return new Effect.RecordFor(
        record, new PhoneNumber(pop.from()), request.agent(), call, request);
  }

  AgentView view(AgentId agent, AgentState state, boolean parked, boolean working) {
    Place place = places.get(agent);
    ScreenPop pop = place.pop;
    AgentState.InWrapUp wrapUp = state instanceof AgentState.InWrapUp in ? in : null;
    return new AgentView(
        agent,
        place.settings.name(),
        parked ? "hold" : working ? "working" : name(state),
        state.since(),
        state instanceof AgentState.NotReady notReady ? notReady.reason() : "",
        pending(place.pending),
        wrapUp == null ? null : wrapUp.until(),
        wrapUp != null && wrapUp.dispositionNeeded(),
        place.phone,
        place.desk,
        pop == null ? null : pop.call(),
        pop == null ? "" : pop.queueTitle(),
        pop == null ? "" : callerName(pop));
  }

  private static String callerName(ScreenPop pop) {
    return pop.matches().size() == 1 ? pop.matches().getFirst().customer().name() : pop.from();
  }

  private static String name(AgentState state) {
    return switch (state) {
      case AgentState.LoggedOut _ -> "logged-out";
      case AgentState.NotReady _ -> "not-ready";
      case AgentState.Ready _ -> "ready";
      case AgentState.Reserved _ -> "reserved";
      case AgentState.Ringing _ -> "ringing";
      case AgentState.Talking _ -> "talking";
      case AgentState.Consulting _ -> "consulting";
      case AgentState.InWrapUp _ -> "wrap-up";
    };
  }

  private static String pending(Decision.Pending pending) {
    return switch (pending) {
      case null -> "";
      case Decision.Pending.NotReady(var reason) -> "not-ready:" + reason;
      case Decision.Pending.LogOut() -> "log-out";
    };
  }
}
