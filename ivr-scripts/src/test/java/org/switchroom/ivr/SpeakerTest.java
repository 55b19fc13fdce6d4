package org.switchroom.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.FaultsException;

/// What callers hear where sounds are missing.
class SpeakerTest {
  private static final String YAML =
      """
      name: main
      languages: [en, zh-Hant, zh-Hans]
      start: ask
      steps:
        ask:
          menu: {in: all, en: "Press 1.", zh-Hant: "請按 1。", zh-Hans: "请按 1。"}
          keys: {1: tell}
          otherwise: tell
        tell:
          say: {en: "You are number {3|number} of us.", zh-Hant: "您是第 {3|number} 位。", zh-Hans: "您是第 {3|number} 位。"}
          next: end
        end: {hangup: true}
      """;

  private static List<String> heard(Language chosen, String step, Predicate<String> there)
      throws FaultsException {
    Script script = ScriptLoader.load("main.yaml", YAML, DeclaredNames.ANY);
    Sounds sounds =
        (language, name, _) -> {
          String file = language + "/" + name;
          return Optional.of(file).filter(there);
        };
    Saying saying = script.steps().get(step).sayings().getFirst();
    return new Speaker(sounds, () -> LocalDate.EPOCH)
        .prompts(saying, script, chosen, Map.of()).stream()
            .map(prompt -> prompt.file().orElse("nothing"))
            .toList();
  }

  @Test
  void everyoneHearsTheirLanguage() throws Exception {
    assertThat(heard(Language.ZH_HANS, "tell", _ -> true))
        .containsExactly("zh-Hans/main-tell", "zh-Hans/word-三", "zh-Hans/main-tell-2");
  }

  @Test
  void whereASoundIsMissingAllOfItIsSaidInTheLanguageThatSoundsTheSame() throws Exception {
    assertThat(heard(Language.ZH_HANT, "tell", file -> !file.equals("zh-Hant/main-tell-2")))
        .containsExactly("zh-Hans/main-tell", "zh-Hans/word-三", "zh-Hans/main-tell-2");
  }

  @Test
  void whereNoVoiceOfALanguageIsThereAnotherIsHeard() throws Exception {
    assertThat(heard(Language.ZH_HANT, "tell", file -> file.startsWith("en/")))
        .containsExactly("en/main-tell", "en/word-three", "en/main-tell-2");
    assertThat(heard(Language.EN, "tell", file -> file.startsWith("zh-Hans/")))
        .first()
        .isEqualTo("zh-Hans/main-tell");
  }

  @Test
  void whereNoLanguageIsWholeWhatIsThereIsSaid() throws Exception {
    assertThat(heard(Language.ZH_HANT, "tell", file -> file.endsWith("main-tell")))
        .containsExactly("zh-Hant/main-tell", "nothing", "nothing");
  }

  @Test
  void whatIsSaidInAllLanguagesIsSaidOnceInEach() throws Exception {
    assertThat(heard(Language.EN, "ask", file -> !file.startsWith("zh-Hant")))
        .containsExactly("en/main-ask", "nothing", "zh-Hans/main-ask");
  }
}
