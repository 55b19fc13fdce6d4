package org.switchroom.cti.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.CenterEvent.CommandDone;
import org.switchroom.cti.event.CenterEvent.CommandRefused;
import org.switchroom.cti.event.CenterEvent.ScriptAnswered;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.ScriptResumed;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;

/// Carries out what follows from a turn, when it is in the ledger. Nothing here blocks.
///
/// A ring waits for the pop, and not for the disk: the PBX is the truth about live calls. What
/// somebody is told is saved waits for the disk.
public final class EffectRunner {
  /// Knows the sound files of what is announced.
  @FunctionalInterface
  public interface Voice {
    /// Without their endings; none: nothing can be said. It must not block.
    List<String> files(Effect.Announce announce);
  }

  /// Who knows customers. It must not block.
  public interface Customers {
    /// Says with [Input.CallerIdentified] who the caller is.
    void lookUp(Effect.LookUp who);

    /// Says with [Input.CustomerWritten] what came of it.
    void write(Effect.WriteCustomer customer);
  }

  private final TurnLog log;
  private final Pbx pbx;
  private final Voice voice;
  private final Customers customers;

  /// Rings whose pop is not written yet. Guarded by itself.
  private final Map<LegId, PbxCommand.RingAgent> popping = new HashMap<>();

  /// The last turn that is in the ledger. The engine's thread's.
  private long last;

  /// What was thrown on another thread than the engine's.
  private final AtomicReference<Broken> broken = new AtomicReference<>();

  /// @param call whose it was; empty: nobody's
  private record Broken(Optional<CallId> call, Throwable fault) {}

  private final Answers<CommandId, Optional<Refusal>> commands = new Answers<>();
  private final Answers<Input.Origin, String> scripts = new Answers<>();
  private final Answers<Long, Map<QueueId, Integer>> places = new Answers<>();

  public EffectRunner(TurnLog log, Pbx pbx, Voice voice, Customers customers) {
    this.log = log;
    this.pbx = pbx;
    this.voice = voice;
    this.customers = customers;
  }

  Answers<CommandId, Optional<Refusal>> commands() {
    return commands;
  }

  Answers<Input.Origin, String> scripts() {
    return scripts;
  }

  /// By the number of the question.
  Answers<Long, Map<QueueId, Integer>> places() {
    return places;
  }

  /// @param turn in the ledger
  /// @param shown by agent, what completes when the pops of this turn are written
  /// @param about becomes whose call something is done for
  void run(
      Turn turn, List<Effect> effects, Map<AgentId, CompletionStage<Void>> shown, About about) {
    last = Math.max(last, turn.number());
    for (Event event : turn.events()) {
      switch (event) {
        case CommandDone(var command) ->
            forced(Optional.empty(), () -> commands.answered(command, Optional.empty()));
        // Nothing of it needs to be kept.
        case CommandRefused(var command, var refusal) ->
            commands.answered(command, Optional.of(refusal));
        case ScriptAnswered(var call, var visit, var step, var answer) ->
            forced(
                Optional.of(call),
                () -> scripts.answered(new Input.Origin(call, visit, step), answer));
        // Nothing of it needs to be kept either.
        case ScriptResumed e ->
            scripts.answered(new Input.Origin(e.call(), e.visit(), e.step()), e.answer());
        // What is in the ledger need not be remembered by the PBX.
        case CallEnded(var call, _, _, _) -> {
          if (about.lastly(call)) {
            forced(Optional.of(call), () -> pbx.send(new PbxCommand.Forget(call)));
          }
        }
        default -> {}
      }
    }
    for (Effect effect : effects) {
      Optional<CallId> call = callOf(effect);
      if (call.isEmpty()) about.again();
      if (call.isEmpty() || about.lastly(call.get())) run(effect, shown);
    }
    about.again();
  }

  /// Empty: nobody's, or whoever's is on a leg.
  private static Optional<CallId> callOf(Effect effect) {
    return switch (effect) {
      case Effect.Send(PbxCommand.OfCall command) -> Optional.of(command.call());
      case Effect.Announce announce -> Optional.of(announce.call());
      case Effect.LookUp who -> Optional.of(who.call());
      case Effect.Send _, Effect.WriteCustomer _, Effect.TellPlaces _, Effect.Repeat _ ->
          Optional.empty();
    };
  }

  /// When everything so far is on the disk.
  private void forced(Optional<CallId> call, Runnable told) {
    log.whenForced(last, () -> guarded(call, told));
  }

  /// On whatever thread: a fault here is one of the engine's.
  private void guarded(Optional<CallId> call, Runnable work) {
    try {
      work.run();
    } catch (Throwable e) {
      broken.compareAndSet(null, new Broken(call, e));
    }
  }

  /// @throws IllegalStateException when something has failed meanwhile, on any thread: the process
  ///   has to halt
  ///
  /// @param about becomes whose effect it was
  void check(About about) {
    Broken one = broken.get();
    if (one == null) return;
    one.call().ifPresent(about::lastly);
    throw new IllegalStateException("An effect of a turn has failed.", one.fault());
  }

  private void run(Effect effect, Map<AgentId, CompletionStage<Void>> shown) {
    switch (effect) {
      case Effect.Send(PbxCommand.RingAgent ring) -> ring(ring, shown);
      case Effect.Send(var command) -> send(command);
      case Effect.Announce announce -> {
        List<String> files = voice.files(announce);
        if (!files.isEmpty()) pbx.send(new PbxCommand.Say(announce.call(), files));
      }
      case Effect.LookUp who -> customers.lookUp(who);
      case Effect.WriteCustomer customer -> customers.write(customer);
      case Effect.TellPlaces(var question, var found) -> places.answered(question, found);
      case Effect.Repeat(var command, var refusal) -> {
        // The first may not be on the disk yet.
        if (refusal.isEmpty()) forced(Optional.empty(), () -> commands.answered(command, refusal));
        else commands.answered(command, refusal);
      }
    }
  }

  /// First the pop is on the screen, then the phone rings.
  private void ring(PbxCommand.RingAgent ring, Map<AgentId, CompletionStage<Void>> shown) {
    synchronized (popping) {
      popping.put(ring.leg(), ring);
    }
    shown
        .getOrDefault(new AgentId(ring.agent()), CompletableFuture.completedFuture(null))
        .whenComplete((_, _) -> guarded(Optional.of(ring.call()), () -> ring(ring.leg())));
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
