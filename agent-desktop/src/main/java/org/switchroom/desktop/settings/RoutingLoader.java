package org.switchroom.desktop.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Change;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.Objectives;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Overflow.Target;
import org.switchroom.acd.plan.Overflow.Trigger;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Reserve;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.ServiceLevelRule.Treatment;
import org.switchroom.acd.plan.Staffed;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.Condition;
import org.switchroom.acd.skill.ExpressionSyntaxException;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.Dialing;
import org.switchroom.ivr.yaml.Yaml;

/// Reads how a queue routes, what an agent takes, and the policy of the center.
final class RoutingLoader {
  private final ZoneId zone;
  private static final List<String> TARGETS =
      List.of("to-queue", "to-script", "to-number", "voicemail", "callback", "hang-up");

  private final Set<String> queues;
  private final Set<String> agents;
  private final Set<String> scripts;
  private final Map<String, Hours> calendars;
  private final Dialing dialing;

  /// Scripts that queues send callers to.
  final Set<String> wantedScripts = new TreeSet<>();

  /// @param queues names that may be referred to
  /// @param agents names that may be referred to
  /// @param scripts names that may be referred to
  RoutingLoader(
      ZoneId zone,
      Set<String> queues,
      Set<String> agents,
      Set<String> scripts,
      Yaml calendars,
      Dialing dialing) {
    this.zone = zone;
    this.queues = queues;
    this.agents = agents;
    this.scripts = scripts;
    this.dialing = dialing;
    var known = new TreeMap<String, Hours>();
    for (String name : calendars.names()) {
      known.put(name, hours(calendars.mapping(name)));
    }
    this.calendars = known;
  }

  Map<String, Hours> calendars() {
    return calendars;
  }

  Queue queue(Yaml fields, String name) {
    return Queue.of(
            new QueueId(name.isEmpty() ? "?" : name),
            expression(fields, "ask", name.isEmpty() ? "any" : name))
        .withChannel(channel(fields))
        .withUrgency(
            new Urgency(
                fields.number("priority", 0, -Urgency.MOST_PRIORITY, Urgency.MOST_PRIORITY),
                fields.number("aging", 0, 0, Urgency.MOST_AGING),
                fields.number("weight", 1, 1, Urgency.MOST_WEIGHT)))
        .withStrategy(strategy(fields))
        .withOfferTimeout(positive(fields, "ring", Duration.ofSeconds(20)))
        .withMisses(misses(fields))
        .withWrapUp(wrapUp(fields))
        .withSteps(fields.mappings("steps").stream().map(this::step).toList())
        .withHours(hoursOf(fields))
        .withOverflow(fields.mappings("overflow").stream().map(this::overflow).toList())
        .withObjectives(objectives(fields));
  }

  private static Channel channel(Yaml fields) {
    String name = fields.text("channel", "voice");
    for (Channel channel : Channel.values()) if (word(channel).equals(name)) return channel;
    fields.fault(
        "channel", "\"channel\" is %s; it must be voice, chat, mail or task.".formatted(name));
    return Channel.VOICE;
  }

  private static String word(Channel channel) {
    return channel.name().toLowerCase(Locale.ROOT);
  }

  /// Where all are rung nobody is made not ready who does not answer, so nothing is to be counted.
  private static int misses(Yaml fields) {
    boolean ringsAll = fields.text("strategy", "").equals(Strategy.Kind.RING_ALL.word());
    if (ringsAll && fields.has("misses")) {
      fields.fault(
          "misses",
          "\"misses\" does nothing with \"strategy: ring-all\", where nobody becomes not ready who"
              + " does not answer. Leave one of them out.");
    }
    return fields.number("misses", 1, 1, Queue.MOST_MISSES);
  }

  private Strategy strategy(Yaml fields) {
    String name = fields.text("strategy", Strategy.Kind.LONGEST_IDLE.word());
    Strategy.Kind kind = Strategy.Kind.named(name);
    if (kind == null) {
      fields.fault(
          "strategy",
          "There is no strategy %s. Known are %s.".formatted(name, Strategy.Kind.words()));
      kind = Strategy.Kind.LONGEST_IDLE;
    }
    var tries = new ArrayList<SkillExpression>();
    for (String group : fields.texts("tries")) tries.add(parse(fields, "tries", group));
    var shares = new HashMap<AgentId, Integer>();
    Yaml each = fields.mapping("shares");
    for (String agent : each.names()) {
      known(each, agent, agent, agents, "agent");
      shares.put(new AgentId(agent), each.number(agent, 1, 1, 100));
    }
    return new Strategy(kind, tries, shares);
  }

  static WrapUp wrapUp(Yaml fields) {
    Yaml wrapUp = fields.mapping("wrap-up");
    String mode = wrapUp.text("mode", "optional").toUpperCase(Locale.ROOT);
    Duration limit = positive(wrapUp, "limit", Duration.ofSeconds(30));
    for (WrapUp.Mode known : WrapUp.Mode.values()) {
      if (known.name().equals(mode)) return new WrapUp(known, limit);
    }
    wrapUp.fault(
        "mode", "\"mode\" is %s; it must be none, optional, timed or mandatory.".formatted(mode));
    return WrapUp.none();
  }

  private static Objectives objectives(Yaml fields) {
    Yaml target = fields.mapping("service-level");
    ServiceLevelRule usual = ServiceLevelRule.DEFAULT;
    return new Objectives(
        target.number("percent", 80, 1, 100),
        positive(target, "within", Duration.ofSeconds(20)),
        new ServiceLevelRule(
            treatment(target, "abandoned", usual.abandoned()),
            treatment(target, "overflowed", usual.overflowed()),
            treatment(target, "chose", usual.chose())),
        fields.number("cost", 1, 1, 1_000),
        positive(fields, "handle", Duration.ofMinutes(3)),
        fields.number("ratio", 1, 1, 1_000));
  }

  private static Treatment treatment(Yaml fields, String name, Treatment usual) {
    String word = fields.text(name, usual.word());
    for (Treatment known : Treatment.values()) if (known.word().equals(word)) return known;
    fields.fault(
        name,
        "\"%s\" is %s; it must be against (they were not served), ignored (who left in time counts nowhere) or in-favour (who left in time counts as served)."
            .formatted(name, word));
    return usual;
  }

  // ── Steps ───────────────────────────────────────────────────────────────────────────────────

  private RoutingStep step(Yaml fields) {
    var changes = new ArrayList<Change>();
    if (fields.has("ask")) changes.add(new Change.Ask(expression(fields, "ask", "any")));
    if (fields.has("add")) changes.add(new Change.Add(expression(fields, "add", "any")));
    if (fields.has("remove")) changes.add(new Change.Remove(Set.copyOf(fields.texts("remove"))));
    if (fields.has("lower")) changes.add(new Change.Lower(levels(fields, "lower")));
    if (fields.has("raise")) changes.add(new Change.Raise(levels(fields, "raise")));
    if (fields.has("broaden"))
      changes.add(new Change.Broaden(expression(fields, "broaden", "any")));
    return new RoutingStep(
        condition(fields),
        changes,
        fields.number("priority", 0, -Urgency.MOST_PRIORITY, Urgency.MOST_PRIORITY),
        fields.has("for") ? positive(fields, "for", Duration.ofSeconds(20)) : null);
  }

  private static @Nullable Condition condition(Yaml fields) {
    if (!fields.has("when")) return null;
    try {
      return Condition.parse(fields.text("when", ""));
    } catch (ExpressionSyntaxException e) {
      fields.fault("when", String.valueOf(e.getMessage()));
      return null;
    }
  }

  static Map<String, Integer> levels(Yaml fields, String name) {
    var skills = new LinkedHashMap<String, Integer>();
    Yaml levels = fields.mapping(name);
    for (String skill : levels.names()) {
      skills.put(skill, levels.number(skill, Skills.LOWEST, Skills.LOWEST, Skills.HIGHEST));
    }
    return skills;
  }

  // ── Overflow and hours ──────────────────────────────────────────────────────────────────────

  private Overflow overflow(Yaml fields) {
    var triggers = new ArrayList<Trigger>();
    if (fields.has("waited")) {
      triggers.add(new Trigger.Waited(positive(fields, "waited", Duration.ofMinutes(5))));
    }
    if (fields.has("full")) triggers.add(new Trigger.Full(fields.number("full", 1, 1, 1_000_000)));
    if (fields.has("closed")) triggers.add(new Trigger.Closed(leave(fields, "closed")));
    if (fields.has("unstaffed")) triggers.add(new Trigger.Unstaffed(leave(fields, "unstaffed")));
    if (triggers.size() != 1) {
      fields.fault(
          "",
          "An overflow needs one of waited, full, closed and unstaffed; it has %d."
              .formatted(triggers.size()));
      triggers.add(new Trigger.Closed(false));
    }
    return new Overflow(triggers.getFirst(), target(fields));
  }

  private Target target(Yaml fields) {
    List<String> named = TARGETS.stream().filter(fields::has).toList();
    if (named.size() != 1) {
      fields.fault("", "An overflow needs one of %s; it has %d.".formatted(TARGETS, named.size()));
      return new Target.Away(Target.Kind.HANG_UP, "");
    }
    String to = named.getFirst();
    String value = fields.required(to);
    return switch (to) {
      case "to-queue" -> {
        known(fields, "to-queue", value, queues, "queue");
        yield new Target.ToQueue(new QueueId(value.isEmpty() ? "?" : value));
      }
      case "to-script" -> new Target.Away(Target.Kind.SCRIPT, script(fields, to, value));
      case "voicemail" ->
          new Target.Away(Target.Kind.VOICEMAIL, script(fields, to, orShipped(value, to)));
      case "callback" ->
          new Target.Away(Target.Kind.CALLBACK, script(fields, to, orShipped(value, to)));
      case "to-number" -> {
        if (dialing.dial(value).isEmpty()) {
          fields.fault(
              to,
              "%s may not be dialed. Say in \"dial\" how numbers are reached, and which prefixes may be."
                  .formatted(value));
        }
        yield new Target.Away(Target.Kind.NUMBER, value);
      }
      default -> new Target.Away(Target.Kind.HANG_UP, "");
    };
  }

  private static String orShipped(String value, String shipped) {
    return value.equals("true") ? shipped : value;
  }

  String script(Yaml fields, String field, String name) {
    if (!name.isEmpty()) wantedScripts.add(name);
    known(fields, field, name, scripts, "script");
    return name;
  }

  /// `join`: only newcomers; `leave`: those who wait, too.
  private static boolean leave(Yaml fields, String name) {
    String text = fields.text(name, "join");
    if (!text.equals("join") && !text.equals("leave")) {
      fields.fault(
          name,
          "\"%s\" is %s; it must be join (who comes is sent on) or leave (who waits, too)."
              .formatted(name, text));
    }
    return text.equals("leave");
  }

  /// Its own, or a calendar's.
  private Optional<Hours> hoursOf(Yaml fields) {
    if (!fields.has("hours")) return Optional.empty();
    String name = fields.scalar("hours");
    if (name == null) return Optional.of(hours(fields.mapping("hours")));
    known(fields, "hours", name, calendars.keySet(), "calendar");
    return Optional.ofNullable(calendars.get(name));
  }

  Hours hours(Yaml fields) {
    return HoursLoader.read(fields, zone);
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  static Capacity capacity(Yaml fields) {
    if (!fields.has("capacity")) return Capacity.ONE_CALL;
    Yaml capacity = fields.mapping("capacity");
    var each = new EnumMap<Channel, Integer>(Channel.class);
    int sum = 0;
    for (Channel channel : Channel.values()) {
      int most = capacity.number(word(channel), channel == Channel.VOICE ? 1 : 0, 0, Capacity.MOST);
      each.put(channel, most);
      sum += most;
    }
    int total = capacity.number("total", Math.clamp(sum, 1, Capacity.MOST), 1, Capacity.MOST);
    return new Capacity(each, total, exclusive(capacity, each));
  }

  private static Set<Channel> exclusive(Yaml capacity, Map<Channel, Integer> each) {
    var exclusive = EnumSet.noneOf(Channel.class);
    for (String name : capacity.texts("exclusive")) {
      Optional<Channel> named =
          each.keySet().stream().filter(channel -> word(channel).equals(name)).findAny();
      if (named.isEmpty() || each.getOrDefault(named.get(), 0) == 0) {
        capacity.fault(
            "exclusive",
            "\"%s\" is no channel of this agent. Channels that may be exclusive here: %s."
                .formatted(
                    name,
                    each.keySet().stream()
                        .filter(channel -> each.getOrDefault(channel, 0) > 0)
                        .map(RoutingLoader::word)
                        .collect(Collectors.joining(", "))));
      } else {
        exclusive.add(named.get());
      }
    }
    return exclusive;
  }

  List<QueueId> prefers(Yaml fields) {
    var prefers = new ArrayList<QueueId>();
    for (String queue : fields.texts("prefers")) {
      known(fields, "prefers", queue, queues, "queue");
      if (!queue.isBlank()) prefers.add(new QueueId(queue));
    }
    return prefers;
  }

  // ── The center ──────────────────────────────────────────────────────────────────────────────

  RoutingPlan routing(Yaml fields) {
    Policy shadow = policy(fields, "shadow", "shadow-weights");
    return new RoutingPlan(
        policy(fields, "policy", "weights"),
        fields.mappings("reserve").stream().map(this::reserve).toList(),
        fields.has("shadow") ? shadow : null,
        staffed(fields));
  }

  private static Staffed staffed(Yaml fields) {
    String name = fields.text("staffed", Staffed.DEFAULT.word());
    for (Staffed known : Staffed.values()) if (known.word().equals(name)) return known;
    fields.fault(
        "staffed",
        "\"staffed\" is %s; it must be logged-in (whoever is), at-desk (without those who have lost their desk's screen) or ready-or-busy (without those who are on a break, too)."
            .formatted(name));
    return Staffed.DEFAULT;
  }

  private static Policy policy(Yaml fields, String name, String weightsName) {
    String policy = fields.text(name, "longest-idle");
    Policy.Weighted weighted = weighted(fields.mapping(weightsName));
    return switch (policy) {
      case "longest-idle" -> new Policy.LongestIdle();
      case "weighted" -> weighted;
      case "c-mu" -> new Policy.GeneralizedCMu();
      case "queue-ratio" -> new Policy.QueueRatio();
      default -> {
        fields.fault(
            name, "There is no policy %s. Known are %s.".formatted(policy, Policy.words()));
        yield new Policy.LongestIdle();
      }
    };
  }

  private static Policy.Weighted weighted(Yaml weights) {
    return new Policy.Weighted(
        weights.number("wait", 1, 0, Policy.Weighted.MOST),
        weights.number("priority", 1, 0, Policy.Weighted.MOST),
        weights.number("proficiency", 1, 0, Policy.Weighted.MOST),
        weights.number("idle", 1, 0, Policy.Weighted.MOST));
  }

  private Reserve reserve(Yaml fields) {
    List<String> names = fields.texts("for");
    for (String name : names) known(fields, "for", name, queues, "queue");
    return new Reserve(
        expression(fields, "group", "any"),
        fields.number("keep", 1, 1, Reserve.MOST),
        names.stream()
            .filter(name -> !name.isBlank())
            .map(QueueId::new)
            .collect(Collectors.toSet()));
  }

  // ── Small things ────────────────────────────────────────────────────────────────────────────

  static Duration positive(Yaml fields, String name, Duration fallback) {
    Duration duration = fields.duration(name, fallback);
    if (duration.isPositive()) return duration;
    fields.fault(name, "\"%s\" must be longer than zero.".formatted(name));
    return fallback;
  }

  private static SkillExpression expression(Yaml fields, String name, String fallback) {
    return parse(fields, name, fields.text(name, fallback));
  }

  private static SkillExpression parse(Yaml fields, String name, String text) {
    try {
      return SkillExpression.parse(text);
    } catch (ExpressionSyntaxException e) {
      fields.fault(name, String.valueOf(e.getMessage()));
      return SkillExpression.ANY;
    }
  }

  static void known(Yaml fields, String at, String name, Set<String> known, String what) {
    if (!known.contains(name)) {
      fields.fault(
          at, "There is no %s %s. Known are %s.".formatted(what, name, new TreeSet<>(known)));
    }
  }
}
