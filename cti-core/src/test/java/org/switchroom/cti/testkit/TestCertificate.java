package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The key and certificate of a PBX or a server, made by keytool in a folder.
public final class TestCertificate {
  /// Of the key, and of [#trustStore].
  public static final String SECRET = "a long secret";

  private static final String PBX = "pbx";
  private static final String AUTHORITY = "authority";

  private final Path folder;
  private final Path keys;

  private TestCertificate(Path folder) {
    this.folder = folder;
    keys = folder.resolve("keys-" + System.nanoTime() + ".p12");
  }

  /// @param options of keytool, such as `-ext san=ip:127.0.0.1`
  public static TestCertificate selfSigned(Path folder, String... options) throws Exception {
    var made = new TestCertificate(folder);
    made.generate(PBX, List.of(options));
    return made;
  }

  /// Signed by an authority of its own, as `ast_tls_cert` makes it.
  ///
  /// @param options of keytool
  public static TestCertificate signed(Path folder, String... options) throws Exception {
    var made = new TestCertificate(folder);
    made.generate(AUTHORITY, List.of("-ext", "bc:c"));
    var command = new ArrayList<>(List.of("-signer", AUTHORITY));
    command.addAll(List.of(options));
    made.generate(PBX, command);
    return made;
  }

  private void generate(String alias, List<String> options) throws Exception {
    var command =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=the-" + alias));
    command.addAll(options);
    keytool(keys, command);
  }

  private static void keytool(Path store, List<String> what) throws Exception {
    var command = new ArrayList<>(List.of(java("keytool")));
    command.addAll(what);
    command.addAll(List.of("-noprompt", "-keystore", store.toString(), "-storepass", SECRET));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) throw new IllegalStateException(said);
  }

  /// A program of this Java's.
  public static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private KeyStore store() {
    try {
      return KeyStore.getInstance(keys.toFile(), SECRET.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public X509Certificate certificate() throws GeneralSecurityException {
    return (X509Certificate) store().getCertificate(PBX);
  }

  public X509Certificate authority() throws GeneralSecurityException {
    return (X509Certificate) store().getCertificate(AUTHORITY);
  }

  /// The certificate and its key, as Asterisk reads them.
  public String pem() throws GeneralSecurityException {
    Key key = store().getKey(PBX, SECRET.toCharArray());
    return pem("CERTIFICATE", certificate().getEncoded()) + pem("PRIVATE KEY", key.getEncoded());
  }

  public static String pem(X509Certificate certificate) throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  private static String pem(String what, byte[] encoded) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, lines);
  }

  /// With the authority in it: for a process whose Java trusts it.
  public Path trustStore() throws Exception {
    Path trust = folder.resolve("trust-" + System.nanoTime() + ".p12");
    Path file = folder.resolve("ca.crt");
    Files.writeString(file, pem(authority()));
    keytool(trust, List.of("-importcert", "-alias", AUTHORITY, "-file", file.toString()));
    return trust;
  }

  /// Those of a server that shows it.
  public ServerSocketFactory sockets() throws GeneralSecurityException, IOException {
    char[] secret = SECRET.toCharArray();
    KeyStore store = store();
    var served = KeyStore.getInstance("PKCS12");
    served.load(null, null);
    var chain = Arrays.asList(store.getCertificateChain(PBX)).toArray(X509Certificate[]::new);
    served.setKeyEntry(PBX, store.getKey(PBX, secret), secret, chain);
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(served, secret);
    var context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }
}
