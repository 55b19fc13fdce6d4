package org.switchroom.cti.pbx.asterisk;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether AMI is spoken over TLS, and which certificate is believed then.
public sealed interface AmiTls {
  AmiTls NONE = new None();
  AmiTls MACHINE = new Machine();

  /// In clear.
  record None() implements AmiTls {}

  /// One that is signed by whom this machine's Java trusts, and is the host's.
  record Machine() implements AmiTls {}

  /// One that is signed by one of these, or is one of them, and is the host's.
  record SignedBy(List<X509Certificate> trusted) implements AmiTls {
    /// @throws IllegalArgumentException when nobody is trusted
    public SignedBy {
      trusted = List.copyOf(trusted);
      if (trusted.isEmpty()) {
        throw new IllegalArgumentException(
            "Nobody is trusted, so that no certificate ever is. Maybe the file of certificates is"
                + " empty.");
      }
    }

    /// @param pem certificates, one behind the other
    /// @throws CertificateException when these are none
    public static SignedBy of(byte[] pem) throws CertificateException {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (certificates.isEmpty()) throw new CertificateException("there is no certificate in it");
      return new SignedBy(certificates.stream().map(X509Certificate.class::cast).toList());
    }
  }

  /// This one and no other, whoever has signed it, for whichever host and until when.
  ///
  /// @param sha256 of the whole certificate, 64 digits
  record Pinned(String sha256) implements AmiTls {
    private static final String BEGIN = "sha256:";

    /// Empty: this is no fingerprint. With or without colons between its bytes, as `openssl x509
    /// -noout -fingerprint -sha256` has them.
    public static Optional<Pinned> of(String fingerprint) {
      String text = fingerprint.strip().toLowerCase(Locale.ROOT);
      if (!text.startsWith(BEGIN)) return Optional.empty();
      String hex = text.substring(BEGIN.length()).strip();
      boolean plain = hex.matches("[0-9a-f]{64}");
      if (!plain && !hex.matches("[0-9a-f]{2}(:[0-9a-f]{2}){31}")) return Optional.empty();
      return Optional.of(new Pinned(hex.replace(":", "")));
    }

    boolean is(X509Certificate shown) throws CertificateEncodingException {
      return sha256.equals(digest(shown));
    }
  }

  /// As it is written in the configuration.
  static String fingerprint(X509Certificate certificate) {
    try {
      return Pinned.BEGIN + digest(certificate);
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("A certificate that was read cannot be written.", e);
    }
  }

  private static String digest(X509Certificate certificate) throws CertificateEncodingException {
    try {
      byte[] encoded = certificate.getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
