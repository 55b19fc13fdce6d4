package org.switchroom.desktop.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Reserve;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.Staffed;
import org.switchroom.ivr.yaml.Yaml;

/// Reads how the whole center routes.
final class RoutingLoader {
  private final Names names;

  RoutingLoader(Names names) {
    this.names = names;
  }

  RoutingPlan read(Yaml fields) {
    Policy shadow = policy(fields, "shadow", "shadow-weights");
    return new RoutingPlan(
        policy(fields, "policy", "weights"),
        fields.mappings("reserve").stream().map(this::reserve).toList(),
        fields.has("shadow") ? Optional.of(shadow) : Optional.empty(),
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
    List<String> keptFor = fields.texts("for");
    for (String name : keptFor) names.queue(fields, "for", name);
    return new Reserve(
        Values.expression(fields, "group", "any"),
        fields.number("keep", 1, 1, Reserve.MOST),
        keptFor.stream()
            .filter(name -> !name.isBlank())
            .map(QueueId::new)
            .collect(Collectors.toSet()));
  }
}
