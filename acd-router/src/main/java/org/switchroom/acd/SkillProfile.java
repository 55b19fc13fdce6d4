package org.switchroom.acd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// Agents with the same skills and preferences, and the classes they may serve: worked out once for
/// all of them.
final class SkillProfile {
  /// What makes two agents alike to the router.
  record Key(Skills skills, List<QueueId> prefers) {
    static Key of(AgentProfile profile) {
      return new Key(profile.skills(), profile.prefers());
    }
  }

  final Key key;
  final List<Agent> agents = new ArrayList<>();

  RequirementClass[] classes = new RequirementClass[4];

  /// Their numbers in [Heads].
  int[] ids = new int[4];

  int[] proficiency = new int[4];

  /// The group of the queue's `tries` that they are in.
  int[] group = new int[4];

  /// How much they like the queue: 0 most.
  int[] liking = new int[4];

  int size;

  /// Whether they like one queue better than another.
  final boolean prefers;

  /// The reserves they belong to.
  int[] reserves = {};

  SkillProfile(Key key) {
    this.key = key;
    prefers = !key.prefers.isEmpty();
  }

  void add(RequirementClass served) {
    if (size == classes.length) {
      classes = Arrays.copyOf(classes, size * 2);
      ids = Arrays.copyOf(ids, size * 2);
      proficiency = Arrays.copyOf(proficiency, size * 2);
      group = Arrays.copyOf(group, size * 2);
      liking = Arrays.copyOf(liking, size * 2);
    }
    classes[size] = served;
    ids[size] = served.id;
    proficiency[size] = served.ask.proficiency(key.skills);
    group[size] = groupIn(served.line.queue.strategy().tries());
    liking[size] = liking(served.line.queue.id());
    size++;
    for (Agent agent : agents) agent.places = Arrays.copyOf(agent.places, classes.length);
  }

  void remove(int index) {
    int rest = --size - index;
    System.arraycopy(classes, index + 1, classes, index, rest);
    System.arraycopy(ids, index + 1, ids, index, rest);
    System.arraycopy(proficiency, index + 1, proficiency, index, rest);
    System.arraycopy(group, index + 1, group, index, rest);
    System.arraycopy(liking, index + 1, liking, index, rest);
    classes[size] = null;
    for (Agent agent : agents) System.arraycopy(agent.places, index + 1, agent.places, index, rest);
  }

  /// -1: they do not serve it.
  int indexOf(RequirementClass served) {
    for (int i = 0; i < size; i++) if (classes[i] == served) return i;
    return -1;
  }

  int groupIn(List<SkillExpression> tries) {
    int group = 0;
    while (group < tries.size() && !tries.get(group).matches(key.skills)) group++;
    return group;
  }

  int liking(QueueId queue) {
    int place = key.prefers.indexOf(queue);
    return place >= 0 ? place : key.prefers.size();
  }
}
