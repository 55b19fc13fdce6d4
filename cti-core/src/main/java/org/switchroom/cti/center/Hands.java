package org.switchroom.cti.center;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.HistoryRecord;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;

/// Carries out what the [Center] wants done. Nothing here blocks.
final class Hands implements Consumer<Effect> {
  private final InstantSource clock;
  private final Pbx pbx;
  private final Screens screens;
  private final History history;
  private final CenterLoop.Voice voice;
  private final Consumer<Effect.Identify> finder;
  private final Consumer<CenterEvent> post;

  /// Rings whose pop is not written yet. Guarded by itself.
  private final Map<LegId, PbxCommand.RingAgent> popping = new HashMap<>();

  /// What was asked and has no answer yet. Guarded by itself.
  private final Set<DeskRequest> awaited = Collections.newSetFromMap(new IdentityHashMap<>());

  /// @param post takes what comes back; called on any thread
  Hands(
      InstantSource clock,
      Pbx pbx,
      Screens screens,
      History history,
      CenterLoop.Voice voice,
      Consumer<Effect.Identify> finder,
      Consumer<CenterEvent> post) {
    this.clock = clock;
    this.pbx = pbx;
    this.screens = screens;
    this.history = history;
    this.voice = voice;
    this.finder = finder;
    this.post = post;
  }

  @Override
  public void accept(Effect effect) {
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
              fault ->
                  post.accept(
                      new CenterEvent.Stored(clock.instant(), agent, call, request, fault)));
      case Effect.Answered(var request, var refusal) -> {
        request.answer().accept(refusal);
        answered(request);
      }
    }
  }

  /// Somebody waits for an answer to this.
  void asked(DeskRequest request) {
    synchronized (awaited) {
      awaited.add(request);
    }
  }

  void answered(DeskRequest request) {
    synchronized (awaited) {
      awaited.remove(request);
      awaited.notifyAll();
    }
  }

  /// Returns whether everybody has their answer, in this time.
  boolean awaitAnswers(Duration most) {
    long deadline = System.nanoTime() + most.toNanos();
    synchronized (awaited) {
      try {
        for (long left = most.toNanos();
            left > 0 && !awaited.isEmpty();
            left = deadline - System.nanoTime()) {
          TimeUnit.NANOSECONDS.timedWait(awaited, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return awaited.isEmpty();
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
}
