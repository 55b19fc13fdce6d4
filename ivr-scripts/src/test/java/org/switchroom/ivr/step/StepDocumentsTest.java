package org.switchroom.ivr.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.FaultsException;
import org.switchroom.ivr.yaml.Yaml;

/// What is written of the steps is what their readers ask for.
class StepDocumentsTest {
  private static final Path DOCUMENT = Path.of("../docs/ivr.md");

  /// What a kind's reader asks an empty step for, with the defaults.
  private static SequencedMap<String, String> asked(StepKind kind) throws FaultsException {
    return Yaml.read(
        "",
        Yaml.compose("", "{}"),
        "",
        new ArrayList<>(),
        fields -> {
          StepFields.read("script", "step", kind, List.of(Language.EN), DeclaredNames.ANY, fields);
          return fields.asked();
        });
  }

  /// Its own word is a field too, and stands there only with a default.
  private static String row(StepKind kind) throws FaultsException {
    String fields =
        asked(kind).entrySet().stream()
            .filter(one -> !one.getKey().equals(kind.word()) || !one.getValue().isEmpty())
            .map(one -> ("`" + one.getKey() + "` " + one.getValue()).strip())
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s|"
        .formatted(kind.word(), kind.does(), fields.isEmpty() ? "" : fields + " ");
  }

  @Test
  void theTableOfStepsHasTheRowsOfTheirReaders() throws Exception {
    List<String> lines = Files.readAllLines(DOCUMENT);
    List<String> written =
        lines.stream()
            .skip(lines.indexOf("## Steps") + 1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("| `"))
            .toList();
    var right = new ArrayList<String>();
    for (StepKind kind : StepKinds.ALL) right.add(row(kind));
    assertThat(right)
        .as("Rows that docs/ivr.md should have")
        .filteredOn(row -> !written.contains(row))
        .isEmpty();
    assertThat(written).as("In this order").isEqualTo(right);
  }

  @Test
  void theSchemaHasTheFieldsOfTheirReaders() throws Exception {
    JsonNode schema;
    try (var stream = Script.class.getResourceAsStream("script.schema.json")) {
      schema = new ObjectMapper().readTree(stream);
    }
    JsonNode kinds = schema.get("$defs");
    assertThat(schema.at("/properties/steps/additionalProperties/oneOf").findValuesAsText("$ref"))
        .containsExactlyInAnyOrderElementsOf(
            StepKinds.words().stream().map(word -> "#/$defs/" + word).toList());
    for (StepKind kind : StepKinds.ALL) {
      assertThat(kinds.path(kind.word()).path("properties").fieldNames())
          .as("The fields of %s in script.schema.json", kind.word())
          .toIterable()
          .containsExactlyInAnyOrderElementsOf(new TreeSet<>(asked(kind).keySet()));
    }
  }

  @Test
  void everyWordIsOfOneKind() {
    assertThat(StepKinds.words()).hasSameSizeAs(StepKinds.ALL);
  }

  @Test
  void everyStepIsListed() throws Exception {
    try (var sources = Files.list(Path.of("src/main/java/org/switchroom/ivr/step"))) {
      List<String> steps = new ArrayList<>();
      for (Path source : sources.toList()) {
        if (Files.readString(source).contains("implements Step {")) {
          steps.add(source.getFileName().toString());
        }
      }
      assertThat(steps).as("StepKinds.ALL has each").hasSameSizeAs(StepKinds.ALL);
    }
  }
}
