package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.AcdEvent;
import org.switchroom.cti.pbx.Pbx;

/// The one thread that runs the [Center], its inbox, and the carrying out of its effects.
///
/// A full inbox holds the PBX back (nothing of it is dropped) and refuses desks, which are told so.
public final class CenterLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CenterLoop.class);

  private static final int INBOX = 65_536;

  /// What desks may fill; the rest is for the PBX.
  private static final int DESKS_UNTIL = INBOX / 2;

  private static final Duration IDLE = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Hands hands;
  private final Center center;
  private final BlockingQueue<CenterEvent> inbox = new ArrayBlockingQueue<>(INBOX);

  /// What the loop says to itself, so that it never waits for room in its own inbox.
  private final Queue<CenterEvent> own = new ArrayDeque<>();

  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean stopping;
  private volatile int liveCalls;

  public CenterLoop(
      CenterSettings settings, InstantSource clock, Pbx pbx, Screens screens, History history) {
    this(settings, clock, pbx, screens, history, _ -> List.of(), _ -> {}, _ -> {});
  }

  /// Knows the sound files of what is announced.
  @FunctionalInterface
  public interface Voice {
    /// Without their endings; none: nothing can be said. It must not block.
    List<String> files(Effect.Announce announce);
  }

  /// @param finder looks callers up, and posts [CenterEvent.CallerIdentified]; it must not block
  /// @param witness is given every fact before the router is, on the loop's thread; it must not
  ///   block
  public CenterLoop(
      CenterSettings settings,
      InstantSource clock,
      Pbx pbx,
      Screens screens,
      History history,
      Voice voice,
      Consumer<Effect.Identify> finder,
      Consumer<AcdEvent> witness) {
    this.clock = clock;
    hands = new Hands(clock, pbx, screens, history, voice, finder, this::post);
    center = new Center(settings, clock.instant(), hands, witness);
    thread = Thread.ofPlatform().name("center").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// A fact of the PBX or of a script. Waits for room: facts are never dropped.
  public void post(CenterEvent event) {
    if (Thread.currentThread() == thread) {
      own.add(event);
      return;
    }
    try {
      inbox.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// From now on desks are told that the server stops.
  public void refuseDesks() {
    stopping = true;
  }

  /// Waits until everybody has their answer who has asked.
  ///
  /// @return whether they have, in this time
  public boolean awaitAnswers(Duration most) {
    return hands.awaitAnswers(most);
  }

  /// A desk's request. Refused at once when there is no room.
  public void ask(DeskRequest request) {
    if (stopping) {
      request.answer().accept(Refusal.STOPPING);
      return;
    }
    hands.asked(request);
    boolean room = inbox.size() < DESKS_UNTIL && inbox.offer(new CenterEvent.FromDesk(request));
    if (room) return;
    hands.answered(request);
    request.answer().accept(Refusal.OVERLOADED);
  }

  /// How many calls are live, as of the last event taken.
  public int liveCalls() {
    return liveCalls;
  }

  private void run() {
    center.everything().forEach(hands);
    while (!closed) {
      try {
        CenterEvent event = next();
        if (event != null) take(event);
        wakeUp();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private CenterEvent next() throws InterruptedException {
    CenterEvent mine = own.poll();
    if (mine != null) return mine;
    Instant deadline = center.nextDeadline();
    Duration wait = deadline == null ? IDLE : Duration.between(clock.instant(), deadline);
    if (wait.compareTo(IDLE) > 0) wait = IDLE;
    if (!wait.isPositive()) return inbox.poll();
    return inbox.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void wakeUp() {
    Instant deadline = center.nextDeadline();
    if (deadline == null) return;
    Instant now = clock.instant();
    if (!deadline.isAfter(now)) take(new CenterEvent.TimePassed(now));
  }

  /// A fault stops this event and nothing else.
  private void take(CenterEvent event) {
    try {
      center.on(event);
      liveCalls = center.liveCalls();
    } catch (RuntimeException e) {
      log.error("The center could not take {}", event, e);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
