package org.switchroom.cti.ivr;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.IvrGate;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Outcome.Resume;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.ScriptRunner;
import org.switchroom.ivr.Sounds;
import org.switchroom.ivr.speech.Language;

/// Runs the script for each caller, on the caller's own thread. The customer is looked up while the
/// greeting plays.
public final class ScriptedCallers implements IvrGate {
  private static final Logger log = LoggerFactory.getLogger(ScriptedCallers.class);

  /// Longer than any number rings.
  private static final Duration RESUMED_WITHIN = Duration.ofMinutes(10);

  private static final int MOST_RESUMED = 20_000;

  private final ScriptLibrary library;
  private final ScriptEnvironment helpers;
  private final Sounds sounds;
  private final Function<String, String> dialing;

  /// Visits are numbered from the moment of the start, so that no run repeats another's.
  private final AtomicLong visits;

  /// Callers who are being connected with a number, and where their script goes on if that fails.
  private final Cache<CallId, Resume> dialed =
      Caffeine.newBuilder().maximumSize(MOST_RESUMED).expireAfterWrite(RESUMED_WITHIN).build();

  /// The language that a caller has chosen, for their next script.
  private final Cache<CallId, Language> languages =
      Caffeine.newBuilder()
          .maximumSize(MOST_RESUMED)
          .expireAfterAccess(Duration.ofHours(2))
          .build();

  /// @param dialing what the PBX dials for a number; null: it may not be dialed
  public ScriptedCallers(
      ScriptLibrary library,
      ScriptEnvironment helpers,
      Sounds sounds,
      Function<String, String> dialing) {
    this.library = library;
    this.helpers = helpers;
    this.sounds = sounds;
    this.dialing = dialing;
    visits = new AtomicLong(helpers.clock().instant().toEpochMilli() * 1_000);
  }

  @Override
  public Placement serve(Visit visit, Caller caller) {
    Map<String, Script> scripts = library.scripts();
    Resume from = beginning(visit, scripts);
    helpers.center().tell(new Input.ScriptStarted(visit.call(), visit.from(), visit.dialed()));
    var lookup = helpers.customers().byNumber(visit.from());
    lookup.thenAccept(
        found -> helpers.center().tell(new Input.CallerIdentified(visit.call(), found)));
    if (from == null) return new Placement.Back();
    var services = new CallServices(helpers, visit, visits.incrementAndGet(), lookup);
    while (true) {
      Outcome outcome = ScriptRunner.run(scripts, from, caller, services, sounds);
      Instant at = helpers.clock().instant();
      languages.put(visit.call(), outcome.walk().language());
      helpers.center().tell(finished(visit.call(), outcome));
      // A number that may not be dialed is one that does not answer.
      if (outcome instanceof Outcome.Transferred transferred
          && dialing.apply(transferred.number()) == null) {
        log.warn("A script wants to dial a number that \"dial\" does not allow.");
        from = transferred.failed();
        continue;
      }
      return placement(visit, at, outcome);
    }
  }

  /// Null: there is nothing to run, and the caller is held.
  private Resume beginning(Visit visit, Map<String, Script> scripts) {
    if (visit.why() == IvrGate.Why.NOT_CONNECTED) {
      Resume resume = dialed.getIfPresent(visit.call());
      dialed.invalidate(visit.call());
      return resume;
    }
    Map<String, String> byNumber = helpers.around().get().scriptOf();
    String name = visit.script();
    if (name.isEmpty()) name = byNumber.getOrDefault(visit.dialed().value(), byNumber.get(""));
    Script script = scripts.get(name);
    if (script == null) {
      log.error("There is no script {}; call {} is held.", name, visit.call());
      return null;
    }
    Resume begin = ScriptRunner.beginning(script, visit.from().value(), visit.dialed().value());
    Language chosen = languages.getIfPresent(visit.call());
    return chosen == null || !script.languages().contains(chosen)
        ? begin
        : new Resume(script, begin.step(), begin.variables(), chosen);
  }

  private Placement placement(Visit visit, Instant at, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Queued queued ->
          new Placement.Hold(
              queued.queue(),
              queued.priority(),
              queued.ask() == null ? "" : queued.ask(),
              queued.walk().language().tag(),
              at.toEpochMilli());
      case Outcome.Transferred transferred -> {
        dialed.put(visit.call(), transferred.failed());
        yield new Placement.Dial(dialing.apply(transferred.number()), transferred.ring());
      }
      case Outcome.Runaway runaway -> {
        log.warn(
            "Script {} goes in circles; call {} is queued.", runaway.walk().script(), visit.call());
        yield new Placement.Hold("", 0, "", runaway.walk().language().tag(), at.toEpochMilli());
      }
      // Who was asked while they waited, and left nothing, has kept their place.
      case Outcome.Returned returned ->
          visit.why() == IvrGate.Why.OFFERED && !returned.walk().left()
              ? new Placement.Back()
              : new Placement.HangUp();
      case Outcome.HungUp _ -> new Placement.HangUp();
    };
  }

  private static Input.ScriptFinished finished(CallId call, Outcome outcome) {
    Outcome.Walk walk = outcome.walk();
    Optional<Outcome.Queued> queued =
        outcome instanceof Outcome.Queued one ? Optional.of(one) : Optional.empty();
    return new Input.ScriptFinished(
        call,
        walk.script(),
        walk.version(),
        ending(outcome),
        walk.last(),
        walk.edges().stream()
            .map(edge -> edge.script() + "/" + edge.step() + ":" + edge.exit())
            .toList(),
        walk.trail(),
        walk.answers(),
        walk.language(),
        queued
            .map(Outcome.Queued::queue)
            // The default queue.
            .or(() -> outcome instanceof Outcome.Runaway ? Optional.of("") : Optional.empty()),
        queued.map(Outcome.Queued::priority).orElse(0),
        queued.map(Outcome.Queued::ask).orElse(""),
        queued.map(Outcome.Queued::preferred).orElse(""),
        queued.map(Outcome.Queued::preferredFor).orElse(Duration.ZERO));
  }

  private static String ending(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Queued _ -> "queued";
      case Outcome.HungUp(_, var byCaller) -> byCaller ? "hung-up" : "ended";
      case Outcome.Returned _ -> "ended";
      case Outcome.Transferred _ -> "transferred";
      case Outcome.Runaway _ -> "runaway";
    };
  }
}
