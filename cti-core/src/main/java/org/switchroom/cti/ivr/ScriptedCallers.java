package org.switchroom.cti.ivr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.CustomerCard;
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

  /// A caller does not wait longer for what is known of them.
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(2);

  private final ScriptLibrary library;
  private final ScriptEnvironment helpers;
  private final Sounds sounds;
  private final Function<Outcome.Transferred, Optional<Placement>> dialing;
  private final UnaryOperator<String> music;
  private final CallbackRequests callbacks = new CallbackRequests();

  /// Visits are numbered from the moment of the start, so that no run repeats another's.
  private final AtomicLong visits;

  /// @param dialing how the PBX is to reach a number that the center has let be dialed; empty: by
  ///   now it may not be
  /// @param music the class of it that is heard in a queue; empty: the PBX's default
  public ScriptedCallers(
      ScriptLibrary library,
      ScriptEnvironment helpers,
      Sounds sounds,
      Function<Outcome.Transferred, Optional<Placement>> dialing,
      UnaryOperator<String> music) {
    this.library = library;
    this.helpers = helpers;
    this.sounds = sounds;
    this.dialing = dialing;
    this.music = music;
    visits = new AtomicLong(helpers.clock().instant().toEpochMilli() * 1_000);
  }

  @Override
  public Placement serve(Visit visit, Caller caller) {
    Map<String, Script> scripts = library.scripts();
    long number = visits.incrementAndGet();
    Optional<Resume> begins = beginning(visit, number, scripts);
    helpers
        .center()
        .tell(new Input.ScriptStarted(visit.call(), visit.from(), visit.dialed(), visit.name()));
    if (isBlocked(visit, number)) return turnedAway(visit, number, scripts, caller);
    var lookup = helpers.customers().byNumber(visit.from());
    lookup.thenAccept(
        found -> helpers.center().tell(new Input.CallerIdentified(visit.call(), found)));
    // Who was sent away waits nowhere, whatever is said to them.
    if (begins.isEmpty()) {
      return visit.script().equals(Input.ABUSIVE) ? new Placement.HangUp() : new Placement.Back();
    }
    Resume from = begins.get();
    var services = new CallServices(helpers, visit, number, callbacks, lookup);
    while (true) {
      Outcome outcome = ScriptRunner.run(scripts, from, caller, services, sounds);
      Instant at = helpers.clock().instant();
      helpers.center().tell(finished(visit.call(), outcome));
      if (!(outcome instanceof Outcome.Transferred transferred)) {
        return placement(visit, at, outcome);
      }
      Optional<Placement> dial = dial(transferred, services);
      if (dial.isPresent()) return dial.get();
      from = transferred.failed();
    }
  }

  /// The engine decides on those who are on the list; nobody else waits for it. Where it does not
  /// answer they are served.
  private boolean isBlocked(Visit visit, long number) {
    if (visit.why() != IvrGate.Why.ARRIVED) return false;
    Optional<String> blocked = helpers.blocked().apply(visit.from());
    if (blocked.isEmpty()) return false;
    var origin = new Input.Origin(visit.call(), number, Input.BLOCKED);
    return helpers
        .center()
        .ask(new Input.BlockAsked(origin, blocked.get()), KNOWN_WITHIN)
        .filter(Input.BLOCKED::equals)
        .isPresent();
  }

  /// They hear one script, whatever number they have dialed, and the center hears no more of them.
  private Placement turnedAway(
      Visit visit, long number, Map<String, Script> scripts, Caller caller) {
    Script script = scripts.get(Input.BLOCKED);
    if (script != null) {
      var nobody = CompletableFuture.completedFuture(List.<CustomerCard>of());
      var services = new CallServices(helpers, visit, number, callbacks, nobody);
      Resume begin = ScriptRunner.beginning(script, visit.from().value(), visit.dialed().value());
      ScriptRunner.run(scripts, begin, caller, services, sounds);
    }
    return new Placement.HangUp();
  }

  /// Empty: it is not dialed, and is as one that does not answer.
  private Optional<Placement> dial(Outcome.Transferred transferred, CallServices services) {
    return services.dials(transferred.number()) ? dialing.apply(transferred) : Optional.empty();
  }

  /// Empty: there is nothing to run, and the caller is held.
  private Optional<Resume> beginning(Visit visit, long number, Map<String, Script> scripts) {
    Optional<Left> before = left(visit, number);
    if (visit.why() == IvrGate.Why.NOT_CONNECTED) {
      return before.flatMap(
          left -> ResumeText.read(left.resume(), left.language(), library::script));
    }
    Map<String, String> byNumber = helpers.around().get().scriptOf();
    String name = visit.script();
    if (name.isEmpty()) name = byNumber.getOrDefault(visit.dialed().value(), byNumber.get(""));
    Script script = scripts.get(name);
    if (script == null) {
      log.error("There is no script {}; call {} is held.", name, visit.call());
      return Optional.empty();
    }
    Resume begin = ScriptRunner.beginning(script, visit.from().value(), visit.dialed().value());
    return before
        .map(Left::language)
        .filter(script.languages()::contains)
        .map(begin::in)
        .or(() -> Optional.of(begin));
  }

  /// What the caller's scripts before this one have left.
  ///
  /// @param resume empty: nothing
  private record Left(Language language, String resume) {}

  /// Empty: nothing, because none was over, or nothing is known of it.
  private Optional<Left> left(Visit visit, long number) {
    if (visit.why() == IvrGate.Why.ARRIVED) return Optional.empty();
    var asked = new Input.ScriptResumes(new Input.Origin(visit.call(), number, "resumes"));
    return helpers.center().ask(asked, KNOWN_WITHIN).flatMap(ScriptedCallers::left);
  }

  private static Optional<Left> left(String answer) {
    int blank = answer.indexOf(' ');
    return Language.of(answer.substring(0, blank))
        .map(language -> new Left(language, answer.substring(blank + 1)));
  }

  private Placement placement(Visit visit, Instant at, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Queued queued ->
          new Placement.Hold(
              queued.queue(),
              queued.priority(),
              queued.ask().orElse(""),
              queued.walk().language().tag(),
              at.toEpochMilli(),
              music.apply(queued.queue()));
      case Outcome.Transferred transferred ->
          throw new IllegalArgumentException(
              "Nobody has asked whether it is dialed: " + transferred);
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
        queued.flatMap(Outcome.Queued::ask).orElse(""),
        queued.map(Outcome.Queued::preferred).orElse(""),
        queued.map(Outcome.Queued::preferredFor).orElse(Duration.ZERO),
        outcome instanceof Outcome.Transferred transferred
            ? ResumeText.write(transferred.failed())
            : "");
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
