package org.switchroom.cti.customer;

/// What people type, as every database keeps it and every screen shows it: without control
/// characters (PostgreSQL refuses U+0000), without halves of characters, and without what turns the
/// direction of all that follows (U+202A to U+202E, U+2066 to U+2069): in audits, lists and CSV it
/// stands beside what others have written. Marks that are about their own place alone (U+200E,
/// U+200F) stay.
///
/// Text is cleaned where it comes in, before anybody is told that it is saved.
public final class TypedText {
  private static final int NEXT_LINE = 0x85;

  private TypedText() {}

  /// One line: what breaks a line or jumps in it is a space, and none stand at the ends.
  public static String line(String typed) {
    var kept = new StringBuilder(typed.length());
    typed
        .codePoints()
        .forEach(
            c -> {
              if (breaks(c) || c == '\t') kept.append(' ');
              else if (canBeKept(c)) kept.appendCodePoint(c);
            });
    int begin = 0;
    int end = kept.length();
    while (begin < end && isSpace(kept.charAt(begin))) begin++;
    while (end > begin && isSpace(kept.charAt(end - 1))) end--;
    return kept.substring(begin, end);
  }

  /// Any number of lines; each ends in `\n`, and tabs stay.
  public static String lines(String typed) {
    var kept = new StringBuilder(typed.length());
    typed
        .replace("\r\n", "\n")
        .codePoints()
        .forEach(
            c -> {
              if (breaks(c)) kept.append('\n');
              else if (c == '\t' || canBeKept(c)) kept.appendCodePoint(c);
            });
    return kept.toString();
  }

  /// Whether there is nothing to be seen in it: spaces of any kind, marks without a width.
  public static boolean isBlank(String line) {
    return line.codePoints()
        .allMatch(c -> isSpace(c) || !canBeKept(c) || Character.getType(c) == Character.FORMAT);
  }

  private static boolean breaks(int c) {
    return switch (Character.getType(c)) {
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> c == '\n' || c == '\r' || c == NEXT_LINE;
    };
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean canBeKept(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL && type != Character.SURROGATE && !turns(c);
  }

  /// Embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9, 2), and what
  /// ends them.
  private static boolean turns(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }
}
