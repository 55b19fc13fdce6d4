package org.switchroom.desktop.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.desktop.settings.Settings;

/// What the server proves its name with.
final class Certificate {
  private static final Logger log = LoggerFactory.getLogger(Certificate.class);

  private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

  private final Settings.Tls files;

  private Certificate(Settings.Tls files) {
    this.files = files;
  }

  static Certificate in(Settings.Tls files) {
    return new Certificate(files);
  }

  /// Browsers choose HTTP/2 by ALPN.
  ///
  /// @throws UncheckedIOException when a file cannot be read
  void serveOver(HttpServerOptions http) {
    http.setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setKeyCertOptions(read())
        .setEnabledSecureTransportProtocols(VERSIONS);
  }

  /// Both files are read before anything changes.
  void replace(HttpServer server) {
    try {
      var tls = new ServerSSLOptions();
      tls.setKeyCertOptions(read()).setUseAlpn(true);
      tls.setEnabledSecureTransportProtocols(VERSIONS);
      tls.setApplicationLayerProtocols(
          List.of(HttpVersion.HTTP_2.alpnName(), HttpVersion.HTTP_1_1.alpnName()));
      server
          .updateSSLOptions(tls)
          .onSuccess(
              changed -> {
                if (changed) log.info("The certificate in {} is served now.", files.certificate());
              })
          .onFailure(this::stays);
    } catch (UncheckedIOException e) {
      stays(e);
    }
  }

  private void stays(Throwable fault) {
    log.warn(
        "The certificate in {} with the key in {} cannot be taken ({}), so the old one stays.",
        files.certificate(),
        files.key(),
        fault.toString());
  }

  private PemKeyCertOptions read() {
    return new PemKeyCertOptions()
        .addCertValue(bytes(files.certificate()))
        .addKeyValue(bytes(files.key()));
  }

  private static Buffer bytes(Path file) {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
