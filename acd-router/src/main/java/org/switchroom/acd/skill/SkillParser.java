package org.switchroom.acd.skill;

/// `skill [>= level]`, joined by `and` and `or`.
final class SkillParser extends Scanner<SkillExpression> {
  SkillParser(String text) {
    super(text);
  }

  @Override
  SkillExpression or(SkillExpression left, SkillExpression right) {
    return new SkillExpression.Or(left, right);
  }

  @Override
  SkillExpression and(SkillExpression left, SkillExpression right) {
    return new SkillExpression.And(left, right);
  }

  @Override
  SkillExpression atom() {
    String skill = name("the name of a skill, or \"(\"");
    if (skill.equals("any")) return SkillExpression.ANY;
    return new SkillExpression.AtLeast(skill, sign(">=") ? level() : Skills.LOWEST);
  }

  private int level() {
    return number(
        Skills.LOWEST,
        Skills.HIGHEST,
        "a proficiency from %d to %d".formatted(Skills.LOWEST, Skills.HIGHEST));
  }
}
