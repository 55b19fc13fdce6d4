package org.switchroom.desktop.settings;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.switchroom.ivr.yaml.Yaml;

/// Reads how browsers are telephones.
final class BrowserPhonesLoader {
  private static final URI USUAL = URI.create("ws://127.0.0.1:8088/ws");
  private static final Pattern URL =
      Pattern.compile("wss?://[A-Za-z0-9.\\[\\]:-]{1,255}(/[A-Za-z0-9/._-]{0,200})?");
  private static final Pattern STUN = Pattern.compile("stuns?:[A-Za-z0-9.\\[\\]:-]{1,255}");
  private static final Pattern TURN =
      Pattern.compile("turns?:[A-Za-z0-9.\\[\\]:-]{1,255}(\\?transport=(udp|tcp))?");
  private static final int SHORTEST_SECRET = 16;
  private static final Duration USUALLY_LASTS = Duration.ofHours(12);
  private static final Duration SHORTEST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Path path;

  /// @param path of the configuration
  BrowserPhonesLoader(Path path) {
    this.path = path;
  }

  Optional<Settings.BrowserPhones> read(Yaml all) {
    if (!all.has("browser-phones")) return Optional.empty();
    Yaml fields = all.mapping("browser-phones");
    return Optional.of(
        new Settings.BrowserPhones(
            url(fields),
            certificate(fields),
            secret(fields, "pjsip_switchroom.conf"),
            matching(fields, "stun", STUN, "stun:stun.example.com:3478"),
            turn(fields)));
  }

  private static URI url(Yaml fields) {
    Optional<String> url = fields.text("url");
    if (url.isEmpty()) return USUAL;
    if (!URL.matcher(url.get()).matches()) {
      fields.fault("url", "\"url\" is %s; write one such as %s.".formatted(url.get(), USUAL));
      return USUAL;
    }
    return URI.create(url.get());
  }

  private Optional<Path> certificate(Yaml fields) {
    Optional<Path> file =
        fields
            .text("certificate")
            .map(name -> path.toAbsolutePath().resolveSibling(name).normalize());
    file.filter(one -> !Files.isReadable(one))
        .ifPresent(one -> fields.fault("certificate", one + " cannot be read."));
    return file;
  }

  private static String secret(Yaml fields, String whose) {
    String secret = fields.required("secret");
    if (!secret.isEmpty() && secret.length() < SHORTEST_SECRET) {
      fields.fault(
          "secret",
          "\"secret\" has fewer than %d characters. Choose a longer one, here and in %s."
              .formatted(SHORTEST_SECRET, whose));
    }
    return secret;
  }

  private static Optional<Settings.Relay> turn(Yaml fields) {
    if (!fields.has("turn")) return Optional.empty();
    Yaml turn = fields.mapping("turn");
    List<String> urls = matching(turn, "urls", TURN, "turn:turn.example.com:3478?transport=udp");
    if (urls.isEmpty()) turn.fault("urls", "\"turn\" needs \"urls\".");
    Duration lasts = turn.duration("lasts", USUALLY_LASTS);
    if (lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0) {
      turn.fault("lasts", "\"lasts\" is from 10m to 24h.");
    }
    return Optional.of(
        new Settings.Relay(urls, secret(turn, "the relay's static-auth-secret"), lasts));
  }

  private static List<String> matching(Yaml fields, String key, Pattern pattern, String such) {
    List<String> urls = fields.texts(key);
    for (String url : urls) {
      if (!pattern.matcher(url).matches()) {
        fields.fault(key, "\"%s\" has %s; write one such as %s.".formatted(key, url, such));
      }
    }
    return urls;
  }
}
