package org.switchroom.cti.center;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.event.CallEvent.NumberDialed;
import org.switchroom.cti.pbx.CallId;

/// Numbers outside that are called, and how many were in a day.
///
/// @param day since 1970, of the last one
/// @param today how many on that day
/// @param agents those who have called somebody on that day
/// @param live calls that have somebody outside in them, or on the way
public record Outgoing(long day, int today, List<OfAgent> agents, List<Live> live) {
  static final Outgoing NONE = new Outgoing(0, 0, List.of(), List.of());

  /// How many numbers an agent has called on that day.
  public record OfAgent(AgentId agent, int today) {}

  /// @param agent empty: nobody has dialed it by hand
  public record Live(CallId call, Optional<AgentId> agent) {}

  public Outgoing {
    agents = List.copyOf(agents);
    live = List.copyOf(live);
  }

  /// Whether one more may be.
  ///
  /// @param agent who dials; empty: a script or a queue
  /// @param in the call in which they do; empty: in none
  Optional<NotDialed> refusal(
      Optional<AgentId> agent, Optional<CallId> in, LocalDate date, Dialing.Limits limits) {
    boolean sameDay = day == date.toEpochDay();
    if (live.size() >= limits.atOnce()) return Optional.of(NotDialed.TOO_MANY_AT_ONCE);
    if (sameDay && today >= limits.aDay()) return Optional.of(NotDialed.TOO_MANY_TODAY);
    if (agent.isEmpty()) return Optional.empty();
    long ofAgent =
        live.stream()
            .filter(one -> one.agent().equals(agent) && !in.equals(Optional.of(one.call())))
            .count();
    if (ofAgent >= limits.agentAtOnce()) return Optional.of(NotDialed.AGENT_AT_ONCE);
    return sameDay && today(agent.get()) >= limits.agentADay()
        ? Optional.of(NotDialed.AGENT_TODAY)
        : Optional.empty();
  }

  private int today(AgentId agent) {
    return agents.stream().filter(one -> one.agent().equals(agent)).mapToInt(OfAgent::today).sum();
  }

  /// One more; the first of another day begins to count anew.
  Outgoing and(NumberDialed e) {
    Outgoing before = e.day() == day ? this : new Outgoing(e.day(), 0, List.of(), live);
    var counted = new ArrayList<>(before.agents);
    e.agent()
        .ifPresent(
            agent -> {
              counted.removeIf(one -> one.agent().equals(agent));
              counted.add(new OfAgent(agent, before.today(agent) + 1));
            });
    var more = new ArrayList<>(before.without(e.call()).live);
    more.add(new Live(e.call(), e.agent()));
    return new Outgoing(e.day(), before.today + 1, counted, more);
  }

  /// Nobody outside is in this call any more.
  Outgoing without(CallId call) {
    if (live.stream().noneMatch(one -> one.call().equals(call))) return this;
    return new Outgoing(
        day, today, agents, live.stream().filter(one -> !one.call().equals(call)).toList());
  }
}
