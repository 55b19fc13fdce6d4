package org.switchroom.desktop.phone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the PBX asks before it believes a telephone (HTTP Digest, RFC 7616, in SIP by RFC 8760).
/// The server answers it: no browser ever has a password of the PBX.
///
/// @param algorithm as it was asked for; "" where nothing was said
record Challenge(String realm, String nonce, String opaque, String algorithm, boolean qop) {
  /// As whom all browsers' telephones prove themselves; which one it is stands in `From`.
  static final String USER = "switchroom";

  private static final Pattern FIELD =
      Pattern.compile("([a-z]+) *= *(?:\"([^\"]{0,400})\"|([A-Za-z0-9-]{1,100}))");

  /// Empty: it is none that we can answer.
  static Optional<Challenge> read(String header) {
    if (!header.regionMatches(true, 0, "Digest ", 0, 7)) return Optional.empty();
    String realm = "";
    String nonce = "";
    String opaque = "";
    String algorithm = "";
    boolean qop = false;
    Matcher fields = FIELD.matcher(header.substring(7));
    while (fields.find()) {
      String value = fields.group(2) == null ? fields.group(3) : fields.group(2);
      switch (fields.group(1)) {
        case "realm" -> realm = value;
        case "nonce" -> nonce = value;
        case "opaque" -> opaque = value;
        case "algorithm" -> algorithm = value.toUpperCase(Locale.ROOT);
        case "qop" -> qop = (value + ",").contains("auth,");
        default -> {}
      }
    }
    boolean known = java.util.List.of("", "MD5", "SHA-256").contains(algorithm);
    return known && !nonce.isEmpty()
        ? Optional.of(new Challenge(realm, nonce, opaque, algorithm, qop))
        : Optional.empty();
  }

  /// The header's value for a request.
  String answer(String secret, String method, String uri) {
    String ha1 = hash(USER + ":" + realm + ":" + secret);
    String ha2 = hash(method + ":" + uri);
    String cnonce = UUID.randomUUID().toString().replace("-", "");
    String count = "00000001";
    String response =
        qop
            ? hash(String.join(":", ha1, nonce, count, cnonce, "auth", ha2))
            : hash(String.join(":", ha1, nonce, ha2));
    return "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\""
            .formatted(USER, realm, nonce, uri, response)
        + (algorithm.isEmpty() ? "" : ", algorithm=" + algorithm)
        + (opaque.isEmpty() ? "" : ", opaque=\"" + opaque + "\"")
        + (qop ? ", qop=auth, nc=" + count + ", cnonce=\"" + cnonce + "\"" : "");
  }

  private String hash(String text) {
    try {
      String name = algorithm.isEmpty() ? "MD5" : algorithm;
      byte[] bytes = MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java does not know %s.".formatted(algorithm), e);
    }
  }
}
