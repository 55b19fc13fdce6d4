package org.switchroom.ivr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Leads one caller through a script, on the thread that calls it.
public final class ScriptRunner {
  /// No caller goes through more steps in one call; a script that does is going in circles.
  private static final int MOST_STEPS = 500;

  private final Script script;
  private final Caller caller;
  private final Lookups lookups;
  private final List<Outcome.TrailEntry> trail = new ArrayList<>();
  private final Map<String, String> answers = new LinkedHashMap<>();

  private ScriptRunner(Script script, Caller caller, Lookups lookups) {
    this.script = script;
    this.caller = caller;
    this.lookups = lookups;
  }

  /// Runs until the script ends or the caller hangs up.
  public static Outcome run(Script script, Caller caller, Lookups lookups) {
    var run = new ScriptRunner(script, caller, lookups);
    try {
      return run.walk();
    } catch (CallerHungUpException e) {
      return new Outcome.HungUp(true, List.copyOf(run.trail), Map.copyOf(run.answers));
    }
  }

  private Outcome walk() throws CallerHungUpException {
    String at = script.start();
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      switch (script.step(at)) {
        case Step.Say say -> {
          caller.play(say.prompt());
          at = say.next();
        }
        case Step.Menu menu -> at = menu(at, menu);
        case Step.Collect collect -> at = collect(at, collect);
        case Step.Lookup lookup -> at = lookup(at, lookup);
        case Step.ToQueue queue -> {
          went(at, queue.queue());
          return new Outcome.Queued(
              queue.queue(), queue.priority(), List.copyOf(trail), Map.copyOf(answers));
        }
        case Step.HangUp hangUp -> {
          went(at, "");
          if (hangUp.prompt() != null) caller.play(hangUp.prompt());
          return new Outcome.HungUp(false, List.copyOf(trail), Map.copyOf(answers));
        }
      }
    }
    return new Outcome.Runaway(List.copyOf(trail), Map.copyOf(answers));
  }

  private String menu(String at, Step.Menu menu) throws CallerHungUpException {
    for (int round = 0; round <= menu.retries(); round++) {
      char key = caller.readKey(menu.prompt(), menu.timeout());
      String next = menu.keys().get(key);
      if (next != null) {
        went(at, String.valueOf(key));
        return next;
      }
      if (key != Caller.SILENCE && menu.invalid() != null) caller.play(menu.invalid());
    }
    went(at, "no choice");
    return menu.otherwise();
  }

  private String collect(String at, Step.Collect collect) throws CallerHungUpException {
    for (int round = 0; round <= collect.retries(); round++) {
      String digits =
          caller.readDigits(collect.prompt(), collect.most(), collect.end(), collect.timeout());
      if (digits.length() >= collect.fewest() && digits.length() <= collect.most()) {
        answers.put(collect.as(), digits);
        went(at, digits);
        return collect.next();
      }
    }
    went(at, "no digits");
    return collect.otherwise();
  }

  private String lookup(String at, Step.Lookup lookup) {
    Lookups.Answer answer =
        lookup.by().equals("caller")
            ? lookups.byCallerNumber()
            : lookups.byAccount(answers.getOrDefault(lookup.by(), ""));
    return switch (answer) {
      case FOUND -> {
        went(at, "found");
        yield lookup.found();
      }
      case NOT_FOUND -> {
        went(at, "not found");
        yield lookup.notFound();
      }
      case FAILED -> {
        went(at, "failed");
        yield lookup.failure();
      }
    };
  }

  private void went(String step, String choice) {
    trail.add(new Outcome.TrailEntry(step, choice));
  }
}
