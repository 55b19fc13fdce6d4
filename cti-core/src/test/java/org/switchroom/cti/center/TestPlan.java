package org.switchroom.cti.center;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.Objectives;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// A configuration in the words of a test. A value: each change gives another.
///
/// Unless something else is said a queue asks for the skill of its own name, rings for 20 s, has no
/// wrap-up, wants 80 % within 10 s, and knows the dispositions `invoice` and `refund`.
public record TestPlan(
    Map<String, QueueSettings> queues,
    Map<String, AgentSettings> agents,
    RoutingPlan routing,
    String defaultQueue,
    Map<String, Integer> tiers,
    Dialing dialing) {
  /// Who may take part in talks, and is no agent.
  public static final AgentId SUPERVISOR = new AgentId("sup");

  public static final String SUPERVISORS_PHONE = "PJSIP/1900";

  /// At which any agent may sit.
  public static final List<String> HOT_DESKS = List.of("PJSIP/3001", "PJSIP/3002");

  private static final int FIRST_PHONE = 1001;
  private static final ZoneId ZONE = ZoneId.of("Asia/Taipei");

  /// The first of them is the default queue.
  public static TestPlan of(String... queues) {
    var plan =
        new TestPlan(
            Map.of(),
            Map.of(),
            RoutingPlan.DEFAULT,
            queues[0],
            Map.of(),
            new Dialing(
                "PJSIP/{number}@trunk",
                "TW",
                List.of(new DialPattern("+886")),
                List.of(),
                Dialing.Limits.DEFAULT));
    for (String queue : queues) plan = plan.queue(queue, same -> same);
    return plan;
  }

  /// A queue, or another form of one that is there.
  public TestPlan queue(String name, UnaryOperator<QueueSettings> change) {
    return with(queues, name, change.apply(queues.getOrDefault(name, plain(name))));
  }

  private static QueueSettings plain(String name) {
    var routing =
        Queue.of(new QueueId(name), SkillExpression.parse(name))
            .withObjectives(Objectives.DEFAULT.withTarget(80, Duration.ofSeconds(10)));
    return QueueSettings.of(routing, Character.toUpperCase(name.charAt(0)) + name.substring(1))
        .withDispositions(List.of("invoice", "refund"));
  }

  /// How a queue routes.
  public TestPlan routes(String name, UnaryOperator<Queue> change) {
    return queue(name, queue -> queue.withRouting(change.apply(queue.routing())));
  }

  /// Opening hours of every day in Taipei, where it is.
  static Hours hours(int from, int to) {
    var week = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      week.put(day, List.of(new Hours.Span(LocalTime.of(from, 0), LocalTime.of(to, 0))));
    }
    return Hours.weekly(ZONE, week);
  }

  /// What those who wait in a queue hear.
  public TestPlan says(String name, Announcements announcements) {
    return queue(name, queue -> queue.withAnnouncements(announcements));
  }

  /// The script that callers go to when the agent has hung up.
  public TestPlan after(String name, String script) {
    return queue(name, queue -> queue.withAfter(script));
  }

  /// A queue of work, which everybody may do.
  public TestPlan tasks(String name) {
    return routes(name, queue -> queue.withChannel(Channel.TASK).withAsk(SkillExpression.ANY));
  }

  /// Of every queue there is.
  public TestPlan wrapUp(WrapUp.Mode mode, Duration limit) {
    TestPlan plan = this;
    for (String queue : queues.keySet()) {
      plan = plan.routes(queue, one -> one.withWrapUp(new WrapUp(mode, limit)));
    }
    return plan;
  }

  /// Agents who can do everything, one call at a time.
  public TestPlan agents(String... names) {
    TestPlan plan = this;
    for (String name : names) plan = plan.agent(name, String.join(" ", queues.keySet()));
    return plan;
  }

  /// An agent who may have so many calls at a time.
  public TestPlan voices(String name, int most) {
    AgentSettings same = agents.get(name);
    var capacity = new Capacity(Map.of(Channel.VOICE, most, Channel.TASK, 1), most);
    return agent(
        new AgentSettings(same.profile().withCapacity(capacity), same.name(), same.phone()));
  }

  /// @param skills names, each at 5
  public TestPlan agent(String name, String skills) {
    var levels = new LinkedHashMap<String, Integer>();
    for (String skill : skills.split(" ")) if (!skill.isEmpty()) levels.put(skill, 5);
    int phone =
        agents.containsKey(name) ? agents.get(name).profile().order() : FIRST_PHONE + agents.size();
    var capacity = new Capacity(Map.of(Channel.VOICE, 1, Channel.TASK, 1), 1);
    var profile =
        new AgentProfile(new AgentId(name), new Skills(levels), capacity, phone, List.of());
    String title = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return agent(new AgentSettings(profile, title, "PJSIP/" + phone));
  }

  public TestPlan agent(AgentSettings agent) {
    return new TestPlan(
        queues, put(agents, agent.id().value(), agent), routing, defaultQueue, tiers, dialing);
  }

  /// How many contacts an agent may have at a time.
  public TestPlan capacity(String name, Capacity capacity) {
    AgentSettings agent = agents.get(name);
    return agent(
        new AgentSettings(agent.profile().withCapacity(capacity), agent.name(), agent.phone()));
  }

  /// Without this queue or agent.
  public TestPlan without(String name) {
    var otherQueues = new LinkedHashMap<>(queues);
    var otherAgents = new LinkedHashMap<>(agents);
    boolean was = otherQueues.remove(name) != null | otherAgents.remove(name) != null;
    if (!was) throw new IllegalArgumentException("There is no " + name + " to leave out.");
    String first = defaultQueue;
    if (first.equals(name)) first = otherQueues.keySet().iterator().next();
    return new TestPlan(otherQueues, otherAgents, routing, first, tiers, dialing);
  }

  public TestPlan routing(RoutingPlan other) {
    return new TestPlan(queues, agents, other, defaultQueue, tiers, dialing);
  }

  public TestPlan defaultQueue(String other) {
    return new TestPlan(queues, agents, routing, other, tiers, dialing);
  }

  public TestPlan tier(String tier, int points) {
    return new TestPlan(queues, agents, routing, defaultQueue, put(tiers, tier, points), dialing);
  }

  public TestPlan dialing(Dialing other) {
    return new TestPlan(queues, agents, routing, defaultQueue, tiers, other);
  }

  private TestPlan with(Map<String, QueueSettings> all, String name, QueueSettings queue) {
    return new TestPlan(put(all, name, queue), agents, routing, defaultQueue, tiers, dialing);
  }

  private static <V> Map<String, V> put(Map<String, V> all, String name, V value) {
    var more = new LinkedHashMap<>(all);
    more.put(name, value);
    return more;
  }

  public String phone(String agent) {
    return agents.get(agent).phone();
  }

  public CenterSettings settings() {
    return new CenterSettings(
        new ArrayList<>(queues.values()),
        new ArrayList<>(agents.values()),
        routing,
        new QueueId(defaultQueue),
        tiers,
        ZONE,
        Map.of("8001", "Main line"),
        dialing,
        HOT_DESKS,
        Map.of(SUPERVISOR, SUPERVISORS_PHONE),
        true);
  }

  /// A center that has this configuration, whose PBX is connected and whose phones are there.
  public TestFloor open() {
    return new TestFloor(this).connect();
  }
}
