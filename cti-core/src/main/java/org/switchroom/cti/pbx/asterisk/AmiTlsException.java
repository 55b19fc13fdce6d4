package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Asterisk is there, and no TLS with it. The message says what is wrong, what was shown, and what
/// to do, in sentences.
final class AmiTlsException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final String IF_IT_IS_YOURS =
      "If that is Asterisk's own (`openssl x509 -noout -fingerprint -sha256 -in` the file of"
          + " tlscertfile= there says the same), say tls: {fingerprint: \"%s\"} in pbx:";

  private final String message;

  /// @param shown the certificate; empty: it came to none
  AmiTlsException(AmiSettings settings, SSLException fault, Optional<X509Certificate> shown) {
    this(message(settings, fault, shown), fault);
  }

  private AmiTlsException(String message, SSLException fault) {
    super(message, fault);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }

  private static String message(
      AmiSettings settings, SSLException fault, Optional<X509Certificate> shown) {
    String where = settings.host() + ":" + settings.port();
    return shown
        .flatMap(certificate -> ofCertificate(where, fault, certificate))
        .orElseGet(
            () ->
                "There is no TLS with %s (%s). tls: in pbx: takes tlsenable=yes in manager.conf, and the port of its tlsbindaddr, which is 5039 where it names none."
                    .formatted(where, fault.getMessage()));
  }

  private static Optional<String> ofCertificate(
      String where, SSLException fault, X509Certificate shown) {
    String fingerprint = AmiTls.fingerprint(shown);
    String what = "Asterisk's certificate at %s (%s)".formatted(where, fingerprint);
    String pin = IF_IT_IS_YOURS.formatted(fingerprint);
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateExpiredException e -> {
          return Optional.of(
              "%s is valid no more (%s). Renew the file that tlscertfile= in manager.conf names, then `manager reload`."
                  .formatted(what, e.getMessage()));
        }
        case CertificateNotYetValidException e -> {
          return Optional.of(
              "%s is not valid yet (%s). Is this machine's clock right?"
                  .formatted(what, e.getMessage()));
        }
        case AmiTrust.AnothersException _ -> {
          return Optional.of(
              "%s is another host's: it is for %s. Write that name into host: in pbx:, if it is Asterisk's. %s."
                  .formatted(what, String.join(", ", AmiTrust.hosts(shown)), pin));
        }
        case AmiTrust.NotPinnedException _ -> {
          return Optional.of(
              "%s is not the one whose fingerprint tls: in pbx: has: it was renewed, or somebody stands between. %s."
                  .formatted(what, pin));
        }
        default -> {}
      }
    }
    return nobodys(fault)
        ? Optional.of(
            "%s is signed by nobody who is trusted, as one that was made with Asterisk's ast_tls_cert is. Say tls: {trust: ca.crt} in pbx:, with its authority's certificate. Or: %s."
                .formatted(what, pin))
        : Optional.empty();
  }

  private static boolean nobodys(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException) return true;
      if (cause instanceof CertPathValidatorException) return true;
    }
    return false;
  }
}
