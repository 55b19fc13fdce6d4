package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Believes a certificate of Asterisk's, or does not, and keeps which one it was shown.
///
/// Java looks whether the certificate is the host's only where it is told to, and says of every
/// fault the same: so it is asked twice, and which question was answered by no is what is wrong.
final class AmiTrust extends X509ExtendedTrustManager {
  private final AmiTls tls;
  private final Optional<X509ExtendedTrustManager> signers;
  private Optional<X509Certificate> shown = Optional.empty();

  /// It is believed, but for another host.
  static final class AnothersException extends CertificateException {
    private static final long serialVersionUID = 1L;

    AnothersException(CertificateException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /// It is not the one of the fingerprint.
  static final class NotPinnedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    NotPinnedException() {
      super("it has another fingerprint");
    }
  }

  private AmiTrust(AmiTls tls, Optional<X509ExtendedTrustManager> signers) {
    this.tls = tls;
    this.signers = signers;
  }

  /// @throws IllegalArgumentException when there is no TLS to trust in
  static AmiTrust of(AmiTls tls) throws IOException {
    try {
      return switch (tls) {
        case AmiTls.None() ->
            throw new IllegalArgumentException("What is spoken in clear has no certificate.");
        case AmiTls.Machine() -> new AmiTrust(tls, Optional.of(signers(Optional.empty())));
        case AmiTls.SignedBy(var trusted) ->
            new AmiTrust(tls, Optional.of(signers(Optional.of(store(trusted)))));
        case AmiTls.Pinned _ -> new AmiTrust(tls, Optional.empty());
      };
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java's trust in certificates cannot be read", e);
    }
  }

  private static KeyStore store(List<X509Certificate> trusted)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) store.setCertificateEntry("c" + i, trusted.get(i));
    return store;
  }

  /// @param store empty: this machine's
  private static X509ExtendedTrustManager signers(Optional<KeyStore> store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store.orElse(null));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager signers) return signers;
    }
    throw new GeneralSecurityException("This Java looks at no X.509 certificates.");
  }

  /// Not connected yet.
  SSLSocket socket() throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      var socket = (SSLSocket) context.getSocketFactory().createSocket();
      SSLParameters parameters = socket.getSSLParameters();
      if (signers.isPresent()) parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java has no TLS", e);
    }
  }

  /// Empty: it has come to none.
  Optional<X509Certificate> shown() {
    return shown;
  }

  /// Whom it says that it is for.
  static List<String> hosts(X509Certificate certificate) {
    var hosts = new ArrayList<String>();
    try {
      var names = certificate.getSubjectAlternativeNames();
      if (names != null) names.forEach(name -> hosts.add(String.valueOf(name.get(1))));
    } catch (CertificateException e) {
      hosts.add(e.getMessage());
    }
    if (hosts.isEmpty()) hosts.add(certificate.getSubjectX500Principal().getName());
    return hosts;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, @Nullable Socket socket)
      throws CertificateException {
    shown = Optional.of(chain[0]);
    if (tls instanceof AmiTls.Pinned pinned) {
      if (!pinned.is(chain[0])) throw new NotPinnedException();
      return;
    }
    X509ExtendedTrustManager by = signers.orElseThrow();
    by.checkServerTrusted(chain, keyType);
    // Java asks nobody until when one is valid that is trusted itself.
    chain[0].checkValidity();
    try {
      by.checkServerTrusted(chain, keyType, socket);
    } catch (CertificateException e) {
      throw new AnothersException(e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    throw refused();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    throw refused();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, @Nullable Socket socket)
      throws CertificateException {
    throw refused();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    throw refused();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    throw refused();
  }

  /// Nobody asks so: it is a client's, on a socket.
  private static CertificateException refused() {
    return new CertificateException("Only a server's certificate on a socket is looked at.");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return signers.map(X509ExtendedTrustManager::getAcceptedIssuers).orElse(new X509Certificate[0]);
  }
}
