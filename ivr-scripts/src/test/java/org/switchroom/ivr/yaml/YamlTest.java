package org.switchroom.ivr.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What is known in a file is what was asked for.
class YamlTest {
  private static List<String> faults(String yaml, Consumer<Yaml> reader) throws FaultsException {
    var faults = new ArrayList<Fault>();
    Yaml.read(
        "x.yaml",
        Yaml.compose("x.yaml", yaml),
        "The file",
        faults,
        fields -> {
          reader.accept(fields);
          return fields;
        });
    return faults.stream().map(Fault::toString).toList();
  }

  @Test
  void whatNobodyAskedForIsNamedWithItsLineAndWhatIsKnown() throws Exception {
    assertThat(faults("name: x\nnmae: y", fields -> fields.text("name", "")))
        .containsExactly("x.yaml:2: \"nmae\" is not known here. Known are [name].");
  }

  @Test
  void eachWayOfAskingMakesKnown() throws Exception {
    String yaml = "a: 1\nb: 1\nc: 1s\nd: [x]\ne: [{k: 1}]\nf: {k: 1}\ng: x\nh: x\ni: x";
    assertThat(
            faults(
                yaml,
                fields -> {
                  fields.number("a", 0, 0, 9);
                  fields.decimal("b", 0, 0, 9);
                  fields.duration("c", Duration.ZERO);
                  fields.texts("d");
                  fields.mappings("e").forEach(each -> each.has("k"));
                  fields.mapping("f").has("k");
                  fields.required("g");
                  fields.scalar("h");
                  fields.required("i", "is something");
                }))
        .isEmpty();
  }

  @Test
  void mappingsInsideAreHeldToTheSameAndOneThatIsAskedForTwiceIsOne() throws Exception {
    assertThat(
            faults(
                "a: {k: 1, l: 1}\nb: [{k: 1}, {m: 1}]",
                fields -> {
                  fields.mapping("a").has("k");
                  fields.mapping("a").has("l");
                  fields.mappings("b").forEach(each -> each.has("k"));
                  fields.mappings("b").forEach(each -> each.has("k"));
                }))
        .containsExactly("x.yaml:2: \"m\" is not known here. Known are [k].");
  }

  @Test
  void namesOfTheWritersOwnAreAllKnown() throws Exception {
    assertThat(faults("x: 1\ny: 2", fields -> assertThat(fields.names()).contains("x", "y")))
        .isEmpty();
  }

  /// A step that is none has one fault, and not one for each of its fields.
  @Test
  void ofAMappingThatWasRefusedAsAWholeNothingIsSaidBesides() throws Exception {
    assertThat(
            faults(
                "a: {k: 1, l: 1}",
                fields -> {
                  Yaml inside = fields.mapping("a");
                  if (!inside.isWritten("m")) fields.fault("a", "It needs m.");
                }))
        .containsExactly("x.yaml:1: It needs m.");
  }

  @Test
  void faultsAreInTheOrderOfTheFile() throws Exception {
    assertThat(
            faults(
                "a: x\nb: y\nc: z\n",
                fields -> {
                  fields.has("b");
                  fields.fault("c", "A fault.");
                  fields.fault("b", "A fault.");
                }))
        .containsExactly(
            "x.yaml:1: \"a\" is not known here. Known are [b].",
            "x.yaml:2: A fault.",
            "x.yaml:3: \"c\" is not known here. Known are [b].",
            "x.yaml:3: A fault.");
  }

  /// Written as one would write them there.
  @Test
  void whatStandsForAMissingFieldIsRemembered() throws Exception {
    faults(
        "a: 1",
        fields -> {
          fields.has("b");
          fields.number("a", 3, 0, 9);
          fields.text("b", "x");
          fields.duration("c", Duration.ofSeconds(90));
          fields.duration("d", Duration.ofMinutes(2));
          fields.duration("e", Duration.ofMillis(1_500));
          fields.required("f");
          assertThat(fields.asked()).hasToString("{b=x, a=3, c=90s, d=2m, e=1500ms, f=}");
        });
  }
}
