package org.switchroom.desktop.web;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.desktop.settings.User;

/// Browsers at which somebody has logged in before. Such a browser holds a token for each of its
/// users, which only this server can have made; it opens nothing, but its guesses are counted apart
/// from everybody else's ([LogInLimits]). With another password the user has none of them any more.
final class KnownBrowsers {
  /// Users of one browser; one more, and the one who was there first is a stranger again.
  private static final int MOST_USERS = 8;

  private static final int BYTES = 12;
  private static final String BETWEEN = "~";

  private final ServerKey key;
  private final SecureRandom random = new SecureRandom();

  KnownBrowsers(ServerKey key) {
    this.key = key;
  }

  /// The token that the browser has for a user.
  ///
  /// @param passwordHash the user's; empty: there is no such user
  Optional<String> token(String cookie, String user, String passwordHash) {
    String purpose = purpose(user, passwordHash);
    return tokens(cookie).stream().filter(token -> isFor(purpose, token)).findFirst();
  }

  /// @return the cookie from now on
  String known(String cookie, User user) {
    String purpose = purpose(user.name(), user.passwordHash());
    var tokens = new ArrayList<>(tokens(cookie));
    tokens.removeIf(token -> isFor(purpose, token));
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String browser = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    tokens.add(browser + "." + key.sign(purpose, browser));
    int from = Math.max(tokens.size() - MOST_USERS, 0);
    return String.join(BETWEEN, tokens.subList(from, tokens.size()));
  }

  private static List<String> tokens(String cookie) {
    return List.of(cookie.split(BETWEEN, MOST_USERS + 1)).stream()
        .limit(MOST_USERS)
        .filter(token -> token.indexOf('.') > 0)
        .toList();
  }

  private boolean isFor(String purpose, String token) {
    int dot = token.indexOf('.');
    return key.hasSigned(purpose, token.substring(0, dot), token.substring(dot + 1));
  }

  private static String purpose(String user, String passwordHash) {
    return "known-browser:" + user + " " + passwordHash;
  }
}
