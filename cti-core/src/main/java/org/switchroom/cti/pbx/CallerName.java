package org.switchroom.cti.pbx;

/// What a caller is called by their network, or by themselves: whoever calls writes there whatever
/// they like. It is text to be shown beside the number, and identifies nobody. At most 60 code
/// points, on one line, without anything that is not seen; empty where there is no name in it.
public record CallerName(String value) {
  public static final CallerName NONE = new CallerName("");

  private static final int LONGEST = 60;

  /// Looked at; what comes behind is padding.
  private static final int MOST_READ = 1_000;

  /// Keeps what can be seen and belongs into a line of text. Without a letter it is no name, but a
  /// number once more.
  public static CallerName of(String raw) {
    if (raw == null) return NONE;
    var text = new StringBuilder();
    int length = 0;
    boolean blank = false;
    boolean letter = false;
    for (int at = 0; at < raw.length() && at < MOST_READ && length < LONGEST; ) {
      int one = raw.codePointAt(at);
      at += Character.charCount(one);
      if (Character.isWhitespace(one) || Character.isSpaceChar(one)) {
        blank = !text.isEmpty();
        continue;
      }
      if (!isSeen(one)) continue;
      if (blank && length + 1 < LONGEST) {
        text.append(' ');
        length++;
      }
      blank = false;
      letter |= Character.isLetter(one);
      text.appendCodePoint(one);
      length++;
    }
    boolean known = letter && !text.toString().equalsIgnoreCase("unknown");
    return known ? new CallerName(text.toString()) : NONE;
  }

  /// Not what steers a terminal, or the direction of the text around it.
  private static boolean isSeen(int one) {
    return switch (Character.getType(one)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return value;
  }
}
