package org.switchroom.desktop.figures;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// AMI with nothing between: a socket, and a thread that gives each event the moment it has come.
final class AmiWire implements AutoCloseable {
  private final Socket socket;

  /// @param heard on the wire's thread; the map is used again afterwards
  AmiWire(int port, String user, String secret, Consumer<Map<String, String>> heard)
      throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    send("Action: Login", "Username: " + user, "Secret: " + secret);
    Thread.ofPlatform().daemon().start(() -> read(heard));
  }

  /// The device of the event's channel: `PJSIP/1001`.
  static String device(Map<String, String> event) {
    return event.getOrDefault("Channel", "").replaceFirst("-[0-9a-f]+$", "");
  }

  void send(String... lines) throws IOException {
    write(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /// Writes an action as it is, or several.
  void write(String actions) throws IOException {
    socket.getOutputStream().write(actions.getBytes(StandardCharsets.UTF_8));
  }

  private void read(Consumer<Map<String, String>> heard) {
    try (var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      var event = new HashMap<String, String>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int colon = line.indexOf(':');
        if (colon > 0) event.put(line.substring(0, colon), line.substring(colon + 1).strip());
        if (!line.isEmpty()) continue;
        heard.accept(event);
        event.clear();
      }
    } catch (IOException e) {
      // Closed at the end.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
