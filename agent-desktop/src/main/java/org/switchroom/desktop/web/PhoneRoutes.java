package org.switchroom.desktop.web;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.switchroom.desktop.phone.PhoneLine;
import org.switchroom.desktop.phone.TurnCredentials;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;

/// Browsers that are telephones: what they have to know, and their lines, which lead through this
/// server to Asterisk's WebSocket. So they need no other port, certificate or password than the
/// desk has, and Asterisk's own HTTP server can stay on loopback.
final class PhoneRoutes {
  /// Which SIP over WebSocket has (RFC 7118).
  static final String PROTOCOL = "sip";

  /// What a page calls itself: random, so that no other has it.
  private static final Pattern PAGE = Pattern.compile("[A-Za-z0-9-]{8,64}");

  private static final int LARGEST_FRAME = 64 << 10;
  private static final Duration CONNECTS = Duration.ofSeconds(5);

  /// How a browser finds out how it is reached, and by what.
  record IceServer(List<String> urls, Optional<String> username, Optional<String> credential) {}

  /// @param extension the telephone's name at the PBX
  record PhonePlan(String extension, List<IceServer> iceServers) implements Replies.Body {}

  private static final class Owned {
    final PhoneConnection connection;
    Sessions.Session logIn;

    Owned(PhoneConnection connection, Sessions.Session logIn) {
      this.connection = connection;
      this.logIn = logIn;
    }
  }

  private final Vertx vertx;
  private final Optional<Settings.BrowserPhones> settings;
  private final Sessions sessions;
  private final Connections connections;
  private final InstantSource wall;
  private final Map<String, Owned> phones = new HashMap<>();
  private final @Nullable WebSocketClient client;

  PhoneRoutes(
      Vertx vertx,
      Optional<Settings.BrowserPhones> settings,
      Sessions sessions,
      Connections connections,
      InstantSource wall) {
    this.vertx = vertx;
    this.settings = settings;
    this.sessions = sessions;
    this.connections = connections;
    this.wall = wall;
    client = settings.map(this::client).orElse(null);
  }

  private WebSocketClient client(Settings.BrowserPhones phones) {
    var options =
        new WebSocketClientOptions()
            .setMaxFrameSize(LARGEST_FRAME)
            .setMaxMessageSize(LARGEST_FRAME)
            .setMaxConnections(10_000)
            .setConnectTimeout((int) CONNECTS.toMillis())
            .setTcpNoDelay(true)
            .setTryUsePerMessageCompression(false);
    phones
        .certificate()
        .ifPresent(
            file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    return vertx.createWebSocketClient(options);
  }

  void mount(Routes routes) {
    routes.get("/api/phone", Routes.with(Permission.SERVE), this::plan);
    routes.get("/api/phone/line", Routes.with(Permission.SERVE), this::open);
  }

  private Optional<String> extension(User user) {
    return settings
        .flatMap(_ -> user.browserPhone())
        .map(phone -> phone.substring(phone.indexOf('/') + 1));
  }

  private void plan(RoutingContext request) {
    User user = sessions.user(request).orElseThrow();
    extension(user)
        .ifPresentOrElse(
            name -> Replies.reply(request, 200, new PhonePlan(name, iceServers(user))),
            () -> none(request));
  }

  private static void none(RoutingContext request) {
    Replies.refuse(request, 404, "not-found", "Your browser is no telephone.");
  }

  private List<IceServer> iceServers(User user) {
    Settings.BrowserPhones phones = settings.orElseThrow();
    var servers = new ArrayList<IceServer>();
    if (!phones.stun().isEmpty()) {
      servers.add(new IceServer(phones.stun(), Optional.empty(), Optional.empty()));
    }
    phones
        .turn()
        .ifPresent(
            turn -> {
              var mine =
                  TurnCredentials.of(turn.secret(), user.name(), wall.instant(), turn.lasts());
              servers.add(
                  new IceServer(
                      turn.urls(), Optional.of(mine.username()), Optional.of(mine.credential())));
            });
    return servers;
  }

  private void open(RoutingContext request) {
    Sessions.Session logIn = sessions.of(request).orElseThrow();
    Optional<String> extension = extension(logIn.user());
    String page = request.request().getParam("page", "");
    if (extension.isEmpty()) {
      none(request);
    } else if (!PAGE.matcher(page).matches()
        || !PROTOCOL.equals(request.request().getHeader("Sec-WebSocket-Protocol"))) {
      Replies.refuse(
          request,
          400,
          "bad-request",
          "A page has 8 to 64 letters, digits and dashes; it speaks sip.");
    } else {
      connections.isSocket(request);
      request
          .request()
          .toWebSocket()
          .onSuccess(socket -> opened(socket, logIn, extension.get(), page));
    }
  }

  private void opened(
      ServerWebSocket socket, Sessions.Session logIn, String extension, String page) {
    // While the two shook hands; nobody could close it before.
    if (sessions.still(logIn).isEmpty()) {
      socket.close(PhoneConnection.CLOSE_LOGGED_OUT, "logged out");
      return;
    }
    Owned phone = phones.computeIfAbsent(extension, name -> new Owned(connect(name), logIn));
    phone.logIn = logIn;
    phone.connection.isAt(socket, page);
  }

  private PhoneConnection connect(String extension) {
    Settings.BrowserPhones to = settings.orElseThrow();
    URI url = to.url();
    boolean tls = url.getScheme().equals("wss");
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    var where =
        new WebSocketConnectOptions()
            .setHost(url.getHost())
            .setPort(port)
            .setSsl(tls)
            .setURI(url.getPath().isEmpty() ? "/" : url.getPath())
            .addSubProtocol(PROTOCOL);
    var line = new PhoneLine(extension, to.secret());
    var made = new PhoneConnection[1];
    made[0] =
        new PhoneConnection(
            vertx, requireNonNull(client), where, line, () -> forget(extension, made[0]));
    return made[0];
  }

  private void forget(String extension, PhoneConnection connection) {
    phones.computeIfPresent(extension, (_, phone) -> phone.connection == connection ? null : phone);
  }

  /// Telephones of log-ins that are over are put away.
  void closeEnded() {
    List.copyOf(phones.values()).stream()
        .filter(phone -> sessions.still(phone.logIn).isEmpty())
        .forEach(phone -> phone.connection.logOut());
  }

  /// Of a log-in that ends now.
  void close(String hash) {
    List.copyOf(phones.values()).stream()
        .filter(phone -> phone.logIn.hash().equals(hash))
        .forEach(phone -> phone.connection.logOut());
  }

  /// Of all of the user's.
  void closeAll(String user) {
    List.copyOf(phones.values()).stream()
        .filter(phone -> phone.logIn.user().name().equals(user))
        .forEach(phone -> phone.connection.logOut());
  }
}
