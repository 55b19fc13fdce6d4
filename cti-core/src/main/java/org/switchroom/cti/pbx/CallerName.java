package org.switchroom.cti.pbx;

import org.jspecify.annotations.Nullable;

/// What a caller is called by their network, or by themselves: whoever calls writes there whatever
/// they like. It is text to be shown beside the number, and identifies nobody. At most 60 code
/// points, on one line, without anything that is not seen, and with so few marks on a letter that
/// they stay on that line; empty where there is no name in it.
public record CallerName(String value) {
  public static final CallerName NONE = new CallerName("");

  private static final int LONGEST = 60;

  /// Looked at; what comes behind is padding.
  private static final int MOST_READ = 1_000;

  /// On one letter, one above the other. Scripts have three or four.
  private static final int MOST_MARKS = 4;

  /// Keeps what can be seen and belongs into a line of text. Without a letter it is no name, but a
  /// number once more.
  ///
  /// @param raw null: the network sends none
  public static CallerName of(@Nullable String raw) {
    if (raw == null) return NONE;
    var text = new StringBuilder();
    int length = 0;
    int marks = MOST_MARKS;
    boolean blank = false;
    boolean letter = false;
    for (int at = 0; at < raw.length() && at < MOST_READ && length < LONGEST; ) {
      int one = raw.codePointAt(at);
      at += Character.charCount(one);
      if (Character.isWhitespace(one) || Character.isSpaceChar(one)) {
        blank = !text.isEmpty();
        marks = MOST_MARKS;
        continue;
      }
      if (!isSeen(one) || isMark(one) && ++marks > MOST_MARKS) continue;
      if (!isMark(one)) marks = 0;
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

  /// It stands on the letter before it, and where there is none on what is around the name.
  private static boolean isMark(int one) {
    int type = Character.getType(one);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  /// Letters, marks and symbols that have no shape, by Unicode's `Default_Ignorable_Code_Point`,
  /// and the Braille pattern without a dot.
  private static boolean isBlank(int one) {
    return switch (one) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default ->
          one >= 0x180B && one <= 0x180F
              || one >= 0xFE00 && one <= 0xFE0F
              || one >= 0xE0100 && one <= 0xE01EF;
    };
  }

  /// Not what steers a terminal, or the direction of the text around it.
  private static boolean isSeen(int one) {
    if (isBlank(one)) return false;
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
