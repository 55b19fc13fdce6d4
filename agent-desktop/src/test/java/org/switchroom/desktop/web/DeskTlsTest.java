package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.RecordedScreens;
import org.switchroom.cti.testkit.TestCertificate;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.MemoryLogIns;

/// The desks over TLS, with the certificate's own files.
class DeskTlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  @TempDir Path folder;
  private Path certificate;
  private Path key;
  private TestEngine engine;
  private WebServer web;

  @BeforeEach
  void open() throws Exception {
    engine = new TestEngine(folder, 2, new RecordedScreens(), new NoCustomers());
    certificate = folder.resolve("desk.crt");
    key = folder.resolve("desk.key");
  }

  /// The files of a new certificate, and what trusts it alone.
  private SSLContext write() throws Exception {
    var made = TestCertificate.selfSigned(folder, "-ext", "san=dns:localhost,ip:127.0.0.1");
    String pem = made.pem();
    int at = pem.indexOf("-----BEGIN PRIVATE KEY");
    Files.writeString(certificate, pem.substring(0, at));
    Files.writeString(key, pem.substring(at));
    return trusting(made.certificate());
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("desk", certificate);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private void start() {
    var tls = Optional.of(new Settings.Tls(certificate, key));
    var settings = new Settings.Web("127.0.0.1", 0, tls, List.of(), List.of());
    web =
        new WebServer(
            vertx,
            new WebServer.Options(settings, "Test", List.of(), ServerKey.random()),
            engine.settings.users(),
            new DeskHub(vertx),
            engine.loop(),
            new WebParts(
                null,
                null,
                null,
                null,
                new MemoryLogIns(),
                null,
                null,
                null,
                null,
                Optional.empty()),
            Instant::now,
            (_, _) -> true,
            Connections.Times.USUAL);
    web.start();
  }

  @AfterEach
  void close() {
    web.close();
    engine.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private URI uri(String scheme, String path) {
    return URI.create(scheme + "://localhost:" + web.port() + path);
  }

  @Test
  void aBrowserIsServedByHttp2WithCookiesForTlsAlone() throws Exception {
    SSLContext trust = write();
    start();
    try (var http = HttpClient.newBuilder().sslContext(trust).build()) {
      var request =
          HttpRequest.newBuilder(uri("https", "/api/login"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a1\",\"password\":\"x\"}"))
              .build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.headers().firstValue("Strict-Transport-Security"))
          .hasValueSatisfying(value -> assertThat(value).contains("max-age="));
      List<String> cookies = answer.headers().allValues("set-cookie");
      assertThat(cookies)
          .isNotEmpty()
          .allSatisfy(cookie -> assertThat(cookie).containsIgnoringCase("Secure"))
          .anySatisfy(cookie -> assertThat(cookie).startsWith("__Host-switchroom="));
      String session =
          cookies.stream()
              .filter(cookie -> cookie.startsWith("__Host-"))
              .findFirst()
              .orElseThrow()
              .split(";")[0];
      var hello = new CompletableFuture<CharSequence>();
      WebSocket socket =
          http.newWebSocketBuilder()
              .header("Cookie", session)
              .header("Origin", "https://localhost:" + web.port())
              .buildAsync(
                  uri("wss", "/api/desk"),
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(
                        WebSocket from, CharSequence text, boolean last) {
                      hello.complete(text);
                      return null;
                    }
                  })
              .join();
      assertThat(hello.join()).contains("hello");
      socket.abort();
    }
  }

  @Test
  void whoSpeaksPlainlyIsNotAnswered() throws Exception {
    write();
    start();
    try (var socket = new Socket("127.0.0.1", web.port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write("GET /api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
      assertThat(new String(socket.getInputStream().readAllBytes())).doesNotContain("200");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private Certificate served(SSLContext trust) throws IOException {
    try (var socket = (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", web.port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private boolean serves(SSLContext trust) {
    try {
      served(trust);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aCertificateThatIsWrittenAnewIsServedAtOnceAndABrokenOneIsNot() throws Exception {
    SSLContext first = write();
    start();
    Certificate before = served(first);
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nnothing\n-----END PRIVATE KEY-----\n");
    web.replaceCertificate();
    Files.delete(certificate);
    web.replaceCertificate();
    assertThat(served(first)).as("the old one stays").isEqualTo(before);
    SSLContext second = write();
    web.replaceCertificate();
    Await.until(() -> serves(second), "the new certificate is served", PATIENCE);
    assertThatThrownBy(() -> served(first)).isInstanceOf(SSLHandshakeException.class);
  }
}
