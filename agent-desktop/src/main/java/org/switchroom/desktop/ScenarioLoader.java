package org.switchroom.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Reserve;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.simulation.Scenario;
import org.switchroom.acd.skill.ExpressionSyntaxException;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;
import org.switchroom.ivr.yaml.Yaml;

/// Reads what `./switchroom simulate` is to play.
final class ScenarioLoader {
  private static final int MOST_AGENTS = 1_000_000;
  private static final double LARGEST = 1e9;

  private final List<Fault> faults = new ArrayList<>();

  private ScenarioLoader() {}

  /// @throws FaultsException with everything that is wrong, by file and line
  static Scenario load(Path path) throws FaultsException {
    String text;
    try {
      text = Files.readString(path);
    } catch (IOException e) {
      throw new FaultsException(
          List.of(new Fault(path.toString(), 1, "The file cannot be read (" + e + ").")));
    }
    var loader = new ScenarioLoader();
    String file = path.toString();
    Scenario scenario =
        Yaml.read(file, Yaml.compose(file, text), "The scenario", loader.faults, loader::read);
    if (!loader.faults.isEmpty()) throw new FaultsException(loader.faults);
    return scenario;
  }

  private Scenario read(Yaml all) {
    List<Yaml> classFields = all.mappings("classes");
    List<Yaml> agentFields = all.mappings("agents");
    Set<String> classes = names(classFields);
    Set<String> groups = names(agentFields);
    if (classes.isEmpty()) all.fault("classes", "There must be at least one class in \"classes\".");
    if (groups.isEmpty()) all.fault("agents", "There must be at least one group in \"agents\".");
    var scenario =
        new Scenario(
            (long) all.decimal("seed", 1, -LARGEST, LARGEST),
            (long) all.decimal("contacts", 1_000_000, 1_000, 1e10),
            (long) all.decimal("warmup", 100_000, 0, LARGEST),
            all.decimal("target", 20, 0, LARGEST),
            all.number("limit", 0, 1, Integer.MAX_VALUE),
            all.number("queueLimit", -1, 0, Integer.MAX_VALUE),
            policy(all),
            Optional.of(weights(all)),
            classFields.stream().map(fields -> callers(fields, groups)).toList(),
            agentFields.stream().map(fields -> agents(fields, classes)).toList(),
            all.mappings("reserve").stream().map(fields -> reserve(fields, classes)).toList());
    for (int i = 0; i < classFields.size(); i++) {
      served(classFields.get(i), scenario.classes().get(i), scenario.agents());
    }
    return scenario;
  }

  private static void served(
      Yaml fields, Scenario.CallerClass callers, List<Scenario.AgentGroup> agents) {
    boolean waitsForEver =
        callers.patience() == Double.POSITIVE_INFINITY
            && agents.stream().noneMatch(one -> callers.ask().matches(new Skills(one.skills())));
    if (!waitsForEver) return;
    fields.fault(
        "",
        "Class %s asks for %s, which no agent has, and its callers would wait for ever. Maybe a \"patience\" is missing."
            .formatted(callers.name(), callers.ask()));
  }

  private static Set<String> names(List<Yaml> fields) {
    return fields.stream()
        .map(one -> one.text("name", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String policy(Yaml all) {
    String policy = all.text("policy", "longest-idle");
    var known = new TreeSet<>(Strategy.Kind.words());
    known.remove(Strategy.Kind.RING_ALL.word());
    known.addAll(Policy.words());
    if (!known.contains(policy)) {
      all.fault("policy", "There is no policy %s. Known are %s.".formatted(policy, known));
    }
    return policy;
  }

  private static Policy.Weighted weights(Yaml all) {
    Yaml weights = all.mapping("weights");
    return new Policy.Weighted(
        weights.number("wait", 1, 0, Policy.Weighted.MOST),
        weights.number("priority", 1, 0, Policy.Weighted.MOST),
        weights.number("proficiency", 1, 0, Policy.Weighted.MOST),
        weights.number("idle", 1, 0, Policy.Weighted.MOST));
  }

  private Scenario.CallerClass callers(Yaml fields, Set<String> groups) {
    String name = fields.required("name");
    double patience = fields.decimal("patience", Double.POSITIVE_INFINITY, 1e-9, LARGEST);
    return new Scenario.CallerClass(
        name,
        fields.decimal("perHour", 0, 1e-9, 1e12),
        patience,
        fields.number("priority", 0, -Urgency.MOST_PRIORITY, Urgency.MOST_PRIORITY),
        fields.number("aging", 0, 0, Urgency.MOST_AGING),
        fields.number("weight", 1, 1, Urgency.MOST_WEIGHT),
        ask(fields, "ask", name),
        known(fields, "tries", groups),
        fields.number("cost", 1, 1, 1_000),
        fields.number("ratio", 1, 1, 1_000));
  }

  private Scenario.AgentGroup agents(Yaml fields, Set<String> classes) {
    Map<String, Integer> skills = new LinkedHashMap<>();
    Yaml levels = fields.mapping("skills");
    for (String skill : levels.names()) {
      skills.put(skill, levels.number(skill, Skills.LOWEST, Skills.LOWEST, Skills.HIGHEST));
    }
    return new Scenario.AgentGroup(
        fields.required("name"),
        fields.number("count", 1, 1, MOST_AGENTS),
        skills,
        fields.decimal("handle", 1, 1e-9, LARGEST),
        known(fields, "prefers", classes));
  }

  private Reserve reserve(Yaml fields, Set<String> classes) {
    return new Reserve(
        ask(fields, "group", "any"),
        fields.number("keep", 1, 1, Reserve.MOST),
        known(fields, "for", classes).stream().map(QueueId::new).collect(Collectors.toSet()));
  }

  private static List<String> known(Yaml fields, String name, Set<String> known) {
    List<String> texts = fields.texts(name);
    for (String text : texts) {
      if (!known.contains(text)) {
        fields.fault(name, "There is no %s. Known are %s.".formatted(text, known));
      }
    }
    return texts;
  }

  private static SkillExpression ask(Yaml fields, String name, String fallback) {
    String text = fields.text(name, fallback);
    if (text.isEmpty()) return SkillExpression.ANY;
    try {
      return SkillExpression.parse(text);
    } catch (ExpressionSyntaxException e) {
      fields.fault(name, String.valueOf(e.getMessage()));
      return SkillExpression.ANY;
    }
  }
}
