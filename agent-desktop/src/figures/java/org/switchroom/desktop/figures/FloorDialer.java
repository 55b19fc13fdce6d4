package org.switchroom.desktop.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.switchroom.cti.testkit.PbxRig;

/// The soonest a phone can ring again, whoever decides: the moment AMI says that it has hung up,
/// the next is ordered to ring on the same socket. Nothing is decided and nothing kept: whoever
/// waits is bridged with whoever is free. What a router takes beyond it is the router's.
final class FloorDialer implements AutoCloseable {
  /// In extensions.conf. Callers are held at 7001.
  static final String DIALPLAN =
      """
      [floor]
      exten => hold,1,Answer()
       same => n,MusicOnHold()
       same => n,Hangup()
      exten => talk,1,Bridge(${FLOOR_CALLER},x)
       same => n,Hangup()
      [switchroom-in](+)
      exten => 7001,1,Goto(floor,hold,1)
      """;

  /// In manager.conf, for the user `floor`.
  static final String RIGHTS = "secret=floor\nread=call\nwrite=call,originate\nwritetimeout=1000";

  private final Set<String> callers = new LinkedHashSet<>();
  private final Deque<String> free = new ArrayDeque<>();
  private final AmiWire wire;

  /// @param agents phones from 1001 on, nothing of which rings
  FloorDialer(int amiPort, int agents) throws IOException {
    for (int i = 1; i <= agents; i++) free.add(PbxRig.device(i));
    wire = new AmiWire(amiPort, "floor", "floor", this::heard);
  }

  private synchronized void heard(Map<String, String> event) {
    String channel = event.getOrDefault("Channel", "");
    switch (event.getOrDefault("Event", "")) {
      case "MusicOnHoldStart" -> callers.add(channel);
      case "Hangup" -> {
        callers.remove(channel);
        String device = AmiWire.device(event);
        if (device.matches("PJSIP/10\\d\\d")) free.add(device);
      }
      default -> {
        return;
      }
    }
    while (!callers.isEmpty() && !free.isEmpty()) ring(free.remove(), callers.iterator().next());
  }

  private void ring(String device, String caller) {
    callers.remove(caller);
    try {
      wire.send(
          "Action: Originate",
          "Channel: " + device,
          "Context: floor",
          "Exten: talk",
          "Priority: 1",
          "Async: true",
          "Variable: FLOOR_CALLER=" + caller);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
