package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.asterisk.AmiCheck.Finding;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.TestCertificate;

/// Whose certificate is believed, and what is said where there is no TLS with an Asterisk that is
/// there.
class AmiTlsTest {
  private static final String THIS = "san=ip:127.0.0.1,dns:localhost";
  private static final String ANOTHER = "san=dns:pbx.example";

  @TempDir Path folder;

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

  private static AmiSettings at(String host, int port, AmiTls tls) {
    return new AmiSettings(host, port, "u", "s", "127.0.0.1:1", Duration.ofSeconds(3)).withTls(tls);
  }

  private static String checked(ServerSocket server, AmiTls tls) {
    List<Finding> findings = AmiCheck.run(at("127.0.0.1", server.getLocalPort(), tls), List.of());
    assertThat(findings).singleElement().matches(finding -> !finding.good());
    return findings.getFirst().text();
  }

  /// What is said of a certificate; empty: there is TLS.
  private static String shown(TestCertificate certificate, AmiTls tls) throws Exception {
    return shown(certificate, "127.0.0.1", tls);
  }

  private static String shown(TestCertificate certificate, String host, AmiTls tls)
      throws Exception {
    try (ServerSocket server = open(certificate.sockets())) {
      new AmiSocket(at(host, server.getLocalPort(), tls), new AmiFlow()).close();
      return "";
    } catch (AmiTlsException e) {
      return e.getMessage();
    }
  }

  private static AmiTls trusting(X509Certificate... certificates) {
    return new AmiTls.SignedBy(List.of(certificates));
  }

  @Test
  void aCertificateThatNobodyTrustsIsSaidWithWhatToDo() throws Exception {
    TestCertificate certificate = TestCertificate.signed(folder, "-ext", THIS);
    try (ServerSocket server = open(certificate.sockets())) {
      assertThat(checked(server, AmiTls.MACHINE))
          .contains("certificate at 127.0.0.1:" + server.getLocalPort())
          .contains("signed by nobody who is trusted", "tls: {trust: ca.crt}")
          .contains("fingerprint: \"" + AmiTls.fingerprint(certificate.certificate()) + "\"")
          .doesNotContain("PKIX", "Is Asterisk running");
      var facts = new Facts<PbxEvent>();
      AmiSettings settings = at("127.0.0.1", server.getLocalPort(), AmiTls.MACHINE);
      try (var pbx = new AsteriskPbx(settings, PbxOwner.of("test"), InstantSource.system())) {
        pbx.start(Set.of(), facts);
        assertThat(facts.await(PbxEvent.Disconnected.class).reason())
            .contains("signed by nobody who is trusted")
            .doesNotContain("PKIX");
      }
    }
  }

  @Test
  void aPortWithoutTls() throws Exception {
    try (ServerSocket server = open(ServerSocketFactory.getDefault())) {
      assertThat(checked(server, AmiTls.MACHINE))
          .contains("no TLS with 127.0.0.1", "tlsenable=yes", "tlsbindaddr")
          .doesNotContain("Is Asterisk running");
    }
  }

  @Test
  void whoIsTrustedIsBelieved() throws Exception {
    TestCertificate signed = TestCertificate.signed(folder, "-ext", THIS);
    assertThat(shown(signed, trusting(signed.authority()))).isEmpty();
    assertThat(shown(signed, "localhost", trusting(signed.authority()))).isEmpty();
    TestCertificate own = TestCertificate.selfSigned(folder, "-ext", THIS);
    assertThat(shown(own, trusting(signed.authority(), own.certificate()))).isEmpty();
    assertThat(shown(own, trusting(signed.authority()))).contains("signed by nobody");
  }

  @Test
  void anotherHostsIsNotBelieved() throws Exception {
    TestCertificate signed = TestCertificate.signed(folder, "-ext", ANOTHER);
    assertThat(shown(signed, trusting(signed.authority())))
        .contains("is another host's: it is for pbx.example.", "host: in pbx:")
        .contains(AmiTls.fingerprint(signed.certificate()));
    TestCertificate own = TestCertificate.selfSigned(folder, "-ext", ANOTHER);
    assertThat(shown(own, trusting(own.certificate()))).contains("is another host's");
    TestCertificate nameless = TestCertificate.selfSigned(folder);
    assertThat(shown(nameless, trusting(nameless.certificate()))).contains("it is for CN=the-pbx");
  }

  @Test
  void oneThatIsValidNoMoreOrNotYet() throws Exception {
    String[] old = {"-ext", THIS, "-startdate", "-10d", "-validity", "1"};
    TestCertificate signed = TestCertificate.signed(folder, old);
    assertThat(shown(signed, trusting(signed.authority())))
        .contains("is valid no more", "tlscertfile=");
    TestCertificate own = TestCertificate.selfSigned(folder, old);
    assertThat(shown(own, trusting(own.certificate()))).contains("is valid no more");
    TestCertificate early = TestCertificate.signed(folder, "-ext", THIS, "-startdate", "+10d");
    assertThat(shown(early, trusting(early.authority()))).contains("is not valid yet", "clock");
  }

  /// Whoever has signed it, for whomever, and until when.
  @Test
  void theOneOfTheFingerprintIsBelievedAndNoOther() throws Exception {
    TestCertificate old =
        TestCertificate.selfSigned(folder, "-ext", ANOTHER, "-startdate", "-10d", "-validity", "1");
    String fingerprint = AmiTls.fingerprint(old.certificate());
    AmiTls pinned = AmiTls.Pinned.of(fingerprint).orElseThrow();
    assertThat(shown(old, pinned)).isEmpty();
    TestCertificate another = TestCertificate.signed(folder, "-ext", THIS);
    assertThat(shown(another, pinned))
        .contains("is not the one whose fingerprint", AmiTls.fingerprint(another.certificate()))
        .doesNotContain(fingerprint);
  }

  @Test
  void aFingerprintIsWrittenAsOpensslWritesIt() throws Exception {
    X509Certificate certificate = TestCertificate.selfSigned(folder).certificate();
    String fingerprint = AmiTls.fingerprint(certificate);
    String hex = fingerprint.substring("sha256:".length());
    String colons = hex.replaceAll("(..)(?!$)", "$1:").toUpperCase();
    assertThat(AmiTls.Pinned.of("sha256:" + colons)).isEqualTo(AmiTls.Pinned.of(fingerprint));
    assertThat(AmiTls.Pinned.of(hex)).isEmpty();
    assertThat(AmiTls.Pinned.of(fingerprint.substring(1))).isEmpty();
    assertThat(AmiTls.Pinned.of(fingerprint + ":00")).isEmpty();
  }

  @Test
  void aFileOfCertificates() throws Exception {
    X509Certificate one = TestCertificate.selfSigned(folder).certificate();
    X509Certificate two = TestCertificate.selfSigned(folder).certificate();
    String both = TestCertificate.pem(one) + TestCertificate.pem(two);
    assertThat(AmiTls.SignedBy.of(both.getBytes())).isEqualTo(trusting(one, two));
    for (String none : List.of("", "hello", "-----BEGIN CERTIFICATE-----\nx\n")) {
      assertThatExceptionOfType(CertificateException.class)
          .isThrownBy(() -> AmiTls.SignedBy.of(none.getBytes(StandardCharsets.UTF_8)));
    }
  }

  // ── Whom this machine trusts ────────────────────────────────────────────────────────────────

  @Test
  void whomThisMachineTrustsIsBelievedForItsHost() throws Exception {
    TestCertificate certificate = TestCertificate.signed(folder, "-ext", "san=ip:127.0.0.1");
    assertThat(onAMachineThatTrusts(certificate)).contains("TLS is there");
    assertThat(onAMachineThatTrusts(TestCertificate.signed(folder, "-ext", ANOTHER)))
        .contains("is another host's: it is for pbx.example");
  }

  private static String onAMachineThatTrusts(TestCertificate certificate) throws Exception {
    try (ServerSocket server = open(certificate.sockets())) {
      Process process =
          new ProcessBuilder(
                  TestCertificate.java("java"),
                  "-Djavax.net.ssl.trustStore=" + certificate.trustStore(),
                  "-Djavax.net.ssl.trustStorePassword=" + TestCertificate.SECRET,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Handshake.class.getName(),
                  Integer.toString(server.getLocalPort()))
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// In a process with a trust store of its own.
  static final class Handshake {
    private Handshake() {}

    public static void main(String[] port) throws Exception {
      AmiSettings settings = at("127.0.0.1", Integer.parseInt(port[0]), AmiTls.MACHINE);
      try {
        new AmiSocket(settings, new AmiFlow()).close();
        System.out.println("TLS is there");
      } catch (AmiTlsException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
