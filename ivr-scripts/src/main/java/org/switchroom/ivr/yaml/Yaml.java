package org.switchroom.ivr.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A YAML mapping read field by field. What is wrong is noted with its line, and reading goes on,
/// so that one look shows every fault.
///
/// It remembers which fields it was asked for: those are the known ones. What stands in the file
/// and nobody asked for is a fault. So a field is named once, where it is read, and is to be asked
/// for whether or not it will be used.
public final class Yaml {
  /// In characters. Larger than the configuration of a center with ten thousand agents.
  private static final int LARGEST_FILE = 8 << 20;

  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");

  private final String file;
  private final List<Fault> faults;
  private final int line;
  private final SequencedMap<String, Node> fields = new LinkedHashMap<>();

  /// What was asked for, each with what stands for it where it is missing.
  private final SequencedMap<String, String> asked = new LinkedHashMap<>();

  /// Mappings inside this one that were asked for. One that is asked for twice is the same.
  private final Map<String, List<Yaml>> inside = new LinkedHashMap<>();

  private Yaml(String file, List<Fault> faults, int line) {
    this.file = file;
    this.faults = faults;
    this.line = line;
  }

  private Yaml(String file, Node node, String what, List<Fault> faults) {
    this(file, faults, lineOf(node));
    if (!(node instanceof MappingNode mapping)) {
      fault(node, "%s must be a mapping of names to values.".formatted(what));
      return;
    }
    for (var tuple : mapping.getValue()) {
      String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
      if (fields.putIfAbsent(name, tuple.getValueNode()) != null) {
        fault(tuple.getKeyNode(), "\"%s\" stands here twice.".formatted(name));
      }
    }
  }

  /// Reads a mapping, and notes what was not asked for in it and in the mappings inside.
  ///
  /// @param what names the mapping in faults
  /// @param faults where faults are noted when all is read, by line
  /// @param reader asks for every field that may stand there
  public static <T> T read(
      String file, Node node, String what, List<Fault> faults, Function<Yaml, T> reader) {
    var noted = new ArrayList<Fault>();
    var mapping = new Yaml(file, node, what, noted);
    T value = reader.apply(mapping);
    var all = new ArrayList<Fault>();
    mapping.unknown(all);
    all.addAll(noted);
    all.sort(Comparator.comparingInt(Fault::line));
    faults.addAll(all);
    return value;
  }

  /// One that nothing was asked of was refused as a whole.
  private void unknown(List<Fault> unknown) {
    if (asked.isEmpty()) return;
    fields.forEach(
        (name, node) -> {
          if (asked.containsKey(name)) return;
          String message =
              "\"%s\" is not known here. Known are %s."
                  .formatted(name, new TreeSet<>(asked.keySet()));
          unknown.add(new Fault(file, lineOf(node), message));
        });
    inside.values().forEach(each -> each.forEach(one -> one.unknown(unknown)));
  }

  /// The whole of a file.
  ///
  /// @throws FaultsException when it is not YAML
  public static Node compose(String file, String yaml) throws FaultsException {
    var settings = LoadSettings.builder().setLabel(file).setCodePointLimit(LARGEST_FILE).build();
    try {
      var node = new Compose(settings).composeString(yaml);
      if (node.isPresent()) return node.get();
      throw new FaultsException(List.of(new Fault(file, 1, "The file is empty.")));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new FaultsException(
          List.of(new Fault(file, line, "This is not YAML: " + e.getProblem() + ".")));
    } catch (YamlEngineException e) {
      throw new FaultsException(List.of(new Fault(file, 1, "This is not YAML: " + e.getMessage())));
    } catch (StackOverflowError e) {
      // The composer is recursive, and has no limit of its own. Nothing of it is kept.
      throw new FaultsException(List.of(new Fault(file, 1, "This is nested too deeply.")));
    }
  }

  /// A mapping inside this one; an empty one where it is missing.
  public Yaml mapping(String name) {
    return mapping(name, "\"%s\"".formatted(name));
  }

  /// The same.
  ///
  /// @param what names it in faults
  public Yaml mapping(String name, String what) {
    Optional<Node> there = ask(name);
    return inside
        .computeIfAbsent(
            name,
            _ ->
                List.of(
                    there
                        .map(node -> new Yaml(file, node, what, faults))
                        .orElseGet(() -> new Yaml(file, faults, line))))
        .getFirst();
  }

  /// A list of mappings, such as `queues:`.
  public List<Yaml> mappings(String name) {
    List<Yaml> before = inside.get(name);
    if (before != null) return before;
    String what = "An entry of \"%s\"".formatted(name);
    List<Yaml> all = items(name).stream().map(item -> new Yaml(file, item, what, faults)).toList();
    inside.put(name, all);
    return all;
  }

  /// A list of texts.
  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (Node item : items(name)) {
      if (item instanceof ScalarNode scalar) texts.add(scalar.getValue());
      else fault(item, "\"%s\" must be a list of texts.".formatted(name));
    }
    return texts;
  }

  private List<Node> items(String name) {
    Optional<Node> node = ask(name);
    if (node.isEmpty()) return List.of();
    if (node.get() instanceof SequenceNode sequence) return sequence.getValue();
    fault(node.get(), "\"%s\" must be a list.".formatted(name));
    return List.of();
  }

  private Optional<Node> ask(String name) {
    asked.putIfAbsent(name, "");
    return Optional.ofNullable(fields.get(name));
  }

  public int line() {
    return line;
  }

  /// What was asked for until now, in that order, each with what stands for it where it is missing;
  /// empty: nothing does. For documents.
  public SequencedMap<String, String> asked() {
    return Collections.unmodifiableSequencedMap(asked);
  }

  /// All that stand here, in their order: for a mapping of names that are the writer's own. Each is
  /// known.
  public Set<String> names() {
    fields.keySet().forEach(this::ask);
    return Collections.unmodifiableSet(fields.keySet());
  }

  /// Whether a field that may stand here does.
  public boolean has(String name) {
    return ask(name).isPresent();
  }

  /// Whether it stands here, which does not make it known: to find out who is to read.
  public boolean isWritten(String name) {
    return fields.containsKey(name);
  }

  public int lineOf(String name) {
    Node node = fields.get(name);
    return node == null ? line : lineOf(node);
  }

  public String text(String name, String fallback) {
    return written(name, fallback).orElse(fallback);
  }

  /// Empty: it is missing, or no text, which is a fault.
  public Optional<String> text(String name) {
    Optional<Node> node = ask(name);
    if (node.isEmpty()) return Optional.empty();
    if (node.get() instanceof ScalarNode scalar) return Optional.of(scalar.getValue());
    fault(node.get(), "\"%s\" must be a text.".formatted(name));
    return Optional.empty();
  }

  public String required(String name) {
    Optional<String> text = text(name).filter(some -> !some.isBlank());
    if (text.isEmpty()) {
      faults.add(new Fault(file, line, "\"%s\" is missing here.".formatted(name)));
    }
    return text.orElse("");
  }

  public int number(String name, int fallback, int least, int most) {
    Optional<String> text = written(name, Integer.toString(fallback));
    if (text.isEmpty()) return fallback;
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      // falls through to the fault
    }
    fault(
        name,
        "\"%s\" is %s; it must be a whole number from %d to %d."
            .formatted(name, text.get(), least, most));
    return fallback;
  }

  /// A number with a fraction.
  public double decimal(String name, double fallback, double least, double most) {
    Optional<String> text = written(name, Double.toString(fallback));
    if (text.isEmpty()) return fallback;
    try {
      double number = Double.parseDouble(text.get());
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      // falls through to the fault
    }
    fault(
        name,
        "\"%s\" is %s; it must be a number from %s to %s."
            .formatted(name, text.get(), least, most));
    return fallback;
  }

  /// `5s`, `2m` or `500ms`.
  public Duration duration(String name, Duration fallback) {
    Optional<String> text = written(name, written(fallback));
    if (text.isEmpty()) return fallback;
    var match = DURATION.matcher(text.get().strip());
    if (match.matches()) {
      long amount = Long.parseLong(match.group(1));
      return switch (match.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofMinutes(amount);
      };
    }
    fault(name, "\"%s\" is %s; write a time such as 5s, 2m or 500ms.".formatted(name, text.get()));
    return fallback;
  }

  private static String written(Duration duration) {
    if (duration.toMillisPart() > 0) return duration.toMillis() + "ms";
    return duration.toSecondsPart() > 0 ? duration.toSeconds() + "s" : duration.toMinutes() + "m";
  }

  /// Empty: it is missing, or no text, which is a fault. Remembers what stands for it then.
  private Optional<String> written(String name, String fallback) {
    asked.merge(name, fallback, (before, now) -> before.isEmpty() ? now : before);
    return text(name);
  }

  /// The text of a scalar; empty: it is missing, or no scalar.
  public Optional<String> scalar(String name) {
    return ask(name)
        .flatMap(
            node ->
                node instanceof ScalarNode scalar
                    ? Optional.of(scalar.getValue())
                    : Optional.empty());
  }

  /// Notes a fault where a field that is no text is missing.
  public void required(String name, String advice) {
    if (!has(name)) fault("", "\"%s\" is missing here; it %s.".formatted(name, advice));
  }

  /// Notes a fault at a field.
  public void fault(String name, String message) {
    faults.add(new Fault(file, lineOf(name), message));
  }

  private void fault(Node node, String message) {
    faults.add(new Fault(file, lineOf(node), message));
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
