package org.switchroom.ivr;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.switchroom.ivr.Outcome.Edge;
import org.switchroom.ivr.Outcome.Place;
import org.switchroom.ivr.Outcome.Resume;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.Outcome.Walk;
import org.switchroom.ivr.speech.Language;

/// Leads one caller through a script, on the thread that calls it. It ends when the script does, or
/// when the caller hangs up, and never throws for anything that a caller or a service does.
public final class ScriptRunner {
  /// No caller goes through more steps in one call; a script that does is going in circles.
  private static final int MOST_STEPS = 500;

  /// Scripts inside scripts.
  private static final int MOST_DEPTH = 8;

  /// What a sub-script is told of the call.
  private static final List<String> OF_THE_CALL = List.of("caller", "dialed", "language");

  /// A script that the caller is in. Which menus they came by is known of scripts that this run was
  /// in: what comes back to others begins with none.
  private static final class Inside {
    final Script script;
    final Map<String, Object> variables;
    final Deque<String> menus = new ArrayDeque<>();
    String at;

    Inside(Script script, String at, Map<String, Object> variables) {
      this.script = script;
      this.at = at;
      this.variables = variables;
    }

    static Inside of(Place place) {
      return new Inside(place.script(), place.step(), new HashMap<>(place.variables()));
    }

    /// Secrets are over with this walk.
    Place goingOnAt(String step) {
      var known = new HashMap<>(variables);
      known.keySet().removeAll(script.secrets());
      known.values().removeIf(Objects::isNull);
      return new Place(script, step, Collections.unmodifiableMap(known));
    }
  }

  private final Map<String, Script> scripts;
  private final Caller caller;
  private final Services services;
  private final Speaker speaker;
  private final Script began;
  private final Walker walker = new Here();
  private final List<TrailEntry> trail = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Map<String, String> answers = new LinkedHashMap<>();

  /// The scripts that called, the innermost first.
  private final Deque<Inside> callers = new ArrayDeque<>();

  private Inside inside;
  private Language language;
  private boolean left;

  private ScriptRunner(
      Map<String, Script> scripts, Resume from, Caller caller, Services services, Sounds sounds) {
    this.scripts = scripts;
    this.caller = caller;
    this.services = services;
    speaker = new Speaker(sounds, () -> services.now().toLocalDate());
    began = from.at().script();
    from.callers().forEach(one -> callers.add(Inside.of(one)));
    inside = Inside.of(from.at());
    language = from.language();
  }

  /// Where a call begins.
  ///
  /// @param from the caller's number; empty where it is hidden
  public static Resume beginning(Script script, String from, String dialed) {
    var variables = new HashMap<String, Object>();
    variables.put("caller", from);
    variables.put("dialed", dialed);
    var start = new Place(script, script.start(), variables);
    return new Resume(start, List.of(), script.languages().getFirst());
  }

  /// Runs until the script ends or the caller hangs up.
  ///
  /// @param scripts all there are, for sub-scripts
  public static Outcome run(
      Map<String, Script> scripts, Resume from, Caller caller, Services services, Sounds sounds) {
    var run = new ScriptRunner(scripts, from, caller, services, sounds);
    try {
      return run.walk();
    } catch (CallerHungUpException e) {
      return new Outcome.HungUp(run.walked(), true);
    }
  }

  private Outcome walk() throws CallerHungUpException {
    setClock();
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      switch (inside.script.step(inside.at).run(walker)) {
        case Onward.Exit exit -> leave(exit);
        case Onward.SubScript call -> call(call);
        case Onward.Back _ -> {
          if (callers.isEmpty()) return new Outcome.Returned(walked());
          back();
        }
        case Onward.End(var outcome) -> {
          return outcome;
        }
      }
    }
    return new Outcome.Runaway(walked());
  }

  private void leave(Onward.Exit exit) {
    edges.add(new Edge(inside.script.name(), inside.at, exit.name()));
    inside.at = exit.next();
  }

  private void call(Onward.SubScript call) {
    leave(new Onward.Exit("next", call.next()));
    Script called = scripts.get(call.script());
    if (called == null || callers.size() >= MOST_DEPTH) return;
    var variables = new HashMap<>(call.arguments());
    for (String shared : OF_THE_CALL) variables.put(shared, inside.variables.get(shared));
    inside.variables.forEach(
        (name, value) -> {
          if (value instanceof Map) variables.putIfAbsent(name, value);
        });
    callers.push(inside);
    inside = new Inside(called, called.start(), variables);
    setClock();
  }

  /// Records that the sub-script found are its caller's too; its other variables are its own.
  private void back() {
    Map<String, Object> found = inside.variables;
    inside = callers.pop();
    found.forEach(
        (name, value) -> {
          if (value instanceof Map) inside.variables.put(name, value);
        });
    inside.variables.put("language", language.tag());
  }

  private Walk walked() {
    return new Walk(
        began.name(),
        began.version(),
        List.copyOf(trail),
        List.copyOf(edges),
        where(),
        Collections.unmodifiableMap(new LinkedHashMap<>(answers)),
        language,
        left);
  }

  private String where() {
    return inside.script == began ? inside.at : inside.script.name() + "/" + inside.at;
  }

  private void setClock() {
    ZonedDateTime now = services.now();
    Map<String, Object> variables = inside.variables;
    variables.put("hour", now.getHour());
    variables.put("minute", now.getMinute());
    variables.put("today", now.toLocalDate().toString());
    variables.put(
        "weekday",
        now.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT).toLowerCase(Locale.ROOT));
    variables.put("language", language.tag());
  }

  /// What the steps see of it.
  private final class Here implements Walker {
    @Override
    public Caller caller() {
      return caller;
    }

    @Override
    public Services services() {
      return services;
    }

    @Override
    public Map<String, Object> variables() {
      return inside.variables;
    }

    @Override
    public void setClock() {
      ScriptRunner.this.setClock();
    }

    @Override
    public void speak(Language chosen) {
      language = chosen;
      inside.variables.put("language", chosen.tag());
    }

    @Override
    public List<Prompt> prompts(Saying saying) {
      return speaker.prompts(saying, inside.script, language, inside.variables);
    }

    @Override
    public void went(String choice) {
      trail.add(new TrailEntry(where(), choice));
    }

    @Override
    public void answered(String variable, String answer) {
      answers.put(variable, answer);
    }

    @Override
    public void hasLeftSomething() {
      left = true;
    }

    @Override
    public void leave(Onward.Exit exit) {
      ScriptRunner.this.leave(exit);
    }

    @Override
    public void enterMenu() {
      if (!inside.at.equals(inside.menus.peek())) inside.menus.push(inside.at);
    }

    @Override
    public String menuBefore() {
      if (inside.menus.size() > 1) inside.menus.pop();
      return Objects.requireNonNull(inside.menus.peek(), "no menu was entered");
    }

    @Override
    public Walk walked() {
      return ScriptRunner.this.walked();
    }

    @Override
    public Resume resumeAt(String step) {
      List<Place> after = callers.stream().map(one -> one.goingOnAt(one.at)).toList();
      return new Resume(inside.goingOnAt(step), after, language);
    }
  }
}
