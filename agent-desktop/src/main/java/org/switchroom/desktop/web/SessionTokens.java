package org.switchroom.desktop.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.desktop.settings.User;

/// What a browser holds of a log-in: a random number, signed, so that one that somebody makes up is
/// known without a look into the database.
public final class SessionTokens {
  private static final String PURPOSE = "session";
  private static final int BYTES = 32;
  private static final int LONGEST = 200;

  private final ServerKey key;
  private final SecureRandom random = new SecureRandom();

  public SessionTokens(ServerKey key) {
    this.key = key;
  }

  /// One that there was not before.
  public String issue() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String number = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return number + "." + key.sign(PURPOSE, number);
  }

  boolean isOurs(String token) {
    int dot = token.indexOf('.');
    return token.length() <= LONGEST
        && dot > 0
        && key.hasSigned(PURPOSE, token.substring(0, dot), token.substring(dot + 1));
  }

  /// What the database keeps of it (SHA-256).
  public static String hash(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no SHA-256.", e);
    }
  }

  /// What a log-in belongs to: another when the user has another password, or other roles.
  public String account(User user) {
    var roles = user.roles().stream().map(User.Role::word).sorted().toList();
    return key.sign("account", user.name() + " " + user.passwordHash() + " " + roles);
  }
}
