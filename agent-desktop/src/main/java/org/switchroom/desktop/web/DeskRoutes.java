package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// The desks' sockets: how they open and close, and what becomes of an agent by it.
final class DeskRoutes implements LogInRoutes.Desk {
  /// Open screens of one user; one more closes the one at which nothing was done for longest.
  private static final int MOST_SCREENS = 10;

  /// What a screen calls its session: random, so that no other screen of the user's has it.
  private static final Pattern DESK_SESSION = Pattern.compile("[A-Za-z0-9-]{8,64}");

  private static final short CLOSE_OTHER_SCREEN = 4002;
  private static final short CLOSE_TOO_FAST = 4008;

  private final Vertx vertx;
  private final DeskHub hub;
  private final EngineInbox engine;
  private final DeskCommands commands;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Connections connections;
  private final PhoneRoutes phones;

  /// What this server asks by itself has a session that no user can have.
  private final String session = "/" + UUID.randomUUID();

  private long commandsGiven;

  DeskRoutes(
      Vertx vertx,
      DeskHub hub,
      EngineInbox engine,
      DeskCommands commands,
      Accounts accounts,
      Sessions sessions,
      Connections connections,
      PhoneRoutes phones) {
    this.vertx = vertx;
    this.hub = hub;
    this.engine = engine;
    this.commands = commands;
    this.accounts = accounts;
    this.sessions = sessions;
    this.connections = connections;
    this.phones = phones;
  }

  void mount(Routes routes) {
    routes.get("/api/desk", Routes.LOGGED_IN, this::open);
  }

  private void open(RoutingContext request) {
    Sessions.Session logIn = sessions.of(request).orElseThrow();
    Optional<String> asked = Optional.ofNullable(request.request().getParam("session"));
    if (asked.isPresent() && !DESK_SESSION.matcher(asked.get()).matches()) {
      Replies.refuse(
          request, 400, "bad-request", "A session has 8 to 64 letters, digits and dashes.");
      return;
    }
    // Nobody uses another's: a user's name has no slash.
    Optional<String> desk = asked.map(session -> logIn.user().name() + "/" + session);
    connections.isSocket(request);
    request.request().toWebSocket().onSuccess(socket -> opened(socket, logIn, desk));
  }

  /// A desk belongs to the hub's loop, whichever loop the socket came in on.
  private void opened(ServerWebSocket socket, Sessions.Session logIn, Optional<String> session) {
    User user = logIn.user();
    var desk = new DeskSocket(vertx, socket, logIn, session, hub.topics(), engine::now);
    // While the two shook hands; nobody could close it before.
    if (sessions.still(logIn).isEmpty()) {
      desk.logOut();
      return;
    }
    List<DeskSocket> screens = hub.of(user.name());
    if (screens.size() >= MOST_SCREENS) {
      Collections.min(screens, Comparator.comparingLong(DeskSocket::used))
          .close(CLOSE_OTHER_SCREEN, "too many screens");
    }
    hub.add(desk);
    socket.textMessageHandler(
        text -> {
          if (desk.paced()) commands.take(desk, text);
          else desk.close(CLOSE_TOO_FAST, "too many messages");
        });
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(_ -> closed(desk));
    desk.begin();
    if (user.may(Permission.SERVE)) {
      engine.post(new Input.DeskOpened(new AgentId(user.name())));
    }
  }

  private void closed(DeskSocket desk) {
    desk.end();
    int left = hub.remove(desk);
    if (left == 0 && desk.user.may(Permission.SERVE)) {
      engine.post(new Input.DeskClosed(new AgentId(desk.user.name())));
    }
  }

  /// Screens of log-ins that are over, for whatever reason, are closed.
  void closeEnded() {
    hub.closeWhere(desk -> sessions.still(desk.logIn).isEmpty());
    phones.closeEnded();
  }

  @Override
  public void loggedIn(User user) {
    if (user.may(Permission.SERVE)) {
      engine.ask(new Input.LogIn(commandId(), new AgentId(user.name())), _ -> {});
    }
  }

  /// An agent who has another screen open is there still.
  @Override
  public void loggedOut(Sessions.Session session) {
    boolean elsewhere =
        hub.of(session.user().name()).stream()
            .anyMatch(desk -> !desk.logIn.hash().equals(session.hash()));
    if (!elsewhere) leaves(session.user().name());
    hub.closeWhere(desk -> desk.logIn.hash().equals(session.hash()));
    phones.close(session.hash());
  }

  @Override
  public void loggedOutEverywhere(String user) {
    leaves(user);
    hub.closeWhere(desk -> desk.user.name().equals(user));
    phones.closeAll(user);
  }

  private void leaves(String user) {
    if (accounts.find(user).filter(one -> one.may(Permission.SERVE)).isPresent()) {
      engine.ask(new Input.LogOut(commandId(), new AgentId(user)), _ -> {});
    }
  }

  private CommandId commandId() {
    return new CommandId(session, ++commandsGiven);
  }
}
