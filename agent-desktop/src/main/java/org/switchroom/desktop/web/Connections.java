package org.switchroom.desktop.web;

import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Connections of browsers, bounded in number and time while nobody is logged in on them: a request
/// has to come whole within a time, however slowly it trickles in, and of too many connections that
/// one is closed which has sent no whole request for longest. They are counted from when they are
/// accepted, before TLS's handshake. Who is logged in, and our own proxies, have all the
/// connections that they want. Belongs to one loop.
final class Connections {
  /// Of strangers, from one address ([Peers.Peer#source]).
  static final int MOST_OF_AN_ADDRESS = 200;

  /// Of strangers in all.
  static final int MOST = 4_000;

  /// How long a request may take to come.
  ///
  /// @param first for TLS's handshake and the first one's headers, from when the connection is
  ///   accepted
  /// @param next for another's headers, from when the last was answered
  /// @param body for its body, from when its headers are there
  record Times(Duration first, Duration next, Duration body) {
    static final Times USUAL =
        new Times(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));
  }

  private static final String BODY = "body-timer";

  private final Vertx vertx;
  private final Context loop;
  private final Peers peers;
  private final Times times;
  private final Map<Channel, Known> open = new HashMap<>();
  private final Set<Known> strangers = new LinkedHashSet<>();
  private final Map<String, Set<Known>> bySource = new HashMap<>();
  private final Set<Long> timers = new HashSet<>();

  private final class Known {
    private final Channel channel;
    private final String source;
    private int underWay;
    private boolean socket;
    private Optional<Long> timer = Optional.empty();

    Known(Channel channel, String source) {
      this.channel = channel;
      this.source = source;
    }

    private void isNextWithin(Duration time) {
      isInTime();
      timer = Optional.of(closeIn(channel, time));
    }

    private void isInTime() {
      timer.ifPresent(Connections.this::cancel);
      timer = Optional.empty();
    }
  }

  /// @param loop the one that serves them
  Connections(Vertx vertx, Context loop, Peers peers, Times times) {
    this.vertx = vertx;
    this.loop = loop;
    this.peers = peers;
    this.times = times;
  }

  /// Nothing was said on it yet, not even TLS's first word. Any thread, before it has a loop.
  void accepted(Channel channel) {
    loop.runOnContext(_ -> take(channel));
  }

  private void take(Channel channel) {
    // Whoever is gone already has no address any more.
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) return;
    String address = remote.getAddress().getHostAddress();
    var one = new Known(channel, Peers.source(address));
    open.put(channel, one);
    channel.closeFuture().addListener(_ -> loop.runOnContext(_ -> closed(one)));
    one.isNextWithin(times.first());
    if (peers.isProxy(address)) return;
    Set<Known> same = bySource.computeIfAbsent(one.source, _ -> new LinkedHashSet<>());
    same.add(one);
    strangers.add(one);
    if (same.size() > MOST_OF_AN_ADDRESS) drop(same.iterator().next());
    else if (strangers.size() > MOST) drop(strangers.iterator().next());
  }

  /// It speaks HTTP: the handshake, if there is one, is done.
  void opened(HttpConnection connection) {
    Pipelined.limit(channel(connection));
  }

  private static Channel channel(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  private Optional<Known> known(RoutingContext request) {
    return Optional.ofNullable(open.get(channel(request.request().connection())));
  }

  private void drop(Known one) {
    noStranger(one);
    one.channel.close();
  }

  private void closed(Known one) {
    open.remove(one.channel);
    one.isInTime();
    noStranger(one);
  }

  private void noStranger(Known one) {
    strangers.remove(one);
    bySource.computeIfPresent(
        one.source,
        (_, same) -> {
          same.remove(one);
          return same.isEmpty() ? null : same;
        });
  }

  /// A request's headers are there.
  void asked(RoutingContext request) {
    known(request).ifPresent(one -> asked(request, one));
  }

  private void asked(RoutingContext request, Known one) {
    one.underWay++;
    one.isInTime();
    awaitBody(request, one);
    request.addEndHandler(
        _ -> {
          stopBody(request);
          // It may have ended with its connection, which is nobody's then.
          if (open.get(one.channel) != one) return;
          isYoungest(one);
          if (--one.underWay == 0 && !one.socket) one.isNextWithin(times.next());
        });
  }

  /// Over HTTP/2 another may come whole meanwhile: each has a time of its own.
  private void awaitBody(RoutingContext request, Known one) {
    request.put(BODY, closeIn(one.channel, times.body()));
    if (request.request().isEnded()) cameWhole(request);
  }

  private void stopBody(RoutingContext request) {
    if (request.remove(BODY) instanceof Long body) cancel(body);
  }

  /// Nothing more is read of it for now: it is ours how long that takes.
  void waits(RoutingContext request) {
    stopBody(request);
    known(request).ifPresent(this::isYoungest);
    readBody(request.request(), false);
  }

  /// It is read on.
  void goesOn(RoutingContext request) {
    readBody(request.request(), true);
    known(request).ifPresent(one -> awaitBody(request, one));
  }

  /// Of HTTP/1.1 Vert.x itself reads a body on that waits, over TLS 1.7 MB of it; HTTP/2 has
  /// windows. Who leaves while nothing is read is not noticed, so what has no body is read.
  private static void readBody(HttpServerRequest request, boolean goesOn) {
    boolean body =
        request.headers().contains(HttpHeaders.CONTENT_LENGTH)
            || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    if (!body || request.version() == HttpVersion.HTTP_2) return;
    channel(request.connection()).config().setAutoRead(goesOn);
  }

  /// The request has come whole: from now on it is ours how long it takes.
  void cameWhole(RoutingContext request) {
    stopBody(request);
    known(request).ifPresent(this::isYoungest);
  }

  /// It is closed after those who say nothing: a password may wait for a while to be checked.
  private void isYoungest(Known one) {
    if (!strangers.remove(one)) return;
    strangers.add(one);
    Set<Known> same = bySource.getOrDefault(one.source, Set.of());
    if (same.remove(one)) same.add(one);
  }

  /// Somebody is logged in on it.
  void isKnown(RoutingContext request) {
    known(request).ifPresent(this::noStranger);
  }

  /// It is a socket from now on, and not for requests any more.
  void isSocket(RoutingContext request) {
    known(request).ifPresent(one -> one.socket = true);
    cameWhole(request);
  }

  private Long closeIn(Channel channel, Duration time) {
    Long timer =
        vertx.setTimer(
            time.toMillis(),
            fired -> {
              timers.remove(fired);
              channel.close();
            });
    timers.add(timer);
    return timer;
  }

  private void cancel(Long timer) {
    if (timers.remove(timer)) vertx.cancelTimer(timer);
  }

  /// Times that run.
  int timers() {
    return timers.size();
  }

  /// Of which nothing is read for now.
  int unread() {
    return (int) open.keySet().stream().filter(one -> !one.config().isAutoRead()).count();
  }

  int open() {
    return open.size();
  }

  int strangers() {
    return strangers.size();
  }
}
