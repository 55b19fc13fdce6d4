package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.asteriskjava.util.ServerSocketFacade;
import org.asteriskjava.util.SocketConnectionFacade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where FastAGI is listened to. Behind it comes only who has shown that they are our Asterisk's,
/// with a call of its own ([AgiAdmission]); the library, and its places, see nobody else.
///
/// ```
///   accept ── no peer ─▶ closed, before a byte is read
///     │
///   its beginning ── not within two seconds, too long, two things of one ─▶ closed
///     │              (a thousand such wait at once, and the oldest silent one goes first)
///   this run's token ── none, or another ─▶ closed
///     │
///   its call ── not on its way here ─▶ closed
///     │
///     ▼ the library, and the script
/// ```
final class AgiDoor implements ServerSocketFacade {
  private static final Logger log = LoggerFactory.getLogger(AgiDoor.class);

  /// Who has connected and is not looked at yet. The kernel may have a smaller limit.
  private static final int BACKLOG = 1_000;

  static final int MOST_SILENT = 1_000;

  /// A PBX of several addresses is not kept out by another peer.
  static final int MOST_SILENT_OF_ONE = 500;

  /// Who has shown the token, and whose call is waited for. As many do not come in a few seconds.
  private static final int MOST_WAITING = 5_000;

  private static final Duration BEGINS_WITHIN = Duration.ofSeconds(2);

  /// A PBX that says nothing for so long has forgotten the session. Longer than any prompt.
  private static final int SILENCE_MILLIS = 10 * 60 * 1000;

  /// The socket is held until whoever waits on it has been woken.
  private static final Duration PORT_IS_FREED = Duration.ofSeconds(2);

  /// After nobody could be taken, as when this process has no more files to open.
  private static final Duration AGAIN = Duration.ofMillis(200);

  private final ServerSocket socket;
  private final AgiAdmission admission;
  private final SilentSessions<AgiSocket> silent =
      new SilentSessions<>(MOST_SILENT, MOST_SILENT_OF_ONE, AgiSocket::isSilent);

  private final SilentSessions<AgiSocket> waiting =
      new SilentSessions<>(MOST_WAITING, MOST_WAITING, _ -> true);

  /// Empty: nobody comes any more.
  private final BlockingQueue<Optional<AgiSocket>> admitted = new LinkedBlockingQueue<>();

  private final OnceAMinute strangers = OnceAMinute.in(log);
  private final OnceAMinute mute = OnceAMinute.in(log);
  private final OnceAMinute refused = OnceAMinute.in(log);
  private final OnceAMinute faults = OnceAMinute.in(log);
  private final Thread porter;
  private volatile boolean closed;

  /// @param port 0: any that is free
  /// @throws IOException when it is taken
  AgiDoor(InetAddress address, int port, AgiAdmission admission) throws IOException {
    this.admission = admission;
    socket = new ServerSocket(port, BACKLOG, address);
    porter = Thread.ofPlatform().name("fastagi-door").daemon().start(this::receive);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void receive() {
    while (!closed) {
      try {
        meet(socket.accept());
      } catch (InterruptedException over) {
        return;
      } catch (IOException e) {
        if (closed) return;
        faults.say("FastAGI cannot take a caller, who is held: " + e);
        try {
          Thread.sleep(AGAIN);
        } catch (InterruptedException over) {
          return;
        }
      }
    }
  }

  private void meet(Socket came) throws IOException, InterruptedException {
    InetAddress from = came.getInetAddress();
    if (!admission.isPeer(from)) {
      came.close();
      strangers.say(
          "FastAGI was asked from %s, and does not speak with it. If that is your Asterisk, name it in pbx: agi-peers:."
              .formatted(from.getHostAddress()));
      return;
    }
    var session = new AgiSocket(came);
    silent.add(session, from).ifPresent(this::isPushedOut);
    Thread.ofVirtual().name("fastagi-beginning").start(() -> begin(session));
  }

  private void isPushedOut(AgiSocket oldest) {
    close(oldest);
    mute.say(
        "Of too many sessions of FastAGI that show no call of Asterisk's the oldest is ended, from %s."
            .formatted(oldest.peer()));
  }

  /// Who has spoken and was not read in that time is not who is late.
  private void isLate(AgiSocket session) {
    if (!silent.has(session)) return;
    if (!session.isSilent()) {
      AgiWatch.later(BEGINS_WITHIN, () -> isLate(session));
      return;
    }
    if (!silent.remove(session)) return;
    close(session);
    mute.say(
        "A session of FastAGI does not say within %d s whose it is, and is ended, from %s."
            .formatted(BEGINS_WITHIN.toSeconds(), session.peer()));
  }

  private void begin(AgiSocket session) {
    boolean in = false;
    Future<?> late = AgiWatch.later(BEGINS_WITHIN, () -> isLate(session));
    try {
      session.socket().setSoTimeout(SILENCE_MILLIS);
      List<String> said = session.readBeginning();
      silent.remove(session);
      AgiBeginning beginning = AgiBeginning.of(said);
      Optional<String> why = refusal(beginning, session);
      if (why.isPresent()) {
        refused.say("A session of FastAGI from %s %s.".formatted(session.peer(), why.get()));
      } else {
        session.whenClosed(() -> admission.leaves(beginning.call()));
        admitted.add(Optional.of(session));
        in = true;
        // Else it waited for ever.
        if (closed) session.close();
      }
    } catch (AgiBeginning.SaysTwoThingsException e) {
      refused.say(
          "A session of FastAGI says something twice and is refused. Maybe a caller has written it"
              + " into a number: "
              + e.getMessage());
    } catch (IOException e) {
      log.debug("A session of FastAGI did not begin: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      late.cancel(false);
      silent.remove(session);
      waiting.remove(session);
      if (!in) close(session);
    }
  }

  /// Why it may not come in; empty: it may.
  private Optional<String> refusal(AgiBeginning beginning, AgiSocket session)
      throws InterruptedException {
    if (!admission.isToken(beginning.token())) {
      return Optional.of(
          "shows %s, and is ended. Maybe it was Asterisk before our link was up, or the dialplan kit is older than version %d (`check` says so)"
              .formatted(
                  beginning.token().isEmpty() ? "no token" : "another token than this run's",
                  Kit.VERSION));
    }
    waiting.add(session, session.socket().getInetAddress()).ifPresent(this::isPushedOut);
    if (!beginning.call().isEmpty() && admission.admit(beginning.call())) return Optional.empty();
    return Optional.of(
        "is for call \"%s\", of which the manager has not told that it is on its way to a script, and is ended"
            .formatted(AmiAction.clean(beginning.call())));
  }

  @Override
  public SocketConnectionFacade accept() throws IOException {
    try {
      Optional<AgiSocket> next = admitted.take();
      if (next.isPresent()) return next.get();
      // Whoever asks once more is told the same.
      admitted.add(next);
      throw new IOException("FastAGI takes nobody any more");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("FastAGI is told to stop");
    }
  }

  @Override
  public void setSocketReadTimeout(int millis) {
    // Each has the same.
  }

  /// The port is free when this returns.
  @Override
  public void close() throws IOException {
    closed = true;
    socket.close();
    try {
      porter.join(PORT_IS_FREED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (var left = admitted.poll(); left != null; left = admitted.poll()) {
      if (left.isPresent()) left.get().close();
    }
    admitted.add(Optional.empty());
  }

  private static void close(AgiSocket session) {
    try {
      session.close();
    } catch (IOException e) {
      log.debug("A session of FastAGI could not be closed: {}", e.toString());
    }
  }
}
