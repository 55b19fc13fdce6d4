package org.switchroom.desktop.web;

import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Who is at the other end of a request. What a proxy says of it is believed of our own proxies
/// alone.
final class Peers {
  private static final int NETWORK_BYTES = 8;
  private static final int LONGEST_HEADER = 1_000;

  private final Set<String> proxies;

  /// @param address as text
  /// @param secure it came over TLS, to us or to our proxy
  record Peer(String address, boolean secure) {
    /// Whom limits count together: an address, or a network of IPv6 (/64), of which a single host
    /// has as many addresses as it likes.
    String source() {
      return Peers.source(address);
    }
  }

  /// @param proxies addresses, checked before
  Peers(List<String> proxies) {
    this.proxies =
        Set.copyOf(proxies.stream().map(one -> text(InetAddress.ofLiteral(one))).toList());
  }

  boolean isProxy(String address) {
    return proxies.contains(address);
  }

  Peer of(HttpServerRequest request) {
    String address = text(request.remoteAddress().hostAddress());
    if (!isProxy(address)) return new Peer(address, request.isSSL());
    boolean secure =
        request.isSSL() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    return new Peer(forwarded(address, request.headers().getAll("X-Forwarded-For")), secure);
  }

  /// The last that is none of our proxies: what stands before it, anybody may have written.
  String forwarded(String address, List<String> headers) {
    String all = String.join(",", headers);
    if (all.length() > LONGEST_HEADER) return address;
    String last = address;
    for (String one : Arrays.asList(all.split(",")).reversed()) {
      try {
        last = text(InetAddress.ofLiteral(one.strip()));
      } catch (IllegalArgumentException e) {
        return last;
      }
      if (!isProxy(last)) return last;
    }
    return last;
  }

  private static String text(String literal) {
    try {
      return text(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException e) {
      return literal;
    }
  }

  private static String text(InetAddress address) {
    return address.getHostAddress();
  }

  static String source(String address) {
    try {
      if (InetAddress.ofLiteral(address) instanceof Inet6Address six) {
        byte[] network = Arrays.copyOf(Arrays.copyOf(six.getAddress(), NETWORK_BYTES), 16);
        return InetAddress.getByAddress(network).getHostAddress() + "/64";
      }
      return address;
    } catch (IllegalArgumentException | java.net.UnknownHostException e) {
      return address;
    }
  }
}
