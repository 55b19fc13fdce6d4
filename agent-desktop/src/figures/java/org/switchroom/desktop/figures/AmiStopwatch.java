package org.switchroom.desktop.figures;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Listens to AMI on a line of its own, and times each phone from the end of one call to the
/// ringing of the next: the same for whoever makes it ring.
final class AmiStopwatch implements AutoCloseable {
  private final AmiWire wire;
  private final Map<String, Long> freeSince = new HashMap<>();
  private Times times = new Times();

  AmiStopwatch(int amiPort) throws IOException {
    wire = new AmiWire(amiPort, "switchroom", "secret", this::take);
  }

  /// Begins anew; returns what was measured.
  synchronized Times take() {
    Times so = times;
    times = new Times();
    freeSince.clear();
    return so;
  }

  private synchronized void take(Map<String, String> event) {
    long now = System.nanoTime();
    String device = AmiWire.device(event);
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
    wire.close();
  }
}
