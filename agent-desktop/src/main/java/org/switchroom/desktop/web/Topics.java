package org.switchroom.desktop.web;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.switchroom.cti.history.HistoryGap;
import org.switchroom.cti.screens.AgentView;
import org.switchroom.cti.screens.HotDesk;
import org.switchroom.cti.screens.ParkedView;
import org.switchroom.cti.screens.QueueView;
import org.switchroom.cti.screens.ShadowView;
import org.switchroom.cti.screens.SupervisionView;
import org.switchroom.cti.screens.TaskView;
import org.switchroom.cti.screens.WaitersView;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// What every screen may be shown, as it stands now.
final class Topics {
  /// A kind of topic.
  ///
  /// @param name all of its name, or where it ends with a colon what comes before whom or what it
  ///   is about
  /// @param shows what is shown there; the front end's types are written of it
  record Topic<T extends Record>(String name, Class<T> shows, Audience audience) {
    String of(Object about) {
      return name + about;
    }

    private boolean is(String topic) {
      return name.endsWith(":") ? topic.startsWith(name) : topic.equals(name);
    }
  }

  /// Who is shown a topic.
  enum Audience {
    EVERYBODY,
    /// The agent whom it is about.
    ITS_AGENT,
    /// The agent too; and who may [Permission#WATCH].
    ITS_AGENT_AND_WATCHERS,
    WATCHERS,
    /// Kept for who asks for it.
    NOBODY
  }

  static final Topic<AgentView> AGENT =
      new Topic<>("agent:", AgentView.class, Audience.ITS_AGENT_AND_WATCHERS);
  static final Topic<SupervisionView> SUPERVISION =
      new Topic<>("supervision:", SupervisionView.class, Audience.WATCHERS);
  static final Topic<QueueView> QUEUE = new Topic<>("queue:", QueueView.class, Audience.EVERYBODY);
  static final Topic<PbxStatus> PBX = new Topic<>("pbx", PbxStatus.class, Audience.EVERYBODY);
  static final Topic<WaitersView> WAITING =
      new Topic<>("waiting:", WaitersView.class, Audience.WATCHERS);
  static final Topic<ShadowView> SHADOW =
      new Topic<>("shadow", ShadowView.class, Audience.WATCHERS);
  static final Topic<Gaps> HISTORY = new Topic<>("history", Gaps.class, Audience.WATCHERS);
  static final Topic<RecordingStatus> RECORDINGS =
      new Topic<>("recordings", RecordingStatus.class, Audience.WATCHERS);
  static final Topic<HotDesks> HOT_DESKS = new Topic<>("desks", HotDesks.class, Audience.NOBODY);
  static final Topic<Tasks> TASKS = new Topic<>("tasks:", Tasks.class, Audience.ITS_AGENT);

  static final Topic<ParkedView> PARKED =
      new Topic<>("parked:", ParkedView.class, Audience.ITS_AGENT);

  static final List<Topic<?>> ALL =
      List.of(
          AGENT,
          SUPERVISION,
          QUEUE,
          PBX,
          WAITING,
          SHADOW,
          HISTORY,
          RECORDINGS,
          HOT_DESKS,
          TASKS,
          PARKED);

  /// @param possible whether talks can be recorded
  record RecordingStatus(boolean possible) {}

  record HotDesks(List<HotDesk> desks) {}

  record PbxStatus(boolean connected) {}

  /// @param gaps what the history lacks, the last first
  /// @param refused how many turns the database did not take
  record Gaps(List<HistoryGap> gaps, long refused) {}

  /// @param tasks all that the agent has or is offered
  record Tasks(List<TaskView> tasks) {}

  private final Map<String, ObjectNode> now = new LinkedHashMap<>();

  /// Who is shown it. A topic of no kind is nobody's.
  static Audience audience(String topic) {
    return ALL.stream().filter(kind -> kind.is(topic)).findFirst().orElseThrow().audience();
  }

  static boolean maySee(User user, String topic) {
    boolean own = owner(topic).equals(user.name());
    boolean watches = user.may(Permission.WATCH);
    return switch (audience(topic)) {
      case EVERYBODY -> true;
      case ITS_AGENT -> own;
      case ITS_AGENT_AND_WATCHERS -> own || watches;
      case WATCHERS -> watches;
      case NOBODY -> false;
    };
  }

  /// Whom a topic is about; empty: nobody.
  static String owner(String topic) {
    boolean owned = Stream.of(AGENT, TASKS, PARKED).anyMatch(kind -> kind.is(topic));
    return owned ? topic.substring(topic.indexOf(':') + 1) : "";
  }

  void put(String topic, ObjectNode value) {
    now.put(topic, value);
  }

  /// One of [#names].
  ObjectNode get(String topic) {
    return requireNonNull(now.get(topic));
  }

  Optional<ObjectNode> find(String topic) {
    return Optional.ofNullable(now.get(topic));
  }

  Stream<JsonNode> all(Topic<?> kind) {
    return now.entrySet().stream()
        .filter(topic -> kind.is(topic.getKey()))
        .map(topic -> topic.getValue());
  }

  Iterable<String> names() {
    return now.keySet();
  }

  /// The fields of `value` that `before` has otherwise. One that is gone is null. Empty: there are
  /// none.
  static Optional<ObjectNode> delta(ObjectNode before, ObjectNode value) {
    ObjectNode changed = JsonNodeFactory.instance.objectNode();
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
