package org.switchroom.cti.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.center.CenterPlan;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.screens.ScreenProjection;

/// One input after the other through the engine; of each turn, in this order: into the ledger, onto
/// the screens, out to the PBX. It has no thread of its own: see [EngineLoop].
///
/// Whatever is thrown here must end the process: of the turn in which it was thrown nothing has
/// left.
public final class TurnRunner {
  /// What is to blame when queues cannot be shown, and it is none of them.
  private static final String OVERVIEW = "overview of the queues";

  private final Engine engine;
  private final TurnLog log;
  private final ScreenProjection screens;
  private final EffectRunner effects;
  private final Blame blame;
  private final Recorder recorder;
  private final Turns turns = new Turns();

  /// Any thread may ask.
  private volatile long begun;

  private volatile String subject = "";

  /// With whom it goes on; empty: with its subject.
  private volatile String kind = "";

  private volatile String id = "";

  public TurnRunner(
      Engine engine,
      TurnLog log,
      ScreenProjection screens,
      EffectRunner effects,
      Blame blame,
      Recorder recorder) {
    this.engine = engine;
    this.log = log;
    this.screens = screens;
    this.effects = effects;
    this.blame = blame;
    this.recorder = recorder;
  }

  /// @param now for order and deadlines
  /// @param wall for opening hours and records
  public void on(Input input, Instant now, Instant wall) {
    recorder.takes(input, now, wall);
    switch (input) {
      case Input.Configured(var settings) -> screens.configure(new CenterPlan(settings));
      case Input.Start start -> screens.configure(new CenterPlan(start.settings()));
      default -> {}
    }
    engine.on(input, now, wall, turns);
  }

  /// Nothing else waits, or has for long enough: what nobody's phone waits for is shown.
  void rest() {
    if (!screens.hasOverview() || !turns.begins(OVERVIEW)) return;
    screens.overview(turns);
    turns.ends();
  }

  /// @throws IllegalStateException when an effect has failed meanwhile, on any thread: the process
  ///   has to halt
  void check() {
    effects.check(turns);
  }

  /// The engine lives at this moment, whether or not anything happens.
  void alive(Instant now, Instant wall) {
    blame.alive(now);
    screens.timePassed(wall);
  }

  public Optional<Instant> nextDeadline() {
    return engine.nextDeadline();
  }

  /// Whether the next input, and be it a tick, brings the news that the wall clock was set.
  boolean clockWasSet(Instant now, Instant wall) {
    return engine.clockWasSet(now, wall);
  }

  /// How many calls are live, as of the last turn.
  public int liveCalls() {
    return engine.state().calls().size();
  }

  /// How many turns have begun. Any thread.
  long begun() {
    return begun;
  }

  /// What the last one that has begun is about. Any thread.
  String subject() {
    String goesOn = kind;
    return goesOn.isEmpty() ? subject : "%s, of %s %s".formatted(subject, goesOn, id);
  }

  private final class Turns implements Engine.Turns {
    @Override
    public boolean begins(String about) {
      subject = about;
      kind = "";
      begun++;
      return blame.begins(about);
    }

    @Override
    public boolean becomes(String who, String which) {
      if (!blame.begins(who, which)) return false;
      id = which;
      kind = who;
      return true;
    }

    @Override
    public void again() {
      if (kind.isEmpty()) return;
      kind = "";
      blame.begins(subject);
    }

    @Override
    public void takes(Turn turn, List<Effect> wanted) {
      Turn kept = turn.events().isEmpty() ? turn : keep(turn);
      Map<AgentId, CompletionStage<Void>> shown = screens.on(kept, this);
      effects.run(kept, wanted, shown, this);
    }

    private Turn keep(Turn turn) {
      recorder.decides(turn);
      return log.append(turn);
    }

    @Override
    public void ends() {
      blame.ends();
    }
  }
}
