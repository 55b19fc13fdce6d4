package org.switchroom.acd.skill;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an agent can do: a proficiency from 1 (knows a little) to 10 (expert) for each skill.
public record Skills(Map<String, Integer> proficiency) {
  public static final int LOWEST = 1;
  public static final int HIGHEST = 10;

  /// @throws IllegalArgumentException when a proficiency is outside 1 to 10
  public Skills {
    proficiency.forEach(
        (skill, level) -> {
          if (level < LOWEST || level > HIGHEST) {
            throw new IllegalArgumentException(
                "Skill %s has proficiency %d; it must be from %d to %d."
                    .formatted(skill, level, LOWEST, HIGHEST));
          }
        });
    SortedMap<String, Integer> sorted = new TreeMap<>(proficiency);
    proficiency = Collections.unmodifiableSortedMap(sorted);
  }

  /// The proficiency in a skill, or 0 where the agent does not have it.
  public int in(String skill) {
    return proficiency.getOrDefault(skill, 0);
  }
}
