package org.switchroom.cti.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// A phone or a trunk on loopback that does what a test says in the very millisecond, which SIPp's
/// scenarios cannot: a BYE that crosses the other side's 200 OK, two ends at once, a call of one's
/// own while another rings. It sends no sound unless it is told to.
public final class SipUser implements AutoCloseable {
  /// RFC 3261's T1.
  private static final long REPEAT_MILLIS = 500;

  private static final int MOST_REPEATS = 10;
  private static final Duration BINDS = Duration.ofSeconds(3);
  private static final AtomicLong TAGS = new AtomicLong(System.nanoTime() % 1_000_000_000);

  /// Asterisk's sound goes here.
  private final Handset handset = new Handset(socket(0));

  private final String user;
  private final DatagramSocket socket;
  private final InetSocketAddress pbx;
  private final Map<String, SipCall> calls = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Consumer<SipCall> rung;

  /// @param user what it calls itself where a call does not say otherwise
  /// @param port 0: any
  /// @param rung is told of each call that comes, and must not wait
  public SipUser(String user, int port, int pbxPort, Consumer<SipCall> rung) {
    this.user = user;
    this.rung = rung;
    socket = socket(port);
    pbx = new InetSocketAddress(InetAddress.getLoopbackAddress(), pbxPort);
    Thread.ofPlatform().daemon().name("sip " + user).start(this::listen);
  }

  /// Whoever had the port before may be on their way out.
  private static DatagramSocket socket(int port) {
    var bound = new AtomicReference<DatagramSocket>();
    Await.until(() -> binds(port, bound), "port %d is free".formatted(port), BINDS);
    return bound.get();
  }

  private static boolean binds(int port, AtomicReference<DatagramSocket> bound) {
    try {
      bound.set(new DatagramSocket(port, InetAddress.getLoopbackAddress()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Calls as itself.
  public SipCall call(String dialed) {
    return call(user, dialed);
  }

  public SipCall call(String from, String dialed) {
    var call = new SipCall(this, from, dialed);
    calls.put(call.id(), call);
    call.invite();
    return call;
  }

  /// The call that it talks in. Of two the last: one that it has given away (REFER) Asterisk may
  /// not end for a while, where nobody is there whom it was given to.
  public SipCall talk() {
    return calls.values().stream()
        .filter(SipCall::isTalking)
        .max(Comparator.comparing(call -> call.answered().join()))
        .orElseThrow();
  }

  /// All that it is in is over.
  public void hangUp() {
    calls.values().forEach(SipCall::hangUp);
  }

  /// Does something so many milliseconds from now.
  public void in(long millis, Runnable work) {
    clock.schedule(work, Math.max(0, millis), TimeUnit.MILLISECONDS);
  }

  /// Calls that are over are known no more.
  public void forgetEnded() {
    calls.values().removeIf(SipCall::isOver);
  }

  /// Keys, in the call that it is in. It does not speak meanwhile.
  public void press(String keys) {
    handset.press(keys);
  }

  /// What was keyed for it, in all of its calls.
  public String keysHeard() {
    return handset.heard();
  }

  /// Is told when a key begins to be heard, by `System.nanoTime`, and must not wait.
  public void whenKeyed(LongConsumer heard) {
    handset.whenKeyed(heard);
  }

  /// From now on there is something to be heard from it, in the call that it is in.
  public SipUser speaks(int hertz) {
    handset.speaks(hertz);
    return this;
  }

  /// What is heard at it.
  public SoundHeard sound() {
    return handset.sound();
  }

  /// @param port where the other end wants to have sound
  void isInTalkWith(int port) {
    handset.isInTalkWith(port);
  }

  static String tag() {
    return Long.toString(TAGS.incrementAndGet(), 36);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  String pbxAddress() {
    return "127.0.0.1:" + pbx.getPort();
  }

  /// One stream of sound, which `way` (sendrecv, sendonly) says of.
  String sound(int version, String way) {
    return """
    v=0
    o=test 1 %d IN IP4 127.0.0.1
    s=-
    c=IN IP4 127.0.0.1
    t=0 0
    m=audio %d RTP/AVP 0 101
    a=rtpmap:0 PCMU/8000
    a=rtpmap:101 telephone-event/8000
    a=fmtp:101 0-15
    a=%s
    """
        .formatted(version, handset.port(), way)
        .replace("\n", "\r\n");
  }

  void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, pbx));
    } catch (IOException e) {
      // Closed: nobody waits for it.
    }
  }

  /// Sends it again and again until it is cancelled, as UDP wants it.
  ScheduledFuture<?> sendUntilHeard(String text) {
    send(text);
    var left = new AtomicLong(MOST_REPEATS);
    return clock.scheduleAtFixedRate(
        () -> {
          if (left.decrementAndGet() >= 0) send(text);
        },
        REPEAT_MILLIS,
        REPEAT_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private void listen() {
    byte[] bytes = new byte[65_536];
    while (!socket.isClosed()) {
      var packet = new DatagramPacket(bytes, bytes.length);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return;
      }
      String text = new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8);
      if (!text.isBlank()) take(SipMessage.parse(text));
    }
  }

  private void take(SipMessage message) {
    String id = message.header("Call-ID");
    SipCall call = calls.get(id);
    if (call != null) {
      if (message.isRequest()) call.request(message);
      else call.response(message);
      return;
    }
    if (!message.isRequest() || message.method().equals("ACK")) return;
    if (!message.method().equals("INVITE")) {
      // Asterisk asks whether a phone is there.
      boolean asked = message.method().equals("OPTIONS") || message.method().equals("NOTIFY");
      send(
          "SIP/2.0 %s\r\n".formatted(asked ? "200 OK" : "481 Call Does Not Exist")
              + message.mirrored(message.header("To"))
              + "Content-Length: 0\r\n\r\n");
      return;
    }
    var come = new SipCall(this, message);
    calls.put(id, come);
    rung.accept(come);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    socket.close();
    handset.close();
  }
}
