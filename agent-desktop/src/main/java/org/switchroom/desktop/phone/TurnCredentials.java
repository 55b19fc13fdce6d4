package org.switchroom.desktop.phone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Of a TURN server, for one user and for a while: by the scheme of coturn's `use-auth-secret`
/// (draft-uberti-behave-turn-rest), which has no list of users.
///
/// @param username until when they hold, in seconds since 1970, and whose they are
public record TurnCredentials(String username, String credential) {
  public static TurnCredentials of(String secret, String user, Instant now, Duration last) {
    String username = now.plus(last).getEpochSecond() + ":" + user;
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] sum = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
      return new TurnCredentials(username, Base64.getEncoder().encodeToString(sum));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HMAC-SHA1.", e);
    }
  }
}
