package org.switchroom.desktop.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Change;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.Objectives;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.ServiceLevelRule.Treatment;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.Condition;
import org.switchroom.acd.skill.ExpressionSyntaxException;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.cti.center.HoldCare;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.center.RecordingPlan;
import org.switchroom.ivr.yaml.Yaml;

/// Reads and checks all that may be said of one queue. What several fields or queues together do
/// not allow is in [QueueMistakes].
final class QueueLoader {
  private static final Pattern MUSIC = Pattern.compile("[A-Za-z0-9_-]{1,40}");

  /// Of RFC 3261's what Asterisk takes in a variable.
  private static final Pattern ALERT_INFO = Pattern.compile("[A-Za-z0-9<>;:=/._ -]{1,100}");

  private static final Pattern SHARE = Pattern.compile("([1-9][0-9]?)%");

  private final Names names;
  private final OverflowLoader overflows;

  QueueLoader(Names names) {
    this.names = names;
    overflows = new OverflowLoader(names);
  }

  QueueSettings read(Yaml fields) {
    String name = Values.name(fields);
    String after = fields.text("after", "");
    if (!after.isEmpty()) names.script(fields, "after", after);
    return QueueSettings.of(routing(fields, name), fields.text("title", name))
        .withDispositions(fields.texts("dispositions"))
        .withAfter(after)
        .withAnnouncements(new AnnouncementsLoader(names, name).read(fields))
        .withMusic(
            Values.plain(fields, "music", MUSIC, "a class of musiconhold.conf, such as jazz"))
        .withAlertInfo(
            Values.plain(
                fields, "alert-info", ALERT_INFO, "what your phones know, such as Bellcore-dr2"))
        .withAutoAnswer(autoAnswer(fields))
        .withHold(hold(fields))
        .withParkReturn(parkReturn(fields))
        .withRecording(recording(fields).afterNotice(afterNotice(fields)));
  }

  private Queue routing(Yaml fields, String name) {
    return Queue.of(
            new QueueId(name.isEmpty() ? "?" : name),
            Values.expression(fields, "ask", name.isEmpty() ? "any" : name))
        .withChannel(channel(fields))
        .withUrgency(
            new Urgency(
                fields.number("priority", 0, -Urgency.MOST_PRIORITY, Urgency.MOST_PRIORITY),
                fields.number("aging", 0, 0, Urgency.MOST_AGING),
                fields.number("weight", 1, 1, Urgency.MOST_WEIGHT)))
        .withStrategy(strategy(fields))
        .withOfferTimeout(Values.positive(fields, "ring", Duration.ofSeconds(20)))
        .withMisses(misses(fields))
        .withWrapUp(wrapUp(fields))
        .withSteps(fields.mappings("steps").stream().map(this::step).toList())
        .withHours(hoursOf(fields))
        .withOverflow(fields.mappings("overflow").stream().map(overflows::read).toList())
        .withObjectives(objectives(fields));
  }

  private static HoldCare hold(Yaml fields) {
    Yaml hold = fields.mapping("hold");
    Duration reminder = hold.duration("reminder", HoldCare.REMINDS.reminder());
    if (!reminder.isZero() && !isBetween(reminder, HoldCare.SHORTEST, HoldCare.LONGEST)) {
      hold.fault("reminder", "\"reminder\" must be from 10s to 110m, or 0s: never.");
    }
    Duration back = hold.duration("return", HoldCare.REMINDS.back());
    if (!isBetween(back, HoldCare.SHORTEST, HoldCare.LONGEST)) {
      hold.fault("return", "\"return\" must be from 10s to 110m.");
    } else if (hold.has("reminder") && reminder.compareTo(back) >= 0) {
      hold.fault(
          "reminder", "The caller is back before the \"reminder\". Let \"return\" be longer.");
    }
    return new HoldCare(reminder, back);
  }

  private static Duration parkReturn(Yaml fields) {
    Yaml park = fields.mapping("park");
    Duration back = park.duration("return", QueueSettings.PARK_RETURN);
    if (!isBetween(back, HoldCare.SHORTEST, HoldCare.LONGEST)) {
      park.fault("return", "\"return\" must be from 10s to 110m.");
    }
    return back;
  }

  /// `always`, `never`, `on-demand`, or a share such as `20%`.
  private static RecordingPlan recording(Yaml fields) {
    String said = fields.text("record", "never");
    Matcher share = SHARE.matcher(said);
    if (share.matches()) return new RecordingPlan(Integer.parseInt(share.group(1)), false);
    return switch (said) {
      case "always" -> RecordingPlan.ALWAYS;
      case "on-demand" -> RecordingPlan.ON_DEMAND;
      case "never" -> RecordingPlan.NEVER;
      default -> {
        fields.fault(
            "record",
            "\"record\" is %s; it must be always, never, on-demand, or a share of the calls from 1%% to 99%%."
                .formatted(said));
        yield RecordingPlan.NEVER;
      }
    };
  }

  private static boolean afterNotice(Yaml fields) {
    return Values.yes(fields, "record-after-notice").orElse(false);
  }

  /// Of phones that all answer at once one gets the caller, and the others nobody.
  private static boolean autoAnswer(Yaml fields) {
    boolean answers = Values.yes(fields, "auto-answer").orElse(false);
    if (answers && fields.text("strategy", "").equals(Strategy.Kind.RING_ALL.word())) {
      fields.fault(
          "auto-answer",
          "\"auto-answer\" does nothing with \"strategy: ring-all\", where whoever answers first"
              + " has the caller. Leave one of them out.");
    }
    return answers;
  }

  private static boolean isBetween(Duration one, Duration least, Duration most) {
    return one.compareTo(least) >= 0 && one.compareTo(most) <= 0;
  }

  private static Channel channel(Yaml fields) {
    String name = fields.text("channel", "voice");
    for (Channel channel : Channel.values()) if (Values.word(channel).equals(name)) return channel;
    fields.fault(
        "channel", "\"channel\" is %s; it must be voice, chat, mail or task.".formatted(name));
    return Channel.VOICE;
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
    Optional<Strategy.Kind> kind = Strategy.Kind.named(name);
    if (kind.isEmpty()) {
      fields.fault(
          "strategy",
          "There is no strategy %s. Known are %s.".formatted(name, Strategy.Kind.words()));
    }
    var tries = new ArrayList<SkillExpression>();
    for (String group : fields.texts("tries")) tries.add(Values.parse(fields, "tries", group));
    var shares = new HashMap<AgentId, Integer>();
    Yaml each = fields.mapping("shares");
    for (String agent : each.names()) {
      names.agent(each, agent, agent);
      shares.put(new AgentId(agent), each.number(agent, 1, 1, 100));
    }
    return new Strategy(kind.orElse(Strategy.Kind.LONGEST_IDLE), tries, shares);
  }

  static WrapUp wrapUp(Yaml fields) {
    Yaml wrapUp = fields.mapping("wrap-up");
    String mode = wrapUp.text("mode", "optional").toUpperCase(Locale.ROOT);
    Duration limit = Values.positive(wrapUp, "limit", Duration.ofSeconds(30));
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
        Values.positive(target, "within", Duration.ofSeconds(20)),
        new ServiceLevelRule(
            treatment(target, "abandoned", usual.abandoned()),
            treatment(target, "overflowed", usual.overflowed()),
            treatment(target, "chose", usual.chose())),
        fields.number("cost", 1, 1, 1_000),
        Values.positive(fields, "handle", Duration.ofMinutes(3)),
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

  private RoutingStep step(Yaml fields) {
    var changes = new ArrayList<Change>();
    if (fields.has("ask")) changes.add(new Change.Ask(Values.expression(fields, "ask", "any")));
    if (fields.has("add")) changes.add(new Change.Add(Values.expression(fields, "add", "any")));
    if (fields.has("remove")) changes.add(new Change.Remove(Set.copyOf(fields.texts("remove"))));
    if (fields.has("lower")) changes.add(new Change.Lower(Values.levels(fields, "lower")));
    if (fields.has("raise")) changes.add(new Change.Raise(Values.levels(fields, "raise")));
    if (fields.has("broaden"))
      changes.add(new Change.Broaden(Values.expression(fields, "broaden", "any")));
    return new RoutingStep(
        condition(fields),
        changes,
        fields.number("priority", 0, -Urgency.MOST_PRIORITY, Urgency.MOST_PRIORITY),
        fields.has("for")
            ? Optional.of(Values.positive(fields, "for", Duration.ofSeconds(20)))
            : Optional.empty());
  }

  private static Optional<Condition> condition(Yaml fields) {
    if (!fields.has("when")) return Optional.empty();
    try {
      return Optional.of(Condition.parse(fields.text("when", "")));
    } catch (ExpressionSyntaxException e) {
      fields.fault("when", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /// Its own, or a calendar's.
  private Optional<Hours> hoursOf(Yaml fields) {
    if (!fields.has("hours")) return Optional.empty();
    Optional<String> name = fields.scalar("hours");
    return name.isPresent()
        ? names.calendar(fields, "hours", name.get())
        : Optional.of(names.hours(fields.mapping("hours")));
  }
}
