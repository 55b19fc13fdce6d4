package org.switchroom.cti.center;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.customer.BlockedCaller;

/// The configuration as the rules ask it: queues, agents and phones by name.
public final class CenterPlan {
  private static final String NOBODY = "";

  private final CenterSettings settings;
  private final Map<QueueId, QueueSettings> queues;
  private final Map<AgentId, AgentSettings> agents;
  private final Map<String, List<AgentId>> byPhone = new HashMap<>();
  private final Set<String> hotDesks;
  private final Set<String> withoutTalk;
  private final List<BlockedCaller> blocked;

  public CenterPlan(CenterSettings settings) {
    this(settings, List.of());
  }

  private CenterPlan(CenterSettings settings, List<BlockedCaller> blocked) {
    this.blocked = blocked;
    this.settings = settings;
    hotDesks = new LinkedHashSet<>(settings.hotDesks());
    withoutTalk = new LinkedHashSet<>(settings.withoutTalk());
    queues = byId(settings.queues(), QueueSettings::id);
    agents = byId(settings.agents(), AgentSettings::id);
    for (AgentSettings agent : settings.agents()) {
      if (agent.phone().isEmpty()) continue;
      byPhone.computeIfAbsent(agent.phone(), _ -> new ArrayList<>()).add(agent.id());
    }
  }

  public CenterSettings settings() {
    return settings;
  }

  /// The same, with others who are blocked.
  CenterPlan blocking(List<BlockedCaller> all) {
    return new CenterPlan(settings, all);
  }

  /// The same, with another configuration.
  CenterPlan on(CenterSettings other) {
    return new CenterPlan(other, blocked);
  }

  /// Whether calls from a number are not taken.
  ///
  /// @param number as it is blocked; empty: it is hidden, and never is
  boolean blocks(String number, Instant wall) {
    return blocked.stream().anyMatch(one -> one.number().equals(number) && one.isBlocked(wall));
  }

  public Optional<QueueSettings> queue(QueueId id) {
    return Optional.ofNullable(queues.get(id));
  }

  boolean has(QueueId id) {
    return queues.containsKey(id);
  }

  public Optional<AgentSettings> agent(AgentId id) {
    return Optional.ofNullable(agents.get(id));
  }

  boolean has(AgentId id) {
    return agents.containsKey(id);
  }

  /// By a name that somebody else wrote.
  Optional<AgentId> agent(String name) {
    if (name.isBlank()) return Optional.empty();
    var id = new AgentId(name);
    return agents.containsKey(id) ? Optional.of(id) : Optional.empty();
  }

  /// Whose own phone it is; where somebody sits [Phones] knows.
  List<AgentId> withPhone(String phone) {
    return byPhone.getOrDefault(phone, List.of());
  }

  /// An agent's own; empty: they have none.
  public String phone(AgentId agent) {
    AgentSettings known = agents.get(agent);
    return known == null ? NOBODY : known.phone();
  }

  /// At a hot desk anybody, at another phone whose own it is.
  boolean maySitAt(AgentId agent, String phone) {
    AgentSettings known = agents.get(agent);
    if (known == null || phone.isEmpty()) return false;
    return known.phone().equals(phone)
        || known.other().equals(Optional.of(phone))
        || hotDesks.contains(phone);
  }

  public boolean isHotDesk(String phone) {
    return hotDesks.contains(phone);
  }

  /// Whether it is answered from the desk. One that does not know "talk" would lose the ring by it.
  public boolean knowsTalk(String phone) {
    return !withoutTalk.contains(phone);
  }

  /// Whether there is another phone than theirs at which they may sit.
  public boolean choosesPhone(AgentId agent) {
    AgentSettings known = agents.get(agent);
    return known != null && (!hotDesks.isEmpty() || known.other().isPresent());
  }

  /// Their own. Empty: they may not take part in talks.
  Optional<String> supervisorsPhone(AgentId supervisor) {
    return Optional.ofNullable(settings.supervisors().get(supervisor));
  }

  /// Where a contact goes that was to wait in a queue: there, if it is there and for such contacts;
  /// a call to the default queue, work to the first queue that takes work.
  QueueId queueFor(QueueId wanted, boolean task) {
    QueueSettings known = queues.get(wanted);
    if (known != null && (task ? known.forTasks() : known.forCalls())) return wanted;
    if (!task) return settings.defaultQueue();
    return queues.values().stream()
        .filter(QueueSettings::forTasks)
        .map(QueueSettings::id)
        .findFirst()
        .orElse(settings.defaultQueue());
  }

  /// Where goes who can go nowhere else.
  boolean isDefault(QueueId queue) {
    return queue.equals(settings.defaultQueue());
  }

  QueueId queueFor(Contact contact, QueueId wanted) {
    return queueFor(wanted, contact.task().isPresent());
  }

  /// The queue that a contact would wait in now, having been in this one.
  public QueueId queueNow(Contact contact) {
    return queueFor(contact, contact.queue().orElse(settings.defaultQueue()));
  }

  /// Whether an agent takes calls of the queue that a caller would wait in now.
  public boolean mayServe(AgentId agent, Contact caller) {
    return mayServe(agent, queueNow(caller));
  }

  /// Whether an agent takes calls of a queue.
  public boolean mayServe(AgentId agent, QueueId queue) {
    Optional<AgentProfile> profile = agent(agent).map(AgentSettings::profile);
    return profile.filter(one -> one.capacity().of(Channel.VOICE) > 0).isPresent()
        && queue(queue).filter(one -> one.ask().matches(profile.get().skills())).isPresent();
  }

  /// Whether a wait was within the target of the queue.
  boolean inTime(QueueId queue, Duration waited) {
    QueueSettings known = queues.get(queue);
    return known != null && waited.compareTo(known.targetWithin()) <= 0;
  }

  // ── What the router is told ─────────────────────────────────────────────────────────────────

  /// All of it.
  Plan forRouter() {
    return new Plan(
        settings.queues().stream().map(QueueSettings::forRouter).toList(),
        settings.agents().stream().map(AgentSettings::profile).toList(),
        settings.routing());
  }

  /// What has changed. New queues come first and old ones go last, so that callers always have
  /// somewhere to go.
  List<AcdEvent> changes(Instant at, CenterPlan before) {
    var facts = new ArrayList<AcdEvent>();
    var others = new ArrayList<QueueSettings>();
    for (QueueSettings queue : queues.values()) {
      QueueSettings old = before.queues.get(queue.id());
      if (old != null
          && old.routing().channel() != queue.routing().channel()
          && !queue.id().equals(settings.defaultQueue())) others.add(queue);
      else if (old == null || !old.forRouter().equals(queue.forRouter())) {
        facts.add(new AcdEvent.QueueConfigured(at, queue.forRouter()));
      }
    }
    for (AgentSettings agent : agents.values()) {
      AgentSettings old = before.agents.get(agent.id());
      if (old == null || !old.profile().equals(agent.profile())) {
        facts.add(new AcdEvent.AgentConfigured(at, agent.profile()));
      }
    }
    if (!before.settings.routing().equals(settings.routing())) {
      facts.add(new AcdEvent.RoutingConfigured(at, settings.routing()));
    }
    for (AgentId agent : before.agents.keySet()) {
      if (!agents.containsKey(agent)) facts.add(new AcdEvent.AgentRemoved(at, agent));
    }
    for (QueueSettings queue : others) {
      // One of another channel is another queue: who waits in it goes where they may be served.
      boolean tasks = requireNonNull(before.queues.get(queue.id())).forTasks();
      facts.add(new AcdEvent.QueueRemoved(at, queue.id(), otherThan(queue.id(), tasks)));
      facts.add(new AcdEvent.QueueConfigured(at, queue.forRouter()));
    }
    for (QueueSettings queue : before.queues.values()) {
      if (queues.containsKey(queue.id())) continue;
      facts.add(new AcdEvent.QueueRemoved(at, queue.id(), queueFor(queue.id(), queue.forTasks())));
    }
    return facts;
  }

  private QueueId otherThan(QueueId gone, boolean tasks) {
    return queues.values().stream()
        .filter(queue -> tasks && queue.forTasks() && !queue.id().equals(gone))
        .map(QueueSettings::id)
        .findFirst()
        .orElse(settings.defaultQueue());
  }

  private static <K, V> Map<K, V> byId(List<V> all, Function<V, K> id) {
    var map = new LinkedHashMap<K, V>();
    all.forEach(one -> map.put(id.apply(one), one));
    return map;
  }
}
