package org.switchroom.cti.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.cti.testkit.NeedsVoice;
import org.switchroom.ivr.DeclaredNames;
import org.switchroom.ivr.Saying.Wanted;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.prompts.PromptFolder;
import org.switchroom.ivr.prompts.VoiceCheck;
import org.switchroom.ivr.speech.Language;

/// What the real espeak-ng makes of our texts.
@NeedsVoice
class VoicesTest {
  private static final String TONES = "\\d+";

  /// Mandarin as espeak-ng 1.51 writes it, and the tones as people count them.
  private static final Map<String, String> MANDARIN =
      Map.ofEntries(
          Map.entry("零", "l'i35N"),
          Map.entry("一", "j'i55"),
          Map.entry("二", "'@r51"),
          Map.entry("三", "s'a55n"),
          Map.entry("四", "s'i[51"),
          Map.entry("五", "w'u214"),
          Map.entry("六", "l'iou51"),
          Map.entry("七", "tS;h'i55"),
          Map.entry("八", "p'A55"),
          Map.entry("九", "tS;'iou214"),
          Map.entry("十", "s.'i.35"),
          Map.entry("您好", "n'i35n X'Au214"),
          Map.entry("謝謝", "S;'iE51 S;'iE51"),
          Map.entry("谢谢", "S;'iE51 S;'iE51"),
          Map.entry("訂單", "t'i51N t'a55n"),
          Map.entry("订单", "t'i51N t'a55n"));

  private static List<String> command(String voice) {
    return List.of("espeak-ng", "-v", voice, "-w", "{file}", "-f", "{text-file}");
  }

  /// A line for each text.
  private static List<String> phonemes(List<String> voice, List<String> texts)
      throws IOException, InterruptedException {
    String name = voice.get(voice.indexOf("-v") + 1);
    var espeak = new ProcessBuilder("espeak-ng", "-x", "-q", "--stdin", "-v", name).start();
    try (var in = espeak.getOutputStream()) {
      in.write(String.join("\n\n", texts).getBytes(StandardCharsets.UTF_8));
    }
    var said = new String(espeak.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(espeak.waitFor()).isZero();
    return Arrays.stream(said.split("\n"))
        .map(line -> line.strip().replace("_|", "").replaceAll(" +", " ").strip())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"ZH_HANT", "ZH_HANS"})
  void theChineseVoiceReadsNumbersAndWordsInMandarin(Language language) throws Exception {
    var texts = List.copyOf(MANDARIN.keySet());
    var heard = new TreeMap<String, String>();
    List<String> lines = phonemes(PromptFolder.espeak().get(language), texts);
    for (int i = 0; i < texts.size(); i++) heard.put(texts.get(i), lines.get(i));
    assertThat(heard).isEqualTo(new TreeMap<>(MANDARIN));
  }

  /// Every text and every word of a value; nothing is read in another language.
  @ParameterizedTest
  @EnumSource
  void everythingThatTheShippedScriptsSayIsReadInItsLanguage(Language language) throws Exception {
    var texts = new ArrayList<String>();
    for (String name : ScriptLoader.BUILTIN) {
      ScriptLoader.load(name, ScriptLoader.builtin(name).orElseThrow(), DeclaredNames.ANY)
          .wanted()
          .stream()
          .filter(one -> one.language() == language)
          .map(Wanted::text)
          .map(String::strip)
          .forEach(texts::add);
    }
    assertThat(texts).hasSizeGreaterThan(60);
    List<String> lines = phonemes(PromptFolder.espeak().get(language), texts);
    assertThat(lines).noneMatch(line -> line.contains("("));
    if (language != Language.EN)
      assertThat(lines).allMatch(line -> line.matches(".*" + TONES + ".*"));
  }

  @ParameterizedTest
  @EnumSource
  void theVoicesThatAreThereFromTheStartSpeakTheirLanguages(Language language) throws Exception {
    assertThat(VoiceCheck.of(language, PromptFolder.espeak().get(language)))
        .isEqualTo(new VoiceCheck.Speaks());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "en-us",
        "en-gb",
        "en",
        "en-us+f3",
        "en-gb-scotland",
        "en-gb-x-rp",
        "en-gb-x-gbclan",
        "en-gb-x-gbcwmd",
        "en-us-nyc",
        "en-029"
      })
  void everyEnglishVoiceSpeaksEnglish(String voice) throws Exception {
    assertThat(VoiceCheck.of(Language.EN, command(voice))).isEqualTo(new VoiceCheck.Speaks());
    assertThat(VoiceCheck.of(Language.ZH_HANT, command(voice)))
        .isInstanceOf(VoiceCheck.SpeaksAnother.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "fr-fr", "es", "nl", "cy", "ja", "ru", "cmn-latn-pinyin", "yue"})
  void aVoiceOfAnotherLanguageDoesNot(String voice) throws Exception {
    assertThat(VoiceCheck.of(Language.EN, command(voice)))
        .isInstanceOf(VoiceCheck.SpeaksAnother.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "ja", "ko", "vi", "hak"})
  void norDoesOneThatKnowsNoCharacters(String voice) throws Exception {
    assertThat(VoiceCheck.of(Language.ZH_HANT, command(voice)))
        .isInstanceOf(VoiceCheck.SpeaksAnother.class);
  }

  /// espeak-ng 1.51 reads its tones as English numbers: "san one". Later ones are mended.
  @Test
  void aVoiceThatHasLostItsCharactersIsNamed() throws Exception {
    String three = phonemes(command("cmn"), List.of("三")).getFirst();
    var answer = VoiceCheck.of(Language.ZH_HANT, command("cmn"));
    if (three.equals(MANDARIN.get("三"))) {
      assertThat(answer).isEqualTo(new VoiceCheck.Speaks());
    } else {
      assertThat(answer).isInstanceOf(VoiceCheck.SpeaksAnother.class);
    }
  }
}
