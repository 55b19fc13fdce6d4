package org.switchroom.cti.runtime;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;

/// The engine's one thread and its inbox.
///
/// A full inbox holds the PBX back (nothing of it is dropped) and refuses desks, which are told so.
/// Whatever is thrown in a turn, or a turn that takes too long, ends the process. The heartbeat
/// that the dialplan listens to is this thread's own: who does not decide does not beat.
public final class EngineLoop implements EngineInbox, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EngineLoop.class);

  private static final int INBOX = 65_536;

  /// What desks may fill; the rest is for the PBX.
  private static final int DESKS_UNTIL = INBOX / 2;

  /// How often the PBX is told that somebody decides.
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /// At the latest so late is shown what no phone waits for.
  private static final Duration REST = Duration.ofMillis(100);

  /// In heartbeats: what the PBX has is compared with what it has told.
  private static final int COMPARES_EVERY = 60;

  /// No turn takes longer, and comes to an end.
  private static final Duration LONGEST_TURN = Duration.ofSeconds(3);

  /// The start is one turn for all calls and agents of the last run, by code that is not compiled
  /// yet, beside thousands of desks that come back.
  private static final int TIMES_FOR_THE_START = 20;

  private final TurnRunner turns;
  private final EffectRunner effects;
  private final TurnLog turnLog;
  private final Pbx pbx;
  private final InstantSource clock;
  private final InstantSource wall;
  private final Halt halt;
  private final Duration longestTurn;
  private final BlockingQueue<Input> inbox = new ArrayBlockingQueue<>(INBOX);
  private Input.@Nullable Start first;
  private final Thread thread;
  private final Thread watchdog;
  private volatile boolean closed;
  private volatile boolean stopping;
  private volatile int liveCalls;

  /// How many were asked.
  private final AtomicLong questions = new AtomicLong();

  /// Whether the thread waits for something to come.
  private volatile boolean waits;

  private volatile long rounds;
  private Standstill standstill = new Standstill(System.nanoTime());
  private boolean healthy = true;
  private long nextHeartbeat;
  private long nextRest;
  private int heartbeats;

  /// @param clock for order and deadlines: it is never set back
  /// @param wall for opening hours and records
  public EngineLoop(
      TurnRunner turns,
      EffectRunner effects,
      TurnLog turnLog,
      Pbx pbx,
      InstantSource clock,
      InstantSource wall,
      Halt halt) {
    this(turns, effects, turnLog, pbx, clock, wall, halt, LONGEST_TURN);
  }

  /// @param longestTurn no turn takes longer, and comes to an end
  EngineLoop(
      TurnRunner turns,
      EffectRunner effects,
      TurnLog turnLog,
      Pbx pbx,
      InstantSource clock,
      InstantSource wall,
      Halt halt,
      Duration longestTurn) {
    this.turns = turns;
    this.effects = effects;
    this.turnLog = turnLog;
    this.pbx = pbx;
    this.clock = clock;
    this.wall = wall;
    this.halt = halt;
    this.longestTurn = longestTurn;
    thread = Thread.ofPlatform().name("engine").unstarted(this::run);
    watchdog = Thread.ofPlatform().name("engine-watchdog").daemon().unstarted(this::watch);
  }

  /// Takes the first input, which is the start, and every other one after it, also what came
  /// before: a desk may be back before the engine begins.
  public void start(Input.Start first) {
    this.first = first;
    thread.start();
    watchdog.start();
  }

  // ── What comes in ───────────────────────────────────────────────────────────────────────────

  @Override
  public void post(Input input) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("The engine's thread tells itself " + input);
    }
    try {
      inbox.put(input);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void note(Input.Note note) {
    if (!inbox.offer(note)) log.warn("The inbox is full, and the audit lacks {}.", note);
  }

  @Override
  public void ask(Input.DeskCommand command, Consumer<Optional<Refusal>> answer) {
    if (stopping) {
      answer.accept(Optional.of(Refusal.STOPPING));
      return;
    }
    effects.commands().asked(command.id(), answer);
    boolean room = inbox.size() < DESKS_UNTIL && inbox.offer(command);
    if (room) return;
    effects.commands().withdraw(command.id(), answer);
    answer.accept(Optional.of(Refusal.OVERLOADED));
  }

  @Override
  public void askPlaces(
      ContactId contact, List<QueueId> queues, Consumer<Map<QueueId, Integer>> answer) {
    long question = questions.incrementAndGet();
    effects.places().asked(question, answer);
    boolean room = inbox.size() < DESKS_UNTIL;
    if (room && inbox.offer(new Input.AskPlaces(question, contact, queues))) return;
    effects.places().withdraw(question, answer);
    answer.accept(Map.of());
  }

  @Override
  public Optional<String> ask(Input.ScriptRequest request, Duration within) {
    var kept = new CompletableFuture<String>();
    Consumer<String> told = kept::complete;
    effects.scripts().asked(request.origin(), told);
    post(request);
    try {
      String answer = kept.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return answer.equals(Input.NOT_KEPT) ? Optional.empty() : Optional.of(answer);
    } catch (TimeoutException | ExecutionException e) {
      effects.scripts().withdraw(request.origin(), told);
      return Optional.empty();
    } catch (InterruptedException e) {
      effects.scripts().withdraw(request.origin(), told);
      Thread.currentThread().interrupt();
      return Optional.empty();
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
    return effects.commands().await(most);
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  /// How many calls are live, as of the last turn.
  public int liveCalls() {
    return liveCalls;
  }

  // ── The thread ──────────────────────────────────────────────────────────────────────────────

  private void run() {
    try {
      take(requireNonNull(first));
      standstill = new Standstill(System.nanoTime());
      while (!closed) {
        waits = true;
        Input input = next();
        rounds++;
        waits = false;
        stoodStill();
        if (input != null) take(input);
        wakeUp();
        disk();
        heartbeat();
        rest();
        turns.check();
      }
    } catch (InterruptedException e) {
      if (!closed) halt.halt("The engine's thread was interrupted.", e);
    } catch (Throwable e) {
      halt.halt("A turn has failed: " + turns.subject(), e);
    }
    waits = true;
  }

  private Input next() throws InterruptedException {
    Duration wait = Duration.ofNanos(Math.max(nextHeartbeat - System.nanoTime(), 0));
    Optional<Instant> deadline = turns.nextDeadline();
    if (deadline.isPresent()) {
      Duration until = Duration.between(clock.instant(), deadline.get());
      Duration quiet = standstill.left(System.nanoTime());
      if (until.compareTo(quiet) < 0) until = quiet;
      if (until.compareTo(wait) < 0) wait = until;
    }
    return wait.isPositive() ? inbox.poll(wait.toNanos(), TimeUnit.NANOSECONDS) : inbox.poll();
  }

  private void take(Input input) {
    turns.on(input, clock.instant(), wall.instant());
    liveCalls = turns.liveCalls();
  }

  private void stoodStill() {
    Duration pause = standstill.goesRound(System.nanoTime());
    if (pause.isZero()) return;
    log.warn(
        "Nothing was done for {} ms. Maybe the machine stood still: the PBX is heard before"
            + " anything that is timed happens.",
        pause.toMillis());
  }

  /// As many timers as are due, each a turn of its own; a burst of them lets the inbox in between.
  /// By a clock that was set a queue may close that was not to close yet.
  private void wakeUp() {
    if (standstill.left(System.nanoTime()).isPositive()) return;
    Instant now = clock.instant();
    boolean due = turns.nextDeadline().filter(at -> !at.isAfter(now)).isPresent();
    if (due || turns.clockWasSet(now, wall.instant())) take(new Input.Tick());
  }

  /// A disk that is full, or free again, is told to the engine.
  private void disk() {
    if (!healthy && System.nanoTime() >= nextHeartbeat) turnLog.retry();
    boolean now = turnLog.healthy();
    if (now == healthy) return;
    healthy = now;
    take(new Input.Disk(!now));
  }

  private void heartbeat() {
    if (System.nanoTime() < nextHeartbeat) return;
    pbx.send(new PbxCommand.Heartbeat());
    if (++heartbeats % COMPARES_EVERY == 0) pbx.send(new PbxCommand.Compare());
    turns.alive(clock.instant(), wall.instant());
    nextHeartbeat = System.nanoTime() + HEARTBEAT.toNanos();
  }

  /// Who rings goes before what is looked at.
  private void rest() {
    if (!inbox.isEmpty() && System.nanoTime() < nextRest) return;
    turns.rest();
    nextRest = System.nanoTime() + REST.toNanos();
  }

  /// Whoever does not wait has to come to the next turn in time: a PBX's list of thousands of calls
  /// is as many turns.
  private void watch() {
    var turn = new LongTurn();
    try {
      while (!closed) {
        Thread.sleep(longestTurn.dividedBy(LongTurn.LOOKS));
        int times = rounds == 0 ? TIMES_FOR_THE_START : 1;
        if (turn.isIn(waits ? LongTurn.NONE : turns.begun() + rounds, times)) {
          halt.halt(
              "A turn takes more than %s: %s".formatted(longestTurn, turns.subject()), stack());
        }
      }
    } catch (InterruptedException e) {
      log.debug("The watchdog ends.");
    }
  }

  private Throwable stack() {
    var where = new IllegalStateException("The engine's thread is here.");
    where.setStackTrace(thread.getStackTrace());
    return where;
  }

  @Override
  public void close() {
    closed = true;
    watchdog.interrupt();
    inbox.offer(new Input.Tick());
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
