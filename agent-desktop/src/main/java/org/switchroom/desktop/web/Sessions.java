package org.switchroom.desktop.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.customer.LogIns;
import org.switchroom.cti.customer.LogIns.LogIn;
import org.switchroom.desktop.settings.User;

/// Who is logged in at which browser. A browser holds a random token that this server has signed;
/// the database holds its hash, so that nobody logs in again because the server has started anew.
///
/// There is one token for each log-in, made when somebody has proved who they are: one that was
/// planted in the browser before (session fixation) never becomes anybody's. Who is not logged in
/// has none, and a token that is not ours costs no look into the database.
///
/// A log-in is over when its browser ends it, when it is ended for all browsers, and, with nothing
/// to be done, as soon as the user's password or roles are others or the user is gone: also where
/// that happened while the server did not run. Belongs to one loop.
final class Sessions {
  private static final Logger log = LoggerFactory.getLogger(Sessions.class);

  /// From the log-in, whatever is done meanwhile.
  static final Duration LASTS = Duration.ofHours(12);

  /// Remembered without the database; of more, some are looked up again.
  private static final int MOST_REMEMBERED = 100_000;

  private static final String SESSION = "session";

  private final Vertx vertx;
  private final LogIns logIns;
  private final Accounts accounts;
  private final SessionTokens tokens;
  private final Peers peers;
  private final SessionCookie kept;
  private final InstantSource clock;
  private final Cache<String, LogIn> live =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(LASTS).build();

  /// Ended here, whatever the database says of them: it may be away.
  private final Cache<String, Boolean> ended =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(LASTS).build();

  /// When a user's log-ins were ended for all browsers: of one that the database was asked for in
  /// that moment it may not know yet.
  private final Cache<String, Instant> endedAll =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(LASTS).build();

  /// A log-in of a user at a browser.
  ///
  /// @param hash of its token
  /// @param until when it is over, whatever is done
  record Session(String hash, User user, Instant until) {}

  Sessions(
      Vertx vertx,
      LogIns logIns,
      Accounts accounts,
      SessionTokens tokens,
      Peers peers,
      InstantSource clock) {
    kept = new SessionCookie(tokens, peers);
    this.vertx = vertx;
    this.logIns = logIns;
    this.accounts = accounts;
    this.tokens = tokens;
    this.peers = peers;
    this.clock = clock;
  }

  /// Whose browser this request is from; empty: nobody's who is logged in. Looked at anew each
  /// time: the user may have become another since.
  Optional<Session> of(RoutingContext request) {
    return request.get(SESSION) instanceof Session session ? still(session) : Optional.empty();
  }

  /// The log-in as it is now; empty: it is over.
  Optional<Session> still(Session session) {
    if (ended.getIfPresent(session.hash()) != null) return Optional.empty();
    if (!session.until().isAfter(clock.instant())) return Optional.empty();
    return accounts
        .find(session.user().name(), tokens.account(session.user()))
        .map(user -> new Session(session.hash(), user, session.until()));
  }

  Optional<User> user(RoutingContext request) {
    return of(request).map(Session::user);
  }

  /// Finds out whose browser it is, and goes on.
  void recognize(RoutingContext request) {
    Optional<String> token = kept.token(request);
    if (token.isEmpty()) {
      request.next();
      return;
    }
    String hash = SessionTokens.hash(token.get());
    LogIn known = live.getIfPresent(hash);
    if (known != null || ended.getIfPresent(hash) != null) {
      is(request, hash, Optional.ofNullable(known));
      request.next();
      return;
    }
    request.request().pause();
    vertx
        .executeBlocking(() -> logIns.find(hash, clock.instant()), false)
        .onComplete(
            found -> {
              if (found.failed())
                log.warn("A log-in cannot be looked up: {}", found.cause().toString());
              else if (ended.getIfPresent(hash) == null)
                is(request, hash, found.result().filter(this::isNotEnded));
              request.request().resume();
              request.next();
            });
  }

  private boolean isNotEnded(LogIn logIn) {
    Instant all = endedAll.getIfPresent(logIn.user());
    return all == null || logIn.until().minus(LASTS).isAfter(all);
  }

  private void is(RoutingContext request, String hash, Optional<LogIn> logIn) {
    logIn
        .filter(one -> one.until().isAfter(clock.instant()))
        .flatMap(one -> accounts.find(one.user(), one.account()))
        .ifPresentOrElse(
            user -> {
              live.asMap().putIfAbsent(hash, logIn.orElseThrow());
              request.put(SESSION, new Session(hash, user, logIn.orElseThrow().until()));
            },
            () -> live.invalidate(hash));
  }

  /// From this request on this browser is the user's, and nobody's before. Completes when it is
  /// durable, or cannot be: then it ends with the server's memory.
  Future<Void> begin(RoutingContext request, User user) {
    forget(request);
    String token = tokens.issue();
    String hash = SessionTokens.hash(token);
    var logIn = new LogIn(user.name(), tokens.account(user), clock.instant().plus(LASTS));
    is(request, hash, Optional.of(logIn));
    return vertx
        .executeBlocking(
            () -> {
              logIns.add(hash, logIn);
              return null;
            },
            false)
        .otherwise(
            fault -> {
              log.warn("A log-in is not kept: {}", fault.toString());
              return null;
            })
        .onComplete(
            _ -> {
              // For all browsers, while it was being kept.
              if (ended.getIfPresent(hash) != null) forgetKept(hash);
              request.response().addCookie(cookie(request, kept.name(request), token, LASTS));
            })
        .mapEmpty();
  }

  /// With what every cookie of ours has: none is for scripts, for other sites or, where there is
  /// TLS, for a line without it.
  Cookie cookie(RoutingContext request, String name, String value, Duration lasts) {
    return Cookie.cookie(name, value)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(peers.of(request.request()).secure())
        .setPath("/")
        .setMaxAge(lasts.toSeconds());
  }

  /// This browser is nobody's any more.
  void end(RoutingContext request) {
    forget(request);
    request.response().addCookie(cookie(request, kept.name(request), "", Duration.ZERO));
  }

  private void forget(RoutingContext request) {
    of(request)
        .ifPresent(
            session -> {
              String hash = session.hash();
              request.remove(SESSION);
              live.invalidate(hash);
              ended.put(hash, true);
              forgetKept(hash);
            });
  }

  private void forgetKept(String hash) {
    inDatabase(() -> logIns.remove(hash))
        .onFailure(fault -> log.warn("A log-in is not ended: {}", fault.toString()));
  }

  /// No browser is the user's any more. Fails when the database is away: what it keeps would come
  /// back with the next start.
  Future<Void> endAll(String user) {
    endedAll.put(user, clock.instant());
    live.asMap()
        .forEach(
            (hash, logIn) -> {
              if (!logIn.user().equals(user)) return;
              live.invalidate(hash);
              ended.put(hash, true);
            });
    return inDatabase(() -> logIns.removeAllOf(user));
  }

  private Future<Void> inDatabase(Runnable work) {
    return vertx.executeBlocking(
        () -> {
          work.run();
          return null;
        },
        false);
  }
}
