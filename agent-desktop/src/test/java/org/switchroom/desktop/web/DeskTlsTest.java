package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.RecordedScreens;
import org.switchroom.cti.testkit.TestCertificate;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.MemoryLogIns;

/// The desks over TLS, with the certificate's own files.
class DeskTlsTest {
  private static final int PATIENCE_MILLIS = 30_000;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Desks desks;
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
    start(Connections.Times.USUAL);
  }

  private void start(Connections.Times times) {
    var tls = Optional.of(new Settings.Tls(certificate, key));
    var settings = new Settings.Web("127.0.0.1", 0, tls, List.of(), List.of(), false);
    desks = Desks.open(settings, ServerKey.random(), times);
    web =
        new WebServer(
            desks,
            new WebServer.Options("Test", List.of()),
            engine.settings.users(),
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
            (_, _) -> true);
    web.start();
  }

  @AfterEach
  void close() {
    web.close();
    engine.close();
    desks.close();
  }

  private URI uri(String scheme, String path) {
    return URI.create(scheme + "://localhost:" + web.port() + path);
  }

  /// In the middle of the handshake, of which nobody would hear before its end.
  @Test
  void ofTooManyThatSayNothingTheOldestIsClosedAndNobodyElse() throws Exception {
    SSLContext trust = write();
    start();
    var silent = new ArrayList<Socket>();
    try (var http = HttpClient.newBuilder().sslContext(trust).build()) {
      for (int i = 0; i < Connections.MOST_OF_AN_ADDRESS + 50; i++) {
        silent.add(new Socket(InetAddress.getLoopbackAddress(), web.port()));
        // What looks like the first word of a handshake, and no more of it.
        if (i % 2 == 0) silent.getLast().getOutputStream().write(new byte[] {22, 3, 1, 2, 0});
      }
      var hello = HttpRequest.newBuilder(uri("https", "/api/hello")).build();
      assertThat(http.send(hello, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      for (Socket old : silent.subList(0, 50)) assertThat(isClosed(old)).isTrue();
      assertThat(web.open()).isLessThanOrEqualTo(Connections.MOST_OF_AN_ADDRESS + 1);
      assertThat(http.send(hello, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    } finally {
      for (Socket one : silent) one.close();
    }
  }

  @Test
  void aHandshakeThatDoesNotEndIsGivenUp() throws Exception {
    write();
    Duration soon = Duration.ofMillis(300);
    start(new Connections.Times(soon, soon, soon));
    try (var silent = new Socket(InetAddress.getLoopbackAddress(), web.port());
        var half = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0});
      assertThat(isClosed(silent)).isTrue();
      assertThat(isClosed(half)).isTrue();
    }
  }

  /// Plain HTTP, and what is no handshake at all: they are closed, and the log says nothing.
  @Test
  void whatIsNoHandshakeIsClosedWithoutAWord() throws Exception {
    write();
    start();
    var said = new ListAppender<ILoggingEvent>();
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    said.start();
    root.addAppender(said);
    try {
      for (String words :
          List.of("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\26\3\1\0\5hello")) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
          socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
          socket.setSoTimeout(PATIENCE_MILLIS);
          assertThat(new String(readAll(socket), StandardCharsets.ISO_8859_1))
              .doesNotContain("200");
        }
      }
      assertThat(said.list).isEmpty();
    } finally {
      root.detachAppender(said);
    }
  }

  private static byte[] readAll(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      return new byte[0];
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
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

  /// As many as of HTTP/1.1: what waits takes memory, whoever asks.
  @Test
  void http2SaysHowManyRequestsItTakesAtOnce() throws Exception {
    SSLContext trust = write();
    start();
    try (var socket = (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", web.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      SSLParameters http2 = socket.getSSLParameters();
      http2.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(http2);
      socket.startHandshake();
      byte[] settings = socket.getInputStream().readNBytes(9 + 6);
      assertThat(settings)
          .as("a frame of one setting, which is SETTINGS_MAX_CONCURRENT_STREAMS")
          .containsExactly(0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, Pipelined.MOST);
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
