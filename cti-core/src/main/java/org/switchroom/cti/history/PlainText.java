package org.switchroom.cti.history;

/// Text that every database takes and counts alike.
final class PlainText {
  private static final char UNKNOWN = '\uFFFD';

  private PlainText() {}

  /// Without control characters but for line ends and tabs, without halves of characters, and cut
  /// between two characters at the latest after so many UTF-16 units.
  static String of(String raw, int most) {
    if (clean(raw) && raw.length() <= most) return raw;
    var text = new StringBuilder(Math.min(raw.length(), most));
    for (int i = 0; i < raw.length(); ) {
      int point = raw.codePointAt(i);
      i += Character.charCount(point);
      if (unwanted(point)) continue;
      int kept = Character.getType(point) == Character.SURROGATE ? UNKNOWN : point;
      if (text.length() + Character.charCount(kept) > most) break;
      text.appendCodePoint(kept);
    }
    return text.toString();
  }

  /// The same with no character of more than one UTF-16 unit: one database counts these, another
  /// characters.
  static String counted(String raw) {
    if (raw.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) return raw;
    var text = new StringBuilder(raw.length());
    raw.codePoints()
        .map(point -> Character.charCount(point) > 1 ? UNKNOWN : point)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private static boolean clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (unwanted(c) || Character.isSurrogate(c)) return false;
    }
    return true;
  }

  private static boolean unwanted(int point) {
    return point < ' ' && point != '\n' && point != '\t' || point >= 0x7F && point < 0xA0;
  }
}
