package org.switchroom.acd.skill;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a contact asks of an agent: `billing`, `billing >= 5 and mandarin`, `(orders or billing)
/// and mandarin >= 3`. A bare skill means a proficiency of at least 1; `any` asks for nothing.
public sealed interface SkillExpression {
  SkillExpression ANY = new Any();

  /// Whether an agent with these skills may take the contact.
  boolean matches(Skills skills);

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
      return inside(left) + " and " + inside(right);
    }

    private static String inside(SkillExpression part) {
      return part instanceof Or ? "(" + part + ")" : part.toString();
    }
  }

  record Or(SkillExpression left, SkillExpression right) implements SkillExpression {
    @Override
    public boolean matches(Skills skills) {
      return left.matches(skills) || right.matches(skills);
    }

    @Override
    public String toString() {
      return left + " or " + right;
    }
  }

  /// @throws ExpressionSyntaxException naming the column (from 1) and what was expected there
  static SkillExpression parse(String text) {
    return new SkillParser(text).parse();
  }

  /// The skills named.
  default Set<String> named() {
    var names = new TreeSet<String>();
    mapAtoms(
        atom -> {
          names.add(atom.skill());
          return atom;
        });
    return names;
  }

  /// How good an agent is at what is asked: the sum of their proficiencies in the skills named, as
  /// Cisco's precision queues count it.
  default int proficiency(Skills skills) {
    int sum = 0;
    for (String skill : named()) sum += skills.in(skill);
    return sum;
  }

  /// Both must hold.
  default SkillExpression and(SkillExpression other) {
    if (this instanceof Any) return other;
    return other instanceof Any ? this : new And(this, other);
  }

  /// One of them must hold.
  default SkillExpression or(SkillExpression other) {
    return this instanceof Any || other instanceof Any ? ANY : new Or(this, other);
  }

  /// The same without asking for these skills.
  default SkillExpression without(Set<String> skills) {
    return mapAtoms(atom -> skills.contains(atom.skill()) ? ANY : atom);
  }

  /// The same, asking for no more than these levels.
  default SkillExpression lowered(Map<String, Integer> levels) {
    return mapAtoms(
        atom -> {
          Integer most = levels.get(atom.skill());
          return most == null || atom.level() <= most ? atom : new AtLeast(atom.skill(), most);
        });
  }

  /// The same, asking for no less than these levels.
  default SkillExpression raised(Map<String, Integer> levels) {
    return mapAtoms(
        atom -> {
          Integer least = levels.get(atom.skill());
          return least == null || atom.level() >= least ? atom : new AtLeast(atom.skill(), least);
        });
  }

  private SkillExpression mapAtoms(AtomMapping mapping) {
    return switch (this) {
      case Any any -> any;
      case AtLeast atom -> mapping.apply(atom);
      case And(var left, var right) -> left.mapAtoms(mapping).and(right.mapAtoms(mapping));
      case Or(var left, var right) -> withoutAny(left.mapAtoms(mapping), right.mapAtoms(mapping));
    };
  }

  /// Of `a or b` with `a` no longer asked for, `b` is left: who does not ask does not widen.
  private static SkillExpression withoutAny(SkillExpression left, SkillExpression right) {
    if (left instanceof Any) return right;
    return right instanceof Any ? left : new Or(left, right);
  }

  /// What an atom becomes.
  @FunctionalInterface
  interface AtomMapping {
    SkillExpression apply(AtLeast atom);
  }
}
