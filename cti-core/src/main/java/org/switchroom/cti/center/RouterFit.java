package org.switchroom.cti.center;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.switchroom.acd.AgentMemory;
import org.switchroom.acd.AgentPresence;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.ContactMemory;
import org.switchroom.acd.CounterMemory;
import org.switchroom.acd.Decision;
import org.switchroom.acd.DueMemory;
import org.switchroom.acd.QueueMemory;
import org.switchroom.acd.RemovedQueueMemory;
import org.switchroom.acd.RouterMemory;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.contact.Contact;

/// What of the router's memory fits a state that is whole in itself: of contacts only those that
/// wait or are in a hand, in hands only what the agents have, and numbers above all that were
/// given. Where all fits it is the memory itself.
final class RouterFit {
  private final State state;
  private final RouterMemory memory;
  private final Set<ContactId> known = new HashSet<>();

  private RouterFit(State state, RouterMemory memory) {
    this.state = state;
    this.memory = memory;
    memory.contacts().forEach(one -> known.add(one.contact()));
  }

  static RouterMemory of(State state, RouterMemory memory) {
    return new RouterFit(state, memory).fitting();
  }

  private RouterMemory fitting() {
    List<AgentMemory> agents = memory.agents().stream().map(this::agent).toList();
    Set<ContactId> kept = new HashSet<>();
    agents.forEach(agent -> agent.inHand().forEach(one -> kept.add(one.contact())));
    state.contacts().stream().filter(Contact::waits).map(Contact::routed).forEach(kept::add);
    return new RouterMemory(
        memory.queues(),
        memory.shares(),
        memory.removedQueues(),
        agents,
        memory.contacts().stream().filter(one -> kept.contains(one.contact())).toList(),
        counters());
  }

  private AgentMemory agent(AgentMemory agent) {
    var kept = new ArrayList<AgentMemory.AssignmentMemory>();
    for (AgentMemory.AssignmentMemory one : agent.inHand()) {
      if (!known.contains(one.contact())) continue;
      Remembered.ours(agent.agent(), one, state).map(ours -> asFar(one, ours)).ifPresent(kept::add);
    }
    if (kept.equals(agent.inHand())) return agent;
    AgentMemory fitting = agent.with(kept);
    return kept.isEmpty() ? free(fitting) : fitting;
  }

  private static AgentMemory.AssignmentMemory asFar(AgentMemory.AssignmentMemory one, InHand ours) {
    return new AgentMemory.AssignmentMemory(
        one.contact(),
        one.offer(),
        one.channel(),
        Remembered.stage(ours, one.stage()),
        one.since(),
        one.talkSince(),
        one.ends());
  }

  /// Who has nothing any more becomes what they have asked for meanwhile.
  private static AgentMemory free(AgentMemory agent) {
    if (agent.pending().isEmpty()) return agent;
    return switch (agent.pending().get()) {
      case Decision.Pending.LogOut() -> are(agent, AgentPresence.LOGGED_OUT, "");
      case Decision.Pending.NotReady(var reason) -> are(agent, AgentPresence.NOT_READY, reason);
    };
  }

  private static AgentMemory are(AgentMemory agent, AgentPresence presence, String reason) {
    return new AgentMemory(
        agent.agent(),
        presence,
        agent.since(),
        reason,
        Optional.empty(),
        agent.phoneAvailable(),
        agent.leaving(),
        agent.turn(),
        agent.freeSince(),
        agent.handled(),
        agent.othersHandled(),
        agent.misses(),
        agent.busyShare(),
        agent.busyShareAsOf(),
        agent.inHand());
  }

  // ── Numbers ─────────────────────────────────────────────────────────────────────────────────

  private CounterMemory counters() {
    CounterMemory last = memory.counters();
    return new CounterMemory(
        last.offer(),
        most(last.contact(), memory.contacts().stream().mapToLong(ContactMemory::number)),
        most(last.turn(), memory.agents().stream().mapToLong(AgentMemory::turn)),
        most(last.timer(), timers().mapToLong(DueMemory::number)),
        most(
            last.queue(),
            LongStream.concat(
                memory.queues().stream().mapToLong(QueueMemory::number),
                memory.removedQueues().stream().mapToLong(RemovedQueueMemory::number))),
        last.shadowAsked(),
        last.shadowOtherwise(),
        last.wallAhead(),
        last.phonesReachable());
  }

  private Stream<DueMemory> timers() {
    return Stream.of(
            memory.queues().stream().map(QueueMemory::closing),
            memory.contacts().stream().map(ContactMemory::waited),
            memory.contacts().stream().map(one -> one.steps().timer()),
            memory.agents().stream()
                .flatMap(one -> one.inHand().stream())
                .map(AgentMemory.AssignmentMemory::ends))
        .flatMap(all -> all)
        .flatMap(Optional::stream);
  }

  private static long most(long last, LongStream given) {
    OptionalLong most = given.max();
    return most.isPresent() ? Math.max(last, most.getAsLong()) : last;
  }
}
