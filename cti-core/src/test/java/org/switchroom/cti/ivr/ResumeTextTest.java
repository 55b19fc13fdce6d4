package org.switchroom.cti.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.Outcome.Place;
import org.switchroom.ivr.Outcome.Resume;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.FaultsException;

/// What is kept of where a script goes on, also where it is not as this build has written it.
class ResumeTextTest {
  private final Script script = script();

  private static Script script() {
    try {
      return ScriptLoader.load(
          "s.yaml", "name: s\nstart: a\nsteps: {a: {queue: q}}", DeclaredNames.ANY);
    } catch (FaultsException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<Resume> read(String text) {
    return ResumeText.read(
        text, Language.EN, (name, _) -> Optional.of(script).filter(one -> one.name().equals(name)));
  }

  private Resume with(Map<String, Object> variables) {
    return new Resume(new Place(script, "a", variables), List.of(), Language.EN);
  }

  @Test
  void whatAScriptKnowsIsReadAsItWas() {
    Map<String, Object> known =
        Map.of(
            "tries",
            3,
            "balance",
            new BigDecimal("12.50"),
            "name",
            "漢\u0001\"",
            "yes",
            true,
            "order",
            Map.of("lines", List.of(1, 2), "note", ""));
    assertThat(read(ResumeText.write(with(known)))).contains(with(known));
  }

  @Test
  void ofTooMuchTheRecordsGo() {
    Map<String, Object> known =
        Map.of("digits", "40712", "order", Map.of("note", "n".repeat(70_000)));
    assertThat(read(ResumeText.write(with(known)))).contains(with(Map.of("digits", "40712")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "null",
        "{}",
        "{'places':null}",
        "{'places':[]}",
        "{'places':[null]}",
        "{'places':[{'version':1,'step':'a','variables':{}}]}",
        "{'places':[{'script':'s','version':1,'variables':{}}]}",
        "{'places':[{'script':'s','version':1,'step':'b','variables':{}}]}",
        "{'places':[{'script':'t','version':1,'step':'a','variables':{}}]}",
        "{'places':[{'script':'s','version':1,'step':'a'}]}",
        "{'places':[{'script':'s','version':1,'step':'a','variables':null}]}",
        "{'places':[{'script':'s','version':1,'step':'a','variables':{}},{'script':'t'}]}",
      })
  void whatCannotBeGoneOnFromIsNothing(String text) {
    assertThat(read(text.replace('\'', '"'))).isEmpty();
  }
}
