package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.asterisk.AmiCheck.Finding;
import org.switchroom.cti.testkit.Facts;

/// What is said where there is no TLS with an Asterisk that is there.
class AmiTlsTest {
  private static final String SECRET = "a long secret";

  @TempDir Path folder;

  /// Asterisk's, signed by an authority of its own.
  ///
  /// @param validity options of keytool
  private ServerSocketFactory certified(String... validity) throws Exception {
    Path store = folder.resolve("keys.p12");
    Files.deleteIfExists(store);
    keytool(
        store,
        SECRET,
        "-genkeypair",
        "-alias",
        "authority",
        "-keyalg",
        "EC",
        "-dname",
        "CN=ca",
        "-ext",
        "bc:c");
    var command =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                "pbx",
                "-keyalg",
                "EC",
                "-dname",
                "CN=pbx",
                "-signer",
                "authority"));
    command.addAll(List.of(validity));
    keytool(store, SECRET, command.toArray(String[]::new));
    var keys = KeyStore.getInstance(store.toFile(), SECRET.toCharArray());
    var chain = keys.getCertificateChain("pbx");
    var served = KeyStore.getInstance("PKCS12");
    served.load(null, null);
    served.setKeyEntry(
        "pbx", keys.getKey("pbx", SECRET.toCharArray()), SECRET.toCharArray(), chain);
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(served, SECRET.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }

  private static void keytool(Path store, String secret, String... what) throws Exception {
    var command = new ArrayList<>(List.of(java("keytool")));
    command.addAll(List.of(what));
    command.addAll(List.of("-noprompt", "-keystore", store.toString(), "-storepass", secret));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  /// Greets as Asterisk does, whoever connects.
  private static ServerSocket open(ServerSocketFactory sockets) throws IOException {
    ServerSocket server = sockets.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> greet(server));
    return server;
  }

  private static void greet(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket one = server.accept()) {
        one.getOutputStream().write("Asterisk Call Manager/11.0.0\r\n".getBytes());
        one.getInputStream().read();
      } catch (IOException e) {
        // Whoever it was is gone.
      }
    }
  }

  private static AmiSettings at(ServerSocket server) {
    return new AmiSettings(
        "127.0.0.1", server.getLocalPort(), "u", "s", true, "127.0.0.1:1", Duration.ofSeconds(3));
  }

  private static String checked(ServerSocket server) {
    List<Finding> findings = AmiCheck.run(at(server), List.of());
    assertThat(findings).singleElement().matches(finding -> !finding.good());
    return findings.getFirst().text();
  }

  @Test
  void aCertificateThatNobodyTrustsIsSaidWithWhatToDo() throws Exception {
    try (ServerSocket server = open(certified())) {
      assertThat(checked(server))
          .contains("certificate at 127.0.0.1:" + server.getLocalPort())
          .contains("signed by nobody whom this Java trusts", "keytool -importcert", "tls: false")
          .doesNotContain("PKIX", "Is Asterisk running");
      var facts = new Facts<PbxEvent>();
      try (var pbx = new AsteriskPbx(at(server), PbxOwner.of("test"), InstantSource.system())) {
        pbx.start(Set.of(), facts);
        assertThat(facts.await(PbxEvent.Disconnected.class).reason())
            .contains("signed by nobody whom this Java trusts")
            .doesNotContain("PKIX");
      }
    }
  }

  @Test
  void aPortWithoutTls() throws Exception {
    try (ServerSocket server = open(ServerSocketFactory.getDefault())) {
      assertThat(checked(server))
          .contains("no TLS with 127.0.0.1", "tlsenable=yes", "tlsbindaddr")
          .doesNotContain("Is Asterisk running");
    }
  }

  /// What the first message advises: the certificate in a trust store is taken.
  @Test
  void theAdviceHelps() throws Exception {
    assertThat(trusting(certified())).contains("TLS is there");
  }

  @Test
  void aTrustedCertificateThatIsValidNoMore() throws Exception {
    assertThat(trusting(certified("-startdate", "-10d", "-validity", "1")))
        .contains("is valid no more", "tlscertfile=");
    assertThat(trusting(certified("-startdate", "+10d"))).contains("is not valid yet", "clock");
  }

  private String trusting(ServerSocketFactory sockets) throws Exception {
    Path certificate = folder.resolve("ca.crt");
    Path trust = folder.resolve("trust.p12");
    Files.deleteIfExists(trust);
    Path keys = folder.resolve("keys.p12");
    keytool(keys, SECRET, "-exportcert", "-alias", "authority", "-file", certificate.toString());
    keytool(
        trust, "changeit", "-importcert", "-alias", "asterisk", "-file", certificate.toString());
    try (ServerSocket server = open(sockets)) {
      Process process =
          new ProcessBuilder(
                  java("java"),
                  "-Djavax.net.ssl.trustStore=" + trust,
                  "-Djavax.net.ssl.trustStorePassword=changeit",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Handshake.class.getName(),
                  Integer.toString(server.getLocalPort()))
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes());
    }
  }

  /// In a process with a trust store of its own.
  static final class Handshake {
    private Handshake() {}

    public static void main(String[] port) throws Exception {
      var settings =
          new AmiSettings(
              "127.0.0.1",
              Integer.parseInt(port[0]),
              "u",
              "s",
              true,
              "127.0.0.1:1",
              Duration.ofSeconds(3));
      try {
        new AmiSocket(settings, new AmiFlow()).close();
        System.out.println("TLS is there");
      } catch (AmiTlsException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
