package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Prompt;

/// `./switchroom ivr …`, as somebody types it.
class IvrCommandTest {
  @TempDir Path folder;

  /// @param typed lines
  private static String run(String typed, String... arguments) {
    InputStream in = System.in;
    PrintStream out = System.out;
    var said = new ByteArrayOutputStream();
    try {
      System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      Main.commandLine().execute(arguments);
    } finally {
      System.setIn(in);
      System.setOut(out);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aScriptIsPlayedInTheTerminal() {
    String known = "tier=gold,language=zh-Hant";
    assertThat(run("2\n", "ivr", "run", "bookshop", "--customer", known))
        .contains("歡迎致電福爾摩沙書店。")
        .contains("▶ waits in queue billing");
    assertThat(run("", "ivr", "run", "bookshop")).contains("▶ the caller hung up");
    assertThat(run("1\n9\n\n", "ivr", "run", "survey")).contains("· score satisfaction 1");
  }

  @Test
  void theHourIsFakedByTheCalendarsOfTheConfiguration() throws Exception {
    Path config = folder.resolve("switchroom.yaml");
    Files.writeString(
        config,
        """
        time-zone: Asia/Taipei
        pbx: {user: u, secret: s}
        script: bookshop
        default-queue: general
        calendars: {office: {mon-fri: "09:00-18:00"}}
        queues:
          - {name: orders, ask: any}
          - {name: billing, ask: any}
          - {name: general, ask: any}
          - {name: messages, ask: any, channel: task}
        users: [{name: ann, roles: [agent], phone: PJSIP/1001, password-hash: "%s"}]
        """
            .formatted(SecretHash.of("x")));
    String[] at = {
      "ivr", "run", "bookshop", "--customer", "language=en", "--config", "", "--at", ""
    };
    at[6] = config.toString();
    at[8] = "2026-11-25T10:00";
    assertThat(run("2\n", at)).contains("waits in queue billing");
    at[8] = "2026-11-25T20:00";
    assertThat(run("hello\n", at)).contains("We are closed now").contains("· voicemail messages");
  }

  @Test
  void scriptsAreCheckedDrawnAndListed() throws Exception {
    assertThat(run("", "ivr", "check", "order-status")).contains("12 steps, in [en, zh-Hant");
    assertThat(run("", "ivr", "draw", "survey"))
        .startsWith("<svg")
        .contains("data-step=\"solved\"");
    Path drawn = folder.resolve("drawn.svg");
    run("", "ivr", "draw", "survey", "-o", drawn.toString());
    assertThat(drawn).content().startsWith("<svg");
    assertThat(run("", "ivr", "prompts", "survey"))
        .contains("recorded/zh-Hant/survey-thanks.wav\t謝謝您，再見。");
    assertThat(run("", "ivr", "schema")).contains("\"$defs\"");
  }

  @Test
  void theEndOfTheInputIsACallerWhoHangsUp() throws Exception {
    var out = new ByteArrayOutputStream();
    var caller =
        new TerminalCaller(
            new BufferedReader(new StringReader("12#9\n\n")), new PrintStream(out, true));
    var ask = List.of(new Prompt("Number?", Optional.empty()));
    assertThat(caller.readDigits(ask, 8, '#', Duration.ofSeconds(5))).isEqualTo("12");
    assertThat(caller.readKey(ask, Duration.ofSeconds(5))).isEqualTo('\0');
    assertThatThrownBy(() -> caller.readKey(ask, Duration.ofSeconds(5)))
        .isInstanceOf(CallerHungUpException.class);
  }
}
