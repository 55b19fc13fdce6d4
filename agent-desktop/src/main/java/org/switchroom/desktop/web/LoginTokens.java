package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.customer.LogIns;

/// Log-ins that outlive the server's memory: a browser holds a random token, the database its hash.
final class LoginTokens {
  private static final Logger log = LoggerFactory.getLogger(LoginTokens.class);

  private static final String COOKIE = "switchroom-login";
  private static final int TOKEN_BYTES = 32;

  private final Vertx vertx;
  private final LogIns logIns;
  private final InstantSource clock;
  private final Duration lasts;
  private final SecureRandom random = new SecureRandom();

  LoginTokens(Vertx vertx, LogIns logIns, InstantSource clock, Duration lasts) {
    this.vertx = vertx;
    this.logIns = logIns;
    this.clock = clock;
    this.lasts = lasts;
  }

  /// Finds out whose browser it is, where the session has forgotten it, and goes on.
  ///
  /// @param known whether the session knows
  /// @param found is told the user's name
  void recall(RoutingContext request, boolean known, BiConsumer<RoutingContext, String> found) {
    Cookie cookie = request.request().getCookie(COOKIE);
    if (known || cookie == null) {
      request.next();
      return;
    }
    String hash = hash(cookie.getValue());
    request.request().pause();
    vertx
        .executeBlocking(() -> logIns.user(hash, clock.instant()), false)
        .onComplete(
            answer -> {
              if (answer.failed())
                log.warn("A log-in cannot be recalled: {}", answer.cause().toString());
              else answer.result().ifPresent(user -> found.accept(request, user));
              request.request().resume();
              request.next();
            });
  }

  /// Completes when it is durable, or cannot be: then it ends with the server's memory.
  void remember(RoutingContext request, String user, Runnable then) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String hash = hash(token);
    vertx
        .executeBlocking(
            () -> {
              logIns.add(hash, user, clock.instant().plus(lasts));
              return null;
            },
            false)
        .onComplete(
            kept -> {
              if (kept.failed()) log.warn("A log-in is not kept: {}", kept.cause().toString());
              request
                  .response()
                  .addCookie(
                      Cookie.cookie(COOKIE, token)
                          .setHttpOnly(true)
                          .setSameSite(CookieSameSite.STRICT)
                          .setPath("/")
                          .setMaxAge(lasts.toSeconds()));
              then.run();
            });
  }

  /// The browser's token is worth nothing any more.
  void forget(RoutingContext request) {
    Cookie cookie = request.request().getCookie(COOKIE);
    if (cookie == null) return;
    String hash = hash(cookie.getValue());
    request.response().removeCookie(COOKIE);
    vertx
        .executeBlocking(
            () -> {
              logIns.remove(hash);
              return null;
            },
            false)
        .onFailure(fault -> log.warn("A log-in is not ended: {}", fault.toString()));
  }

  private static String hash(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no SHA-256.", e);
    }
  }
}
