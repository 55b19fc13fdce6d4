package org.switchroom.desktop.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.ivr.yaml.Yaml;

/// What each field of a queue allows and all of them together do not: what is never reached, never
/// happens, or can be served by nobody.
final class QueueMistakes {
  private final List<User> agents;
  private final boolean usersKnown;
  private final TreeSet<String> skills = new TreeSet<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<QueueId, Channel> channels = new HashMap<>();

  /// @param users none: that is a mistake of its own, and nothing is said of skills
  QueueMistakes(List<Queue> queues, List<User> users) {
    queues.forEach(queue -> channels.putIfAbsent(queue.id(), queue.channel()));
    usersKnown = !users.isEmpty();
    agents = users.stream().filter(user -> user.is(User.Role.AGENT)).toList();
    agents.forEach(agent -> skills.addAll(agent.skills().proficiency().keySet()));
  }

  /// Notes them. Queues are looked at in the order of their file.
  ///
  /// @param fields what was written of it
  void note(Yaml fields, Queue queue) {
    Integer before = lines.putIfAbsent(queue.id().value(), fields.line());
    if (before != null) {
      fields.fault("name", "Queue %s stands already in line %d.".formatted(queue.id(), before));
    }
    if (usersKnown) skills(fields, queue);
    steps(fields, queue);
    overflow(fields, queue);
  }

  private void skills(Yaml fields, Queue queue) {
    if (agents.stream().noneMatch(agent -> queue.ask().matches(agent.skills()))) {
      fields.fault(
          "ask", "Queue %s asks for %s, which no agent has.".formatted(queue.id(), queue.ask()));
    }
    for (SkillExpression group : queue.strategy().tries()) {
      for (String skill : group.named()) {
        if (skills.contains(skill)) continue;
        fields.fault("tries", "No agent has the skill %s. Known are %s.".formatted(skill, skills));
      }
    }
  }

  private static void steps(Yaml fields, Queue queue) {
    List<Yaml> written = fields.mappings("steps");
    for (int i = 1; i < written.size(); i++) {
      RoutingStep last = queue.steps().get(i - 1);
      if (last.lasts().isPresent() || last.when().isPresent()) continue;
      written
          .get(i)
          .fault(
              "",
              "This step is never reached: the one before it has neither \"for\" nor \"when\", and"
                  + " never ends.");
    }
  }

  private void overflow(Yaml fields, Queue queue) {
    List<Yaml> written = fields.mappings("overflow");
    for (int i = 0; i < written.size(); i++) {
      Overflow rule = queue.overflow().get(i);
      boolean away = rule.target() instanceof Overflow.Target.Away;
      if (queue.channel() == Channel.TASK && away) {
        written.get(i).fault("", "A queue of tasks can only overflow to another queue.");
      }
      if (rule.target() instanceof Overflow.Target.ToQueue(var to) && to.equals(queue.id())) {
        written.get(i).fault("to-queue", "Queue %s overflows to itself.".formatted(to));
      }
      if (rule.target() instanceof Overflow.Target.ToQueue(var to)
          && channels.get(to) instanceof Channel other
          && other != queue.channel()) {
        written
            .get(i)
            .fault(
                "to-queue",
                "Queue %s is for %s, and %s for %s."
                    .formatted(queue.id(), Values.word(queue.channel()), to, Values.word(other)));
      }
      if (rule.trigger() instanceof Overflow.Trigger.Closed && queue.hours().isEmpty()) {
        written
            .get(i)
            .fault(
                "closed",
                "Queue %s never closes: it has no \"hours\". Write some, such as {mon-fri: \"09:00-18:00\"}."
                    .formatted(queue.id()));
      }
    }
  }
}
