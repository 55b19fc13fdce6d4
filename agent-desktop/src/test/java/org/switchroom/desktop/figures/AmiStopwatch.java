package org.switchroom.desktop.figures;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Listens to AMI on a line of its own, and times each phone from the end of one call to the
/// ringing of the next: the same for whoever makes it ring.
final class AmiStopwatch implements AutoCloseable {
  private final Socket socket;
  private final Map<String, Long> freeSince = new HashMap<>();
  private Times times = new Times();

  AmiStopwatch(int amiPort) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), amiPort);
    socket.setTcpNoDelay(true);
    socket
        .getOutputStream()
        .write(
            "Action: Login\r\nUsername: switchroom\r\nSecret: secret\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
    Thread.ofPlatform().daemon().start(this::read);
  }

  /// Begins anew; returns what was measured.
  synchronized Times take() {
    Times so = times;
    times = new Times();
    freeSince.clear();
    return so;
  }

  private void read() {
    try (var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      var event = new HashMap<String, String>();
      String line;
      while ((line = in.readLine()) != null) {
        int colon = line.indexOf(':');
        if (colon > 0) event.put(line.substring(0, colon), line.substring(colon + 1).strip());
        if (line.isEmpty()) {
          take(event, System.nanoTime());
          event.clear();
        }
      }
    } catch (IOException e) {
      // Closed at the end.
    }
  }

  private synchronized void take(Map<String, String> event, long now) {
    String device = event.getOrDefault("Channel", "").replaceFirst("-[0-9a-f]+$", "");
    if (!device.matches("PJSIP/10\\d\\d")) return;
    String name = event.getOrDefault("Event", "");
    if (name.equals("Hangup")) {
      freeSince.put(device, now);
    } else if (name.equals("Newstate")
        && event.getOrDefault("ChannelStateDesc", "").equals("Ringing")) {
      Long since = freeSince.remove(device);
      if (since != null) times.add(now - since);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
