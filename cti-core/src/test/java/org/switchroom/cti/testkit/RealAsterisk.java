package org.switchroom.cti.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.switchroom.cti.pbx.asterisk.AmiSettings;

/// A real Asterisk 22 of its own, with the dialplan kit, SIPp callers and SIPp desk phones.
public final class RealAsterisk implements PbxRig {
  /// With which a server proves that browsers' telephones are its own.
  public static final String BROWSER_PHONES_SECRET = "a test's browsers";

  static final String SOFT_PHONES_SECRET = "a-tests-soft-phones";

  private static final Duration START = Duration.ofSeconds(30);

  private static final int PHONE_HERTZ = 600;

  private static final int OWN_CALL_MILLIS = 2_000;

  /// Phones 1001 to 1060.
  private static final int PHONES = 60;

  private final String name =
      "t" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 100_000;
  private final int amiPort = HeldPorts.forServer();
  private final int sipPort = HeldPorts.forGood(HeldPorts.Use.SIP);
  private final HeldPorts phonePorts = HeldPorts.take(HeldPorts.Use.PHONES);
  private final int firstPhonePort = phonePorts.first();
  private final int httpPort = HeldPorts.forServer();
  private final LinkProxy link = new LinkProxy(amiPort);
  private final Sipp sipp = new Sipp();
  private final Map<String, Process> phones = new HashMap<>();
  private final List<SipUser> users = new CopyOnWriteArrayList<>();

  /// By their device.
  private final Map<String, SipUser> speaking = new HashMap<>();

  /// By who calls.
  private final Map<String, SipUser> listening = new ConcurrentHashMap<>();

  private final Path conf;
  private Process process;

  public RealAsterisk() {
    this("");
  }

  /// @param moreDialplan added to extensions.conf
  public RealAsterisk(String moreDialplan) {
    this(moreDialplan, "");
  }

  public RealAsterisk(String moreDialplan, String moreQueues) {
    try {
      conf = Files.createTempDirectory("switchroom-asterisk").resolve(name);
      Files.createDirectories(conf);
      AsteriskConfiguration.write(
          conf, name, amiPort, sipPort, firstPhonePort, PHONES, httpPort, moreDialplan, moreQueues);
      Chirp.write(onThisMachine("/tests/" + name + "/moh/rising.sln"));
      process = start(conf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitUp();
    try {
      Files.createDirectories(onThisMachine(recordings()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start(Path conf) throws IOException {
    Path script = repository().resolve("pbx/test-asterisk");
    var started =
        new ProcessBuilder(
                "setsid",
                script.toString(),
                "run",
                RealParts.asteriskRoot().toString(),
                conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(conf.resolveSibling(name + ".log").toFile())
            .start();
    return Offspring.add(started, "asterisk");
  }

  public static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("pbx/test-asterisk"))) here = here.getParent();
    return here;
  }

  /// Fully booted: the dialplan is there, which comes after the manager.
  private void awaitUp() {
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), amiPort)) {
        socket.setSoTimeout((int) START.toMillis());
        var out = socket.getOutputStream();
        out.write("Action: Login\r\nUsername: switchroom\r\nSecret: secret\r\n\r\n".getBytes());
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        String line;
        while ((line = in.readLine()) != null) if (line.contains("FullyBooted")) return;
      } catch (IOException e) {
        // Not listening yet.
      }
      try {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) break;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    close();
    throw new IllegalStateException(
        "Asterisk did not start. See " + name + ".log in the temp folder.");
  }

  @Override
  public AmiSettings ami(int agiPort) {
    return ami(link.port(), agiPort);
  }

  /// The same without the line that can be cut: for measuring.
  public AmiSettings amiDirect() {
    return ami(amiPort, 0);
  }

  @Override
  public AmiSettings listening() {
    return new AmiSettings(
        "127.0.0.1", amiPort, "watcher", SECRET, "127.0.0.1:0", Duration.ofSeconds(4));
  }

  private static AmiSettings ami(int port, int agiPort) {
    return new AmiSettings(
        "127.0.0.1", port, USER, SECRET, "127.0.0.1:" + agiPort, Duration.ofSeconds(4));
  }

  @Override
  public void phone(String device, Manner manner) {
    if (manner == Manner.ANSWERS_AND_SPEAKS) {
      phoneThatSpeaks(device, PHONE_HERTZ);
      return;
    }
    Duration second = Duration.ofSeconds(1);
    phone(
        device,
        switch (manner) {
          case ANSWERS, ANSWERS_AND_SPEAKS ->
              SippScenario.answering(Duration.ofMillis(100)).untilBye();
          case RINGS -> SippScenario.ringing().untilCancel();
          case ANSWERS_WHEN_TOLD -> SippScenario.answeringWhenTold();
          case ANSWERS_BY_ITSELF_WHEN_TOLD -> SippScenario.answeringByItselfWhenTold();
          case DECLINES -> SippScenario.refusing("603 Decline");
          case MOVES -> SippScenario.moving("1002");
          case BUSY -> SippScenario.refusing("486 Busy Here");
          case ANSWERS_AND_HANGS_UP ->
              SippScenario.answering(Duration.ofMillis(100)).thenHangUp(second);
          case ANSWERS_AND_TRANSFERS ->
              SippScenario.answering(Duration.ofMillis(100)).thenTransfer(second, "900");
          case ANSWERS_AND_GIVES_AWAY ->
              SippScenario.answering(Duration.ofMillis(100)).thenTransfer(second, "1002");
        });
  }

  /// A phone that answers after a while, talks, and hangs up.
  public void phone(String device, Duration answersAfter, Duration talks) {
    phone(device, SippScenario.answering(answersAfter).thenHangUp(talks));
  }

  /// The same, with talks of evenly spread length.
  public void phoneThatTalks(
      String device, Duration answersAfter, Duration shortest, Duration longest) {
    phone(device, SippScenario.answering(answersAfter).thenHangUpBetween(shortest, longest));
  }

  private void phone(String device, String scenario) {
    unplug(device);
    phones.put(device, sipp.listens(scenario, phonePort(device)));
  }

  private void unplug(String device) {
    Process before = phones.remove(device);
    if (before != null) Sipp.end(before);
    SipUser spoke = speaking.remove(device);
    if (spoke != null) spoke.close();
  }

  /// A phone that answers at once and says a tone.
  public SipUser phoneThatSpeaks(String device, int hertz) {
    unplug(device);
    var phone = new SipUser(device, phonePort(device), sipPort, RealAsterisk::answer).speaks(hertz);
    speaking.put(device, phone);
    return phone;
  }

  private static void answer(SipCall call) {
    call.ring();
    call.answer();
  }

  @Override
  public void callThatPressesWhileHeld(String from, char key, char heldKey, Duration hangsUpAfter) {
    call(from, "8001", key + " ".repeat(6) + heldKey, Duration.ofMillis(900), hangsUpAfter);
  }

  /// The talk lasts a second, and begins about two after the key.
  @Override
  public void callThatPressesAfterTheTalk(
      String from, char key, char second, Duration hangsUpAfter) {
    call(from, "8001", key + " ".repeat(10) + second, Duration.ofMillis(900), hangsUpAfter);
  }

  @Override
  public void callThatSpeaks(String from, char key, Duration hangsUpAfter) {
    sipp.calls(
        SippScenario.speakingCaller(
            from, "8001", String.valueOf(key), Duration.ofMillis(900), Speech.file(), hangsUpAfter),
        sipPort);
  }

  @Override
  public String recordings() {
    return "/tests/" + name + "/spool/recordings";
  }

  /// Somebody who says something, in whatever they reach.
  public Process callThatSpeaks(String from, String dialed, Duration hangsUpAfter) {
    return sipp.calls(
        SippScenario.speakingCaller(from, dialed, "", Duration.ZERO, Speech.file(), hangsUpAfter),
        sipPort);
  }

  /// Its records of calls (CDR), as `cdr_csv` writes them: a file on this machine.
  public Path callRecords() {
    return onThisMachine("/tests/" + name + "/log/cdr-csv/Master.csv");
  }

  /// Where it finds sounds, as it sees it: a folder that may be written on this machine.
  public String sounds() {
    return "/tests/" + name + "/sounds";
  }

  @Override
  public Path onThisMachine(String file) {
    return RealParts.asteriskRoot().resolve(file.substring(1));
  }

  @Override
  public String outside() {
    return "PJSIP/1003";
  }

  @Override
  public void call(String from, char key, Duration hangsUpAfter) {
    call(from, "8001", String.valueOf(key), Duration.ofMillis(900), hangsUpAfter);
  }

  @Override
  public void call(String from, String dialed, Duration hangsUpAfter) {
    call(inUri(from), inUri(dialed), "", Duration.ZERO, hangsUpAfter);
  }

  @Override
  public void callAs(String name, String from, Duration hangsUpAfter) {
    sipp.calls(SippScenario.namedCaller(name, from, "8001", hangsUpAfter), sipPort);
  }

  /// Somebody who was forwarded; whoever did it sends whatever they like as their number.
  public void callForwarded(String from, String forwarder, Duration hangsUpAfter) {
    sipp.calls(
        SippScenario.forwardedCaller(inUri(from), inUri(forwarder), "8001", hangsUpAfter), sipPort);
  }

  /// Somebody who comes over another trunk, into a dialplan that is not Switchroom's, and is kept
  /// there for twenty seconds.
  public void callElsewhere(String from, Duration hangsUpAfter) {
    sipp.calls(
        SippScenario.caller(inUri(from), "900", "", Duration.ZERO, hangsUpAfter),
        sipPort,
        "127.0.0.2");
  }

  /// As the user of a SIP address has it (RFC 3261, 19.1.2).
  private static String inUri(String text) {
    var uri = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = Character.isLetterOrDigit(b) || b == '+';
      uri.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b));
    }
    return uri.toString();
  }

  /// Returns the caller's process, which ends with the call.
  public Process call(
      String from, String dialed, String keys, Duration thinking, Duration hangsUpAfter) {
    return sipp.calls(SippScenario.caller(from, dialed, keys, thinking, hangsUpAfter), sipPort);
  }

  /// Keeps so many callers in the line until it is told to stop; each stays until the other side
  /// hangs up, and is followed by another.
  public Process calls(String dialed, String keys, int atOnce) {
    String scenario =
        SippScenario.patientCaller("+886223009999", dialed, keys, Duration.ofMillis(300));
    return sipp.keepsCalling(scenario, sipPort, atOnce);
  }

  @Override
  public void callThatListens(String from, Duration hangsUpAfter) {
    var user = new SipUser(from, 0, sipPort, SipCall::hangUp);
    users.add(user);
    listening.put(from, user);
    SipCall call = user.call("straight");
    user.in(hangsUpAfter.toMillis(), call::hangUp);
  }

  @Override
  public String keysHeard(String from) {
    return listening.get(from).keysHeard();
  }

  @Override
  public void callsSomebody(String device) {
    var user = new SipUser(device.substring("PJSIP/".length()), 0, sipPort, SipCall::hangUp);
    users.add(user);
    SipCall call = user.call("900");
    user.in(OWN_CALL_MILLIS, call::hangUp);
  }

  @Override
  public void doNotDisturb(String device, boolean on) {
    String extension = device.substring("PJSIP/".length());
    console("devstate change Custom:DND%s %s".formatted(extension, on ? "BUSY" : "NOT_INUSE"));
  }

  /// Where it takes browsers' telephones, PJSIP/2001 and PJSIP/2002.
  public URI webSocket() {
    return URI.create("ws://127.0.0.1:" + httpPort + "/ws");
  }

  /// Has more telephones of browsers, or such as are wrong.
  ///
  /// @param sections of `pjsip.conf`
  public void browserPhones(String sections) {
    configure("pjsip.conf", sections);
    console("module reload res_pjsip.so");
  }

  /// A client of Debian's at PJSIP/3001, beside this Asterisk.
  ///
  /// @param hertz of the tone that it says
  public Baresip baresip(int hertz) {
    return new Baresip(
        RealParts.asteriskRoot(),
        "/tests/" + name + "/baresip",
        "3001",
        SOFT_PHONES_SECRET,
        sipPort,
        hertz);
  }

  /// Another one, at PJSIP/3002.
  public Linphone linphone() {
    return new Linphone(conf.resolveSibling("linphone"), "3002", SOFT_PHONES_SECRET, sipPort);
  }

  /// Where it takes SIP, for a [SipUser].
  public int sipPort() {
    return sipPort;
  }

  /// Where it looks for a phone, such as `PJSIP/1001`.
  public int phonePort(String device) {
    return firstPhonePort + Integer.parseInt(device.substring("PJSIP/".length())) - 1000;
  }

  /// Another manager user.
  ///
  /// @param settings lines of `manager.conf`
  public void managerUser(String user, String settings) {
    manager("[%s]\n%s\n".formatted(user, settings));
  }

  /// From now on its manager speaks TLS too, with this certificate.
  ///
  /// @param pem the certificate and its key
  /// @return how to reach it so
  public AmiSettings takesTls(String pem) {
    int port = HeldPorts.forServer();
    manager(tls(pem, port));
    return ami().withPort(port);
  }

  /// From now on its HTTP server speaks TLS too, with this certificate.
  ///
  /// @param pem the certificate and its key
  /// @return its WebSocket so
  public URI webSocketOverTls(String pem) {
    int port = HeldPorts.forServer();
    configure("http.conf", tls(pem, port));
    console("module reload http");
    return URI.create("wss://127.0.0.1:" + port + "/ws");
  }

  private String tls(String pem, int port) {
    String file = "/tests/" + name + "/etc/tls-" + port + ".pem";
    try {
      Files.writeString(onThisMachine(file), pem);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "[general](+)\ntlsenable=yes\ntlsbindaddr=127.0.0.1:%1$d\ntlscertfile=%2$s\ntlsprivatekey=%2$s\n"
        .formatted(port, file);
  }

  /// @param more of its `manager.conf`
  private void manager(String more) {
    configure("manager.conf", more);
    console("manager reload");
  }

  private void configure(String file, String more) {
    try {
      Files.writeString(
          onThisMachine("/tests/" + name + "/etc/" + file), more, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a command on Asterisk's own console and returns what it says.
  public String console(String command) {
    try {
      var run =
          new ProcessBuilder(
                  "chroot",
                  RealAsterisk.root(),
                  "asterisk",
                  "-C",
                  "/tests/" + name + "/etc/asterisk.conf",
                  "-rx",
                  command)
              .redirectErrorStream(true)
              .start();
      String said = new String(run.getInputStream().readAllBytes());
      run.waitFor();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String root() {
    return RealParts.asteriskRoot().toString();
  }

  /// The line to its manager, which can be broken in every way.
  public LinkProxy link() {
    return link;
  }

  /// It is killed with all its calls, and started.
  public void restart() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    startAgain();
  }

  @Override
  public void stopAndStart() {
    console("core stop now");
    process.onExit().orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
    startAgain();
  }

  private void startAgain() {
    try {
      process = start(conf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitUp();
  }

  /// Asks it to end when its last call is over, and returns whether it has within ten seconds.
  public boolean stopsGracefully() {
    console("core stop gracefully");
    try {
      return process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void dropLinks() {
    link.cut();
  }

  @Override
  public void close() {
    link.close();
    sipp.close();
    users.forEach(SipUser::close);
    speaking.values().forEach(SipUser::close);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    Sipp.end(process);
    phonePorts.close();
    remove(RealParts.asteriskRoot().resolve("tests").resolve(name));
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) return;
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
