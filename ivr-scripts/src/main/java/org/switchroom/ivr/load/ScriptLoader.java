package org.switchroom.ivr.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.SayingReader;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.step.StepFields;
import org.switchroom.ivr.step.StepKind;
import org.switchroom.ivr.step.StepKinds;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;
import org.switchroom.ivr.yaml.Yaml;

/// Reads a script and checks it: what loads has no exit into nothing, no step that nobody reaches,
/// no way round for ever, and something to say in each of its languages.
public final class ScriptLoader {
  /// Steps in a script. A larger one is cut into sub-scripts.
  private static final int MOST_STEPS = 500;

  /// The scripts that are shipped.
  public static final List<String> BUILTIN =
      List.of(
          "bookshop",
          "order-status",
          "complaint",
          "voicemail",
          "callback",
          "survey",
          "blocked",
          "abusive");

  /// Those of them that every center has: whose number is blocked hears the first, and whose call
  /// an agent ended as abusive the second.
  public static final List<String> EVERYWHERE = List.of("blocked", "abusive");

  private final String file;
  private final DeclaredNames declared;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private int lineOfStart;

  private ScriptLoader(String file, DeclaredNames declared) {
    this.file = file;
    this.declared = declared;
  }

  /// @param file the name to be shown in faults
  /// @throws FaultsException with everything that is wrong
  public static Script load(String file, String yaml, DeclaredNames declared)
      throws FaultsException {
    return new ScriptLoader(file, declared).read(yaml);
  }

  /// Only the queues are known.
  public static Script load(String file, String yaml, Set<String> queues) throws FaultsException {
    return load(file, yaml, DeclaredNames.ofQueues(queues));
  }

  /// The YAML of a script that is shipped; empty: there is none of this name.
  public static Optional<String> builtin(String name) {
    if (!BUILTIN.contains(name)) return Optional.empty();
    try (var stream = Script.class.getResourceAsStream(name + ".yaml")) {
      return Optional.of(new String(requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same, of one of [#EVERYWHERE], with what it says in some of its languages alone, so that
  /// it asks for no voice that nothing else asks for.
  public static String builtin(String name, Set<Language> languages) {
    String yaml = builtin(name).orElseThrow();
    for (Language language : Language.values()) {
      if (languages.contains(language)) continue;
      yaml = yaml.replaceAll("(?m)^ +%s: .*\n".formatted(language.tag()), "");
    }
    String all = languages.stream().sorted().map(Language::tag).collect(Collectors.joining(", "));
    return yaml.replaceFirst("languages: \\[.*]", "languages: [" + all + "]");
  }

  private Script read(String yaml) throws FaultsException {
    Script script = Yaml.read(file, Yaml.compose(file, yaml), "A script", faults, this::script);
    if (faults.isEmpty()) {
      faults.addAll(new ScriptChecks(file, script, lines, lineOfStart).faults());
    }
    if (!faults.isEmpty()) throw new FaultsException(faults);
    return script;
  }

  private Script script(Yaml fields) {
    String name = fields.required("name");
    if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      fields.fault(
          "name", "\"%s\" must be small letters, digits and dashes, at most 40.".formatted(name));
    }
    List<Language> languages = languages(fields);
    String start = fields.required("start");
    lineOfStart = fields.lineOf("start");
    var phrases = phrases(fields, languages);
    var steps = new LinkedHashMap<String, Step>();
    if (fields.has("steps")) {
      var all = fields.mapping("steps");
      if (all.names().size() > MOST_STEPS) {
        fields.fault(
            "steps",
            "A script has at most %d steps; this has %d. Cut it into sub-scripts."
                .formatted(MOST_STEPS, all.names().size()));
      }
      for (String id : all.names()) {
        step(id, all.mapping(id, "Step " + id), name, languages)
            .ifPresent(step -> steps.put(id, step));
      }
    } else {
      fields.required("steps");
    }
    return new Script(name, 0, languages, fields.texts("arguments"), start, steps, phrases);
  }

  private static List<Language> languages(Yaml fields) {
    var languages = new ArrayList<Language>();
    for (String tag : fields.texts("languages")) {
      Optional<Language> language = Language.of(tag);
      if (language.isEmpty()) {
        fields.fault(
            "languages",
            "Language %s is not spoken here. Known are %s.".formatted(tag, Language.tags()));
      } else if (!languages.contains(language.get())) {
        languages.add(language.get());
      }
    }
    return languages.isEmpty() ? List.of(Language.EN) : languages;
  }

  private Map<String, Map<Language, String>> phrases(Yaml fields, List<Language> languages) {
    var phrases = new LinkedHashMap<String, Map<Language, String>>();
    Yaml all = fields.mapping("phrases");
    for (String phrase : all.names()) {
      phrases.put(phrase, SayingReader.texts(all, phrase, languages));
    }
    return phrases;
  }

  /// Empty: it is of no kind, or has no name.
  private Optional<Step> step(String id, Yaml fields, String script, List<Language> languages) {
    lines.put(id, fields.line());
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")) {
      fields.fault(
          "", "\"%s\" must be letters, digits, dots, dashes and underscores.".formatted(id));
      return Optional.empty();
    }
    Optional<StepKind> kind = StepKinds.of(fields);
    if (kind.isEmpty()) {
      fields.fault("", "Step %s must have one of %s.".formatted(id, StepKinds.words()));
    }
    return kind.map(one -> StepFields.read(script, id, one, languages, declared, fields));
  }

  /// Scripts that call each other in a circle.
  ///
  /// @param scripts all there are, by name
  /// @return a circle, as names; empty: there is none
  public static List<String> circle(Map<String, Script> scripts) {
    for (String name : scripts.keySet()) {
      List<String> circle = circle(scripts, name, new ArrayList<>());
      if (!circle.isEmpty()) return circle;
    }
    return List.of();
  }

  private static List<String> circle(Map<String, Script> scripts, String name, List<String> path) {
    if (path.contains(name)) {
      path.add(name);
      return path.subList(path.indexOf(name), path.size());
    }
    path.add(name);
    Script script = scripts.get(name);
    if (script != null) {
      for (String called : script.calls()) {
        List<String> circle = circle(scripts, called, new ArrayList<>(path));
        if (!circle.isEmpty()) return circle;
      }
    }
    return List.of();
  }
}
