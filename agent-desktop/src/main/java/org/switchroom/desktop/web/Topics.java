package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every screen may be shown, as it stands now: `agent:NAME`, `queue:NAME`, `pbx`; for
/// supervisors `waiting:QUEUE`, `shadow` and `history`; for one agent `tasks:NAME`.
final class Topics {
  static final String AGENT = "agent:";
  static final String TASKS = "tasks:";
  static final String WAITING = "waiting:";
  static final String SHADOW = "shadow";
  static final String HISTORY = "history";

  private final Map<String, ObjectNode> now = new LinkedHashMap<>();

  static boolean forEverybody(String topic) {
    return topic.startsWith("queue:") || topic.equals("pbx");
  }

  static boolean forSupervisors(String topic) {
    return !topic.startsWith(TASKS);
  }

  /// Whom a topic is about; empty: nobody.
  static String owner(String topic) {
    boolean owned = topic.startsWith(AGENT) || topic.startsWith(TASKS);
    return owned ? topic.substring(topic.indexOf(':') + 1) : "";
  }

  void put(String topic, ObjectNode value) {
    now.put(topic, value);
  }

  @Nullable ObjectNode get(String topic) {
    return now.get(topic);
  }

  Iterable<String> names() {
    return now.keySet();
  }

  /// The fields of `value` that `before` has otherwise; all of them when there was nothing before.
  /// One that is gone is null. Null: there are none.
  static @Nullable ObjectNode delta(@Nullable ObjectNode before, ObjectNode value) {
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
    before
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!value.has(name)) changed.putNull(name);
            });
    return changed.isEmpty() ? null : changed;
  }
}
