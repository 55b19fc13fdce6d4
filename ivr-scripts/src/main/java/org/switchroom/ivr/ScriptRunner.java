package org.switchroom.ivr;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.switchroom.ivr.Outcome.Edge;
import org.switchroom.ivr.Outcome.Place;
import org.switchroom.ivr.Outcome.Resume;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.Outcome.Walk;
import org.switchroom.ivr.Services.Answer;
import org.switchroom.ivr.Services.Found;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;
import org.switchroom.ivr.speech.Language;

/// Leads one caller through a script, on the thread that calls it. It ends when the script does, or
/// when the caller hangs up, and never throws for anything that a caller or a service does.
public final class ScriptRunner {
  /// No caller goes through more steps in one call; a script that does is going in circles.
  private static final int MOST_STEPS = 500;

  /// Scripts inside scripts.
  private static final int MOST_DEPTH = 8;

  private static final int LONGEST_VALUE = 500;

  private final Map<String, Script> scripts;
  private final Caller caller;
  private final Services services;
  private final Speaker speaker;
  private final Script began;
  private final List<TrailEntry> trail = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Map<String, String> answers = new LinkedHashMap<>();
  private final Deque<Place> callers = new ArrayDeque<>();

  /// Of those callers where this run was: what comes back to others begins with none.
  private final Deque<Deque<String>> menusOfCallers = new ArrayDeque<>();

  /// Of the script in which the caller is: no other has its steps.
  private Deque<String> menus = new ArrayDeque<>();

  private boolean left;
  private Script script;
  private String at;
  private Map<String, Object> variables;
  private Language language;

  private ScriptRunner(
      Map<String, Script> scripts, Resume from, Caller caller, Services services, Sounds sounds) {
    this.scripts = scripts;
    this.caller = caller;
    this.services = services;
    speaker = new Speaker(sounds, () -> services.now().toLocalDate());
    began = from.at().script();
    from.callers().forEach(one -> callers.add(changeable(one)));
    goOn(changeable(from.at()));
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

  private Walk walked() {
    return new Walk(
        began.name(),
        began.version(),
        List.copyOf(trail),
        List.copyOf(edges),
        where(),
        Map.copyOf(answers),
        language,
        left);
  }

  private String where() {
    return script == began ? at : script.name() + "/" + at;
  }

  private Outcome walk() throws CallerHungUpException {
    clock();
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      Step step = script.step(at);
      switch (step) {
        case Step.ToQueue queue -> {
          return queued(queue);
        }
        case Step.Transfer transfer -> {
          Outcome transferred = transferred(transfer);
          if (transferred != null) return transferred;
          leave("failure", transfer.failure());
        }
        case Step.HangUp hangUp -> {
          went("");
          caller.play(prompts(hangUp.saying()));
          return new Outcome.HungUp(walked(), false);
        }
        case Step.Return _ -> {
          Place caller = callers.poll();
          if (caller == null) return new Outcome.Returned(walked());
          back(caller);
        }
        case Step.SubScript sub -> call(sub);
        default -> leave(exit(step));
      }
    }
    return new Outcome.Runaway(walked());
  }

  private record Exit(String name, String next) {}

  private void leave(Exit exit) {
    leave(exit.name(), exit.next());
  }

  private void leave(String exit, String next) {
    edges.add(new Edge(script.name(), at, exit));
    at = next;
  }

  private Exit exit(Step step) throws CallerHungUpException {
    return switch (step) {
      case Step.Say say -> {
        caller.play(prompts(say.saying()));
        yield new Exit("next", say.next());
      }
      case Step.Menu menu -> menu(menu);
      case Step.Collect collect -> collect(collect);
      case Step.Pin pin -> pin(pin);
      case Step.Record record -> record(record);
      case Step.Lookup lookup -> lookUp(lookup);
      case Step.Branch branch -> branch(branch);
      case Step.SetVariables set -> set(set);
      case Step.Speak speak -> {
        language = speak.language();
        variables.put("language", language.tag());
        yield new Exit("next", speak.next());
      }
      case Step.Hours hours -> {
        boolean open = services.open(hours.calendar());
        went(open ? "open" : "closed");
        yield open ? new Exit("open", hours.open()) : new Exit("closed", hours.closed());
      }
      case Step.Http http -> http(http);
      case Step.Voicemail voicemail -> voicemail(voicemail);
      case Step.Callback callback -> callback(callback);
      case Step.Ticket ticket -> ticket(ticket);
      case Step.Survey survey -> survey(survey);
      case Step.ToQueue _, Step.Transfer _, Step.HangUp _, Step.Return _, Step.SubScript _ ->
          throw new IllegalStateException("Step %s ends or calls a script.".formatted(at));
    };
  }

  // ── What the caller does ────────────────────────────────────────────────────────────────────

  private Exit menu(Step.Menu menu) throws CallerHungUpException {
    if (!at.equals(menus.peek())) menus.push(at);
    for (int round = 0; round <= menu.retries(); round++) {
      char key = caller.readKey(prompts(menu.saying()), menu.timeout());
      String next = menu.keys().get(key);
      if (Step.BACK.equals(next)) {
        went("back");
        return new Exit(String.valueOf(key), menuBefore());
      }
      if (next != null) {
        went(String.valueOf(key));
        return new Exit(String.valueOf(key), next);
      }
      if (key != Caller.SILENCE) caller.play(prompts(menu.invalid()));
    }
    went("no choice");
    return new Exit("otherwise", menu.otherwise());
  }

  /// In the first menu it is the menu itself.
  private String menuBefore() {
    if (menus.size() > 1) menus.pop();
    return menus.peek();
  }

  private Exit collect(Step.Collect collect) throws CallerHungUpException {
    String digits = digits(collect.saying(), collect.digits());
    if (digits == null) {
      went("no digits");
      return new Exit("otherwise", collect.otherwise());
    }
    answers.put(collect.as(), digits);
    variables.put(collect.as(), digits);
    went(digits);
    return new Exit("next", collect.next());
  }

  /// Null: not enough were pressed, however often it was asked.
  private @Nullable String digits(Saying saying, Step.Digits wanted) throws CallerHungUpException {
    for (int round = 0; round <= wanted.retries(); round++) {
      String digits =
          caller.readDigits(prompts(saying), wanted.most(), wanted.end(), wanted.timeout());
      if (digits.length() >= wanted.fewest() && digits.length() <= wanted.most()) return digits;
      if (!digits.isEmpty() && wanted.invalid() != null) caller.play(prompts(wanted.invalid()));
    }
    return null;
  }

  /// The digits are neither kept nor shown, right or wrong.
  private Exit pin(Step.Pin pin) throws CallerHungUpException {
    Object of;
    try {
      of = pin.of().evaluate(variables);
    } catch (ExpressionFault e) {
      of = null;
    }
    if (of == null || of.toString().isEmpty()) {
      went("no customer");
      return new Exit("failure", pin.failure());
    }
    for (int round = 0; round <= pin.digits().retries(); round++) {
      String digits = digits(pin.saying(), once(pin.digits()));
      if (digits == null) continue;
      switch (services.checkPin(of.toString(), digits)) {
        case FOUND -> {
          went("right");
          return new Exit("right", pin.right());
        }
        case FAILED -> {
          went("failed");
          return new Exit("failure", pin.failure());
        }
        case NOT_FOUND -> caller.play(prompts(pin.digits().invalid()));
      }
    }
    went("wrong");
    return new Exit("wrong", pin.wrong());
  }

  private static Step.Digits once(Step.Digits d) {
    return new Step.Digits(d.fewest(), d.most(), d.end(), d.timeout(), 0, null);
  }

  private Exit record(Step.Record record) throws CallerHungUpException {
    Caller.Recording recording = record(record.saying(), record.limits());
    if (recording == null) {
      went("nothing said");
      return new Exit("otherwise", record.otherwise());
    }
    variables.put(record.as(), recording.file());
    went(recording.length().toSeconds() + " s");
    return new Exit("next", record.next());
  }

  private Caller.@Nullable Recording record(Saying saying, Step.Limits limits)
      throws CallerHungUpException {
    return caller.record(prompts(saying), limits.longest(), limits.silence(), limits.end());
  }

  /// A message counts although its caller hangs up instead of pressing a key.
  private Exit voicemail(Step.Voicemail voicemail) throws CallerHungUpException {
    Caller.Recording recording;
    try {
      recording = record(voicemail.saying(), voicemail.limits());
    } catch (CallerHungUpException e) {
      if (e.recording() != null) leave(voicemail(voicemail, e.recording()));
      throw e;
    }
    if (recording == null) {
      went("nothing said");
      return new Exit("otherwise", voicemail.otherwise());
    }
    return voicemail(voicemail, recording);
  }

  private Exit voicemail(Step.Voicemail voicemail, Caller.Recording recording) {
    Answer answer = services.leaveVoicemail(voicemail.queue(), recording);
    boolean taken = answer == Answer.FOUND;
    left |= taken;
    went(taken ? recording.length().toSeconds() + " s" : "failed");
    return taken ? new Exit("next", voicemail.next()) : new Exit("failure", voicemail.failure());
  }

  private Exit survey(Step.Survey survey) throws CallerHungUpException {
    for (int round = 0; round <= survey.retries(); round++) {
      int score = caller.readKey(prompts(survey.saying()), survey.timeout()) - '0';
      if (score < 1 || score > survey.most()) continue;
      variables.put(survey.question(), score);
      answers.put(survey.question(), Integer.toString(score));
      went(Integer.toString(score));
      services.score(survey.question(), score, survey.most());
      return new Exit("next", survey.next());
    }
    went("no answer");
    return new Exit("otherwise", survey.otherwise());
  }

  // ── What is looked up and worked out ────────────────────────────────────────────────────────

  private Exit lookUp(Step.Lookup lookup) {
    Found found;
    try {
      Object key = lookup.by() == null ? "" : lookup.by().evaluate(variables);
      found = key == null ? Found.NOTHING : services.lookUp(lookup.what(), text(key));
    } catch (ExpressionFault e) {
      found = Found.FAILED;
    }
    return switch (found.answer()) {
      case FOUND -> {
        variables.put(lookup.as(), found.record());
        went("found");
        yield new Exit("found", lookup.found());
      }
      case NOT_FOUND -> {
        went("not found");
        yield new Exit("not-found", lookup.notFound());
      }
      case FAILED -> {
        went("failed");
        yield new Exit("failure", lookup.failure());
      }
    };
  }

  private Exit branch(Step.Branch branch) {
    clock();
    try {
      for (var choice : branch.when().entrySet()) {
        if (choice.getKey().test(variables)) {
          return new Exit(choice.getKey().toString(), choice.getValue());
        }
      }
      return new Exit("otherwise", branch.otherwise());
    } catch (ExpressionFault e) {
      went("failed");
      return new Exit("failure", branch.failure());
    }
  }

  private Exit set(Step.SetVariables set) {
    try {
      for (var value : set.values().entrySet()) {
        variables.put(value.getKey(), value.getValue().evaluate(variables));
      }
      return new Exit("next", set.next());
    } catch (ExpressionFault e) {
      went("failed");
      return new Exit("failure", set.failure());
    }
  }

  private Exit http(Step.Http http) {
    Found answer;
    try {
      String url = http.url().fill(variables, ScriptRunner::urlEncoded);
      var body = new LinkedHashMap<String, Object>();
      for (var value : http.body().entrySet()) {
        body.put(value.getKey(), value.getValue().evaluate(variables));
      }
      answer =
          services.http(http.method(), url, http.body().isEmpty() ? null : body, http.timeout());
    } catch (ExpressionFault e) {
      answer = Found.FAILED;
    }
    if (answer.answer() != Answer.FOUND) {
      went("failed");
      return new Exit("failure", http.failure());
    }
    if (http.as() != null) variables.put(http.as(), answer.record());
    return new Exit("next", http.next());
  }

  private static String urlEncoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Exit callback(Step.Callback callback) {
    String number = evaluated(callback.number());
    boolean taken =
        !number.isEmpty() && services.requestCallback(callback.queue(), number) == Answer.FOUND;
    left |= taken;
    went(taken ? number : "failed");
    return taken ? new Exit("next", callback.next()) : new Exit("failure", callback.failure());
  }

  private Exit ticket(Step.Ticket ticket) {
    try {
      String subject = ticket.subject().fill(variables, UnaryOperator.identity());
      Object recording = ticket.recording() == null ? null : variables.get(ticket.recording());
      Found opened =
          services.openTicket(
              subject, ticket.priority(), recording == null ? null : recording.toString());
      if (opened.answer() == Answer.FOUND) {
        variables.put(ticket.as(), opened.record());
        went("opened");
        return new Exit("next", ticket.next());
      }
    } catch (ExpressionFault e) {
      // as a ticket that cannot be opened
    }
    went("failed");
    return new Exit("failure", ticket.failure());
  }

  // ── Ends and sub-scripts ────────────────────────────────────────────────────────────────────

  private Outcome queued(Step.ToQueue queue) {
    went(queue.queue());
    String preferred = queue.prefer() == null ? "" : evaluated(queue.prefer());
    return new Outcome.Queued(
        walked(), queue.queue(), queue.priority(), queue.ask(), preferred, queue.preferFor());
  }

  /// Null: there is no number to call.
  private @Nullable Outcome transferred(Step.Transfer transfer) {
    String number;
    try {
      number = transfer.number().fill(variables, UnaryOperator.identity());
    } catch (ExpressionFault e) {
      number = "";
    }
    went(number.isEmpty() ? "failed" : number);
    if (number.isEmpty()) return null;
    Place failed = lasting(new Place(script, transfer.failure(), variables));
    List<Place> after = callers.stream().map(ScriptRunner::lasting).toList();
    return new Outcome.Transferred(
        walked(), number, transfer.ring(), new Resume(failed, after, language));
  }

  private static Place lasting(Place place) {
    var known = new HashMap<>(place.variables());
    known.values().removeIf(Objects::isNull);
    return new Place(place.script(), place.step(), Map.copyOf(known));
  }

  private static Place changeable(Place place) {
    return new Place(place.script(), place.step(), new HashMap<>(place.variables()));
  }

  private void call(Step.SubScript sub) {
    Script called = scripts.get(sub.script());
    edges.add(new Edge(script.name(), at, "next"));
    if (called == null || callers.size() >= MOST_DEPTH) {
      at = sub.next();
      return;
    }
    var arguments = new HashMap<String, Object>();
    sub.with().forEach((name, value) -> arguments.put(name, evaluated(value)));
    for (String shared : List.of("caller", "dialed", "language")) {
      arguments.put(shared, variables.get(shared));
    }
    for (var one : variables.entrySet()) {
      if (one.getValue() instanceof Map) arguments.putIfAbsent(one.getKey(), one.getValue());
    }
    callers.push(new Place(script, sub.next(), variables));
    menusOfCallers.push(menus);
    menus = new ArrayDeque<>();
    goOn(new Place(called, called.start(), arguments));
    clock();
  }

  /// Records that the sub-script found are its caller's too; its other variables are its own.
  private void back(Place caller) {
    var found = variables;
    goOn(caller);
    menus = menusOfCallers.isEmpty() ? new ArrayDeque<>() : menusOfCallers.pop();
    found.forEach(
        (name, value) -> {
          if (value instanceof Map) variables.put(name, value);
        });
    variables.put("language", language.tag());
  }

  private void goOn(Place place) {
    script = place.script();
    at = place.step();
    variables = place.variables();
  }

  // ── What is said ────────────────────────────────────────────────────────────────────────────

  private List<Prompt> prompts(@Nullable Saying saying) {
    return saying == null ? List.of() : speaker.prompts(saying, script, language, variables);
  }

  // ── Small things ────────────────────────────────────────────────────────────────────────────

  /// Empty where it has no value or cannot be worked out.
  private String evaluated(Expression expression) {
    try {
      return text(expression.evaluate(variables));
    } catch (ExpressionFault e) {
      return "";
    }
  }

  private static String text(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE);
  }

  /// What time it is, for expressions.
  private void clock() {
    ZonedDateTime now = services.now();
    variables.put("hour", now.getHour());
    variables.put("minute", now.getMinute());
    variables.put("today", now.toLocalDate().toString());
    variables.put(
        "weekday",
        now.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ROOT).toLowerCase(Locale.ROOT));
    variables.put("language", language.tag());
  }

  private void went(String choice) {
    trail.add(new TrailEntry(where(), choice));
  }
}
