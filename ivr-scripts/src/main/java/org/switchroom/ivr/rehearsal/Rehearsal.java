package org.switchroom.ivr.rehearsal;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.NoticeAnswer;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Prompt;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.ScriptRunner;
import org.switchroom.ivr.Services;
import org.switchroom.ivr.Sounds;
import org.switchroom.ivr.speech.Language;

/// One caller led through a script, with a customer, orders and an hour that are made up.
///
/// ```java
/// var run = Rehearsal.of(script).customer(Map.of("id", 7L, "tier", "gold")).presses("1", "3").run();
/// assertThat(run.queue()).contains("billing");
/// ```
public final class Rehearsal {
  /// What came of it.
  ///
  /// @param heard everything that was said, in order
  /// @param left messages, callbacks, tickets and scores, as texts
  public record Result(Outcome outcome, List<String> heard, List<String> left) {
    /// Where the caller waits; empty: nowhere.
    public Optional<String> queue() {
      return outcome instanceof Outcome.Queued queued
          ? Optional.of(queued.queue())
          : Optional.empty();
    }

    /// The steps that the caller left, each with its exit: `menu:1`.
    public List<String> path() {
      return outcome.walk().edges().stream().map(edge -> edge.step() + ":" + edge.exit()).toList();
    }
  }

  private final Script script;
  private final Map<String, Script> scripts = new LinkedHashMap<>();
  private final Map<Services.Kind, Map<String, Map<String, Object>>> records = new HashMap<>();
  private final Set<Services.Kind> away = new HashSet<>();
  private final Map<String, Boolean> calendars = new HashMap<>();
  private final List<String> presses = new ArrayList<>();
  private String from = "+886223450000";
  private String dialed = "+886227001234";
  private ZonedDateTime now = ZonedDateTime.of(2026, 11, 25, 10, 0, 0, 0, ZoneOffset.ofHours(8));
  private String pin = "1234";
  private boolean servicesFail;
  private Services.CallbackAnswer callback = Services.CallbackAnswer.TAKEN;
  private Map<String, Object> httpAnswer = Map.of();

  private Rehearsal(Script script) {
    this.script = script;
    scripts.put(script.name(), script);
  }

  public static Rehearsal of(Script script) {
    return new Rehearsal(script);
  }

  /// Scripts that it may call.
  public Rehearsal with(Iterable<Script> others) {
    others.forEach(other -> scripts.put(other.name(), other));
    return this;
  }

  /// @param number empty: hidden
  public Rehearsal from(String number) {
    from = number;
    return this;
  }

  public Rehearsal at(ZonedDateTime time) {
    now = time;
    return this;
  }

  /// Calendars are open unless it is said otherwise.
  public Rehearsal calendar(String name, boolean open) {
    calendars.put(name, open);
    return this;
  }

  /// Who calls. Nobody is known who is not named.
  public Rehearsal customer(Map<String, Object> customer) {
    return record(Services.Kind.CALLER, "", customer);
  }

  /// Something to be found.
  ///
  /// @param key by which it is looked up
  public Rehearsal record(Services.Kind kind, String key, Map<String, Object> record) {
    records.computeIfAbsent(kind, _ -> new HashMap<>()).put(key, record);
    return this;
  }

  /// Looking this up fails.
  public Rehearsal away(Services.Kind kind) {
    away.add(kind);
    return this;
  }

  /// Everything but looking up fails: HTTP, messages, tickets, callbacks, PINs.
  public Rehearsal servicesFail() {
    servicesFail = true;
    return this;
  }

  public Rehearsal httpAnswers(Map<String, Object> answer) {
    httpAnswer = answer;
    return this;
  }

  public Rehearsal pin(String right) {
    pin = right;
    return this;
  }

  /// What comes of asking for a callback; what is no number is none all the same.
  public Rehearsal callback(Services.CallbackAnswer what) {
    callback = what;
    return this;
  }

  /// What the caller does, one time they are asked after the other: keys; `.` for silence; `!` to
  /// hang up; `say` to speak when they are recorded. When it is used up they are silent.
  public Rehearsal presses(String... each) {
    presses.addAll(Arrays.asList(each));
    return this;
  }

  public Result run() {
    var heard = new ArrayList<String>();
    return run(new PressingCaller(presses, heard), heard);
  }

  /// With somebody else at the telephone.
  public Result run(Caller caller) {
    return run(caller, new ArrayList<>());
  }

  private Result run(Caller caller, List<String> heard) {
    var left = new ArrayList<String>();
    Outcome outcome =
        ScriptRunner.run(
            scripts,
            ScriptRunner.beginning(script, from, dialed),
            caller,
            new MadeUp(left),
            Sounds.NONE);
    return new Result(outcome, List.copyOf(heard), List.copyOf(left));
  }

  private final class MadeUp implements Services {
    private final List<String> left;
    private int tickets = 1000;

    MadeUp(List<String> left) {
      this.left = left;
    }

    @Override
    public ZonedDateTime now() {
      return now;
    }

    @Override
    public Found lookUp(Kind kind, String key) {
      if (away.contains(kind)) return Found.FAILED;
      Map<String, Object> found = records.getOrDefault(kind, Map.of()).get(key);
      return found == null ? Found.NOTHING : new Found(Answer.FOUND, found);
    }

    @Override
    public Answer checkPin(String customer, String digits) {
      if (servicesFail) return Answer.FAILED;
      return digits.equals(pin) ? Answer.FOUND : Answer.NOT_FOUND;
    }

    @Override
    public boolean open(String calendar) {
      return calendars.getOrDefault(calendar, true);
    }

    @Override
    public Found http(
        String method, String url, Optional<Map<String, Object>> body, Duration timeout) {
      left.add(method + " " + url + body.map(sent -> " " + sent).orElse(""));
      return servicesFail ? Found.FAILED : new Found(Answer.FOUND, httpAnswer);
    }

    @Override
    public Answer leaveVoicemail(String queue, Caller.Recording recording) {
      return leave("voicemail " + queue);
    }

    @Override
    public CallbackAnswer requestCallback(String queue, String number) {
      if (!number.matches("\\+?[0-9]{7,15}")) return CallbackAnswer.NO_NUMBER;
      if (callback != CallbackAnswer.TAKEN) return callback;
      boolean taken = leave("callback " + queue + " " + number) == Answer.FOUND;
      return taken ? CallbackAnswer.TAKEN : CallbackAnswer.FAILED;
    }

    @Override
    public Found openTicket(String subject, String priority, Optional<String> recording) {
      if (leave("ticket " + priority + " " + subject) != Answer.FOUND) return Found.FAILED;
      return new Found(Answer.FOUND, Map.of("number", Integer.toString(++tickets)));
    }

    @Override
    public Answer noticed(NoticeAnswer answer, String where, Language language, Duration took) {
      return leave("notice " + answer.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Answer pauseTalkRecording(boolean pause) {
      return leave("talk-recording " + (pause ? "pause" : "resume"));
    }

    @Override
    public Answer score(String question, int score, int most) {
      return leave("score " + question + " " + score);
    }

    private Answer leave(String what) {
      if (servicesFail) return Answer.FAILED;
      left.add(what);
      return Answer.FOUND;
    }
  }

  /// Does what it was told.
  private static final class PressingCaller implements Caller {
    private final List<String> presses;
    private final List<String> heard;
    private int next;
    private boolean cutShort;

    PressingCaller(List<String> presses, List<String> heard) {
      this.presses = List.copyOf(presses);
      this.heard = heard;
    }

    private String press(List<Prompt> prompts) throws CallerHungUpException {
      hear(prompts);
      String press = next < presses.size() ? presses.get(next++) : ".";
      if (press.equals("!")) throw new CallerHungUpException();
      return press.equals(".") ? "" : press;
    }

    private void hear(List<Prompt> prompts) {
      prompts.forEach(prompt -> heard.add(prompt.text()));
    }

    @Override
    public void play(List<Prompt> prompts) {
      hear(prompts);
      cutShort = false;
    }

    @Override
    public boolean heardAll() {
      return !cutShort;
    }

    @Override
    public char readKey(List<Prompt> prompts, Duration timeout) throws CallerHungUpException {
      String press = press(prompts);
      cutShort = !prompts.isEmpty() && !press.isEmpty();
      return press.isEmpty() ? SILENCE : press.charAt(0);
    }

    @Override
    public String readDigits(List<Prompt> prompts, int most, char end, Duration timeout)
        throws CallerHungUpException {
      String press = press(prompts);
      int ends = press.indexOf(end);
      String digits = ends < 0 ? press : press.substring(0, ends);
      return digits.length() <= most ? digits : digits.substring(0, most);
    }

    @Override
    public Optional<Recording> record(
        List<Prompt> prompts, Duration longest, Duration silence, char end)
        throws CallerHungUpException {
      String press = press(prompts);
      return press.isEmpty()
          ? Optional.empty()
          : Optional.of(new Recording("rehearsed.wav", Duration.ofSeconds(5)));
    }
  }
}
