package org.switchroom.ivr.step;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.SayingReader;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Template;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.Yaml;

/// The fields of one step as they are written. A field that is asked for may stand there; what is
/// wrong with it is noted, and something is returned all the same.
public final class StepFields {
  private static final String KEYS = "0123456789*#";
  private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]{0,39}";
  private static final List<String> TRUTHS = List.of("true", "false");
  private static final Duration KEY_TIMEOUT = Duration.ofSeconds(5);

  private final String script;
  private final String id;
  private final StepKind kind;
  private final List<Language> languages;
  private final DeclaredNames declared;
  private final Yaml fields;

  private StepFields(
      String script,
      String id,
      StepKind kind,
      List<Language> languages,
      DeclaredNames declared,
      Yaml fields) {
    this.script = script;
    this.id = id;
    this.kind = kind;
    this.languages = languages;
    this.declared = declared;
    this.fields = fields;
  }

  /// Reads a step.
  ///
  /// @param script the name of its script
  /// @param languages in which it must say what it says
  public static Step read(
      String script,
      String id,
      StepKind kind,
      List<Language> languages,
      DeclaredNames declared,
      Yaml fields) {
    fields.has(kind.word());
    return kind.reader().read(new StepFields(script, id, kind, languages, declared, fields));
  }

  String script() {
    return script;
  }

  List<Language> languages() {
    return languages;
  }

  DeclaredNames declared() {
    return declared;
  }

  boolean has(String name) {
    return fields.has(name);
  }

  /// Empty: it is missing, or no scalar.
  Optional<String> scalar(String name) {
    return fields.scalar(name);
  }

  String required(String name) {
    return fields.required(name);
  }

  String text(String name, String fallback) {
    return fields.text(name, fallback);
  }

  /// Empty: it is missing.
  Optional<String> text(String name) {
    return fields.text(name);
  }

  int number(String name, int fallback, int least, int most) {
    return fields.number(name, fallback, least, most);
  }

  /// `true` or `false`; false where it is missing.
  boolean truth(String name) {
    String written = fields.text(name, "false");
    if (!TRUTHS.contains(written)) {
      fields.fault(name, "\"%s\" is %s; it must be true or false.".formatted(name, written));
    }
    return written.equals("true");
  }

  List<Yaml> mappings(String name) {
    return fields.mappings(name);
  }

  void fault(String name, String message) {
    fields.fault(name, message);
  }

  // ── Keys ────────────────────────────────────────────────────────────────────────────────────

  /// How long a key is waited for.
  Duration keyTimeout() {
    return fields.duration("timeout", KEY_TIMEOUT);
  }

  /// How often it is asked again.
  int retries(int fallback) {
    return fields.number("retries", fallback, 0, 10);
  }

  /// The key that ends what a caller keys in or says.
  char end() {
    String end = fields.text("end", "#");
    if (isKey(end)) return end.charAt(0);
    fields.fault("end", "\"end\" must be one key.");
    return '#';
  }

  /// Empty: there is none.
  Optional<Character> optionalKey(String name) {
    if (!fields.has(name)) return Optional.empty();
    String key = fields.text(name, "");
    if (isKey(key)) return Optional.of(key.charAt(0));
    fields.fault(name, "\"%s\" must be one key.".formatted(name));
    return Optional.empty();
  }

  /// Which key leads to which step.
  SequencedMap<Character, String> keys(String name) {
    var keys = new LinkedHashMap<Character, String>();
    fields.required(name, "must say which key leads to which step, such as {1: orders}");
    Yaml pairs = fields.mapping(name);
    for (String key : pairs.names()) {
      Optional<String> target = pairs.scalar(key);
      if (!isKey(key)) {
        pairs.fault(key, "\"%s\" is not a key. Keys are 0 to 9, * and #.".formatted(key));
      } else if (target.isEmpty()) {
        pairs.fault(key, "Key %s must name a step.".formatted(key));
      } else {
        keys.put(key.charAt(0), target.get());
      }
    }
    return keys;
  }

  private static boolean isKey(String text) {
    return text.length() == 1 && KEYS.indexOf(text.charAt(0)) >= 0;
  }

  // ── What is said ────────────────────────────────────────────────────────────────────────────

  Saying saying(String name) {
    String file = script + "-" + id + (name.equals(kind.word()) ? "" : "-" + name);
    return new SayingReader(languages).read(fields, name, file);
  }

  /// Empty: nothing.
  Optional<Saying> optionalSaying(String name) {
    return fields.has(name) ? Optional.of(saying(name)) : Optional.empty();
  }

  // ── Values ──────────────────────────────────────────────────────────────────────────────────

  /// Longer than zero.
  Duration upTo(Duration most, String name, Duration fallback) {
    Duration duration = fields.duration(name, fallback);
    if (duration.isPositive() && duration.compareTo(most) <= 0) return duration;
    fields.fault(
        name,
        "\"%s\" must be longer than zero and at most %d s.".formatted(name, most.toSeconds()));
    return fallback;
  }

  Expression expression(String name) {
    return expression(fields, name);
  }

  Expression expression(String name, String fallback) {
    return expressionOf(name, fields.text(name, fallback));
  }

  /// @param text what is written, or what stands for it
  Expression expressionOf(String name, String text) {
    return parse(fields, name, text);
  }

  SequencedMap<String, Expression> expressions(String name) {
    var values = new LinkedHashMap<String, Expression>();
    Yaml all = fields.mapping(name);
    for (String variable : all.names()) {
      if (!variable.matches(VARIABLE)) {
        all.fault(variable, "\"%s\" is no name for a variable.".formatted(variable));
      }
      values.put(variable, expression(all, variable));
    }
    return values;
  }

  /// @param fields of a mapping inside the step's
  static Expression expression(Yaml fields, String name) {
    return parse(fields, name, fields.required(name));
  }

  private static Expression parse(Yaml fields, String name, String text) {
    if (text.isBlank()) return Expression.nothing();
    try {
      return Expression.parse(text);
    } catch (ExpressionFault e) {
      fields.fault(name, e.getMessage());
      return Expression.nothing();
    }
  }

  Template template(String name) {
    try {
      return Template.parse(fields.required(name));
    } catch (ExpressionFault e) {
      fields.fault(name, e.getMessage());
      return Template.nothing();
    }
  }

  // ── Names ───────────────────────────────────────────────────────────────────────────────────

  /// A name for a variable.
  String variable(String name) {
    return variable(name, fields.required(name));
  }

  /// The same.
  ///
  /// @param text what is written, or what stands for it
  String variable(String name, String text) {
    if (!text.isEmpty() && !text.matches(VARIABLE)) {
      fields.fault(name, "\"%s\" is no name for a variable.".formatted(text));
    }
    return text;
  }

  /// A queue whose work is done when an agent has time.
  String taskQueue(String name) {
    return queue(
        name,
        declared.taskQueues(),
        "Queue %s takes calls; this needs one with \"channel: task\".");
  }

  /// A queue where callers wait.
  String callQueue(String name) {
    return queue(
        name,
        declared.callQueues(),
        "Queue %s takes no calls; callers need one with \"channel: voice\".");
  }

  private String queue(String name, DeclaredNames.NameSet fitting, String otherwise) {
    String queue = fields.required(name);
    known(name, queue, declared.queues(), "queue");
    if (declared.queues().has(queue) && !fitting.has(queue)) {
      fields.fault(name, (otherwise + " Known are %s.").formatted(queue, fitting));
    }
    return queue;
  }

  /// Notes what is not among what there is.
  void known(String name, String text, DeclaredNames.NameSet all, String what) {
    if (!text.isEmpty() && !all.has(text)) {
      fields.fault(name, "There is no %s %s. Known are %s.".formatted(what, text, all));
    }
  }
}
