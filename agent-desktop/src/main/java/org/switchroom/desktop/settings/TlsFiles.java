package org.switchroom.desktop.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A certificate and its key, looked at before anybody is served with them.
final class TlsFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final byte[] PROBE = "whose key is it".getBytes(StandardCharsets.US_ASCII);

  private TlsFiles() {}

  /// What is wrong with the certificate; empty: nothing.
  static Optional<String> faultOfCertificate(Path file) {
    try {
      certificate(file).checkValidity();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("%s cannot be read (%s).".formatted(file, e));
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      return Optional.of(
          "The certificate in %s is not valid now: %s.".formatted(file, e.getMessage()));
    } catch (CertificateException e) {
      return Optional.of(
          "%s has no certificate as PEM: it begins with -----BEGIN CERTIFICATE-----."
              .formatted(file));
    }
  }

  /// What is wrong with the key of a certificate that is good; empty: nothing.
  static Optional<String> faultOfKey(Path certificate, Path file) {
    try {
      PublicKey shown = certificate(certificate).getPublicKey();
      Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
      if (!pem.find()) {
        return Optional.of(
            "%s has no key as PKCS#8. openssl pkcs8 -topk8 -nocrypt -in KEY -out %s makes it one."
                .formatted(file, file));
      }
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      PrivateKey key =
          KeyFactory.getInstance(shown.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return fits(key, shown)
          ? Optional.empty()
          : Optional.of("The key in %s is not that of the certificate.".formatted(file));
    } catch (IOException e) {
      return Optional.of("%s cannot be read (%s).".formatted(file, e));
    } catch (GeneralSecurityException e) {
      return Optional.of("The key in %s is not that of the certificate.".formatted(file));
    }
  }

  private static X509Certificate certificate(Path file) throws IOException, CertificateException {
    var bytes = new ByteArrayInputStream(Files.readAllBytes(file));
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
  }

  private static boolean fits(PrivateKey key, PublicKey shown) throws GeneralSecurityException {
    String algorithm =
        switch (shown.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> shown.getAlgorithm();
        };
    Signature signs = Signature.getInstance(algorithm);
    signs.initSign(key);
    signs.update(PROBE);
    byte[] signature = signs.sign();
    Signature checks = Signature.getInstance(algorithm);
    checks.initVerify(shown);
    checks.update(PROBE);
    return checks.verify(signature);
  }
}
