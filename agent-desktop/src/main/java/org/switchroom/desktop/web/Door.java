package org.switchroom.desktop.web;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.desktop.settings.Settings;

/// Where browsers come in: who is served at all, over what, and under which name. It serves the
/// pages from its first moment on; what is asked of the API waits until there is one.
final class Door implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private static final int LARGEST_MESSAGE = 16 << 10;
  private static final String API = "/api/";

  /// What no page of ours needs, nor one that somebody could smuggle in.
  private static final String NEVER =
      "camera=(), display-capture=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=(),"
          + " midi=(), payment=()";

  private static final String NOTHING_MAY = NEVER + ", microphone=(), speaker-selection=()";
  private static final String PHONES_MAY = NEVER + ", microphone=(self), speaker-selection=(self)";

  /// After it a connection is closed, also one whose request waits for the API.
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private final Vertx vertx;
  private final Context loop;
  private final Settings.Web web;
  private final Peers peers;
  private final SessionCookie logIn;
  private final Hosts hosts;
  private final Connections connections;

  /// Requests that came before the API. Of the loop, as all that is asked.
  private final Set<RoutingContext> waiting = new LinkedHashSet<>();

  /// Empty: it is not there yet. Of the loop.
  private Optional<Router> api = Optional.empty();

  private @Nullable HttpServer server;

  /// @param accepting is that of the same Vert.x
  /// @param key has signed the log-ins
  Door(
      Vertx vertx,
      Context loop,
      Accepting accepting,
      Settings.Web web,
      ServerKey key,
      Connections.Times times) {
    this.vertx = vertx;
    this.loop = loop;
    this.web = web;
    peers = new Peers(web.proxies());
    logIn = new SessionCookie(new SessionTokens(key), peers);
    hosts = new Hosts(web.hosts());
    connections = new Connections(vertx, loop, peers, times);
    accepting.tell(connections::accepted);
  }

  /// @throws RuntimeException when the port is taken
  void open() {
    var http =
        new HttpServerOptions()
            .setHost(web.address())
            .setPort(web.port())
            .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
            .setMaxWebSocketFrameSize(LARGEST_MESSAGE)
            .addWebSocketSubProtocol(PhoneRoutes.PROTOCOL)
            .setTcpNoDelay(true)
            .setCompressionSupported(true)
            .setPerMessageWebSocketCompressionSupported(false)
            .setHttp2ClearTextEnabled(false)
            // Of the usual hundred on each connection strangers' would take more than the memory.
            .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(Pipelined.MOST))
            .setIdleTimeout((int) LONGEST_SILENCE.toSeconds());
    web.tls().ifPresent(tls -> Certificate.in(tls).serveOver(http));
    server =
        vertx
            .createHttpServer(http)
            .connectionHandler(connections::opened)
            .requestHandler(router())
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /// What has waited for the API is answered, and all that comes from now on. Any thread.
  void answer(Router api) {
    loop.runOnContext(
        _ -> {
          this.api = Optional.of(api);
          List.copyOf(waiting).forEach(request -> goOn(request, api));
          waiting.clear();
        });
  }

  /// How many requests wait for the API.
  int waiting() {
    return waiting.size();
  }

  /// The certificate's files are others: connections that come from now on are served with them.
  /// Where they cannot be read, the old ones stay.
  void replaceCertificate() {
    web.tls().ifPresent(tls -> Certificate.in(tls).replace(requireNonNull(server)));
  }

  int port() {
    return requireNonNull(server).actualPort();
  }

  Peers peers() {
    return peers;
  }

  Connections connections() {
    return connections;
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(this::begin);
    router.route().handler(this::harden);
    router.route().failureHandler(Door::failed);
    router.route().handler(this::awaitApi);
    Pages.read().mount(router);
    return router;
  }

  private void begin(RoutingContext request) {
    connections.asked(request);
    if (hosts.serves(request.request())) request.next();
    else
      Replies.refuse(
          request, 421, "host", "This server has another name. Its \"web: hosts\" says which.");
  }

  private void harden(RoutingContext request) {
    if (peers.of(request.request()).secure()) {
      request.response().putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    request
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                + " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'")
        .putHeader("Permissions-Policy", web.phones() ? PHONES_MAY : NOTHING_MAY)
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    request.next();
  }

  private void awaitApi(RoutingContext request) {
    String path;
    try {
      path = request.normalizedPath();
    } catch (IllegalArgumentException e) {
      request.fail(400, e);
      return;
    }
    if (!path.startsWith(API)) request.next();
    else api.ifPresentOrElse(there -> there.handleContext(request), () -> await(request));
  }

  /// Whoever leaves meanwhile is forgotten, with a body that is not read yet at the latest when it
  /// is: nobody holds more here than their connections do. Who has logged in here is no stranger,
  /// although nobody can say yet whether that is over.
  private void await(RoutingContext request) {
    request.request().pause();
    connections.waits(request);
    if (logIn.token(request).isPresent()) connections.isKnown(request);
    waiting.add(request);
    request.addEndHandler(_ -> waiting.remove(request));
  }

  private void goOn(RoutingContext request, Router api) {
    connections.goesOn(request);
    request.request().resume();
    api.handleContext(request);
  }

  /// What is the asker's fault is answered; what is ours is logged too.
  static void failed(RoutingContext request) {
    int status = request.statusCode() < 400 ? 500 : request.statusCode();
    // A request that never came whole is no fault of ours.
    if (status >= 500 && broke(request.failure())) status = 400;
    if (status >= 500) log.error("A request failed.", request.failure());
    if (!request.response().ended()) {
      Replies.refuse(request, status, "failed", "This request cannot be answered.");
    }
  }

  private static boolean broke(@Nullable Throwable failure) {
    return switch (failure) {
      case IOException _, VertxException _, DecoderException _, Http2Exception _ -> true;
      // A chunk's size that is no number, a trailer of no name. Of anything else it is our fault.
      case IllegalArgumentException e -> isOfDecoder(e);
      case null, default -> false;
    };
  }

  private static boolean isOfDecoder(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(HttpObjectDecoder.class.getName()));
  }

  @Override
  public void close() {
    if (server != null) server.close().toCompletionStage().toCompletableFuture().join();
  }
}
