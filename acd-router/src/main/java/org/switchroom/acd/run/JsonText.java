package org.switchroom.acd.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON (RFC 8259) from and to maps, lists, strings, longs, doubles, booleans and null. The JDK has
/// none, and this module has nothing else.
final class JsonText {
  private static final int DEEPEST = 200;

  private final String text;
  private int at;
  private int depth;

  private JsonText(String text) {
    this.text = text;
  }

  // ── Reading ─────────────────────────────────────────────────────────────────────────────────

  /// @throws IllegalArgumentException naming the column and what was expected there
  static @Nullable Object read(String text) {
    var reader = new JsonText(text);
    Object value = reader.value();
    reader.blanks();
    if (reader.at < text.length()) throw reader.expected("the end");
    return value;
  }

  private @Nullable Object value() {
    if (++depth > DEEPEST) throw expected("at most " + DEEPEST + " values inside each other");
    blanks();
    if (at >= text.length()) throw expected("a value");
    Object value =
        switch (text.charAt(at)) {
          case '{' -> object();
          case '[' -> list();
          case '"' -> string();
          case 't' -> word("true", true);
          case 'f' -> word("false", false);
          case 'n' -> word("null", null);
          default -> number();
        };
    depth--;
    return value;
  }

  private Map<String, Object> object() {
    var object = new LinkedHashMap<String, Object>();
    at++;
    if (sign('}')) return object;
    do {
      blanks();
      if (at >= text.length() || text.charAt(at) != '"') throw expected("a name in quotes");
      String name = string();
      if (!sign(':')) throw expected("\":\"");
      object.put(name, value());
    } while (sign(','));
    if (!sign('}')) throw expected("\",\" or \"}\"");
    return object;
  }

  private List<Object> list() {
    var list = new ArrayList<>();
    at++;
    if (sign(']')) return list;
    do list.add(value());
    while (sign(','));
    if (!sign(']')) throw expected("\",\" or \"]\"");
    return list;
  }

  private String string() {
    var string = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return string.toString();
      }
      string.append(c == '\\' ? escaped() : c);
    }
    throw expected("a quote that ends the text");
  }

  private char escaped() {
    if (++at >= text.length()) throw expected("an escaped character");
    return switch (text.charAt(at)) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> text.charAt(at);
      case 'u' -> {
        if (at + 4 >= text.length()) throw expected("four hexadecimal digits");
        try {
          char c = (char) Integer.parseInt(text, at + 1, at + 5, 16);
          at += 4;
          yield c;
        } catch (NumberFormatException e) {
          throw expected("four hexadecimal digits");
        }
      }
      default -> throw expected("one of n t r b f u \" \\ /");
    };
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
    String number = text.substring(start, at);
    try {
      boolean whole = number.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
      if (whole) return Long.valueOf(number);
      return Double.valueOf(number);
    } catch (NumberFormatException e) {
      at = start;
      throw expected("a value");
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) throw expected("a value");
    at += word.length();
    return value;
  }

  private boolean sign(char sign) {
    blanks();
    if (at >= text.length() || text.charAt(at) != sign) return false;
    at++;
    return true;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
  }

  private IllegalArgumentException expected(String what) {
    return new IllegalArgumentException("Column %d: expected %s.".formatted(at + 1, what));
  }

  // ── Writing ─────────────────────────────────────────────────────────────────────────────────

  static String write(@Nullable Object value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case Map<?, ?> map -> {
        char before = '{';
        for (var entry : map.entrySet()) {
          out.append(before);
          quote(entry.getKey().toString(), out);
          out.append(':');
          write(entry.getValue(), out);
          before = ',';
        }
        if (map.isEmpty()) out.append('{');
        out.append('}');
      }
      case List<?> list -> {
        char before = '[';
        for (Object one : list) {
          out.append(before);
          write(one, out);
          before = ',';
        }
        if (list.isEmpty()) out.append('[');
        out.append(']');
      }
      case String string -> quote(string, out);
      case null -> out.append("null");
      default -> out.append(value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ') out.append("\\u%04x".formatted((int) c));
      else out.append(c);
    }
    out.append('"');
  }
}
