package org.switchroom.cti.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/// What is said and heard at one end: keys that come as RFC 4733 events, and sound as G.711 μ-law.
/// Who has nothing to say is silent, which is that no packet comes from them.
final class Handset implements AutoCloseable {
  private static final int SOUND = 0;
  private static final int EVENTS = 101;
  private static final int RTP_HEADER = 12;
  private static final String KEYS = "0123456789*#";
  private static final int IN_A_PACKET = 160;
  private static final long PACKET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final DatagramSocket socket;
  private final StringBuffer heard = new StringBuffer();
  private final SoundHeard sound = new SoundHeard();

  private volatile LongConsumer keyed = _ -> {};

  /// Where it speaks to; 0: nobody is there.
  private volatile int peer;

  Handset(DatagramSocket socket) {
    this.socket = socket;
    Thread.ofPlatform().daemon().name("ear " + port()).start(this::listen);
  }

  int port() {
    return socket.getLocalPort();
  }

  String heard() {
    return heard.toString();
  }

  SoundHeard sound() {
    return sound;
  }

  void whenKeyed(LongConsumer heard) {
    keyed = heard;
  }

  /// Says a tone from now on, to whom it is in a talk with.
  void speaks(int hertz) {
    Thread.ofPlatform().daemon().name("mouth " + port()).start(() -> speak(hertz));
  }

  /// @param port where the other end listens
  void isInTalkWith(int port) {
    peer = port;
  }

  private void speak(int hertz) {
    long due = System.nanoTime();
    for (int packet = 0; !socket.isClosed(); packet++) {
      if (peer != 0) say(packet, hertz);
      due += PACKET_NANOS;
      while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private void say(int packet, int hertz) {
    var rtp = ByteBuffer.allocate(RTP_HEADER + IN_A_PACKET);
    rtp.put((byte) 0x80).put((byte) SOUND).putShort((short) packet);
    rtp.putInt(packet * IN_A_PACKET).putInt(port());
    for (int i = 0; i < IN_A_PACKET; i++) rtp.put(Tone.sample(hertz, packet * IN_A_PACKET + i));
    try {
      socket.send(
          new DatagramPacket(rtp.array(), rtp.position(), InetAddress.getLoopbackAddress(), peer));
    } catch (IOException e) {
      // Closed, or nobody listens there any more.
    }
  }

  /// Each packet of one key has the time of its beginning, which another call's may have, too: that
  /// comes from another source.
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
      if (rtp.remaining() <= RTP_HEADER) continue;
      int type = rtp.get(1) & 0x7f;
      if (type == SOUND) sound.comes(bytes, RTP_HEADER, rtp.remaining());
      if (type != EVENTS) continue;
      long began = (long) rtp.getInt(8) << 32 | Integer.toUnsignedLong(rtp.getInt(4));
      int key = rtp.get(RTP_HEADER);
      if (began == last || key < 0 || key >= KEYS.length()) continue;
      last = began;
      keyed.accept(System.nanoTime());
      heard.append(KEYS.charAt(key));
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
