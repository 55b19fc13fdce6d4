package org.switchroom.ivr.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.ivr.speech.Language;

/// With an espeak-ng that answers what it is told to.
class VoiceCheckTest {
  @TempDir Path folder;

  private List<String> espeak(String... answers) throws IOException {
    Path program = folder.resolve("espeak-ng");
    Path said = Files.write(folder.resolve("said"), List.of(answers));
    Files.writeString(
        program, "#!/bin/sh\necho Full dictionary is not installed >&2\ncat " + said + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return List.of(program.toString(), "-w", "{file}", "-f", "{text-file}");
  }

  /// Of the ten digits and two more.
  private static String[] syllables() {
    return IntStream.range(0, 12).mapToObj(i -> " l'i" + (11 + i) + "N_| ").toArray(String[]::new);
  }

  @Test
  void aChineseVoiceReadsEachCharacterAsOneSyllable() throws Exception {
    assertThat(VoiceCheck.of(Language.ZH_HANT, espeak(syllables())))
        .isEqualTo(new VoiceCheck.Speaks());
    var lost = syllables();
    lost[3] = "(en)sa55nw'055n(cmn)_|";
    assertThat(VoiceCheck.of(Language.ZH_HANS, espeak(lost)))
        .isEqualTo(new VoiceCheck.SpeaksAnother("三", lost[3], "cmn-latn-pinyin"));
  }

  @Test
  void aVoiceThatReadsEveryCharacterAlikeKnowsNone() throws Exception {
    var letters = Collections.nCopies(12, "tS'aIni:zl,Et3").toArray(String[]::new);
    assertThat(VoiceCheck.of(Language.ZH_HANT, espeak(letters)))
        .isEqualTo(new VoiceCheck.SpeaksAnother("一", letters[1], "cmn-latn-pinyin"));
  }

  @Test
  void whatIsNotReadAtAllIsNotSpoken() throws Exception {
    assertThat(VoiceCheck.of(Language.ZH_HANT, espeak(Arrays.copyOf(syllables(), 5))))
        .isEqualTo(new VoiceCheck.SpeaksAnother("五", "", "cmn-latn-pinyin"));
  }

  @Test
  void anEnglishVoiceHasItsThreeAndItsSix() throws Exception {
    assertThat(VoiceCheck.of(Language.EN, espeak("Tr'i:", "s'Iks")))
        .isEqualTo(new VoiceCheck.Speaks());
    assertThat(VoiceCheck.of(Language.EN, espeak("tr'e:", "z'Iks")))
        .isEqualTo(new VoiceCheck.SpeaksAnother("three", "tr'e:", "en-us"));
  }

  @Test
  void ofAnotherCommandNobodyHereCanTell() throws Exception {
    assertThat(VoiceCheck.of(Language.ZH_HANT, List.of("say-it", "{file}", "{text-file}")))
        .isEqualTo(new VoiceCheck.OnlyHeard());
  }

  @Test
  void aVoiceThatIsNotThereIsAFault() {
    var gone = List.of(folder.resolve("none/espeak-ng").toString(), "{file}", "{text-file}");
    assertThatThrownBy(() -> VoiceCheck.of(Language.EN, gone))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not to be had");
  }
}
