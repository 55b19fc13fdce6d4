package org.switchroom.ivr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.switchroom.ivr.DeclaredNames.NameSet;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.step.StepKinds;
import org.switchroom.ivr.yaml.FaultsException;

/// Every mistake is found when the script is loaded, with its file and line, and says what would be
/// right.
class ScriptChecksTest {
  private static final DeclaredNames DECLARED =
      new DeclaredNames(
          NameSet.known(Set.of("orders", "messages")),
          NameSet.known(Set.of("orders")),
          NameSet.known(Set.of("messages")),
          NameSet.known(Set.of("office")),
          NameSet.known(Set.of("other")),
          NameSet.known(Set.of("shop.example")),
          ask ->
              ask.contains("??") ? Optional.of("Column 3: a skill is expected.") : Optional.empty(),
          number ->
              number.startsWith("+1 900") ? Optional.of("It is never dialed.") : Optional.empty());

  /// A step that is wrong, and what is said of it. The step stands in line 4.
  record Mistake(String step, String message) {}

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake("{say: Hi., next: nowhere}", "Step a leads to nowhere (next), which does not"),
        new Mistake("{say: Hi.}", "\"next\" is missing here"),
        new Mistake("{say: Hi., next: z, volume: 9}", "\"volume\" is not known here"),
        new Mistake("{say: Hi., next: z, queue: orders}", "must have one of"),
        new Mistake("{next: z}", "must have one of"),
        new Mistake(
            "{menu: One., keys: {12: z}, otherwise: z}", "\"12\" is not a key. Keys are 0 to 9"),
        new Mistake("{menu: One., otherwise: z}", "such as {1: orders}"),
        new Mistake(
            "{menu: One., keys: {1: z}, otherwise: a}", "goes round for ever: a → a. Lead one"),
        new Mistake(
            "{menu: One., keys: {1: z}, retries: 11, otherwise: z}", "whole number from 0 to 10"),
        new Mistake("{collect: N?, as: n, digits: 8-4, next: z, otherwise: z}", "such as 6 or 4-8"),
        new Mistake(
            "{collect: N?, as: n, secret: maybe, next: z, otherwise: z}", "must be true or false"),
        new Mistake(
            "{collect: N?, as: caller, secret: true, next: z, otherwise: z}",
            "Step a makes caller secret, which other scripts share."),
        new Mistake("{collect: N?, as: 1n, next: z, otherwise: z}", "no name for a variable"),
        new Mistake("{queue: sales}", "There is no queue sales. Known are [messages, orders]."),
        new Mistake("{queue: orders, ask: '?? 3'}", "Column 3: a skill is expected."),
        new Mistake("{hours: moon, open: z, closed: z}", "There is no calendar moon"),
        new Mistake("{script: lost, next: z}", "There is no script lost"),
        new Mistake("{script: test, next: z}", "A script cannot call itself."),
        new Mistake("{lookup: weather, found: z, not-found: z, failure: z}", "cannot be looked up"),
        new Mistake("{lookup: order, found: z, not-found: z, failure: z}", "\"by\" is missing"),
        new Mistake(
            "{branch: [{when: 'x ==', next: z}], otherwise: z}", "cannot be read near column"),
        new Mistake(
            "{branch: [{when: 'mood > 3', next: z}], otherwise: z}",
            "Nothing sets the variable mood, which step a reads in mood > 3."),
        new Mistake("{say: 'You owe {sum}.', next: z}", "{sum} must say how it is spoken"),
        new Mistake("{say: 'You owe {sum|loud}.', next: z}", "one of [number, digits, money"),
        new Mistake("{say: 'You owe {sum.', next: z}", "has no partner"),
        new Mistake("{say: {zh-Hant: 您好}, next: z}", "\"zh-Hant\" is not known here"),
        new Mistake("{say: {name: hello}, next: z}", "\"say\" says nothing in en."),
        new Mistake("{language: zh-Hans, next: z}", "This script does not speak zh-Hans"),
        new Mistake("{language: fr, next: z}", "This script does not speak fr"),
        new Mistake("{return: true, next: z}", "\"next\" is not known here. Known are [return]."),
        new Mistake(
            "{voicemail: Go., callback: caller, queue: messages, next: z}", "must have one of"),
        new Mistake("{http: 'https://evil.example/', next: z, failure: z}", "http-hosts"),
        new Mistake("{http: 'https://{caller}/', next: z, failure: z}", "stands there in full"),
        new Mistake(
            "{http: \"https://shop.example{'.evil.example'}/x\", next: z, failure: z}",
            "stands there in full"),
        new Mistake(
            "{http: \"https://shop.example{'@evil.example'}/x\", next: z, failure: z}",
            "stands there in full"),
        new Mistake(
            "{http: 'https://shop.example@evil.example/', next: z, failure: z}",
            "stands there in full"),
        new Mistake("{transfer: '+1 900 555 1234', failure: z}", "It is never dialed."),
        new Mistake(
            "{branch: [{when: '0', next: z}], otherwise: z}", "\"0\" is neither true nor false"),
        new Mistake(
            "{branch: [{when: \"'yes'\", next: z}], otherwise: z}", "neither true nor false"),
        new Mistake("{branch: [{when: '1 + 1', next: z}], otherwise: z}", "such as tries > 2"),
        new Mistake(
            "{branch: [{when: customer.name, next: z}], otherwise: z}",
            "or write empty(customer.name) or not empty(customer.name)"),
        new Mistake("{branch: [{when: not caller, next: z}], otherwise: z}", "never true or false"),
        new Mistake("{http: 'file:///etc/passwd', next: z, failure: z}", "must begin with http"),
        new Mistake("{queue: messages}", "Queue messages takes no calls; callers need one with"),
        new Mistake(
            "{voicemail: Go., queue: orders, next: z, otherwise: z, failure: z}",
            "Queue orders takes calls; this needs one with \"channel: task\""),
        new Mistake("{record: Go., as: r, longest: 11m, next: z, otherwise: z}", "at most 600 s"),
        new Mistake("{ticket: Hi, priority: red, next: z, failure: z}", "low, normal, high or"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsLine(Mistake mistake) {
    String yaml =
        "name: test\nstart: a\nsteps:\n  a: %s\n  z: {hangup: true}\n".formatted(mistake.step());
    assertThatThrownBy(() -> ScriptLoader.load("bad.yaml", yaml, DECLARED))
        .isInstanceOf(FaultsException.class)
        .hasMessageContaining("bad.yaml:4: ")
        .hasMessageContaining(mistake.message());
  }

  /// The step stands in line 7, and the secret is `code`.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{say: 'It was {code|digits}.', next: z}",
        "{say: 'It was {size(code)|number}.', next: z}",
        "{ticket: 'Card {code}', next: z, failure: z}",
        "{http: 'https://shop.example/{code}', next: z, failure: z}",
        "{http: 'https://shop.example/{code}', body: {http: '1'}, next: z, failure: z}",
        "{http: 'http://shop.example/', body: {card: code}, next: z, failure: z}",
        "{set: {copy: code}, next: z}",
        "{set: {copy: \"'card ' + code\"}, next: z}",
        "{branch: [{when: \"code == '1'\", next: z}], otherwise: z}",
        "{branch: [{when: 'empty(customer[code])', next: z}], otherwise: z}",
        "{script: other, with: {number: code}, next: z}",
        "{transfer: '{code}', failure: z}",
        "{callback: code, queue: messages, next: z, failure: z}",
        "{pin: P?, of: code, right: z, wrong: z, failure: z}",
        "{queue: orders, prefer: code}"
      })
  void aSecretMayNotBeKeptSaidOrShown(String step) {
    assertThatThrownBy(() -> ScriptLoader.load("bad.yaml", afterSecret(step), DECLARED))
        .hasMessageContaining("bad.yaml:7: code is secret, and step b reads it in ");
  }

  @Test
  void aSecretsNameIsItsOwn() {
    assertThatThrownBy(
            () -> ScriptLoader.load("bad.yaml", afterSecret("{set: {code: 1}, next: z}"), DECLARED))
        .hasMessageContaining("bad.yaml:7: Step b sets code, which is secret in another step.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{lookup: account, by: code, found: z, not-found: z, failure: z}",
        "{http: 'https://shop.example/{caller}', body: {card: code}, next: z, failure: z}"
      })
  void aSecretMayBeLookedUpAndSentUnderTls(String step) throws FaultsException {
    assertThat(ScriptLoader.load("good.yaml", afterSecret(step), DECLARED).secrets())
        .containsExactly("code");
  }

  private static String afterSecret(String step) {
    return """
    name: test
    start: a
    steps:
      a: {collect: C?, as: code, secret: true, next: b, otherwise: z}
      z: {hangup: true}
      # What is done with it:
      b: %s
    """
        .formatted(step);
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    String yaml =
        """
        name: Bad Name
        languages: [en, fr]
        start: hello
        steps:
          hello: {say: Hello., next: nowhere}
          orphan: {hangup: true}
        """;
    assertThatThrownBy(() -> ScriptLoader.load("bad.yaml", yaml, DECLARED))
        .hasMessageContaining("bad.yaml:1: \"Bad Name\" must be small letters")
        .hasMessageContaining("bad.yaml:2: Language fr is not spoken here");
    assertThatThrownBy(
            () ->
                ScriptLoader.load(
                    "bad.yaml",
                    "name: x\nstart: a\nsteps:\n  a: {say: Hi., next: a}\n  o: {hangup: true}\n",
                    DECLARED))
        .hasMessageContaining("bad.yaml:5: No caller can reach step o")
        .hasMessageContaining("bad.yaml:2: The script never ends")
        .hasMessageContaining("bad.yaml:4: A caller who presses nothing goes round for ever");
  }

  @Test
  void aScriptOfSeveralLanguagesSaysEverythingInEach() {
    String yaml =
        "name: x\nlanguages: [en, zh-Hant]\nstart: a\nsteps:\n  a: {hangup: {en: Bye.}}\n";
    assertThatThrownBy(() -> ScriptLoader.load("x.yaml", yaml, DECLARED))
        .hasMessageContaining("x.yaml:5: \"hangup\" says nothing in zh-Hant.");
    assertThatThrownBy(
            () -> ScriptLoader.load("x.yaml", yaml.replace("{en: Bye.}", "Bye."), DECLARED))
        .hasMessageContaining("has one text for 2 languages");
  }

  @Test
  void aSilentCallerGoesRoundOnlyWhereKeysArePressed() throws FaultsException {
    String yaml =
        """
        name: x
        start: a
        steps:
          a: {menu: One or two., keys: {1: b, 2: a}, otherwise: z}
          b: {say: Yes., next: a}
          z: {hangup: true}
        """;
    assertThat(ScriptLoader.load("x.yaml", yaml, DECLARED).steps()).hasSize(3);
  }

  /// Files that are meant to hurt.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &a [x, x, x, x, x]\n"
            + "b: &b [*a, *a, *a, *a]\n"
            + "c: &c [*b, *b, *b, *b]\n"
            + "d: [*c, *c, *c, *c]",
        "name: &n [*n]",
        "name: x\nstart: a\nsteps: &s {a: *s}",
        "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
        "name: x\nname: y\nstart: a\nsteps: {a: {hangup: true}}",
        "? [a, b]\n: c",
        "\u0000",
        "name: 'x\u202e'\nstart: a\nsteps: {a: {hangup: true}}"
      })
  void hostileFilesAreRefused(String yaml) {
    assertThatThrownBy(() -> ScriptLoader.load("evil.yaml", yaml, DECLARED))
        .isInstanceOf(FaultsException.class);
  }

  @Test
  void deepAndLargeFilesAreRefused() {
    String deep = "a: " + "[".repeat(20_000) + "]".repeat(20_000);
    assertThatThrownBy(() -> ScriptLoader.load("deep.yaml", deep, DECLARED))
        .isInstanceOf(FaultsException.class);
    String large = "name: x\nstart: a\nsteps: {a: {say: '" + "x".repeat(2 << 20) + "', next: a}}";
    assertThatThrownBy(() -> ScriptLoader.load("large.yaml", large, DECLARED))
        .isInstanceOf(FaultsException.class);
    var many = new StringBuilder("name: x\nstart: s0\nsteps:\n");
    for (int i = 0; i < 600; i++) many.append("  s%d: {say: x, next: s%d}\n".formatted(i, i + 1));
    many.append("  s600: {hangup: true}\n");
    assertThatThrownBy(() -> ScriptLoader.load("many.yaml", many.toString(), DECLARED))
        .hasMessageContaining("at most 500 steps");
  }

  // ── The JSON schema, by which editors complete and check ────────────────────────────────────

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Set<?> faultsBySchema(String yaml) throws Exception {
    try (var stream = Script.class.getResourceAsStream("script.schema.json")) {
      var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(stream);
      Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
      return schema.validate(MAPPER.valueToTree(value));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bookshop", "order-status", "complaint", "voicemail", "callback", "survey"})
  void theShippedScriptsFollowTheSchema(String name) throws Exception {
    assertThat(faultsBySchema(ScriptLoader.builtin(name).orElseThrow())).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatTheLoaderDoes() throws Exception {
    String yaml = "name: x\nstart: a\nsteps:\n  a: {say: Hi., next: z, volume: 9}\n";
    assertThat(faultsBySchema(yaml)).isNotEmpty();
    assertThat(faultsBySchema(yaml.replace(", volume: 9", ""))).isEmpty();
  }

  @Test
  void theSchemaKnowsEveryKindOfStep() throws Exception {
    try (var stream = Script.class.getResourceAsStream("script.schema.json")) {
      JsonNode kinds = MAPPER.readTree(stream).get("$defs");
      assertThat(StepKinds.words()).allSatisfy(kind -> assertThat(kinds.has(kind)).isTrue());
    }
  }
}
