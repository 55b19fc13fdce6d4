package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.AcdEvent;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.HistoryRecord;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;

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
  private final Pbx pbx;
  private final Screens screens;
  private final History history;
  private final Voice voice;
  private final Consumer<Effect.Identify> finder;
  private final Center center;
  private final BlockingQueue<CenterEvent> inbox = new ArrayBlockingQueue<>(INBOX);

  /// What the loop says to itself, so that it never waits for room in its own inbox.
  private final Queue<CenterEvent> own = new ArrayDeque<>();

  /// Rings whose pop is not written yet. Guarded by itself.
  private final Map<LegId, PbxCommand.RingAgent> popping = new HashMap<>();

  private final Thread thread;
  private volatile boolean closed;
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
    this.pbx = pbx;
    this.screens = screens;
    this.history = history;
    this.voice = voice;
    this.finder = finder;
    center = new Center(settings, clock.instant(), this::carryOut, witness);
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

  /// A desk's request. Refused at once when there is no room.
  public void ask(DeskRequest request) {
    boolean room = inbox.size() < DESKS_UNTIL && inbox.offer(new CenterEvent.FromDesk(request));
    if (!room) request.answer().accept(Refusal.OVERLOADED);
  }

  /// How many calls are live, as of the last event taken.
  public int liveCalls() {
    return liveCalls;
  }

  private void run() {
    center.everything().forEach(this::carryOut);
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

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Command(var command) -> send(command);
      case Effect.PopThenRing(var agent, var pop, var ring) -> {
        synchronized (popping) {
          popping.put(ring.leg(), ring);
        }
        screens.pop(agent, pop).whenComplete((_, _) -> ring(ring.leg()));
      }
      case Effect.PopChanged(var agent, var pop) -> screens.pop(agent, pop);
      case Effect.AgentChanged(var view) -> screens.show(view);
      case Effect.QueueChanged(var view) -> screens.show(view);
      case Effect.WaitersChanged(var view) -> screens.show(view);
      case Effect.ShadowChanged(var view) -> screens.show(view);
      case Effect.TasksChanged(var agent, var tasks) -> screens.tasks(agent, tasks);
      case Effect.Announce announce -> {
        List<String> files = voice.files(announce);
        if (!files.isEmpty()) pbx.send(new PbxCommand.Say(announce.call(), files));
      }
      case Effect.PbxChanged(var connected) -> screens.pbx(connected);
      case Effect.Record(var record, var from) ->
          history.write(record, from, false, fault -> written(record, fault));
      case Effect.Identify identify -> finder.accept(identify);
      case Effect.RecordFor(var record, var from, var agent, var call, var request) ->
          history.write(
              record,
              from,
              true,
              fault -> post(new CenterEvent.Stored(clock.instant(), agent, call, request, fault)));
      case Effect.Answered(var request, var refusal) -> request.answer().accept(refusal);
    }
  }

  /// What is in the history need not be remembered by the PBX.
  private void written(HistoryRecord record, String fault) {
    if (fault == null && record instanceof ContactRecord contact) {
      pbx.send(new PbxCommand.Forget(new CallId(contact.call())));
    }
  }

  private void ring(LegId leg) {
    synchronized (popping) {
      PbxCommand.RingAgent ring = popping.remove(leg);
      if (ring != null) pbx.send(ring);
    }
  }

  /// A ring that is taken back before it was sent is not sent.
  private void send(PbxCommand command) {
    synchronized (popping) {
      boolean unsent =
          command instanceof PbxCommand.CancelRing cancel && popping.remove(cancel.leg()) != null;
      if (!unsent) pbx.send(command);
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
