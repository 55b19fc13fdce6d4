package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.response.ManagerResponse;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxId;

/// A link to AMI in a test's own time: messages are read by Asterisk-Java and given to the adapter
/// on the thread that brings them.
public final class VirtualAmiLink implements AmiLink {
  private static final Reader READER = new Reader();

  private final Consumer<List<String>> actions;
  private final BiConsumer<Duration, Runnable> timer;
  private final Map<String, Consumer<ManagerResponse>> asked = new HashMap<>();
  private AmiGuard guard = new AmiGuard(AmiActions.LIST);
  private AmiLink.Listener listener;
  private boolean up;
  private long lastAction;

  /// @param actions is given each action, as lines of `Key: value`
  public VirtualAmiLink(Consumer<List<String>> actions) {
    this(actions, (_, work) -> work.run());
  }

  /// @param timer has something done after a while
  public VirtualAmiLink(Consumer<List<String>> actions, BiConsumer<Duration, Runnable> timer) {
    this.actions = actions;
    this.timer = timer;
  }

  /// The adapter, on this link.
  public Pbx open(InstantSource clock) {
    var settings =
        new AmiSettings("127.0.0.1", 1, "u", "s", "127.0.0.1:4573", AmiSettings.DEFAULT_SILENCE)
            .withRecordings("/nowhere");
    return new AsteriskPbx(
        PbxId.MAIN,
        settings,
        new Ownership(new PbxOwner("virtual", "1", "here"), settings),
        clock,
        // The same in each run, as all else.
        new AgiAdmission("127.0.0.1", List.of(), Duration.ZERO, "token"),
        to -> {
          listener = to;
          return this;
        });
  }

  @Override
  public void start() {}

  @Override
  public void close() {
    up = false;
  }

  public boolean isUp() {
    return up;
  }

  /// Logged in.
  public void up() {
    up = true;
    guard = new AmiGuard(AmiActions.LIST);
    listener.up();
  }

  /// Lost; who has asked is not answered.
  public void down() {
    if (!up) return;
    up = false;
    asked.clear();
    listener.down("cut");
  }

  @Override
  public void in(Duration time, Runnable work) {
    AmiGuard now = guard;
    timer.accept(
        time,
        () -> {
          if (up && guard == now) work.run();
        });
  }

  @Override
  public void lose(String why) {
    down();
  }

  /// Due every second.
  public void heartbeat() {
    if (up) listener.heartbeat();
  }

  @Override
  public void send(AmiAction action) {
    if (up) write(action, nextId(action));
  }

  @Override
  public void send(AmiAction action, Consumer<ManagerResponse> answer) {
    if (!up) return;
    String id = nextId(action);
    asked.put(id, answer);
    write(action, id);
  }

  private String nextId(AmiAction action) {
    return action.getActionId() != null ? action.getActionId() : "a" + ++lastAction;
  }

  private void write(AmiAction action, String id) {
    var lines = new ArrayList<String>();
    lines.add("Action: " + action.getAction());
    lines.add("ActionID: " + id);
    action.getAttributes().forEach((key, value) -> lines.add(key + ": " + value));
    actions.accept(lines);
  }

  /// One message of the PBX, or what a caller has made of it.
  public void receive(String message) {
    for (String one : message.split("\r\n\r\n")) {
      if (up) read(one);
    }
  }

  private void read(String message) {
    Map<String, Object> fields;
    try {
      List<String> taken = guard.take(List.of(message.split("\r\n")));
      if (taken.isEmpty()) return;
      fields = fields(AmiEvents.read(taken));
    } catch (IOException e) {
      down();
      return;
    }
    if (fields.containsKey("event")) {
      ManagerEvent event = READER.event(fields);
      if (event != null) listener.event(event);
    } else if (fields.get("response") instanceof String response) {
      Consumer<ManagerResponse> answer = asked.remove(fields.get("actionid"));
      if (answer == null) return;
      var made = new ManagerResponse();
      made.setResponse(response);
      made.setAttributes(fields);
      if (fields.get("message") instanceof String text) made.setMessage(text);
      answer.accept(made);
    }
  }

  /// Asterisk-Java makes the events; its own reader would do it on threads of its own.
  private static final class Reader {
    private final Object builder;
    private final Method build;

    Reader() {
      try {
        var type = Class.forName("org.asteriskjava.manager.internal.EventBuilderImpl");
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        builder = constructor.newInstance();
        Method register = type.getDeclaredMethod("registerEventClass", Class.class);
        register.setAccessible(true);
        for (var own : AmiConnection.OWN_EVENTS) register.invoke(builder, own);
        build = type.getDeclaredMethod("buildEvent", Object.class, Map.class);
        build.setAccessible(true);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Asterisk-Java has changed.", e);
      }
    }

    /// Null: it has no class.
    ManagerEvent event(Map<String, Object> message) {
      try {
        return (ManagerEvent) build.invoke(builder, this, message);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(message.toString(), e);
      }
    }
  }

  private static Map<String, Object> fields(List<String> message) {
    var fields = new HashMap<String, Object>();
    for (String line : message) {
      int colon = line.indexOf(':');
      if (colon <= 0) continue;
      String key = line.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      Object before = fields.putIfAbsent(key, value);
      if (before instanceof List<?> several) {
        var more = new ArrayList<Object>(several);
        more.add(value);
        fields.put(key, more);
      } else if (before != null) {
        fields.put(key, List.of(before, value));
      }
    }
    return fields;
  }
}
