package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// What every screen may be shown, as it stands now: `agent:NAME`, `queue:NAME`, `pbx`.
final class Topics {
  private final Map<String, ObjectNode> now = new LinkedHashMap<>();

  void put(String topic, ObjectNode value) {
    now.put(topic, value);
  }

  ObjectNode get(String topic) {
    return now.get(topic);
  }

  Iterable<String> names() {
    return now.keySet();
  }

  /// The fields of `value` that `before` has otherwise; all of them when there was nothing before.
  /// Null: there are none.
  static ObjectNode delta(ObjectNode before, ObjectNode value) {
    if (before == null) return value;
    ObjectNode changed = Json.object();
    value
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().equals(before.get(field.getKey()))) {
                changed.set(field.getKey(), field.getValue());
              }
            });
    return changed.isEmpty() ? null : changed;
  }
}
