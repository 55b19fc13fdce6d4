package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.cti.testkit.NeedsVoice;

/// What `./switchroom check` says of voices, with a real espeak-ng.
@NeedsVoice
class CheckVoicesTest {
  @TempDir Path folder;

  /// The lines about voices.
  private List<String> check(String voices) throws Exception {
    Path config = folder.resolve("switchroom.yaml");
    Files.writeString(
        config,
        """
        pbx: {port: %d, user: u, secret: s, agi-port: %d}
        web: {port: %d}
        script: bookshop
        default-queue: general
        calendars: {office: {mon-fri: "09:00-18:00"}}
        prompts: {voices: %s}
        queues:
          - {name: orders, ask: any}
          - {name: billing, ask: any}
          - {name: general, ask: any}
          - {name: messages, ask: any, channel: task}
        users: [{name: ann, roles: [agent], phone: PJSIP/1001, password-hash: "%s"}]
        """
            .formatted(
                HeldPorts.forServer(),
                HeldPorts.forServer(),
                HeldPorts.forServer(),
                voices,
                SecretHash.of("x")));
    PrintStream out = System.out;
    var said = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      Main.commandLine().execute("check", "--config", config.toString());
    } finally {
      System.setOut(out);
    }
    return said.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.matches(". voice .*"))
        .toList();
  }

  @Test
  void theVoicesThatAreThereFromTheStartSpeakTheirLanguages() throws Exception {
    assertThat(check("{}"))
        .containsExactly(
            "✓ voice         espeak-ng speaks en",
            "✓ voice         espeak-ng speaks zh-Hant",
            "✓ voice         espeak-ng speaks zh-Hans");
  }

  @Test
  void aVoiceThatCannotSpeakItsLanguageIsNamed() throws Exception {
    String german = "espeak-ng -v de -w {file} -f {text-file}";
    var said = check("{en: \"%s\", zh-Hant: \"%s\"}".formatted(german, german));
    assertThat(said.get(0))
        .isEqualTo(
            "✗ voice         \"%s\" does not speak en: it makes tr'e: of three. Say \"-v en-us\" in prompts: voices: en:."
                .formatted(german));
    assertThat(said.get(1))
        .startsWith("✗ voice         \"%s\" does not speak zh-Hant: it makes ".formatted(german))
        .endsWith(" of 零. Say \"-v cmn-latn-pinyin\" in prompts: voices: zh-Hant:.");
    assertThat(said.get(2)).isEqualTo("✓ voice         espeak-ng speaks zh-Hans");
  }

  @Test
  void oneThatIsNotEspeakIsNotJudgedAndOneThatIsBrokenIs() throws Exception {
    Path sound = folder.resolve("a.wav");
    var speaks =
        new ProcessBuilder("espeak-ng", "-w", sound.toString(), "hello").inheritIO().start();
    assertThat(speaks.waitFor()).isZero();
    String other = "cp " + sound + " {file} --suffix={text-file}";
    assertThat(check("{en: \"%s\", zh-Hans: \"false {file} {text-file}\"}".formatted(other)))
        .containsExactly(
            "✓ voice         cp makes sounds for en; whether it speaks it only your ear can tell",
            "✓ voice         espeak-ng speaks zh-Hant",
            "✗ voice         zh-Hans/hello: false ended with 1: ");
  }
}
