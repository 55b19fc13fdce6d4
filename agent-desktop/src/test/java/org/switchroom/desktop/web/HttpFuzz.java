package org.switchroom.desktop.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.switchroom.cti.testkit.Mutator;

/// Somebody who sends any bytes at all to the web server. It answers others all the while, and
/// never with a fault of its own.
public final class HttpFuzz {
  private static final int AT_ONCE = 50;
  private static final int LONGEST_MILLIS = 300;

  private HttpFuzz() {}

  /// @return what went wrong; empty: nothing
  public static List<String> run(long seed, int inputs, int port) throws Exception {
    var faults = new ArrayList<String>();
    var mutator = new Mutator(seed, Mutator.corpus(Mutator.class, "/fuzz/http.txt"));
    var ours = new AtomicInteger();
    var places = new Semaphore(AT_ONCE);
    for (int i = 0; i < inputs; i++) {
      byte[] input = mutator.next();
      places.acquire();
      Thread.ofVirtual()
          .start(
              () -> {
                if (answer(input, port).startsWith("HTTP/1.1 500")) {
                  ours.incrementAndGet();
                  System.out.println(new String(input, StandardCharsets.UTF_8));
                }
                places.release();
              });
    }
    places.acquire(AT_ONCE);
    if (ours.get() > 0) faults.add("Seed %d: %d faults of ours.".formatted(seed, ours.get()));
    String hello = answer("GET /api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(), port);
    if (!hello.startsWith("HTTP/1.1 200"))
      faults.add("Seed " + seed + ": no hello any more: " + hello);
    return faults;
  }

  private static String answer(byte[] input, int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LONGEST_MILLIS);
      socket.getOutputStream().write(input);
      socket.shutdownOutput();
      return first(socket.getInputStream());
    } catch (IOException e) {
      return "";
    }
  }

  private static String first(InputStream in) throws IOException {
    byte[] buffer = new byte[1_024];
    try {
      int read = in.read(buffer);
      return read < 0 ? "" : new String(buffer, 0, read, StandardCharsets.UTF_8);
    } catch (SocketTimeoutException e) {
      return "";
    }
  }
}
