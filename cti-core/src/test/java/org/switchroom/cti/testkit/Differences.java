package org.switchroom.cti.testkit;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Where two values differ, down to the field: values of hundreds of fields are no answer.
public final class Differences {
  private static final int MOST = 20;

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  /// One line each, `path: expected, found`; none: they are equal.
  public static List<String> between(Object expected, Object actual) {
    var differences = new Differences();
    differences.look("", expected, actual);
    return differences.found;
  }

  private void look(String path, Object expected, Object actual) {
    if (Objects.equals(expected, actual) || found.size() >= MOST) return;
    boolean sameKind =
        expected != null && actual != null && expected.getClass().equals(actual.getClass());
    if (sameKind && expected.getClass().isRecord()) {
      for (RecordComponent component : expected.getClass().getRecordComponents()) {
        String name = path + "." + component.getName();
        look(name, value(component, expected), value(component, actual));
      }
      return;
    }
    if (expected instanceof List<?> all && actual instanceof List<?> others) {
      lists(path, all, others);
    } else if (expected instanceof Set<?> all && actual instanceof Set<?> others) {
      lists(path, without(all, others), without(others, all));
    } else if (expected instanceof Map<?, ?> all && actual instanceof Map<?, ?> others) {
      var keys = new LinkedHashSet<Object>(all.keySet());
      keys.addAll(others.keySet());
      for (Object key : keys) look(path + "[" + key + "]", all.get(key), others.get(key));
    } else if (expected instanceof Optional<?> one && actual instanceof Optional<?> other) {
      if (one.isPresent() && other.isPresent()) look(path, one.get(), other.get());
      else found.add(path + ": " + expected + ", " + actual);
    } else {
      found.add(path + ": " + expected + ", " + actual);
    }
  }

  private void lists(String path, List<?> expected, List<?> actual) {
    for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      Object one = i < expected.size() ? expected.get(i) : "nothing";
      Object other = i < actual.size() ? actual.get(i) : "nothing";
      look(path + "[" + i + "]", one, other);
    }
  }

  private static List<?> without(Set<?> all, Set<?> others) {
    return all.stream().filter(one -> !others.contains(one)).toList();
  }

  private static Object value(RecordComponent component, Object of) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("No look at " + component, e);
    }
  }
}
