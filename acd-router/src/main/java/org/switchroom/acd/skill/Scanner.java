package org.switchroom.acd.skill;

/// Reads an expression from left to right: `or`, `and`, parentheses, names, signs and numbers.
abstract class Scanner<E> {
  /// Deeper nesting than any person writes; it keeps hostile text from exhausting the stack.
  private static final int DEEPEST = 50;

  /// Longer than any person writes; it keeps a tree of `or`s from growing as deep as the text.
  private static final int LONGEST = 2_000;

  private final String text;
  private int at;
  private int depth;

  Scanner(String text) {
    this.text = text;
  }

  abstract E or(E left, E right);

  abstract E and(E left, E right);

  /// One comparison.
  abstract E atom();

  final E parse() {
    if (text.length() > LONGEST) {
      at = LONGEST;
      throw expected("the end, after at most " + LONGEST + " characters");
    }
    E expression = either();
    skipBlanks();
    if (at < text.length()) throw expected("\"and\", \"or\" or the end");
    return expression;
  }

  private E either() {
    E left = both();
    while (word("or")) left = or(left, both());
    return left;
  }

  private E both() {
    E left = single();
    while (word("and")) left = and(left, single());
    return left;
  }

  private E single() {
    if (!sign("(")) return atom();
    if (++depth > DEEPEST) throw expected("at most " + DEEPEST + " parentheses inside each other");
    E inside = either();
    if (!sign(")")) throw expected("\")\"");
    depth--;
    return inside;
  }

  /// @param what is said to be expected where there is none
  final String name(String what) {
    skipBlanks();
    int start = at;
    while (at < text.length() && isNameCharacter(text.charAt(at))) at++;
    String name = text.substring(start, at);
    if (name.isEmpty() || name.equals("and") || name.equals("or")) {
      at = start;
      throw expected(what);
    }
    return name;
  }

  final int number(int least, int most, String what) {
    skipBlanks();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
    if (at > start && at - start <= 9) {
      int number = Integer.parseInt(text.substring(start, at));
      if (number >= least && number <= most) return number;
    }
    at = start;
    throw expected(what);
  }

  private boolean word(String word) {
    skipBlanks();
    int end = at + word.length();
    boolean here = text.startsWith(word, at);
    if (!here || (end < text.length() && isNameCharacter(text.charAt(end)))) return false;
    at = end;
    return true;
  }

  final boolean sign(String sign) {
    skipBlanks();
    if (!text.startsWith(sign, at)) return false;
    at += sign.length();
    return true;
  }

  /// Goes back to where a name began, to say that it is not the one expected.
  final void back(String name) {
    at -= name.length();
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  final ExpressionSyntaxException expected(String what) {
    return new ExpressionSyntaxException(text, at + 1, what);
  }
}
