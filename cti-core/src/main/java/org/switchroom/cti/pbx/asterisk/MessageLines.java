package org.switchroom.cti.pbx.asterisk;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/// The headers of one message of AMI, each with what it says first. It is used again for each
/// message and makes no garbage: of some hundred calls a second some ten thousand messages come.
final class MessageLines {
  /// What a line is to those before it.
  enum Repetition {
    /// Its header stands there for the first time, or may stand there often.
    FIRST,
    /// It says what was said, or nothing.
    REPEATS,
    /// Its header has said something else.
    CONTRADICTS
  }

  private static final int SMALLEST = 128;
  private static final String OUTPUT = "output";
  private static final String FOR_EACH_VARIABLE = "chanvariable";

  /// Lines by the hash of their header's name; a power of two, at most half full.
  private String[] table = new String[SMALLEST];

  /// Nobody can choose names that all come to one place: each would be compared with each.
  private final int factor = new SecureRandom().nextInt() | 1;

  private boolean status;

  /// @param lines how many may come
  /// @param status whether it is a channel in a list, which has a header for each variable
  void begin(int lines, boolean status) {
    this.status = status;
    int size = Math.max(SMALLEST, Integer.highestOneBit(lines) * 4);
    if (size == table.length) Arrays.fill(table, null);
    else table = new String[size];
  }

  Repetition add(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0) return Repetition.REPEATS;
    int from = begin(line, 0, colon);
    int to = end(line, from, colon);
    int variable = variable(line, from, to, colon);
    int mask = table.length - 1;
    for (int i = hash(line, from, to, colon, variable) & mask; true; i = (i + 1) & mask) {
      String before = table[i];
      if (before == null) {
        table[i] = line;
        return Repetition.FIRST;
      }
      if (!isSame(before, line, from, to, colon, variable)) continue;
      if (isNamed(line, from, to, OUTPUT)) return Repetition.FIRST;
      return value(before).equals(value(line)) ? Repetition.REPEATS : Repetition.CONTRADICTS;
    }
  }

  private boolean isSame(String before, String line, int from, int to, int colon, int variable) {
    int otherColon = before.indexOf(':');
    int otherFrom = begin(before, 0, otherColon);
    int otherTo = end(before, otherFrom, otherColon);
    if (otherTo - otherFrom != to - from) return false;
    if (!line.regionMatches(true, from, before, otherFrom, to - from)) return false;
    int otherVariable = variable(before, otherFrom, otherTo, otherColon);
    return otherVariable - otherColon == variable - colon
        && line.regionMatches(colon, before, otherColon, variable - colon);
  }

  /// Where the name of the variable ends of which a header speaks that Asterisk repeats, one for
  /// each; the colon: it is no such.
  private int variable(String line, int from, int to, int colon) {
    boolean repeated =
        endsWith(line, from, to, FOR_EACH_VARIABLE)
            || (status && isNamed(line, from, to, "variable"));
    int equals = repeated ? line.indexOf('=', colon) : -1;
    return equals < 0 ? colon : equals;
  }

  private int hash(String line, int from, int to, int colon, int variable) {
    int hash = 0;
    for (int i = from; i < to; i++) hash = factor * hash + Character.toLowerCase(line.charAt(i));
    for (int i = colon; i < variable; i++) hash = factor * hash + line.charAt(i);
    return hash ^ hash >>> 16;
  }

  private static int begin(String line, int from, int to) {
    int at = from;
    while (at < to && Character.isWhitespace(line.charAt(at))) at++;
    return at;
  }

  private static int end(String line, int from, int to) {
    int at = to;
    while (at > from && Character.isWhitespace(line.charAt(at - 1))) at--;
    return at;
  }

  private static boolean endsWith(String line, int from, int to, String end) {
    int begin = to - end.length();
    return begin >= from && isThere(line, begin, end);
  }

  private static boolean isNamed(String line, int from, int to, String name) {
    return to - from == name.length() && isThere(line, from, name);
  }

  /// Of letters as Asterisk writes them: an `ı` is no `i`.
  ///
  /// @param name in small letters
  private static boolean isThere(String line, int from, String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = line.charAt(from + i);
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != name.charAt(i)) return false;
    }
    return true;
  }

  // ── Of lines ────────────────────────────────────────────────────────────────────────────────

  static String name(String line) {
    return line.substring(0, line.indexOf(':')).strip();
  }

  static String value(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  /// What the first header of this name says; empty: there is none.
  static String value(List<String> lines, String name) {
    for (String line : lines) if (isOf(line, name)) return value(line);
    return "";
  }

  static boolean has(List<String> lines, String name) {
    for (String line : lines) if (isOf(line, name)) return true;
    return false;
  }

  private static boolean isOf(String line, String name) {
    int colon = line.indexOf(':');
    int from = begin(line, 0, Math.max(colon, 0));
    return colon > 0 && isNamed(line, from, end(line, from, colon), name);
  }
}
