package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.SendActionCallback;
import org.asteriskjava.manager.response.ManagerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one AMI connection alive: connects, has a heartbeat every second, notices silence, and
/// begins again with a new connection after a growing pause.
final class DefaultAmiLink implements AmiLink {
  private static final Logger log = LoggerFactory.getLogger(DefaultAmiLink.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  /// How often the PBX is asked something, so that it is heard.
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private static final String LOST = "The link to Asterisk is lost";

  /// Actions waiting to be written. More than that and the PBX does not read: the link is dead.
  private static final int MOST_UNSENT = 10_000;

  /// @param answer empty: nobody waits for it
  private record UnsentAction(AmiAction action, Optional<SendActionCallback> answer) {}

  private final AmiSettings settings;
  private final Ownership ownership;
  private final Listener listener;
  private final BlockingQueue<UnsentAction> outgoing = new ArrayBlockingQueue<>(MOST_UNSENT);
  private final Thread keeper;
  private final Thread sender;

  /// Null: the link is down.
  private volatile @Nullable AmiConnection current;

  private volatile CountDownLatch lost = new CountDownLatch(1);
  private volatile String whyLost = LOST;
  private volatile boolean closed;

  /// What was said last of another who serves. The keeper's.
  private String said = "";

  DefaultAmiLink(AmiSettings settings, Ownership ownership, Listener listener) {
    this.settings = settings;
    this.ownership = ownership;
    this.listener = listener;
    keeper = Thread.ofPlatform().name("ami-keeper").daemon().unstarted(this::keep);
    sender = Thread.ofPlatform().name("ami-sender").daemon().unstarted(this::write);
  }

  @Override
  public void start() {
    keeper.start();
    sender.start();
  }

  @Override
  public void send(AmiAction action) {
    send(new UnsentAction(action, Optional.empty()));
  }

  @Override
  public void send(AmiAction action, Consumer<ManagerResponse> answer) {
    send(new UnsentAction(action, Optional.of(answer::accept)));
  }

  private void send(UnsentAction next) {
    if (current == null) return;
    if (!outgoing.offer(next)) {
      log.warn(
          "Asterisk does not read: {} actions are unsent. The link is begun anew.", MOST_UNSENT);
      lost.countDown();
    }
  }

  @Override
  public void in(Duration time, Runnable work) {
    AmiConnection now = current;
    CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (now != null && current == now) work.run();
            });
  }

  @Override
  public void lose(String why) {
    whyLost = why;
    // Nothing more is said on it.
    current = null;
    lost.countDown();
  }

  private void keep() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      var gone = new CountDownLatch(1);
      whyLost = LOST;
      lost = gone;
      var connection = new AmiConnection(settings, listener::event, gone::countDown, this::faulted);
      String reason;
      try {
        connection.logIn();
        Optional<String> another = ownership.take(connection);
        if (another.isPresent()) {
          reason = another.get();
        } else {
          outgoing.clear();
          current = connection;
          log.info("Connected to Asterisk {} as {}.", connection.asterisk(), settings);
          said = "";
          pause = FIRST_PAUSE;
          listener.up();
          reason = heartbeatsUntil(gone);
        }
      } catch (AuthenticationFailedException e) {
        reason = "Asterisk refuses the log-in of " + settings + ": " + e.getMessage();
      } catch (InterruptedException e) {
        break;
      } catch (AmiTlsException e) {
        reason = sentence(e.getMessage());
      } catch (Exception e) {
        reason = "Asterisk is not reachable as " + settings + ": " + e.getMessage();
      } finally {
        current = null;
        connection.drop();
      }
      if (closed) break;
      report(reason, pause);
      listener.down(reason);
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        break;
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  /// Without its point, which comes with what is said behind it.
  private static String sentence(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /// That another serves is an error, said once: each try finds the same.
  private void report(String reason, Duration pause) {
    if (!reason.startsWith(Ownership.ANOTHER)) {
      log.warn("{}. Next try in {} ms.", reason, pause.toMillis());
    } else if (!reason.equals(said)) {
      log.error(
          "{}. Nobody is served here; it is asked again every {} s.",
          reason,
          LONGEST_PAUSE.toSeconds());
      said = reason;
    }
  }

  /// What is asked each second tells us that the PBX lives. That we do tells it who decides:
  /// [org.switchroom.cti.pbx.PbxCommand.Heartbeat].
  private String heartbeatsUntil(CountDownLatch gone) throws InterruptedException {
    do {
      listener.heartbeat();
    } while (!gone.await(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS) && !closed);
    return whyLost;
  }

  private void write() {
    while (!closed) {
      try {
        UnsentAction next = outgoing.take();
        AmiConnection connection = current;
        if (connection != null) write(connection, next);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void write(AmiConnection connection, UnsentAction next) {
    try {
      connection.sendAction(next.action(), next.answer().orElse(null));
    } catch (Exception e) {
      log.debug("Action {} was not sent: {}", next.action().getAction(), e.toString());
      lost.countDown();
    }
  }

  private void faulted(Throwable fault) {
    log.error("An event could not be handled. It is left out; the next ones are not.", fault);
  }

  @Override
  public void close() {
    closed = true;
    lost.countDown();
    keeper.interrupt();
    sender.interrupt();
    AmiConnection open = current;
    if (open == null) return;
    ownership.release(open);
    open.drop();
  }
}
