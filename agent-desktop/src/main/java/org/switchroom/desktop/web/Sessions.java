package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import io.vertx.ext.web.sstore.SessionStore;
import java.time.Duration;
import java.util.Optional;

/// Who is logged in at which browser, as long as the server's memory lasts.
///
/// Whoever proves who they are is given a session that nobody has seen before. The one they came
/// with may have been planted by somebody who knows its id (session fixation): it never learns of
/// the user, and is over. Giving it another id would not do: until an answer without a fault is
/// written, it is found under the old one too.
final class Sessions {
  /// Without a request.
  static final Duration LASTS = Duration.ofHours(14);

  private static final String COOKIE = "switchroom";
  private static final String USER = "user";

  private final SessionStore store;
  private final SessionHandler handler;

  Sessions(Vertx vertx) {
    store = LocalSessionStore.create(vertx);
    handler =
        SessionHandler.create(store)
            .setSessionCookieName(COOKIE)
            .setCookieHttpOnlyFlag(true)
            .setCookieSameSite(CookieSameSite.STRICT)
            .setSessionTimeout(LASTS.toMillis());
  }

  void mount(Router router, String path) {
    router.route(path).handler(handler);
  }

  /// The name of the user; empty: nobody is logged in.
  Optional<String> user(RoutingContext request) {
    if (request.get(USER) instanceof String user) return Optional.of(user);
    return Optional.ofNullable(request.session()).map(session -> session.get(USER));
  }

  /// From this request on this browser is the user's.
  void begin(RoutingContext request, String user) {
    request.put(USER, user);
    // The answer to an upgrade sets no cookie: its user is the user of this request alone.
    if (request.request().getHeader(HttpHeaders.UPGRADE) != null) return;
    store.delete(request.session().id());
    handler.newSession(request).put(USER, user);
  }

  /// This browser is nobody's any more.
  void end(RoutingContext request) {
    request.remove(USER);
    store.delete(request.session().id());
    request.session().destroy();
  }
}
