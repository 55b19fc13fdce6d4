package org.switchroom.cti.runtime;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// What two values have otherwise, for people: only the fields and the elements that differ.
final class Differences {
  private Differences() {}

  static String between(Object one, Object other) {
    var lines = new ArrayList<String>();
    compare("", one, other, lines);
    return String.join("\n", lines);
  }

  private static void compare(String path, Object one, Object other, List<String> lines) {
    if (Objects.equals(one, other)) return;
    if (one instanceof Collection<?> a && other instanceof Collection<?> b) {
      var left = new ArrayList<Object>(a);
      left.removeAll(b);
      var right = new ArrayList<Object>(b);
      right.removeAll(a);
      for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
        Object l = i < left.size() ? left.get(i) : "nothing";
        Object r = i < right.size() ? right.get(i) : "nothing";
        compare(path + "[]", l, r, lines);
      }
      if (left.isEmpty() && right.isEmpty())
        lines.add(path + ": the order\n  " + one + "\n  " + other);
      return;
    }
    boolean records = one instanceof Record && other != null && one.getClass() == other.getClass();
    if (!records) {
      lines.add(path + ":\n  " + one + "\n  " + other);
      return;
    }
    for (RecordComponent field : one.getClass().getRecordComponents()) {
      try {
        field.getAccessor().setAccessible(true);
        compare(
            path + "." + field.getName(),
            field.getAccessor().invoke(one),
            field.getAccessor().invoke(other),
            lines);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
