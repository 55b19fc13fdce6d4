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
  private static final int IN_A_PACKET = 160;
  private static final int LENGTH = 800;
  private static final int PACKETS_A_KEY = 7;
  private static final long PACKET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final DatagramSocket socket;
  private final StringBuffer heard = new StringBuffer();
  private final SoundHeard sound = new SoundHeard();

  private volatile LongConsumer keyed = _ -> {};

  /// The time of the last key's beginning, and how many packets all of them have taken.
  private int pressed;

  private int eventPackets;

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

  /// Is told when a key begins to be heard, by `System.nanoTime`, and must not wait.
  void whenKeyed(LongConsumer heard) {
    keyed = heard;
  }

  /// Says a tone from now on, to whom it is in a talk with.
  void speaks(int hertz) {
    Thread.ofPlatform().daemon().name("mouth " + port()).start(() -> speak(hertz));
  }

  /// Presses keys, one after the other, as RFC 4733 has it.
  void press(String keys) {
    for (char key : keys.toCharArray()) {
      pressed += 2 * LENGTH;
      int event = KeysHeard.KEYS.indexOf(key);
      for (int packet = 1; packet <= PACKETS_A_KEY; packet++) {
        boolean ends = packet > PACKETS_A_KEY - 3;
        int length = LENGTH * Math.min(packet, PACKETS_A_KEY - 2) / (PACKETS_A_KEY - 2);
        var rtp = ByteBuffer.allocate(RTP_HEADER + 4);
        rtp.put((byte) 0x80).put((byte) (EVENTS | (packet == 1 ? 0x80 : 0)));
        rtp.putShort((short) ++eventPackets).putInt(pressed).putInt(port());
        rtp.put((byte) event).put((byte) (ends ? 0x8a : 0x0a)).putShort((short) length);
        send(rtp);
        LockSupport.parkNanos(PACKET_NANOS);
      }
      LockSupport.parkNanos(3 * PACKET_NANOS);
    }
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
    send(rtp);
  }

  private void send(ByteBuffer rtp) {
    try {
      socket.send(
          new DatagramPacket(rtp.array(), rtp.position(), InetAddress.getLoopbackAddress(), peer));
    } catch (IOException e) {
      // Closed, or nobody listens there any more.
    }
  }

  private void listen() {
    byte[] bytes = new byte[2_048];
    var keys = new KeysHeard();
    while (!socket.isClosed()) {
      var packet = new DatagramPacket(bytes, bytes.length);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return;
      }
      long now = System.nanoTime();
      var rtp = ByteBuffer.wrap(bytes, 0, packet.getLength());
      if (rtp.remaining() <= RTP_HEADER) continue;
      int type = rtp.get(1) & 0x7f;
      if (type == SOUND) sound.comes(bytes, RTP_HEADER, rtp.remaining());
      if (type == EVENTS) keys.comes(rtp).ifPresent(key -> keyed(key, now));
    }
  }

  private void keyed(char key, long now) {
    heard.append(key);
    keyed.accept(now);
  }

  @Override
  public void close() {
    socket.close();
  }
}
