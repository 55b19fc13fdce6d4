package org.switchroom.ivr.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.ivr.Saying.Wanted;
import org.switchroom.ivr.speech.Language;

class PromptFolderTest {
  private static final Wanted HELLO = new Wanted(Language.EN, "main-hello", "Hello.");

  @TempDir Path folder;
  private Path voice;

  /// A second of sound at 22,050 Hz, as espeak-ng writes it.
  @BeforeEach
  void record() throws Exception {
    voice = folder.resolve("voice.wav");
    var format = new AudioFormat(22_050, 16, 1, true, false);
    var samples = new ByteArrayInputStream(new byte[44_100]);
    AudioSystem.write(
        new AudioInputStream(samples, format, 22_050), AudioFileFormat.Type.WAVE, voice.toFile());
  }

  private PromptFolder folder(String... command) {
    return new PromptFolder(folder, "/sounds", Map.of(Language.EN, List.of(command)));
  }

  private PromptFolder speaking() {
    return folder("sh", "-c", "cp " + voice + " {file}; echo x >> " + folder.resolve("log"));
  }

  @Test
  void aPromptIsMadeOnceForTheTelephone() throws Exception {
    var progress = new ArrayList<String>();
    assertThat(speaking().make(List.of(HELLO, HELLO), (done, of) -> progress.add(done + "/" + of)))
        .isEmpty();
    assertThat(progress).containsExactly("1/1");
    PromptFolder again = speaking();
    again.make(List.of(HELLO), (_, _) -> {});
    assertThat(folder.resolve("log")).hasContent("x");
    String file = again.file(Language.EN, "main-hello", "Hello.").orElseThrow();
    assertThat(file).startsWith("/sounds/spoken/en/main-hello-").doesNotEndWith(".wav");
    Path made = folder.resolve(file.substring("/sounds/".length()) + ".wav");
    var header = AudioSystem.getAudioFileFormat(made.toFile());
    assertThat(header.getFormat().getSampleRate()).isEqualTo(8_000);
    assertThat(header.getFrameLength()).isBetween(7_900, 8_100);
  }

  @Test
  void aRecordedFileReplacesIt() throws Exception {
    Files.createDirectories(folder.resolve("recorded/en"));
    Files.writeString(folder.resolve("recorded/en/main-hello.gsm"), "gsm");
    PromptFolder prompts = folder("no-such-command");
    assertThat(prompts.make(List.of(HELLO), (_, _) -> {})).isEmpty();
    assertThat(prompts.file(Language.EN, "main-hello", "Hello."))
        .contains("/sounds/recorded/en/main-hello");
  }

  @Test
  void aChangedTextIsMadeAnew() {
    PromptFolder prompts = speaking();
    var other = new Wanted(Language.EN, "main-hello", "Good morning.");
    prompts.make(List.of(HELLO, other), (_, _) -> {});
    assertThat(prompts.file(Language.EN, "main-hello", "Good morning."))
        .isNotEqualTo(prompts.file(Language.EN, "main-hello", "Hello."));
  }

  @Test
  void whatCannotBeMadeIsSaidWithTheReason() {
    assertThat(folder("no-such-command").make(List.of(HELLO), (_, _) -> {}))
        .containsExactly(
            new Unspoken(
                Language.EN,
                1,
                1,
                "main-hello: no-such-command is not to be had. Install it, or name another command"
                    + " in \"prompts\"."));
    assertThat(folder("sh", "-c", "echo no voice; exit 3").make(List.of(HELLO), (_, _) -> {}))
        .containsExactly(new Unspoken(Language.EN, 1, 1, "main-hello: sh ended with 3: no voice"));
    assertThat(folder("sh", "-c", "echo noise > {file}").make(List.of(HELLO), (_, _) -> {}))
        .first()
        .asString()
        .contains("wrote no WAV");
    assertThat(folder("true").file(Language.EN, "main-hello", "Hello.")).isEmpty();
  }

  /// Sounds of all languages, as they come: mixed.
  private static List<Wanted> mixed(int each) {
    var wanted = new ArrayList<Wanted>();
    for (int i = 0; i < each; i++) {
      for (Language language : Language.values()) {
        wanted.add(new Wanted(language, "main-" + i, "Text " + i));
      }
    }
    return wanted;
  }

  private PromptFolder speakingWith(String... chinese) {
    var english = List.of("cp", voice.toString(), "{file}");
    return new PromptFolder(
        folder,
        "/sounds",
        Map.of(
            Language.EN, english, Language.ZH_HANT, List.of(chinese), Language.ZH_HANS, english));
  }

  @Test
  void aBrokenVoiceEndsItsOwnLanguageAndNoOther() throws Exception {
    Path tried = folder.resolve("tried");
    PromptFolder prompts = speakingWith("sh", "-c", "echo x >> " + tried + "; exit 1");
    var progress = new ArrayList<Integer>();
    assertThat(prompts.make(mixed(20), (done, _) -> progress.add(done)))
        .containsExactly(new Unspoken(Language.ZH_HANT, 20, 20, "main-0: sh ended with 1: "));
    assertThat(Files.readAllLines(tried)).as("asked no more than this").hasSize(3);
    assertThat(progress).hasSize(60).endsWith(60);
    for (int i = 0; i < 20; i++) {
      assertThat(prompts.file(Language.EN, "main-" + i, "Text " + i)).isPresent();
      assertThat(prompts.file(Language.ZH_HANS, "main-" + i, "Text " + i)).isPresent();
      assertThat(prompts.file(Language.ZH_HANT, "main-" + i, "Text " + i)).isEmpty();
    }
  }

  @Test
  void whatWasRecordedIsFoundAlsoWhereTheVoiceIsBroken() throws Exception {
    Path recorded = Files.createDirectories(folder.resolve("recorded/zh-Hant"));
    Files.writeString(recorded.resolve("main-19.gsm"), "gsm");
    PromptFolder prompts = speakingWith("false");
    assertThat(prompts.make(mixed(20), (_, _) -> {}))
        .extracting(Unspoken::language, Unspoken::missing, Unspoken::of)
        .containsExactly(tuple(Language.ZH_HANT, 19, 20));
    assertThat(prompts.file(Language.ZH_HANT, "main-19", "Text 19"))
        .contains("/sounds/recorded/zh-Hant/main-19");
  }

  /// Each time it may take half a minute.
  @Test
  void aVoiceThatFailsNowAndThenMakesWhatItCanAndIsNotAskedForEver() throws Exception {
    Path tried = folder.resolve("tried");
    String everySecond =
        "echo x >> %s; [ $(($(wc -l < %s) %% 2)) = 0 ] && cp %s {file}"
            .formatted(tried, tried, voice);
    var faults = speakingWith("sh", "-c", everySecond).make(mixed(50), (_, _) -> {});
    assertThat(faults)
        .extracting(Unspoken::language, Unspoken::missing, Unspoken::of)
        .containsExactly(tuple(Language.ZH_HANT, 31, 50));
    assertThat(Files.readAllLines(tried)).hasSize(39);
  }

  @Test
  void aVoiceThatIsMendedMakesTheRest() {
    speakingWith("false").make(mixed(5), (_, _) -> {});
    PromptFolder mended = speakingWith("cp", voice.toString(), "{file}");
    assertThat(mended.make(mixed(5), (_, _) -> {})).isEmpty();
  }
}
