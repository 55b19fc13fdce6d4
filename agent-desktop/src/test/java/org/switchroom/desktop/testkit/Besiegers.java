package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.switchroom.cti.testkit.Mutator;

/// Strangers in a process of their own, who do all at once what anybody can who reaches a server's
/// web and FastAGI ports: each kind of it so many times a second, from many addresses of this
/// machine, the server's neighbors' too. They go on until their standard input ends.
///
/// Options: the web port, the FastAGI port, agents whose names they know, how much of the usual
/// pace (1).
public final class Besiegers {
  /// What they say when all of them have begun.
  static final String BEGUN = "The siege has begun.";

  private static final int ADDRESSES = 40;
  private static final int AT_ONCE = 4_000;
  private static final int LONGEST_MILLIS = 30_000;

  /// A PBX's own session is never pushed out by those who come from where it is.
  private static final int FROM_OUR_OWN_ADDRESS = 4;

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d+)");

  /// Does it once.
  @FunctionalInterface
  private interface Deed {
    /// @return what came of it
    String done(SplittableRandom random) throws IOException, InterruptedException;
  }

  /// @param aSecond at the usual pace
  private record Attack(String name, double aSecond, Deed deed) {}

  private final int web;
  private final int agi;
  private final int agents;
  private final Mutator mutator = new Mutator(1, Mutator.corpus(Mutator.class, "/fuzz/http.txt"));
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final AtomicLong left = new AtomicLong();
  private volatile boolean over;

  private Besiegers(int web, int agi, int agents) {
    this.web = web;
    this.agi = agi;
    this.agents = agents;
  }

  public static void main(String[] options) throws IOException {
    var all =
        new Besiegers(
            Integer.parseInt(options[0]),
            Integer.parseInt(options[1]),
            Integer.parseInt(options[2]));
    all.besiege(Double.parseDouble(options[3]));
    System.exit(0);
  }

  private List<Attack> attacks() {
    return List.of(
        new Attack("wrong passwords, ten at once", 20, this::wrongPassword),
        new Attack("hello without a cookie", 200, _ -> ask(web, hello(""))),
        new Attack("forged session cookies", 100, this::forgedCookie),
        new Attack("silent sockets, web", 40, _ -> hold(web, "")),
        new Attack("half requests", 20, _ -> hold(web, "GET /api/hello HTTP/1.1\r\nHost: loc")),
        new Attack("half bodies", 5, _ -> hold(web, post("/api/login", 100, "{\"na"))),
        new Attack("a byte a second", 5, this::trickle),
        new Attack("200 requests in one line, unread", 2, this::pipeline),
        new Attack("GET /api/%", 50, _ -> ask(web, get("/api/%", ""))),
        new Attack("other garbage", 50, _ -> ask(web, garbage())),
        new Attack("a desk's socket without a log-in", 20, this::socket),
        new Attack("silent sockets, FastAGI", 200, _ -> hold(agi, "")),
        new Attack("FastAGI, no token", 50, random -> session(random, "")),
        new Attack("FastAGI, another token", 50, random -> session(random, hex(random, 32))),
        new Attack("FastAGI, garbage", 20, _ -> hold(agi, garbage())));
  }

  private void besiege(double pace) throws IOException {
    var outcomes = new TreeMap<String, Map<String, AtomicLong>>();
    var threads = new ArrayList<Thread>();
    for (Attack attack : attacks()) {
      var counts = new ConcurrentHashMap<String, AtomicLong>();
      outcomes.put(attack.name(), counts);
      threads.add(Thread.ofVirtual().start(() -> repeat(attack, pace, counts)));
    }
    System.out.println(BEGUN);
    while (System.in.read() >= 0) continue;
    over = true;
    threads.forEach(Thread::interrupt);
    for (Attack attack : attacks()) {
      var counts = new TreeMap<>(outcomes.get(attack.name()));
      System.out.printf("%s: %.0f/s, %s%n", attack.name(), attack.aSecond() * pace, counts);
    }
    if (left.get() > 0) System.out.printf("left out, as they were too slow: %d%n", left.get());
  }

  private void repeat(Attack attack, double pace, Map<String, AtomicLong> counts) {
    var random = new SplittableRandom(attack.name().hashCode());
    long every = (long) (1e9 / (attack.aSecond() * pace));
    for (long due = System.nanoTime(); !over; due += every) {
      while (System.nanoTime() < due && !over) LockSupport.parkNanos(due - System.nanoTime());
      if (!places.tryAcquire()) {
        left.incrementAndGet();
        continue;
      }
      SplittableRandom its = random.split();
      Thread.ofVirtual()
          .start(
              () -> {
                String outcome = outcome(attack, its);
                counts.computeIfAbsent(outcome, _ -> new AtomicLong()).incrementAndGet();
                places.release();
              });
    }
  }

  private static String outcome(Attack attack, SplittableRandom random) {
    try {
      return attack.deed().done(random);
    } catch (SocketTimeoutException e) {
      return "held";
    } catch (IOException e) {
      return "closed";
    } catch (InterruptedException e) {
      return "over";
    }
  }

  private Socket connect(int port) throws IOException {
    var random = java.util.concurrent.ThreadLocalRandom.current();
    var socket = new Socket();
    int from = random.nextInt(FROM_OUR_OWN_ADDRESS) == 0 ? 1 : 2 + random.nextInt(ADDRESSES);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + from), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), LONGEST_MILLIS);
    socket.setSoTimeout(LONGEST_MILLIS);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String ask(int port, String text) throws IOException {
    try (Socket socket = connect(port)) {
      write(socket, text);
      return status(socket.getInputStream());
    }
  }

  private static String status(InputStream in) throws IOException {
    String answer = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
    var status = STATUS.matcher(answer);
    return status.matches() ? status.group(1) : "closed";
  }

  /// Says this and nothing more until the server closes.
  private String hold(int port, String text) throws IOException {
    try (Socket socket = connect(port)) {
      write(socket, text);
      while (socket.getInputStream().read() >= 0) continue;
      return "closed";
    }
  }

  private static String get(String path, String more) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(path, more);
  }

  private static String hello(String more) {
    return get("/api/hello", more);
  }

  private static String post(String path, int length, String body) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, length, body);
  }

  private synchronized String garbage() {
    return new String(mutator.next(), StandardCharsets.ISO_8859_1);
  }

  private static String hex(SplittableRandom random, int digits) {
    var text = new StringBuilder();
    for (int i = 0; i < digits; i++) text.append(Integer.toHexString(random.nextInt(16)));
    return text.toString();
  }

  /// Of a name that there is, or of another; ten begin in the same moment.
  private String wrongPassword(SplittableRandom random) throws IOException, InterruptedException {
    Thread.sleep(500 - System.currentTimeMillis() % 500);
    String name =
        random.nextBoolean() ? "a" + (1 + random.nextInt(agents)) : "nobody-" + hex(random, 6);
    String body = "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, hex(random, 12));
    return ask(web, post("/api/login", body.length(), body));
  }

  private String forgedCookie(SplittableRandom random) throws IOException {
    String cookie = "Cookie: switchroom=%s.%s\r\n".formatted(hex(random, 43), hex(random, 43));
    return ask(web, hello(cookie));
  }

  private String trickle(SplittableRandom random) throws IOException, InterruptedException {
    try (Socket socket = connect(web)) {
      String slow = hello("Cookie: " + hex(random, 60) + "\r\n");
      for (char one : slow.toCharArray()) {
        write(socket, String.valueOf(one));
        Thread.sleep(1_000);
      }
      return status(socket.getInputStream());
    }
  }

  private String pipeline(SplittableRandom random) throws IOException, InterruptedException {
    try (Socket socket = connect(web)) {
      write(socket, (random.nextBoolean() ? hello("") : get("/", "")).repeat(200));
      Thread.sleep(5_000);
      return status(socket.getInputStream());
    }
  }

  private String socket(SplittableRandom random) throws IOException {
    String upgrade =
        """
        Origin: http://localhost
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        """
            .replace("\n", "\r\n");
    return ask(web, get("/api/desk?session=" + hex(random, 12), upgrade) + garbage());
  }

  private String session(SplittableRandom random, String token) throws IOException {
    return hold(
        agi,
        "agi_network: yes\nagi_network_script: ivr?token=%s\nagi_uniqueid: %d.%d\nagi_callerid: %s\n\n"
            .formatted(token, random.nextInt(1 << 30), random.nextInt(1_000), hex(random, 8)));
  }
}
