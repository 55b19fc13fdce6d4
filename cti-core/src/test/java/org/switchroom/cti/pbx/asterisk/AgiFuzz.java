package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.IvrGate.Placement;
import org.switchroom.cti.testkit.Mutator;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Prompt;

/// A PBX that says anything at all on FastAGI's socket. Every session must come to an end.
public final class AgiFuzz {
  private static final int AT_ONCE = 50;

  /// Nobody is told of later than now.
  private static final Duration IS_TOLD_WITHIN = Duration.ofMillis(50);

  /// In the corpus, where a session shows its token.
  private static final String TOKEN = "TOKEN";

  private static final List<String> CALLS = List.of("1700000000.1", "1700000000.2", "1700000000.3");

  private AgiFuzz() {}

  /// @return what went wrong; empty: nothing
  public static List<String> run(long seed, int inputs) throws Exception {
    var faults = new ArrayList<String>();
    var mutator = new Mutator(seed, Mutator.corpus(Mutator.class, "/fuzz/agi.txt"));
    var inScripts = new AtomicInteger();
    InetAddress here = InetAddress.getLoopbackAddress();
    var admission = new AgiAdmission("127.0.0.1", List.of(), IS_TOLD_WITHIN);
    try (var front =
        new FastAgiFront(
            admission,
            here,
            0,
            "/tmp",
            (_, caller) -> {
              inScripts.incrementAndGet();
              try {
                caller.readKey(List.of(new Prompt("x", Optional.of("x"))), Duration.ofSeconds(1));
                return new Placement.Hold("orders", 0, "", "en", 1);
              } catch (CallerHungUpException e) {
                return new Placement.HangUp();
              } finally {
                inScripts.decrementAndGet();
              }
            },
            (CallId _) -> {})) {
      front.start();
      int port = front.port();
      var places = new Semaphore(AT_ONCE);
      for (int i = 0; i < inputs; i++) {
        byte[] input = showing(admission.token(), mutator.next());
        CALLS.forEach(admission::comes);
        places.acquire();
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var socket = new Socket(here, port)) {
                    socket.getOutputStream().write(input);
                    socket.shutdownOutput();
                    drain(socket.getInputStream());
                  } catch (IOException e) {
                    // It was thrown out.
                  } finally {
                    places.release();
                  }
                });
      }
      if (!places.tryAcquire(AT_ONCE, 30, TimeUnit.SECONDS))
        faults.add("Seed " + seed + ": a session stays.");
      if (inScripts.get() > 0)
        faults.add("Seed %d: %d scripts stay.".formatted(seed, inScripts.get()));
      if (!answers(here, port, admission))
        faults.add("Seed " + seed + ": it does not answer any more.");
    }
    return faults;
  }

  private static byte[] showing(String token, byte[] input) {
    return new String(input, StandardCharsets.ISO_8859_1)
        .replace(TOKEN, token)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[4_096];
    while (in.read(buffer) >= 0) {
      // Whatever it says.
    }
  }

  private static boolean answers(InetAddress here, int port, AgiAdmission admission)
      throws IOException {
    admission.comes("1.1");
    try (var socket = new Socket(here, port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "agi_network_script: ivr?token=%s\nagi_uniqueid: 1.1\n\n"
                  .formatted(admission.token())
                  .getBytes(StandardCharsets.UTF_8));
      return socket.getInputStream().read() == 'G';
    }
  }
}
