package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Keys as SIPp plays them: RFC 4733 events in a capture. Those that come with SIPp have fixed
/// sequence numbers and times, so that a key pressed again, or a smaller one, would be taken for a
/// late repetition; here they rise with each key of a call.
final class Keys {
  private static final String SHIPPED = "/usr/share/sip-tester/dtmf_2833_%s.pcap";
  private static final int FILE_HEADER = 24;
  private static final int PACKET_HEADER = 16;
  private static final int ETHERNET_IP_UDP = 14 + 20 + 8;

  private static final Map<String, Path> MADE = new HashMap<>();

  private Keys() {}

  /// @param number of the key in its call, from 0
  static synchronized Path capture(char key, int number) {
    String name = key == '#' ? "pound" : key == '*' ? "star" : String.valueOf(key);
    return MADE.computeIfAbsent(name + number, _ -> write(name, number));
  }

  private static Path write(String name, int number) {
    try {
      byte[] file = Files.readAllBytes(Path.of(SHIPPED.formatted(name)));
      ByteBuffer packets = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      int at = FILE_HEADER;
      for (int i = 0; at < file.length; i++) {
        int length = packets.getInt(at + 8);
        int rtp = at + PACKET_HEADER + ETHERNET_IP_UDP;
        ByteBuffer.wrap(file).putShort(rtp + 2, (short) (1_000 + number * 100 + i));
        ByteBuffer.wrap(file).putInt(rtp + 4, 16_000 * (number + 1));
        at += PACKET_HEADER + length;
      }
      Path made = Files.createTempFile("switchroom-key-" + name, ".pcap");
      made.toFile().deleteOnExit();
      return Files.write(made, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
