package org.switchroom.desktop.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names under which this server is asked. A page of somebody else's, whose own name was made to
/// point here (DNS rebinding), asks under its own: it gets nothing.
final class Hosts {
  private static final Pattern ADDRESS = Pattern.compile("(?i)https?://([^/?#]*)");

  private final Set<String> names;

  /// @param names in lower case; addresses and `localhost` are served beside them
  Hosts(List<String> names) {
    this.names = Set.copyOf(names);
  }

  /// A request that names two hosts is for none. Where its target is a whole address, that says who
  /// is asked, whatever its header says (RFC 9112, 3.2.2).
  boolean serves(HttpServerRequest request) {
    String target = request.uri();
    HostAndPort asked =
        target.startsWith("/") || target.equals("*") ? request.authority() : authority(target);
    if (asked == null || request.headers().getAll(HttpHeaders.HOST).size() > 1) return false;
    String host = asked.host().toLowerCase(Locale.ROOT);
    return host.equals("localhost") || names.contains(host) || isAddress(host);
  }

  private static @Nullable HostAndPort authority(String target) {
    Matcher address = ADDRESS.matcher(target);
    return address.lookingAt() ? HostAndPort.parseAuthority(address.group(1), -1) : null;
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
