package org.switchroom.cti.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Baresip of the tests' own Debian, which obeys the header by which a phone answers by itself
/// (`sip_autoanswer`, since 1.1). It is told by its `ctrl_tcp`, and says a tone.
public final class Baresip implements SoftPhone {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STARTS = Duration.ofSeconds(10);

  private static final String CONFIGURATION =
      """
      poll_method epoll
      sip_listen 127.0.0.1:%1$d
      call_local_timeout 120
      call_max_calls 4
      audio_source ausine,%2$d
      ausrc_srate 48000
      ausrc_channels 1
      audio_player aubridge,nobody
      audio_alert aubridge,nobody
      jitter_buffer_type off
      rtp_ports %3$d-%4$d
      sip_autoanswer_beep no
      ctrl_tcp_listen 127.0.0.1:%5$d
      module_path /usr/lib/baresip/modules
      module g711.so
      module ausine.so
      module aubridge.so
      module_tmp account.so
      module_app menu.so
      module_app ctrl_tcp.so
      """;

  private final Facts<JsonNode> said = new Facts<>();
  private final Process process;

  /// It wants TCP and TLS beside UDP, for which the first of a block is not free.
  private final HeldPorts ports = HeldPorts.take(HeldPorts.Use.MEDIA);

  private final Socket control;
  private final String domain;
  private int asked;

  /// @param root of the machine on which it is
  /// @param folder of its own, as that machine sees it
  /// @param user with which it registers
  Baresip(Path root, String folder, String user, String password, int pbxPort, int hertz) {
    domain = "127.0.0.1:" + pbxPort;
    int port = HeldPorts.forServer();
    try {
      Path there = root.resolve(folder.substring(1));
      Files.createDirectories(there);
      Files.writeString(
          there.resolve("config"),
          CONFIGURATION.formatted(
              ports.first() + 2, hertz, ports.first() + 4, ports.first() + 19, port));
      Files.writeString(
          there.resolve("accounts"),
          "<sip:%s@%s>;auth_pass=%s;sip_autoanswer=yes;audio_codecs=pcmu\n"
              .formatted(user, domain, password));
      Files.writeString(there.resolve("contacts"), "");
      process =
          Offspring.add(
              new ProcessBuilder("chroot", root.toString(), "baresip", "-v", "-f", folder)
                  .redirectErrorStream(true)
                  .redirectOutput(there.resolve("said.log").toFile())
                  .start(),
              "baresip");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    control = connected(port);
    Thread.ofPlatform().daemon().name("baresip " + user).start(this::listen);
  }

  private static Socket connected(int port) {
    var open = new Socket[1];
    Await.until(
        () -> {
          try {
            open[0] = new Socket(InetAddress.getLoopbackAddress(), port);
            return true;
          } catch (IOException e) {
            return false;
          }
        },
        "baresip is there",
        STARTS);
    return open[0];
  }

  /// Netstrings: `LENGTH:JSON,`.
  private void listen() {
    try (var in = new DataInputStream(control.getInputStream())) {
      while (true) {
        int length = 0;
        for (int next = in.read(); next != ':'; next = in.read()) {
          if (next < 0) return;
          length = 10 * length + Character.digit(next, 10);
        }
        byte[] text = in.readNBytes(length);
        in.skipNBytes(1);
        said.accept(JSON.readTree(text));
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  /// @return what it says to that
  private synchronized JsonNode tell(String command, Optional<String> more) {
    String token = Integer.toString(++asked);
    var text = JSON.createObjectNode().put("command", command).put("token", token);
    more.ifPresent(one -> text.put("params", one));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try {
      var out = control.getOutputStream();
      out.write((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.write(',');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return said.await(JsonNode.class, one -> one.path("token").asText().equals(token));
  }

  private void does(String command, String more) {
    JsonNode answer = tell(command, Optional.of(more).filter(one -> !one.isEmpty()));
    if (!answer.path("ok").asBoolean()) {
      throw new IllegalStateException("baresip, %s: %s".formatted(command, answer));
    }
  }

  private static boolean is(JsonNode one, String type) {
    return one.path("type").asText().equals(type);
  }

  @Override
  public void rings() {
    said.await(JsonNode.class, one -> is(one, "CALL_INCOMING"));
  }

  @Override
  public void answer() {
    does("accept", "");
  }

  @Override
  public void hold() {
    does("hold", "");
  }

  @Override
  public void retrieve() {
    // It finds fault that there is no other call to be held, and does it.
    tell("resume", Optional.empty());
  }

  @Override
  public void press(String keys) {
    does("sndcode", keys);
  }

  @Override
  public void transfer(String number) {
    does("transfer", "sip:%s@%s".formatted(number, domain));
  }

  @Override
  public void hangUp() {
    does("hangup", "");
  }

  @Override
  public boolean isIdle() {
    long begun = said.count(JsonNode.class, one -> is(one, "CALL_INCOMING"));
    return begun == said.count(JsonNode.class, one -> is(one, "CALL_CLOSED"));
  }

  /// What was before is over.
  public void forget() {
    said.forget();
  }

  @Override
  public void close() {
    Sipp.end(process);
    try {
      control.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ports.close();
  }
}
