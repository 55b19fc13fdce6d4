package org.switchroom.desktop.web;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.cti.history.HistoryGap;
import org.switchroom.cti.screens.AgentView;
import org.switchroom.cti.screens.QueueView;
import org.switchroom.cti.screens.ShadowView;
import org.switchroom.cti.screens.TaskView;
import org.switchroom.cti.screens.WaitersView;

/// What every screen may be shown, as it stands now.
final class Topics {
  /// A kind of topic.
  ///
  /// @param name all of its name, or where it ends with a colon what comes before whom or what it
  ///   is about
  /// @param shows what is shown there; the front end's types are written of it
  record Topic<T extends Record>(String name, Class<T> shows) {
    String of(Object about) {
      return name + about;
    }
  }

  static final Topic<AgentView> AGENT = new Topic<>("agent:", AgentView.class);
  static final Topic<QueueView> QUEUE = new Topic<>("queue:", QueueView.class);
  static final Topic<Pbx> PBX = new Topic<>("pbx", Pbx.class);

  /// For supervisors, as the next two.
  static final Topic<WaitersView> WAITING = new Topic<>("waiting:", WaitersView.class);

  static final Topic<ShadowView> SHADOW = new Topic<>("shadow", ShadowView.class);
  static final Topic<Gaps> HISTORY = new Topic<>("history", Gaps.class);

  /// For one agent.
  static final Topic<Tasks> TASKS = new Topic<>("tasks:", Tasks.class);

  static final List<Topic<?>> ALL = List.of(AGENT, QUEUE, PBX, WAITING, SHADOW, HISTORY, TASKS);

  record Pbx(boolean connected) {}

  /// @param gaps what the history lacks, the last first
  record Gaps(List<HistoryGap> gaps) {}

  /// @param tasks all that the agent has or is offered
  record Tasks(List<TaskView> tasks) {}

  private final Map<String, ObjectNode> now = new LinkedHashMap<>();

  static boolean forEverybody(String topic) {
    return topic.startsWith(QUEUE.name) || topic.equals(PBX.name);
  }

  static boolean forSupervisors(String topic) {
    return !topic.startsWith(TASKS.name);
  }

  /// Whom a topic is about; empty: nobody.
  static String owner(String topic) {
    boolean owned = topic.startsWith(AGENT.name) || topic.startsWith(TASKS.name);
    return owned ? topic.substring(topic.indexOf(':') + 1) : "";
  }

  void put(String topic, ObjectNode value) {
    now.put(topic, value);
  }

  /// One of [#names].
  ObjectNode get(String topic) {
    return requireNonNull(now.get(topic));
  }

  Iterable<String> names() {
    return now.keySet();
  }

  /// The fields of `value` that `before` has otherwise. One that is gone is null. Empty: there are
  /// none.
  static Optional<ObjectNode> delta(ObjectNode before, ObjectNode value) {
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
    return changed.isEmpty() ? Optional.empty() : Optional.of(changed);
  }
}
