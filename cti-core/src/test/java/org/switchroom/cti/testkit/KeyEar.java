package org.switchroom.cti.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;

/// Hears keys that come as RFC 4733 events, and nothing else of what comes.
final class KeyEar implements AutoCloseable {
  private static final int EVENTS = 101;
  private static final int RTP_HEADER = 12;
  private static final String KEYS = "0123456789*#";

  private final DatagramSocket socket;
  private final StringBuffer heard = new StringBuffer();

  KeyEar(DatagramSocket socket) {
    this.socket = socket;
    Thread.ofPlatform().daemon().name("ear " + port()).start(this::listen);
  }

  int port() {
    return socket.getLocalPort();
  }

  String heard() {
    return heard.toString();
  }

  /// Each packet of one key has the time of its beginning.
  private void listen() {
    byte[] bytes = new byte[2_048];
    long last = -1;
    while (!socket.isClosed()) {
      var packet = new DatagramPacket(bytes, bytes.length);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return;
      }
      var rtp = ByteBuffer.wrap(bytes, 0, packet.getLength());
      if (rtp.remaining() <= RTP_HEADER || (rtp.get(1) & 0x7f) != EVENTS) continue;
      long began = Integer.toUnsignedLong(rtp.getInt(4));
      int key = rtp.get(RTP_HEADER);
      if (began == last || key < 0 || key >= KEYS.length()) continue;
      last = began;
      heard.append(KEYS.charAt(key));
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
