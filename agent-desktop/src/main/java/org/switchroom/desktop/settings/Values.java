package org.switchroom.desktop.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.skill.ExpressionSyntaxException;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.ivr.yaml.Yaml;

/// Values of a configuration that are of more than one kind of thing, as they are read and checked.
final class Values {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,39}");

  private Values() {}

  static Duration positive(Yaml fields, String name, Duration fallback) {
    Duration duration = fields.duration(name, fallback);
    if (duration.isPositive()) return duration;
    fields.fault(name, "\"%s\" must be longer than zero.".formatted(name));
    return fallback;
  }

  static SkillExpression expression(Yaml fields, String name, String fallback) {
    return parse(fields, name, fields.text(name, fallback));
  }

  static SkillExpression parse(Yaml fields, String name, String text) {
    try {
      return SkillExpression.parse(text);
    } catch (ExpressionSyntaxException e) {
      fields.fault(name, String.valueOf(e.getMessage()));
      return SkillExpression.ANY;
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

  static String word(Channel channel) {
    return channel.name().toLowerCase(Locale.ROOT);
  }

  static String name(Yaml fields) {
    String name = fields.required("name");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      fields.fault(
          "name",
          "\"%s\" must be letters, digits, dot, dash or underscore, at most 40.".formatted(name));
    }
    return name;
  }

  /// Empty: nothing is said of it.
  static Optional<Boolean> yes(Yaml fields, String name) {
    Optional<String> said = fields.text(name);
    if (said.isPresent() && !said.get().equals("true") && !said.get().equals("false")) {
      fields.fault(name, "\"%s\" is %s; it must be true or false.".formatted(name, said.get()));
      return Optional.empty();
    }
    return said.map(Boolean::valueOf);
  }

  /// A text that goes to the PBX as it is.
  static String plain(Yaml fields, String field, Pattern pattern, String such) {
    String text = fields.text(field, "");
    if (text.isEmpty() || pattern.matcher(text).matches()) return text;
    fields.fault(field, "\"%s\" is %s; write %s.".formatted(field, text, such));
    return "";
  }
}
