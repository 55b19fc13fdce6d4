package org.switchroom.desktop.settings;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.switchroom.ivr.yaml.Yaml;

/// Reads where and how the screens are served.
final class WebLoader {
  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  private final Path path;

  /// @param path of the configuration
  WebLoader(Path path) {
    this.path = path;
  }

  /// @param phones whether browsers are telephones
  Settings.Web read(Yaml web, boolean phones) {
    return new Settings.Web(
        web.text("address", "127.0.0.1"),
        web.number("port", 8080, 0, 65535),
        tls(web),
        hosts(web),
        proxies(web),
        phones);
  }

  private Optional<Settings.Tls> tls(Yaml web) {
    if (!web.has("tls")) return Optional.empty();
    Yaml tls = web.mapping("tls");
    var files = new Settings.Tls(file(tls.required("certificate")), file(tls.required("key")));
    Optional<String> fault = TlsFiles.faultOfCertificate(files.certificate());
    fault.ifPresentOrElse(
        why -> tls.fault("certificate", why),
        () ->
            TlsFiles.faultOfKey(files.certificate(), files.key())
                .ifPresent(why -> tls.fault("key", why)));
    return Optional.of(files);
  }

  private Path file(String name) {
    return path.toAbsolutePath().resolveSibling(name).normalize();
  }

  private static List<String> hosts(Yaml web) {
    List<String> hosts =
        web.texts("hosts").stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    for (String host : hosts) {
      if (!HOST.matcher(host).matches()) {
        web.fault(
            "hosts",
            "%s is no host's name. Write it without a port, such as desk.example.com."
                .formatted(host));
      }
    }
    return hosts;
  }

  private static List<String> proxies(Yaml web) {
    List<String> proxies = web.texts("proxies");
    for (String proxy : proxies) {
      try {
        InetAddress.ofLiteral(proxy);
      } catch (IllegalArgumentException e) {
        web.fault(
            "proxies", "%s is no address. Write it as digits, such as 10.0.0.2.".formatted(proxy));
      }
    }
    return proxies.stream().filter(WebLoader::isAddress).toList();
  }

  private static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
