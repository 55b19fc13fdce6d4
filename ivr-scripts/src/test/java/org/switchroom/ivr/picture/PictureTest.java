package org.switchroom.ivr.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.load.ScriptLoader;

class PictureTest {
  private static Script load(String yaml) throws Exception {
    return ScriptLoader.load("x.yaml", yaml, DeclaredNames.ANY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bookshop",
        "order-status",
        "complaint",
        "voicemail",
        "callback",
        "survey",
        "blocked",
        "abusive"
      })
  void everyStepAndEveryExitIsDrawn(String name) throws Exception {
    Script script = load(ScriptLoader.builtin(name).orElseThrow());
    String svg = Picture.svg(script, Counts.NONE);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(script.steps().size());
    long lines =
        script.steps().values().stream()
            .mapToLong(step -> step.exits().values().stream().distinct().count())
            .sum();
    assertThat(document.getElementsByTagName("path").getLength()).isEqualTo((int) lines + 1);
  }

  @Test
  void aSecretIsMarked() throws Exception {
    Script script =
        load(
            """
            name: x
            start: a
            steps:
              a: {collect: Card, as: card, secret: true, next: z, otherwise: z}
              z: {hangup: true}
            """);
    assertThat(Picture.svg(script, Counts.NONE)).contains("a · collect •••");
  }

  @Test
  void callersAreCountedAndTextsEscaped() throws Exception {
    Script script =
        load(
            """
            name: x
            start: a
            steps:
              a: {menu: '<script>alert(1)</script> & "so"', keys: {1: q}, otherwise: z}
              q: {queue: orders}
              z: {hangup: true}
            """);
    var counts = new Counts(10, 4, Map.of("a:1", 6L), Map.of("a", 3L));
    String svg = Picture.svg(script, counts);
    assertThat(svg)
        .contains("1 · 6")
        .contains("data-gave-up=\"3\"")
        .contains("10 calls · 40 % without an agent")
        .doesNotContain("<script>");
  }
}
