package org.switchroom.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.switchroom.cti.pbx.asterisk.AmiCheck.Finding;
import org.switchroom.desktop.settings.Settings;

/// Whether Asterisk's WebSocket takes telephones of browsers. Nothing is said there.
final class BrowserPhonesCheck {
  private static final String WHAT = "browser phone";
  private static final String PROTOCOL = "sip";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private BrowserPhonesCheck() {}

  static Finding run(Settings.BrowserPhones phones) {
    var builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
    try {
      if (phones.certificate().isPresent()) builder.sslContext(believing(phones));
    } catch (IOException | GeneralSecurityException e) {
      return new Finding(
          false, WHAT, "browser-phones: certificate: cannot be read: " + e.getMessage());
    }
    try (HttpClient http = builder.build()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols(PROTOCOL)
              .buildAsync(phones.url(), new WebSocket.Listener() {})
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      boolean speaks = socket.getSubprotocol().equals(PROTOCOL);
      socket.abort();
      return speaks
          ? new Finding(true, WHAT, phones.url() + " takes telephones of browsers")
          : new Finding(false, WHAT, away(phones, "it does not speak sip"));
    } catch (ExecutionException e) {
      return new Finding(false, WHAT, away(phones, String.valueOf(e.getCause())));
    } catch (TimeoutException e) {
      return new Finding(false, WHAT, away(phones, "it does not answer"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Finding(false, WHAT, away(phones, "it was interrupted"));
    }
  }

  private static String away(Settings.BrowserPhones phones, String why) {
    return "%s takes no telephones of browsers: %s. Has http.conf enabled=yes and this bindaddr and bindport, and are res_http_websocket.so and res_pjsip_transport_websocket.so loaded? Browsers' endpoints want res_srtp.so too."
        .formatted(phones.url(), why);
  }

  private static SSLContext believing(Settings.BrowserPhones phones)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(phones.certificate().orElseThrow())) {
      int number = 0;
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in))
        store.setCertificateEntry("c" + ++number, one);
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
