package org.switchroom.desktop.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Names under which this server is asked. A page of somebody else's, whose own name was made to
/// point here (DNS rebinding), asks under its own: it gets nothing.
final class Hosts {
  private final Set<String> names;

  /// @param names in lower case; addresses and `localhost` are served beside them
  Hosts(List<String> names) {
    this.names = Set.copyOf(names);
  }

  /// A request that names two hosts is for none.
  boolean serves(HttpServerRequest request) {
    HostAndPort asked = request.authority();
    if (asked == null || request.headers().getAll(HttpHeaders.HOST).size() > 1) return false;
    String host = asked.host().toLowerCase(Locale.ROOT);
    return host.equals("localhost") || names.contains(host) || isAddress(host);
  }

  private static boolean isAddress(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      InetAddress.ofLiteral(bare);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
