package org.switchroom.ivr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;
import org.switchroom.ivr.yaml.Yaml;

/// Reads a script and checks it: a script that loads has no exit into nothing and no step that
/// nobody reaches.
public final class ScriptLoader {
  private static final Set<String> KINDS =
      Set.of("say", "menu", "collect", "lookup", "queue", "hangup");
  private static final Duration KEY_TIMEOUT = Duration.ofSeconds(5);

  private final String file;
  private final Set<String> queues;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();

  private ScriptLoader(String file, Set<String> queues) {
    this.file = file;
    this.queues = queues;
  }

  /// @param file the name to be shown in faults
  /// @param queues the queues a script may send callers to
  /// @throws FaultsException with everything that is wrong
  public static Script load(String file, String yaml, Set<String> queues) throws FaultsException {
    return new ScriptLoader(file, queues).read(yaml);
  }

  /// The YAML of a script that is shipped; null: there is none of this name.
  public static String builtin(String name) {
    if (!name.matches("[a-z-]{1,40}")) return null;
    try (var stream = ScriptLoader.class.getResourceAsStream(name + ".yaml")) {
      return stream == null ? null : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Script read(String yaml) throws FaultsException {
    Node root = Yaml.compose(file, yaml);
    var fields = new Yaml(file, root, "A script", faults);
    fields.only(Set.of("name", "start", "steps"));
    String name = fields.required("name");
    String start = fields.required("start");
    var steps = new LinkedHashMap<String, Step>();
    if (fields.has("steps")) {
      var all = new Yaml(file, fields.fields().get("steps"), "\"steps\"", faults);
      all.fields().forEach((id, node) -> readStep(id, node, steps));
    } else {
      faults.add(new Fault(file, fields.line(), "\"steps\" is missing here."));
    }
    if (faults.isEmpty()) check(start, fields.lineOf("start"), steps);
    if (!faults.isEmpty()) throw new FaultsException(faults);
    return new Script(name, start, steps);
  }

  private void readStep(String id, Node node, Map<String, Step> steps) {
    var fields = new Yaml(file, node, "Step " + id, faults);
    lines.put(id, fields.line());
    var kinds = fields.fields().keySet().stream().filter(KINDS::contains).toList();
    if (kinds.size() != 1) {
      fields.fault(
          node, "Step %s must have one of %s.".formatted(id, new java.util.TreeSet<>(KINDS)));
      return;
    }
    steps.put(
        id,
        switch (kinds.getFirst()) {
          case "say" -> say(fields);
          case "menu" -> menu(fields);
          case "collect" -> collect(fields);
          case "lookup" -> lookup(fields);
          case "queue" -> queue(fields);
          default -> hangUp(fields);
        });
  }

  private Step say(Yaml fields) {
    fields.only(Set.of("say", "next"));
    return new Step.Say(fields.prompt("say"), fields.required("next"));
  }

  private Step menu(Yaml fields) {
    fields.only(Set.of("menu", "keys", "timeout", "retries", "invalid", "otherwise"));
    var keys = new LinkedHashMap<Character, String>();
    if (fields.has("keys")) {
      var pairs = new Yaml(file, fields.fields().get("keys"), "\"keys\"", faults);
      pairs.fields().forEach((key, node) -> readKey(pairs, key, node, keys));
    } else {
      fields.required("keys");
    }
    return new Step.Menu(
        fields.prompt("menu"),
        keys,
        fields.duration("timeout", KEY_TIMEOUT),
        fields.number("retries", 2, 0, 10),
        fields.prompt("invalid"),
        fields.required("otherwise"));
  }

  private static void readKey(Yaml pairs, String key, Node node, Map<Character, String> keys) {
    if (key.length() != 1 || "0123456789*#".indexOf(key.charAt(0)) < 0) {
      pairs.fault(node, "\"%s\" is not a key. Keys are 0 to 9, * and #.".formatted(key));
    } else if (node instanceof ScalarNode target) {
      keys.put(key.charAt(0), target.getValue());
    } else {
      pairs.fault(node, "Key %s must name a step.".formatted(key));
    }
  }

  private Step collect(Yaml fields) {
    fields.only(
        Set.of("collect", "as", "digits", "end", "timeout", "retries", "next", "otherwise"));
    var range =
        java.util.regex.Pattern.compile("(\\d{1,2})(?:-(\\d{1,2}))?")
            .matcher(fields.text("digits", "1-20"));
    int fewest = 1;
    int most = 20;
    if (range.matches()) {
      fewest = Integer.parseInt(range.group(1));
      most = range.group(2) == null ? fewest : Integer.parseInt(range.group(2));
    }
    if (!range.matches() || fewest < 1 || most < fewest) {
      fields.fault(fields.fields().get("digits"), "\"digits\" must be how many, such as 6 or 4-8.");
    }
    String end = fields.text("end", "#");
    if (end.length() != 1 || "0123456789*#".indexOf(end.charAt(0)) < 0) {
      fields.fault(fields.fields().get("end"), "\"end\" must be one key.");
      end = "#";
    }
    return new Step.Collect(
        fields.prompt("collect"),
        fields.required("as"),
        fewest,
        most,
        end.charAt(0),
        fields.duration("timeout", KEY_TIMEOUT),
        fields.number("retries", 1, 0, 10),
        fields.required("next"),
        fields.required("otherwise"));
  }

  private Step lookup(Yaml fields) {
    fields.only(Set.of("lookup", "found", "not-found", "failure"));
    return new Step.Lookup(
        fields.required("lookup"),
        fields.required("found"),
        fields.required("not-found"),
        fields.required("failure"));
  }

  private Step queue(Yaml fields) {
    fields.only(Set.of("queue", "priority"));
    String queue = fields.required("queue");
    if (!queue.isEmpty() && !queues.contains(queue)) {
      fields.fault(
          fields.fields().get("queue"),
          "There is no queue %s. Known are %s.".formatted(queue, new java.util.TreeSet<>(queues)));
    }
    return new Step.ToQueue(queue, fields.number("priority", 0, -1000, 1000));
  }

  private Step hangUp(Yaml fields) {
    fields.only(Set.of("hangup"));
    boolean silent = "true".equals(fields.text("hangup", ""));
    return new Step.HangUp(silent ? null : fields.prompt("hangup"));
  }

  // ── Checks over the whole script ────────────────────────────────────────────────────────────

  private void check(String start, int startLine, Map<String, Step> steps) {
    if (!steps.containsKey(start)) {
      faults.add(new Fault(file, startLine, "There is no step %s to start with.".formatted(start)));
      return;
    }
    steps.forEach(
        (id, step) -> {
          for (String exit : step.exits()) {
            if (!steps.containsKey(exit)) {
              faults.add(
                  new Fault(
                      file,
                      lines.get(id),
                      "Step %s leads to %s, which does not exist.".formatted(id, exit)));
            }
          }
        });
    if (!faults.isEmpty()) return;
    Set<String> reached = reachedFrom(start, steps);
    for (String id : steps.keySet()) {
      if (!reached.contains(id)) {
        faults.add(
            new Fault(
                file,
                lines.get(id),
                "No caller can reach step %s. Lead to it, or remove it.".formatted(id)));
      }
    }
    boolean ends = reached.stream().anyMatch(id -> steps.get(id).exits().isEmpty());
    if (!ends) {
      faults.add(new Fault(file, startLine, "The script never ends. Lead to a queue or a hangup."));
    }
  }

  private static Set<String> reachedFrom(String start, Map<String, Step> steps) {
    var reached = new HashSet<String>();
    var open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      String id = open.pop();
      if (reached.add(id)) open.addAll(steps.get(id).exits());
    }
    return reached;
  }
}
