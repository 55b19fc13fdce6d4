package org.switchroom.desktop.web;

import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// Where a browser keeps the token of its log-in.
final class SessionCookie {
  private static final String NAME = "switchroom";

  private final SessionTokens tokens;
  private final Peers peers;

  SessionCookie(SessionTokens tokens, Peers peers) {
    this.tokens = tokens;
    this.peers = peers;
  }

  /// A token that this server has made, whether or not its log-in is over; empty: the browser has
  /// none.
  Optional<String> token(RoutingContext request) {
    Cookie cookie = request.request().getCookie(name(request));
    return Optional.ofNullable(cookie).map(Cookie::getValue).filter(tokens::isOurs);
  }

  /// A browser takes a cookie of such a name from the host itself alone, and over TLS alone (RFC
  /// 6265bis).
  String name(RoutingContext request) {
    return peers.of(request.request()).secure() ? "__Host-" + NAME : NAME;
  }
}
