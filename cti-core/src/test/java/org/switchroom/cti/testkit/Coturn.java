package org.switchroom.cti.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Debian's STUN and TURN server, for who knows its secret.
public final class Coturn implements AutoCloseable {
  public static final String SECRET = "a-tests-relay";

  private final Facts<String> said = new Facts<>();
  private final HeldPorts port = HeldPorts.take(HeldPorts.Use.SIP);
  private final HeldPorts relayed = HeldPorts.take(HeldPorts.Use.MEDIA);
  private final Process process;

  /// @param folder for what it keeps
  public Coturn(Path folder) {
    try {
      process =
          Offspring.add(
              new ProcessBuilder(
                      "turnserver",
                      "-n",
                      "--verbose",
                      "--listening-ip=127.0.0.1",
                      "--relay-ip=127.0.0.1",
                      "--allow-loopback-peers",
                      "--listening-port=" + port.first(),
                      "--min-port=" + relayed.first(),
                      "--max-port=" + (relayed.last()),
                      "--realm=test",
                      "--use-auth-secret",
                      "--static-auth-secret=" + SECRET,
                      "--no-tcp",
                      "--no-tls",
                      "--no-dtls",
                      "--no-cli",
                      "--log-file=stdout",
                      "--userdb=" + folder.resolve("turn.db"),
                      "--pidfile=" + folder.resolve("turn.pid"))
                  .redirectErrorStream(true)
                  .start(),
              "turnserver");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("coturn").start(this::listen);
    said.await(String.class, line -> line.contains("DB connection success"));
  }

  private void listen() {
    try (var in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = in.readLine()) != null) said.accept(line);
    } catch (IOException e) {
      // It has ended.
    }
  }

  /// As a browser is told of it.
  public String turn() {
    return "turn:127.0.0.1:" + port.first() + "?transport=udp";
  }

  public String stun() {
    return "stun:127.0.0.1:" + port.first();
  }

  /// Returns when somebody of this name has had something relayed.
  public void awaitRelayFor(String user) {
    said.await(
        String.class,
        line -> line.contains(":" + user + ">") && line.contains("ALLOCATE processed, success"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    port.close();
    relayed.close();
  }
}
