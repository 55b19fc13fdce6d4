package org.switchroom.desktop.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Optional;
import org.switchroom.cti.pbx.asterisk.AmiTls;
import org.switchroom.ivr.yaml.Yaml;

/// Reads `tls` of `pbx`: `true`, `false`, `{trust: FILE}` or `{fingerprint: "sha256:…"}`.
final class TlsLoader {
  private TlsLoader() {}

  /// @param configuration beside which a file stands
  static AmiTls read(Yaml pbx, Path configuration) {
    if (!pbx.has("tls")) return AmiTls.NONE;
    Optional<String> plain = pbx.scalar("tls");
    if (plain.isEmpty()) return believed(pbx.mapping("tls"), configuration);
    switch (plain.get()) {
      case "true" -> {
        return AmiTls.MACHINE;
      }
      case "false" -> {
        return AmiTls.NONE;
      }
      default -> {
        pbx.fault(
            "tls",
            "\"tls\" is %s; write true, false, {trust: FILE} or {fingerprint: \"sha256:…\"}."
                .formatted(plain.get()));
        return AmiTls.MACHINE;
      }
    }
  }

  private static AmiTls believed(Yaml tls, Path configuration) {
    Optional<String> trust = tls.text("trust");
    Optional<String> fingerprint = tls.text("fingerprint");
    if (trust.isPresent() == fingerprint.isPresent()) {
      tls.fault(
          "trust",
          "\"tls\" has %s of trust and fingerprint. Keep one."
              .formatted(trust.isPresent() ? "both" : "none"));
      return AmiTls.MACHINE;
    }
    return trust
        .map(file -> signedBy(tls, configuration.toAbsolutePath().resolveSibling(file)))
        .orElseGet(() -> pinned(tls, fingerprint.orElseThrow()));
  }

  private static AmiTls signedBy(Yaml tls, Path file) {
    try {
      return AmiTls.SignedBy.of(Files.readAllBytes(file));
    } catch (IOException e) {
      tls.fault("trust", "\"trust\" cannot be read (%s).".formatted(e));
    } catch (CertificateException e) {
      tls.fault(
          "trust",
          "\"trust\" names %s, which has no certificates in PEM (-----BEGIN CERTIFICATE-----): %s."
              .formatted(file, e.getMessage()));
    }
    return AmiTls.MACHINE;
  }

  private static AmiTls pinned(Yaml tls, String fingerprint) {
    Optional<AmiTls.Pinned> pinned = AmiTls.Pinned.of(fingerprint);
    if (pinned.isPresent()) return pinned.get();
    tls.fault(
        "fingerprint",
        "\"fingerprint\" is %s; write \"sha256:\" and the 64 digits that `openssl x509 -noout -fingerprint -sha256 -in FILE` says, or `switchroom check` with tls: true."
            .formatted(fingerprint));
    return AmiTls.MACHINE;
  }
}
