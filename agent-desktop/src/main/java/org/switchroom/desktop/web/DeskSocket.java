package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// One screen. It is sent what changed since it was last sent something; a screen that reads slowly
/// is sent less often, never more than it reads.
final class DeskSocket {
  /// Changes are gathered for so long: a wallboard is not read faster, and the queues in the corner
  /// of a desk less so.
  private static final long GATHER_FOR_WATCHERS_MILLIS = 100;

  private static final long GATHER_FOR_AGENTS_MILLIS = 1_000;

  /// So that an idle line is not closed for idleness, and a dead one is noticed.
  private static final long PING_MILLIS = 30_000;

  /// No person is faster; a script that is would take the server from everybody else.
  private static final int MOST_MESSAGES_A_SECOND = 50;

  /// [System#nanoTime] may be anything, and go over its end.
  private static final long OPENED = System.nanoTime();

  private static final Buffer NOTHING = Buffer.buffer();

  private static final short CLOSE_LOGGED_OUT = 4001;

  /// The log-in that it was opened with.
  final Sessions.Session logIn;

  final User user;

  /// Of whose commands; one for each screen, and another's only for other users. Empty: it looks
  /// only.
  final Optional<String> session;

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final Topics topics;
  private final InstantSource clock;
  private final Map<String, ObjectNode> sent = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private boolean gathering;
  private long pinging;
  private long second;
  private int messages;
  private long used = System.nanoTime();

  /// @param clock by which it is told since when something is
  DeskSocket(
      Vertx vertx,
      ServerWebSocket socket,
      Sessions.Session logIn,
      Optional<String> session,
      Topics topics,
      InstantSource clock) {
    this.vertx = vertx;
    this.socket = socket;
    this.logIn = logIn;
    user = logIn.user();
    this.session = session;
    this.topics = topics;
    this.clock = clock;
    socket.drainHandler(_ -> flush());
  }

  /// Everything this screen may see, in one piece: what it still shows from before is over.
  void begin() {
    socket.writeTextMessage(Json.text(new ToDesk.Hello(clock.instant())));
    var all = new LinkedHashMap<String, ObjectNode>();
    for (String topic : topics.names()) {
      if (!Topics.maySee(user, topic)) continue;
      ObjectNode value = topics.get(topic);
      sent.put(topic, value);
      all.put(topic, value);
    }
    write(all);
    pinging = vertx.setPeriodic(PING_MILLIS, _ -> socket.writePing(NOTHING));
  }

  /// The line is closed.
  void end() {
    vertx.cancelTimer(pinging);
  }

  /// One message came in; false: they come faster than any person works.
  boolean paced() {
    used = System.nanoTime();
    long now = System.currentTimeMillis() / 1_000;
    if (now != second) {
      second = now;
      messages = 0;
    }
    return ++messages <= MOST_MESSAGES_A_SECOND;
  }

  /// When something was done at it last, or it was opened: greater is later.
  long used() {
    return used - OPENED;
  }

  void changed(String topic) {
    if (!Topics.maySee(user, topic)) return;
    changed.add(topic);
    // What an agent does and has to do is shown at once.
    if (Topics.owner(topic).equals(user.name())) flush();
    if (gathering || changed.isEmpty()) return;
    gathering = true;
    vertx.setTimer(
        user.may(Permission.WATCH) ? GATHER_FOR_WATCHERS_MILLIS : GATHER_FOR_AGENTS_MILLIS,
        _ -> {
          gathering = false;
          flush();
        });
  }

  private void flush() {
    if (changed.isEmpty() || socket.isClosed() || socket.writeQueueFull()) return;
    var deltas = new LinkedHashMap<String, ObjectNode>();
    for (String topic : changed) {
      ObjectNode value = topics.get(topic);
      ObjectNode before = sent.put(topic, value);
      Optional<ObjectNode> delta =
          before == null ? Optional.of(value) : Topics.delta(before, value);
      delta.ifPresent(some -> deltas.put(topic, some));
    }
    changed.clear();
    if (!deltas.isEmpty()) write(deltas);
  }

  private void write(Map<String, ObjectNode> deltas) {
    socket.writeTextMessage(Json.text(new ToDesk.Delta(deltas)));
  }

  /// Completes when it is written to the socket.
  Future<Void> send(String message) {
    return socket.isClosed() ? Future.succeededFuture() : socket.writeTextMessage(message);
  }

  boolean reads() {
    return !socket.isClosed() && !socket.writeQueueFull();
  }

  void logOut() {
    close(CLOSE_LOGGED_OUT, "logged out");
  }

  void close(short code, String reason) {
    socket.close(code, reason);
  }
}
