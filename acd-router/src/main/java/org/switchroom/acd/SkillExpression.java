package org.switchroom.acd;

import java.util.Set;
import java.util.TreeSet;

/// What a contact asks of an agent: `billing`, `billing >= 5 and mandarin`, `(orders or billing)
/// and mandarin >= 3`. A bare skill means a proficiency of at least 1; `any` asks for nothing.
public sealed interface SkillExpression {
  /// Whether an agent with these skills may take the contact.
  boolean matches(Skills skills);

  /// The skills named, for checking that somebody has them.
  default Set<String> named() {
    var names = new TreeSet<String>();
    collect(this, names);
    return names;
  }

  record Any() implements SkillExpression {
    @Override
    public boolean matches(Skills skills) {
      return true;
    }

    @Override
    public String toString() {
      return "any";
    }
  }

  record AtLeast(String skill, int level) implements SkillExpression {
    @Override
    public boolean matches(Skills skills) {
      return skills.in(skill) >= level;
    }

    @Override
    public String toString() {
      return level == Skills.LOWEST ? skill : skill + " >= " + level;
    }
  }

  record And(SkillExpression left, SkillExpression right) implements SkillExpression {
    @Override
    public boolean matches(Skills skills) {
      return left.matches(skills) && right.matches(skills);
    }

    @Override
    public String toString() {
      return "(" + left + " and " + right + ")";
    }
  }

  record Or(SkillExpression left, SkillExpression right) implements SkillExpression {
    @Override
    public boolean matches(Skills skills) {
      return left.matches(skills) || right.matches(skills);
    }

    @Override
    public String toString() {
      return "(" + left + " or " + right + ")";
    }
  }

  /// @throws SkillSyntaxException naming the column (from 1) and what was expected there
  static SkillExpression parse(String text) {
    return new SkillParser(text).parse();
  }

  private static void collect(SkillExpression expression, Set<String> names) {
    switch (expression) {
      case Any() -> {}
      case AtLeast(var skill, _) -> names.add(skill);
      case And(var left, var right) -> {
        collect(left, names);
        collect(right, names);
      }
      case Or(var left, var right) -> {
        collect(left, names);
        collect(right, names);
      }
    }
  }
}
