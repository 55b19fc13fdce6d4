package org.switchroom.acd;

/// Recursive descent over `or`, `and`, parentheses and `skill [>= level]`.
final class SkillParser {
  /// Deeper nesting than any person writes; it keeps hostile text from exhausting the stack.
  private static final int DEEPEST = 50;

  private final String text;
  private int at;
  private int depth;

  SkillParser(String text) {
    this.text = text;
  }

  SkillExpression parse() {
    SkillExpression expression = either();
    skipBlanks();
    if (at < text.length()) throw expected("\"and\", \"or\" or the end");
    return expression;
  }

  private SkillExpression either() {
    SkillExpression left = both();
    while (word("or")) left = new SkillExpression.Or(left, both());
    return left;
  }

  private SkillExpression both() {
    SkillExpression left = single();
    while (word("and")) left = new SkillExpression.And(left, single());
    return left;
  }

  private SkillExpression single() {
    skipBlanks();
    if (sign("(")) {
      if (++depth > DEEPEST)
        throw expected("at most " + DEEPEST + " parentheses inside each other");
      SkillExpression inside = either();
      skipBlanks();
      if (!sign(")")) throw expected("\")\"");
      depth--;
      return inside;
    }
    String skill = name();
    if (skill.equals("any")) return new SkillExpression.Any();
    skipBlanks();
    return new SkillExpression.AtLeast(skill, sign(">=") ? level() : Skills.LOWEST);
  }

  private String name() {
    skipBlanks();
    int start = at;
    while (at < text.length() && isNameCharacter(text.charAt(at))) at++;
    String name = text.substring(start, at);
    if (name.isEmpty() || name.equals("and") || name.equals("or")) {
      at = start;
      throw expected("the name of a skill, or \"(\"");
    }
    return name;
  }

  private int level() {
    skipBlanks();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
    String digits = text.substring(start, at);
    if (!digits.isEmpty() && digits.length() <= 2) {
      int level = Integer.parseInt(digits);
      if (level >= Skills.LOWEST && level <= Skills.HIGHEST) return level;
    }
    at = start;
    throw expected("a proficiency from %d to %d".formatted(Skills.LOWEST, Skills.HIGHEST));
  }

  private boolean word(String word) {
    skipBlanks();
    int end = at + word.length();
    boolean here = text.startsWith(word, at);
    if (!here || (end < text.length() && isNameCharacter(text.charAt(end)))) return false;
    at = end;
    return true;
  }

  private boolean sign(String sign) {
    if (!text.startsWith(sign, at)) return false;
    at += sign.length();
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private SkillSyntaxException expected(String what) {
    return new SkillSyntaxException(text, at + 1, what);
  }
}
