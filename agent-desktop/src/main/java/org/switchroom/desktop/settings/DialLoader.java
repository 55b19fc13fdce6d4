package org.switchroom.desktop.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.DialPattern;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.center.Dialing.Limits;
import org.switchroom.ivr.yaml.Yaml;

/// Reads which numbers outside may be dialed, and how many.
final class DialLoader {
  private static final int MOST_CALLS = 1_000_000;

  private DialLoader() {}

  static Dialing read(Yaml all, String region) {
    if (!all.has("dial")) return Dialing.nowhere(region);
    Yaml dial = all.mapping("dial");
    String through = dial.required("through");
    boolean plain = through.matches("[A-Za-z0-9]+/[A-Za-z0-9_.@{}/-]{1,80}");
    if (!plain || !through.contains("{number}")) {
      dial.fault(
          "through",
          "\"through\" must be technology/resource with {number}, such as PJSIP/{number}@trunk.");
    }
    List<DialPattern> allow = patterns(dial, "allow");
    if (dial.has("prefixes")) {
      dial.fault(
          "prefixes",
          "There is no \"prefixes\" in \"dial\". Say in \"allow\" which numbers may be dialed, such"
              + " as [\"+8862\"].");
    } else if (allow.isEmpty()) {
      dial.fault("allow", "Say which numbers may be dialed, such as [\"+8862\"].");
    }
    return new Dialing(
        through,
        callerId(dial),
        dial.has("queue") ? Optional.of(new QueueId(dial.required("queue"))) : Optional.empty(),
        region,
        allow,
        patterns(dial, "deny"),
        limits(dial.mapping("limits")));
  }

  private static String callerId(Yaml dial) {
    if (!dial.has("caller-id")) return "";
    String number = dial.required("caller-id");
    if (number.matches("\\+?[0-9]{2,15}")) return number;
    dial.fault(
        "caller-id",
        "\"caller-id\" must be the number that whoever is called sees, such as \"+886227001234\".");
    return "";
  }

  private static List<DialPattern> patterns(Yaml dial, String name) {
    var patterns = new ArrayList<DialPattern>();
    for (String text : dial.texts(name)) {
      if (DialPattern.isOne(text)) patterns.add(new DialPattern(text));
      else dial.fault(name, fault(text));
    }
    return patterns;
  }

  private static String fault(String text) {
    return "\"%s\" names no numbers. Write how they begin with + and the country's code, such as \"+8862\", or"
            .formatted(text)
        + " a short number as a whole, such as \"19XX\"; X is any digit.";
  }

  private static Duration warning(Yaml fields, Duration length) {
    Duration usual = Limits.usualWarning(length);
    Duration warning = fields.duration("warning", usual);
    if (warning.compareTo(length) < 0) return warning;
    fields.fault(
        "warning",
        "\"warning\" must be shorter than \"length\": it is so long before the end of a call. Say"
            + " 0s for none.");
    return usual;
  }

  private static Limits limits(Yaml fields) {
    Limits usual = Limits.DEFAULT;
    Duration length = Values.positive(fields, "length", usual.length());
    return new Limits(
        length,
        warning(fields, length),
        Values.positive(fields, "caller-length", usual.callerLength()),
        fields.number("at-once", usual.atOnce(), 0, MOST_CALLS),
        fields.number("a-day", usual.aDay(), 0, MOST_CALLS),
        fields.number("agent-at-once", usual.agentAtOnce(), 0, MOST_CALLS),
        fields.number("agent-a-day", usual.agentADay(), 0, MOST_CALLS));
  }
}
