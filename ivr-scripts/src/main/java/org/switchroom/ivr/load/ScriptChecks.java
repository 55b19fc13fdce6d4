package org.switchroom.ivr.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.yaml.Fault;

/// What can be wrong with a script as a whole, although each of its steps can be read.
final class ScriptChecks {
  /// Every script has these.
  private static final Set<String> GIVEN =
      Set.of("caller", "dialed", "language", "hour", "minute", "today", "weekday");

  /// What lookups find, and sub-scripts share.
  private static final Set<String> RECORDS = Set.of("customer", "order", "ticket");

  private final String file;
  private final Script script;
  private final Map<String, Integer> lines;
  private final int startLine;
  private final List<Fault> faults = new ArrayList<>();

  ScriptChecks(String file, Script script, Map<String, Integer> lines, int startLine) {
    this.file = file;
    this.script = script;
    this.lines = lines;
    this.startLine = startLine;
  }

  List<Fault> faults() {
    exits();
    if (!faults.isEmpty()) return faults;
    Set<String> reached = reached();
    unreached(reached);
    ends(reached);
    loops();
    variables();
    secrets();
    return faults;
  }

  private void exits() {
    if (!script.steps().containsKey(script.start())) {
      faults.add(
          new Fault(
              file, startLine, "There is no step %s to start with.".formatted(script.start())));
    }
    script
        .steps()
        .forEach(
            (id, step) ->
                step.exits()
                    .forEach(
                        (exit, next) -> {
                          if (!script.steps().containsKey(next)) {
                            fault(
                                id,
                                "Step %s leads to %s (%s), which does not exist."
                                    .formatted(id, next, exit));
                          }
                        }));
  }

  private Set<String> reached() {
    var reached = new HashSet<String>();
    var open = new ArrayDeque<>(List.of(script.start()));
    while (!open.isEmpty()) {
      String id = open.pop();
      if (reached.add(id)) open.addAll(script.step(id).exits().values());
    }
    return reached;
  }

  private void unreached(Set<String> reached) {
    for (String id : script.steps().keySet()) {
      if (!reached.contains(id)) {
        fault(id, "No caller can reach step %s. Lead to it, or remove it.".formatted(id));
      }
    }
  }

  private void ends(Set<String> reached) {
    boolean ends = reached.stream().map(script::step).anyMatch(Step::ends);
    if (!ends) {
      faults.add(new Fault(file, startLine, "The script never ends. Lead to a queue or a hangup."));
    }
  }

  /// A caller who lays the receiver down must not go round for ever: without the exits that need a
  /// caller who does something there must be no circle.
  private void loops() {
    var done = new HashSet<String>();
    for (String id : script.steps().keySet()) {
      List<String> circle = circle(id, new ArrayList<>(), done);
      if (circle.isEmpty()) continue;
      fault(
          circle.getFirst(),
          "A caller who presses nothing goes round for ever: %s. Lead one of them to a queue or a hangup."
              .formatted(String.join(" → ", circle)));
      return;
    }
  }

  private List<String> circle(String id, List<String> path, Set<String> done) {
    int before = path.indexOf(id);
    path.add(id);
    if (before >= 0) return path.subList(before, path.size());
    if (done.contains(id)) {
      path.removeLast();
      return List.of();
    }
    Step step = script.step(id);
    for (var exit : step.exits().entrySet()) {
      if (step.byCaller().contains(exit.getKey())) continue;
      List<String> circle = circle(exit.getValue(), path, done);
      if (!circle.isEmpty()) return circle;
    }
    done.add(id);
    path.removeLast();
    return List.of();
  }

  /// A variable that nothing ever sets.
  private void variables() {
    var known = new LinkedHashSet<>(GIVEN);
    known.addAll(RECORDS);
    known.addAll(script.arguments());
    script.steps().values().forEach(step -> known.addAll(step.sets()));
    script
        .steps()
        .forEach(
            (id, step) ->
                reads(step)
                    .forEach(
                        (where, paths) -> {
                          for (String path : paths) {
                            String root = path.split("\\.", 2)[0];
                            if (!known.contains(root)) {
                              fault(
                                  id,
                                  "Nothing sets the variable %s, which step %s reads in %s. Known are %s."
                                      .formatted(root, id, where, new TreeSet<>(known)));
                            }
                          }
                        }));
  }

  /// A secret that would be kept, said or shown somewhere. What a step makes of it would be one,
  /// too, and is not followed: so no other variable is worked out of it, and no way depends on it.
  private void secrets() {
    Set<String> secrets = script.secrets();
    if (secrets.isEmpty()) return;
    script.steps().forEach((id, step) -> secretsOf(id, step, secrets));
  }

  private void secretsOf(String id, Step step, Set<String> secrets) {
    for (String variable : step.sets()) {
      if (!secrets.contains(variable)) continue;
      if (GIVEN.contains(variable) || RECORDS.contains(variable)) {
        fault(
            id,
            "Step %s makes %s secret, which other scripts share. Call it otherwise."
                .formatted(id, variable));
      } else if (!step.secrets().contains(variable)) {
        fault(
            id,
            "Step %s sets %s, which is secret in another step. Call one of them otherwise."
                .formatted(id, variable));
      }
    }
    reads(step)
        .forEach(
            (where, paths) -> {
              if (step.discreet().contains(where)) return;
              for (String path : paths) {
                String root = path.split("\\.", 2)[0];
                if (!secrets.contains(root)) continue;
                fault(
                    id,
                    "%s is secret, and step %s reads it in %s, from where it would be kept, said or shown. It may go to \"by\" of a lookup and to the body of an https request."
                        .formatted(root, id, where));
              }
            });
  }

  /// Which variables a step reads, by where they stand in it.
  private static Map<String, Set<String>> reads(Step step) {
    var reads = new LinkedHashMap<>(step.reads());
    for (Saying saying : step.sayings()) {
      for (List<Saying.Part> parts : saying.parts().values()) {
        for (Saying.Part part : parts) {
          if (part instanceof Saying.Part.Value(var value, _)) {
            reads.put("{" + value + "}", value.variables());
          }
        }
      }
    }
    return reads;
  }

  private void fault(String id, String message) {
    faults.add(new Fault(file, lines.getOrDefault(id, 1), message));
  }
}
