package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.desktop.phone.PhoneLine;
import org.switchroom.desktop.phone.PhoneLine.Out;

/// One agent's browser as a telephone: the line to the PBX, and the page that has it for now. The
/// line outlives the page for a while, so that one that is loaded again, or whose network was away,
/// goes on where it was, and the PBX has noticed nothing. Belongs to the hub's loop.
final class PhoneConnection {
  private static final Logger log = LoggerFactory.getLogger(PhoneConnection.class);

  /// What waits for a page or for the PBX; with more the line is given up.
  private static final int MOST_WAITING = 64;

  /// A page that is gone has so long to come back.
  private static final long IDLE_MILLIS = 5_000;

  /// The caller hears nothing meanwhile, and waits for an agent who is probably coming.
  private static final long TALKING_MILLIS = 30_000;

  /// The PBX's answer to our hanging up.
  private static final long GOODBYE_MILLIS = 1_000;

  private static final long PING_MILLIS = 20_000;

  /// No telephone says more.
  private static final int MOST_MESSAGES_A_SECOND = 50;

  static final short CLOSE_LOGGED_OUT = 4001;
  static final short CLOSE_OTHER_PAGE = 4002;
  private static final short CLOSE_NO_TELEPHONE = 4400;
  private static final short CLOSE_TOO_FAST = 4408;

  /// Try Again Later, in IANA's registry.
  private static final short CLOSE_PBX_AWAY = 1013;

  /// What a page is told that has a talk to ask for; no message of SIP begins so.
  private static final String TALKS = "talks";

  private final Vertx vertx;
  private final PhoneLine line;
  private final Runnable over;
  private final Deque<String> forPage = new ArrayDeque<>();
  private final Deque<String> forPbx = new ArrayDeque<>();
  private Optional<WebSocket> pbx = Optional.empty();
  private @Nullable ServerWebSocket page;
  private String pageName = "";
  private long waits;
  private long pings;
  private long second;
  private int messages;
  private boolean ended;

  /// @param over is told once, when there is no line any more
  PhoneConnection(
      Vertx vertx,
      WebSocketClient client,
      WebSocketConnectOptions where,
      PhoneLine line,
      Runnable over) {
    this.vertx = vertx;
    this.line = line;
    this.over = over;
    client.connect(where).onSuccess(this::connected).onFailure(this::isAway);
  }

  private void connected(WebSocket socket) {
    if (ended) {
      socket.close();
      return;
    }
    pbx = Optional.of(socket);
    socket.textMessageHandler(text -> send(line.fromPbx(text)));
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(_ -> end(CLOSE_PBX_AWAY, "The PBX is away."));
    forPbx.forEach(socket::writeTextMessage);
    forPbx.clear();
  }

  private void isAway(Throwable fault) {
    log.warn("Asterisk takes no telephones of browsers: {}", fault.toString());
    end(CLOSE_PBX_AWAY, "The PBX is away.");
  }

  /// This page has the line from now on, and no other.
  ///
  /// @param name of its own, by which it is known when it comes back
  void isAt(ServerWebSocket socket, String name) {
    boolean another = !name.equals(pageName);
    ServerWebSocket before = page;
    page = socket;
    pageName = name;
    vertx.cancelTimer(waits);
    vertx.cancelTimer(pings);
    if (before != null) before.close(CLOSE_OTHER_PAGE, "The telephone is at another page.");
    socket.textMessageHandler(text -> heard(socket, text));
    socket.binaryMessageHandler(_ -> close(socket, CLOSE_NO_TELEPHONE, "no text"));
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(_ -> left(socket));
    pings = vertx.setPeriodic(PING_MILLIS, _ -> socket.writePing(Buffer.buffer()));
    List<String> unread = new ArrayList<>(forPage);
    forPage.clear();
    if (!another) {
      unread.forEach(socket::writeTextMessage);
      return;
    }
    if (line.talks()) socket.writeTextMessage(TALKS);
    send(line.newPage(unread));
  }

  private void heard(ServerWebSocket socket, String text) {
    if (page != socket || ended) return;
    // Of a browser that says it is still there (RFC 5626).
    if (text.isBlank()) return;
    if (!paced()) {
      close(socket, CLOSE_TOO_FAST, "too many messages");
      return;
    }
    line.fromBrowser(text)
        .ifPresentOrElse(
            this::send, () -> close(socket, CLOSE_NO_TELEPHONE, "no message of a telephone"));
  }

  private boolean paced() {
    long now = System.currentTimeMillis() / 1_000;
    if (now != second) {
      second = now;
      messages = 0;
    }
    return ++messages <= MOST_MESSAGES_A_SECOND;
  }

  private void send(List<Out> all) {
    for (Out one : all) {
      switch (one) {
        case Out.ToPbx(var text) -> pbx.ifPresentOrElse(to -> write(to, text), () -> wait(text));
        case Out.ToBrowser(var text) -> tell(text);
      }
    }
  }

  private void write(WebSocket to, String text) {
    if (to.writeQueueFull()) end(CLOSE_PBX_AWAY, "The PBX does not read.");
    else to.writeTextMessage(text);
  }

  private void wait(String text) {
    if (forPbx.size() < MOST_WAITING) forPbx.add(text);
  }

  private void tell(String text) {
    ServerWebSocket at = page;
    if (at != null && !at.isClosed() && !at.writeQueueFull()) at.writeTextMessage(text);
    else if (forPage.size() < MOST_WAITING) forPage.add(text);
    else leave();
  }

  private void left(ServerWebSocket socket) {
    if (page != socket) return;
    page = null;
    vertx.cancelTimer(pings);
    if (ended) return;
    waits = vertx.setTimer(line.talks() ? TALKING_MILLIS : IDLE_MILLIS, _ -> leave());
  }

  private static void close(ServerWebSocket socket, short code, String why) {
    socket.close(code, why);
  }

  /// The log-in is over.
  void logOut() {
    ServerWebSocket at = page;
    page = null;
    if (at != null) close(at, CLOSE_LOGGED_OUT, "logged out");
    leave();
  }

  /// Nobody is there any more: talks are over, and then the line.
  void leave() {
    if (ended) return;
    send(line.abandon());
    over.run();
    waits = vertx.setTimer(GOODBYE_MILLIS, _ -> end(CLOSE_PBX_AWAY, "The telephone is put away."));
  }

  private void end(short code, String why) {
    if (ended) return;
    ended = true;
    vertx.cancelTimer(waits);
    vertx.cancelTimer(pings);
    pbx.ifPresent(WebSocket::close);
    ServerWebSocket at = page;
    page = null;
    if (at != null) close(at, code, why);
    over.run();
  }
}
