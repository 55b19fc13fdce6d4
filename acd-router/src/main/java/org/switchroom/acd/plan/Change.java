package org.switchroom.acd.plan;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.switchroom.acd.skill.SkillExpression;

/// What a routing step does to what a contact asks for.
public sealed interface Change {
  SkillExpression apply(SkillExpression ask);

  /// Ask for this instead.
  record Ask(SkillExpression instead) implements Change {
    @Override
    public SkillExpression apply(SkillExpression ask) {
      return instead;
    }
  }

  /// Ask for this too.
  record Add(SkillExpression more) implements Change {
    @Override
    public SkillExpression apply(SkillExpression ask) {
      return ask.and(more);
    }
  }

  /// Ask no more for these skills.
  record Remove(Set<String> skills) implements Change {
    public Remove {
      skills = Collections.unmodifiableSet(new TreeSet<>(skills));
    }

    @Override
    public SkillExpression apply(SkillExpression ask) {
      return ask.without(skills);
    }
  }

  /// Ask for no more than these levels.
  record Lower(Map<String, Integer> levels) implements Change {
    public Lower {
      levels = Collections.unmodifiableMap(new TreeMap<>(levels));
    }

    @Override
    public SkillExpression apply(SkillExpression ask) {
      return ask.lowered(levels);
    }
  }

  /// Ask for no less than these levels.
  record Raise(Map<String, Integer> levels) implements Change {
    public Raise {
      levels = Collections.unmodifiableMap(new TreeMap<>(levels));
    }

    @Override
    public SkillExpression apply(SkillExpression ask) {
      return ask.raised(levels);
    }
  }

  /// Let these serve it too.
  record Broaden(SkillExpression also) implements Change {
    @Override
    public SkillExpression apply(SkillExpression ask) {
      return ask.or(also);
    }
  }
}
