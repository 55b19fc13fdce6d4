package org.switchroom.cti.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.asterisk.AmiSettings;

/// Which class of music plays to whom, as the PBX tells everybody but the server.
public final class HeardMusic implements AutoCloseable {
  private static final Duration MOST = Duration.ofSeconds(15);

  private final Socket socket;
  private final CountDownLatch loggedIn = new CountDownLatch(1);
  private final Queue<Map<String, String>> all = new ConcurrentLinkedQueue<>();
  private final Map<String, String> playing = new ConcurrentHashMap<>();

  public HeardMusic(AmiSettings manager) throws IOException {
    socket = new Socket(manager.host(), manager.port());
    socket
        .getOutputStream()
        .write(
            "Action: Login\r\nUsername: %s\r\nSecret: %s\r\n\r\n"
                .formatted(manager.user(), manager.secret())
                .getBytes(StandardCharsets.UTF_8));
    Thread.ofVirtual().name("music").start(this::listen);
    Await.open(loggedIn, MOST);
  }

  private void listen() {
    var event = new ConcurrentHashMap<String, String>();
    try (var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = in.readLine()) != null) {
        int colon = line.indexOf(": ");
        if (colon > 0) {
          event.put(line.substring(0, colon), line.substring(colon + 2));
        } else if (line.isEmpty()) {
          told(event);
          event.clear();
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void told(Map<String, String> event) {
    if ("Success".equals(event.get("Response"))) loggedIn.countDown();
    String channel = event.getOrDefault("Uniqueid", "");
    if (event.getOrDefault("Event", "").startsWith("MusicOnHold")) all.add(Map.copyOf(event));
    switch (event.getOrDefault("Event", "")) {
      case "MusicOnHoldStart" -> playing.put(channel, event.getOrDefault("Class", ""));
      case "MusicOnHoldStop" -> playing.remove(channel);
      default -> {}
    }
  }

  /// @param music the class
  public void await(CallId call, String music) {
    if (Await.isSo(() -> music.equals(playing.get(call.channel())), MOST)) return;
    throw new AssertionError("%s hears not %s, but %s.".formatted(call, music, all));
  }

  public void awaitSilence(CallId call) {
    Await.until(
        () -> !playing.containsKey(call.channel()), "%s hears no music".formatted(call), MOST);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
