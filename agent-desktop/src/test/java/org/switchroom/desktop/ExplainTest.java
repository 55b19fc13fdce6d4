package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenter;

/// A server in a process of its own that records, and what `explain` says of it in another.
class ExplainTest {
  @TempDir Path folder;
  private SimulatedRig rig;
  private CenterFile center;
  private ServerProcess server;
  private Path file;
  private int exit;

  /// What the last command said of the recording.
  private String said = "";

  @BeforeEach
  void open() throws Exception {
    rig = new SimulatedRig();
    center =
        TestCenter.on(rig)
            .withAgents(2)
            .wrapsUp(WrapUp.Mode.MANDATORY)
            .onlyQueue("orders")
            .in(folder);
    file = folder.resolve("day.jsonl");
    server = new ServerProcess(center).recording(file);
    server.start();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    rig.close();
  }

  /// Returns what it explains.
  private String explain(String... arguments) {
    var command = new String[arguments.length + 2];
    command[0] = "explain";
    command[1] = file.toString();
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    var errors = new StringWriter();
    PrintStream before = System.out;
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      exit = Main.commandLine().setErr(new PrintWriter(errors)).execute(command);
    } finally {
      System.setOut(before);
    }
    said = errors.toString();
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRecordedDayIsDecidedAsItWasAndItsOffersAreExplained() throws Exception {
    rig.phone("PJSIP/1001", Manner.ANSWERS);
    rig.phone("PJSIP/1002", Manner.ANSWERS);
    DeskClient ann = DeskClient.logIn(center.web(), "a1", TestCenter.PASSWORD);
    ann.ask("goReady");
    rig.call("+886223000001", ' ', Duration.ofMinutes(1));
    ann.awaitState("talking");
    rig.call("+886223000002", ' ', Duration.ofMinutes(1));
    ann.await(m -> m.path("topics").path("queue:orders").path("waiting").asInt() == 1);
    ann.close();
    assertThat(server.stop()).isTrue();

    assertThat(explain()).containsOnlyOnce("to agent a1").contains("offer 1000000001: contact ");
    assertThat(said)
        .matches(
            "(?s)The recording ends: The server was stopped\\.\\R"
                + "\\d+ turns of \\d+ inputs, all decided as recorded\\.\\R");
    assertThat(exit).isZero();
    String contact =
        Pattern.compile("contact (\\S+) to agent")
            .matcher(explain())
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    assertThat(explain("--contact", contact, "--json"))
        .startsWith("{")
        .contains("\"agent\":\"a1\"")
        .containsPattern("\\{\"at\":\"20\\d\\d-[^\"]+Z\",.*\"waited\":\"PT[^\"]+\"");
    assertThat(explain("--offer", "1000000001")).contains("to agent a1");
    assertThat(exit).isZero();
    assertThat(explain("--contact", "nobody")).isEmpty();
    assertThat(said).contains("There is no such offer in this run.", "all decided as recorded");
    assertThat(exit).isEqualTo(1);

    // The next run knows who talks and who waits, and is killed.
    server.start();
    DeskClient ben = DeskClient.logIn(center.web(), "a2", TestCenter.PASSWORD);
    ben.ask("goReady");
    ben.awaitState("talking");
    ben.close();
    server.kill();
    assertThat(explain()).contains("offer 2000000001: contact ", "to agent a2");
    assertThat(said)
        .contains("the server was killed, or still runs.", "all decided as recorded.")
        .doesNotContain("another build");
    assertThat(exit).isZero();
    assertThat(Files.readString(file))
        .startsWith("{\"kind\":\"Begins\"")
        .contains("\"contacts\":[{");
    try (var files = Files.list(folder)) {
      assertThat(files).anyMatch(one -> one.getFileName().toString().contains("jsonl-before-"));
    }

    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"format\":1,\"build\":\"\\w+", "$0x"));
    explain();
    assertThat(said).contains("This recording is of another build", "all decided as recorded.");
    assertThat(exit).isZero();
    // Had he not been ready, nobody would have been offered.
    Files.writeString(file, text.replace("\"kind\":\"GoReady\"", "\"kind\":\"LogIn\""));
    assertThat(explain()).isEmpty();
    assertThat(said).containsPattern("Then input \\d+ of 20\\S+Z \\(LogIn, line \\d+\\) was not: ");
    assertThat(exit).isEqualTo(1);
    Files.writeString(file, text.replace("\"kind\":\"GoReady\"", "\"kind\":\"Nap\""));
    explain();
    assertThat(said).containsPattern("day\\.jsonl:\\d+: This cannot be read: ");
    assertThat(exit).isEqualTo(1);
    Files.writeString(file, "of before\n");
    explain();
    assertThat(said).contains("day.jsonl:1: This is no recording.");
    Files.delete(file);
    explain();
    assertThat(said).contains("day.jsonl cannot be read: ");
    assertThat(exit).isEqualTo(1);
  }
}
