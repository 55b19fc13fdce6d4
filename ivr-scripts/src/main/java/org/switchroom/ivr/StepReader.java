package org.switchroom.ivr;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.Yaml;

/// Reads one step: each kind has its fields, and each field its range.
final class StepReader {
  static final Set<String> KINDS =
      Set.of(
          "say",
          "menu",
          "collect",
          "pin",
          "record",
          "lookup",
          "branch",
          "set",
          "language",
          "hours",
          "http",
          "queue",
          "transfer",
          "voicemail",
          "callback",
          "ticket",
          "survey",
          "script",
          "return",
          "hangup");

  /// Steps that name a queue beside what they are.
  static final Set<String> HAVE_QUEUE = Set.of("voicemail", "callback");

  private static final Duration KEY_TIMEOUT = Duration.ofSeconds(5);
  private static final Pattern DIGITS = Pattern.compile("(\\d{1,2})(?:-(\\d{1,2}))?");
  private static final String KEYS = "0123456789*#";

  private final String script;
  private final List<Language> languages;
  private final Surroundings around;
  private final SayingReader sayings;
  private String id = "";

  StepReader(String script, List<Language> languages, Surroundings around) {
    this.script = script;
    this.languages = languages;
    this.around = around;
    sayings = new SayingReader(languages);
  }

  Step read(String id, String kind, Yaml fields) {
    this.id = id;
    fields.has(kind);
    return switch (kind) {
      case "say" -> say(fields);
      case "menu" -> menu(fields);
      case "collect" -> collect(fields);
      case "pin" -> pin(fields);
      case "record" -> record(fields);
      case "lookup" -> lookup(fields);
      case "branch" -> branch(fields);
      case "set" -> set(fields);
      case "language" -> language(fields);
      case "hours" -> hours(fields);
      case "http" -> http(fields);
      case "queue" -> queue(fields);
      case "transfer" -> transfer(fields);
      case "voicemail" -> voicemail(fields);
      case "callback" -> callback(fields);
      case "ticket" -> ticket(fields);
      case "survey" -> survey(fields);
      case "script" -> subScript(fields);
      case "return" -> new Step.Return();
      default -> hangUp(fields);
    };
  }

  // ── The caller is asked ─────────────────────────────────────────────────────────────────────

  private Step say(Yaml fields) {
    return new Step.Say(saying(fields, "say"), fields.required("next"));
  }

  private Step menu(Yaml fields) {
    var keys = new LinkedHashMap<Character, String>();
    fields.required("keys", "must say which key leads to which step, such as {1: orders}");
    Yaml pairs = fields.mapping("keys");
    for (String key : pairs.names()) {
      String target = pairs.scalar(key);
      if (key.length() != 1 || KEYS.indexOf(key.charAt(0)) < 0) {
        pairs.fault(key, "\"%s\" is not a key. Keys are 0 to 9, * and #.".formatted(key));
      } else if (target == null) {
        pairs.fault(key, "Key %s must name a step.".formatted(key));
      } else {
        keys.put(key.charAt(0), target);
      }
    }
    return new Step.Menu(
        saying(fields, "menu"),
        keys,
        fields.duration("timeout", KEY_TIMEOUT),
        fields.number("retries", 2, 0, 10),
        optional(fields, "invalid"),
        fields.required("otherwise"));
  }

  private Step collect(Yaml fields) {
    return new Step.Collect(
        saying(fields, "collect"),
        name(fields, "as", null),
        digits(fields, "1-20"),
        fields.required("next"),
        fields.required("otherwise"));
  }

  private Step pin(Yaml fields) {
    return new Step.Pin(
        saying(fields, "pin"),
        expression(fields, "of", "customer.id"),
        digits(fields, "4-8"),
        fields.required("right"),
        fields.required("wrong"),
        fields.required("failure"));
  }

  private Step.Digits digits(Yaml fields, String fallback) {
    var range = DIGITS.matcher(fields.text("digits", fallback));
    int fewest = 1;
    int most = 20;
    if (range.matches()) {
      fewest = Integer.parseInt(range.group(1));
      most = range.group(2) == null ? fewest : Integer.parseInt(range.group(2));
    }
    if (!range.matches() || fewest < 1 || most < fewest) {
      fields.fault("digits", "\"digits\" must be how many, such as 6 or 4-8.");
    }
    return new Step.Digits(
        fewest,
        most,
        end(fields),
        fields.duration("timeout", KEY_TIMEOUT),
        fields.number("retries", 1, 0, 10),
        optional(fields, "invalid"));
  }

  private static char end(Yaml fields) {
    String end = fields.text("end", "#");
    if (end.length() == 1 && KEYS.indexOf(end.charAt(0)) >= 0) return end.charAt(0);
    fields.fault("end", "\"end\" must be one key.");
    return '#';
  }

  private Step survey(Yaml fields) {
    return new Step.Survey(
        name(fields, "as", null),
        saying(fields, "survey"),
        fields.number("most", 5, 2, 9),
        fields.duration("timeout", KEY_TIMEOUT),
        fields.number("retries", 1, 0, 10),
        fields.required("next"),
        fields.required("otherwise"));
  }

  // ── The caller leaves something ─────────────────────────────────────────────────────────────

  private Step record(Yaml fields) {
    return new Step.Record(
        saying(fields, "record"),
        name(fields, "as", null),
        limits(fields),
        fields.required("next"),
        fields.required("otherwise"));
  }

  private static Step.Limits limits(Yaml fields) {
    return new Step.Limits(
        between(fields, "longest", Duration.ofMinutes(2), Duration.ofMinutes(10)),
        between(fields, "silence", Duration.ofSeconds(4), Duration.ofSeconds(60)),
        end(fields));
  }

  private static Duration between(Yaml fields, String name, Duration fallback, Duration most) {
    Duration duration = fields.duration(name, fallback);
    if (duration.isPositive() && duration.compareTo(most) <= 0) return duration;
    fields.fault(
        name,
        "\"%s\" must be longer than zero and at most %d s.".formatted(name, most.toSeconds()));
    return fallback;
  }

  private Step voicemail(Yaml fields) {
    return new Step.Voicemail(
        saying(fields, "voicemail"),
        taskQueue(fields),
        limits(fields),
        fields.required("next"),
        fields.required("otherwise"),
        fields.required("failure"));
  }

  private Step callback(Yaml fields) {
    String number = fields.text("callback", "caller");
    return new Step.Callback(
        taskQueue(fields),
        parse(fields, "callback", number.isBlank() ? "caller" : number),
        fields.required("next"),
        fields.required("failure"));
  }

  private Step ticket(Yaml fields) {
    String priority = fields.text("priority", "normal");
    if (!Set.of("low", "normal", "high", "urgent").contains(priority)) {
      fields.fault(
          "priority",
          "\"priority\" is %s; it must be low, normal, high or urgent.".formatted(priority));
    }
    return new Step.Ticket(
        template(fields, "ticket"),
        priority,
        fields.text("recording").orElse(null),
        name(fields, "as", "ticket"),
        fields.required("next"),
        fields.required("failure"));
  }

  // ── Something is looked up, asked or worked out ─────────────────────────────────────────────

  private Step lookup(Yaml fields) {
    String word = fields.required("lookup");
    Services.Kind kind = Services.Kind.of(word);
    if (kind == null) {
      fields.fault(
          "lookup",
          "\"%s\" cannot be looked up. Known are %s.".formatted(word, Services.Kind.words()));
      kind = Services.Kind.CALLER;
    }
    String key =
        switch (kind) {
          case CALLER -> null;
          case ACCOUNT, ORDER, TICKET -> "";
          case LATEST_ORDER, LATEST_TICKET -> "customer.id";
        };
    if ("".equals(key)) fields.required("by");
    String as =
        switch (kind) {
          case CALLER, ACCOUNT -> "customer";
          case ORDER, LATEST_ORDER -> "order";
          case TICKET, LATEST_TICKET -> "ticket";
        };
    return new Step.Lookup(
        kind,
        fields.has("by") || key != null && !key.isEmpty() ? expression(fields, "by", key) : null,
        name(fields, "as", as),
        fields.required("found"),
        fields.required("not-found"),
        fields.required("failure"));
  }

  private Step branch(Yaml fields) {
    var when = new LinkedHashMap<Expression, String>();
    for (Yaml choice : fields.mappings("branch")) {
      when.put(expression(choice, "when", null), choice.required("next"));
    }
    if (when.isEmpty()) {
      fields.fault("branch", "\"branch\" needs at least one {when: …, next: …}.");
    }
    String otherwise = fields.required("otherwise");
    return new Step.Branch(when, otherwise, fields.text("failure", otherwise));
  }

  private Step set(Yaml fields) {
    String next = fields.required("next");
    return new Step.SetVariables(expressions(fields, "set"), next, fields.text("failure", next));
  }

  private Step language(Yaml fields) {
    String tag = fields.required("language");
    Language language = Language.of(tag);
    if (!languages.contains(language)) {
      fields.fault(
          "language",
          "This script does not speak %s. Its languages are %s.".formatted(tag, languages));
    }
    return new Step.Speak(
        language == null ? languages.getFirst() : language, fields.required("next"));
  }

  private Step hours(Yaml fields) {
    String calendar = fields.required("hours");
    known(fields, "hours", calendar, around.calendars(), "calendar");
    return new Step.Hours(calendar, fields.required("open"), fields.required("closed"));
  }

  private Step http(Yaml fields) {
    String method = fields.text("method", fields.has("body") ? "POST" : "GET");
    if (!Set.of("GET", "POST", "PUT").contains(method)) {
      fields.fault("method", "\"method\" is %s; it must be GET, POST or PUT.".formatted(method));
    }
    Template url = template(fields, "http");
    checkHost(fields, url);
    return new Step.Http(
        method,
        url,
        expressions(fields, "body"),
        fields.has("as") ? name(fields, "as", null) : null,
        between(fields, "timeout", Duration.ofSeconds(3), Duration.ofSeconds(15)),
        fields.required("next"),
        fields.required("failure"));
  }

  /// Whom a request goes to never depends on what a caller keys in.
  private void checkHost(Yaml fields, Template url) {
    String beginning = url.literalBeginning();
    try {
      int path = beginning.indexOf('/', beginning.indexOf("://") + 3);
      boolean whole = path > 0 || url.variables().isEmpty();
      URI uri = URI.create(path > 0 ? beginning.substring(0, path) : beginning);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && whole && uri.getHost() != null && uri.getUserInfo() == null) {
        String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        if (around.hosts() != null && !around.hosts().contains(host)) {
          fields.fault(
              "http",
              "Scripts may not send requests to %s. Name it in \"http-hosts\" of the configuration."
                  .formatted(host));
        }
        return;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the fault
    }
    fields.fault(
        "http",
        "\"%s\" must begin with http:// or https:// and a host that stands there in full, then /."
            .formatted(url));
  }

  // ── The caller goes elsewhere ───────────────────────────────────────────────────────────────

  private Step queue(Yaml fields) {
    String ask = fields.text("ask").orElse(null);
    String fault = ask == null ? null : around.faultOfAsk().apply(ask);
    if (fault != null) fields.fault("ask", fault);
    return new Step.ToQueue(
        callQueue(fields),
        fields.number("priority", 0, -100_000, 100_000),
        ask,
        fields.has("prefer") ? expression(fields, "prefer", null) : null,
        between(fields, "prefer-for", Duration.ofSeconds(30), Duration.ofHours(1)));
  }

  private Step transfer(Yaml fields) {
    return new Step.Transfer(
        template(fields, "transfer"),
        between(fields, "ring", Duration.ofSeconds(30), Duration.ofMinutes(5)),
        fields.required("failure"));
  }

  private Step subScript(Yaml fields) {
    String name = fields.required("script");
    if (name.equals(script)) {
      fields.fault("script", "A script cannot call itself.");
    } else {
      known(fields, "script", name, around.scripts(), "script");
    }
    return new Step.SubScript(name, expressions(fields, "with"), fields.required("next"));
  }

  private Step hangUp(Yaml fields) {
    boolean silent = "true".equals(fields.scalar("hangup"));
    return new Step.HangUp(silent ? null : saying(fields, "hangup"));
  }

  private @Nullable Saying optional(Yaml fields, String field) {
    return fields.has(field) ? saying(fields, field) : null;
  }

  private Saying saying(Yaml fields, String field) {
    String name = script + "-" + id + (KINDS.contains(field) ? "" : "-" + field);
    return sayings.read(fields, field, name);
  }

  // ── Small things ────────────────────────────────────────────────────────────────────────────

  private SequencedMap<String, Expression> expressions(Yaml fields, String field) {
    var values = new LinkedHashMap<String, Expression>();
    Yaml all = fields.mapping(field);
    for (String name : all.names()) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,39}")) {
        all.fault(name, "\"%s\" is no name for a variable.".formatted(name));
      }
      values.put(name, expression(all, name, null));
    }
    return values;
  }

  private Expression expression(Yaml fields, String field, @Nullable String fallback) {
    String text = fallback == null ? fields.required(field) : fields.text(field, fallback);
    return parse(fields, field, text);
  }

  private static Expression parse(Yaml fields, String field, String text) {
    try {
      return Expression.parse(text.isBlank() ? "null" : text);
    } catch (ExpressionFault e) {
      fields.fault(field, e.getMessage());
      return nothing();
    }
  }

  static Expression nothing() {
    try {
      return Expression.parse("null");
    } catch (ExpressionFault e) {
      throw new IllegalStateException(e);
    }
  }

  private static Template template(Yaml fields, String field) {
    try {
      return Template.parse(fields.required(field));
    } catch (ExpressionFault e) {
      fields.fault(field, e.getMessage());
      try {
        return Template.parse("");
      } catch (ExpressionFault impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private static String name(Yaml fields, String field, @Nullable String fallback) {
    String name = fallback == null ? fields.required(field) : fields.text(field, fallback);
    if (!name.isEmpty() && !name.matches("[A-Za-z_][A-Za-z0-9_]{0,39}")) {
      fields.fault(field, "\"%s\" is no name for a variable.".formatted(name));
    }
    return name;
  }

  private String taskQueue(Yaml fields) {
    String queue = queueName(fields, "queue");
    boolean exists = around.queues() == null || around.queues().contains(queue);
    if (exists && around.taskQueues() != null && !around.taskQueues().contains(queue)) {
      fields.fault(
          "queue",
          "Queue %s takes calls; this needs one with \"channel: task\". Known are %s."
              .formatted(queue, new TreeSet<>(around.taskQueues())));
    }
    return queue;
  }

  private String callQueue(Yaml fields) {
    String queue = queueName(fields, "queue");
    boolean exists = around.queues() == null || around.queues().contains(queue);
    if (exists && around.callQueues() != null && !around.callQueues().contains(queue)) {
      fields.fault(
          "queue",
          "Queue %s takes no calls; callers need one with \"channel: voice\". Known are %s."
              .formatted(queue, new TreeSet<>(around.callQueues())));
    }
    return queue;
  }

  private String queueName(Yaml fields, String field) {
    String queue = fields.required(field);
    if (!queue.isEmpty()) known(fields, field, queue, around.queues(), "queue");
    return queue;
  }

  private static void known(
      Yaml fields, String field, String name, @Nullable Set<String> known, String what) {
    if (known != null && !name.isEmpty() && !known.contains(name)) {
      fields.fault(
          field, "There is no %s %s. Known are %s.".formatted(what, name, new TreeSet<>(known)));
    }
  }
}
