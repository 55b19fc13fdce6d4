package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/// Asterisk is there, and no TLS with it. The message says what is wrong and what to do, in
/// sentences.
final class AmiTlsException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String message;

  AmiTlsException(AmiSettings settings, SSLException fault) {
    this(message(settings, fault), fault);
  }

  private AmiTlsException(String message, SSLException fault) {
    super(message, fault);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }

  private static String message(AmiSettings settings, SSLException fault) {
    String where = settings.host() + ":" + settings.port();
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertPathBuilderException _ -> {
          return "Asterisk's certificate at %s is signed by nobody whom this Java trusts, as one that was made with Asterisk's ast_tls_cert is. Import its authority's certificate (`keytool -importcert -noprompt -alias asterisk -file ca.crt -keystore trust.p12 -storepass changeit`), and start with SWITCHROOM_JAVA_OPTS='-Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit'; or say tls: false in pbx:, where Asterisk is on this machine."
              .formatted(where);
        }
        case CertificateExpiredException e -> {
          return "Asterisk's certificate at %s is valid no more (%s). Renew the file that tlscertfile= in manager.conf names, then `manager reload`."
              .formatted(where, e.getMessage());
        }
        case CertificateNotYetValidException e -> {
          return "Asterisk's certificate at %s is not valid yet (%s). Is this machine's clock right?"
              .formatted(where, e.getMessage());
        }
        default -> {}
      }
    }
    return "There is no TLS with %s (%s). tls: true in pbx: takes tlsenable=yes in manager.conf, and the port of its tlsbindaddr, which is 5039 where it names none."
        .formatted(where, fault.getMessage());
  }
}
