package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `simulate` and `staff`, as typed.
class RoutingCommandsTest {
  @TempDir Path folder;

  private final StringWriter errors = new StringWriter();
  private int exit;

  private String run(String... arguments) {
    PrintStream before = System.out;
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      exit = Main.commandLine().setErr(new PrintWriter(errors)).execute(arguments);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void staffGivesTheLeastNumberOfAgents() {
    assertThat(run("staff", "--calls", "1000", "--handle", "300s", "--json"))
        .startsWith("{\"agents\":176,");
    assertThat(run("staff", "--calls", "100", "--handle", "3m")).contains("▶      14");
    run("staff", "--calls", "100", "--handle", "soon");
    assertThat(exit).isEqualTo(1);
    assertThat(errors.toString()).contains("--handle is soon; write a time such as 20s");
  }

  @Test
  void staffSaysWhichNumberIsWrong() {
    for (String calls : new String[] {"0", "-5", "NaN"}) {
      run("staff", "--calls", calls, "--handle", "180s");
      assertThat(exit).isEqualTo(1);
      assertThat(errors.toString()).contains("--calls is " + calls + "; it must be more than 0.");
    }
    run("staff", "--calls", "100", "--handle", "180s", "--service-level", "100");
    assertThat(exit).isEqualTo(1);
    assertThat(errors.toString()).contains("--service-level is 100; it must be from 0 to less");
    run("staff", "--calls", "100", "--handle", "180s", "--occupancy", "0");
    assertThat(errors.toString()).contains("--occupancy is 0; it must be more than 0");
    assertThat(errors.toString()).doesNotContain("Exception");
  }

  @Test
  void aClassThatNobodyCanServeIsSaidAtOnce() throws Exception {
    Path file = folder.resolve("s.yaml");
    String scenario =
        """
        contacts: 1000
        warmup: 0
        classes:
          - {name: a, perHour: 2160, ask: a}
          - {name: b, perHour: 2160, ask: b}
        agents: [{name: one, count: 1, skills: {a: 1}, handle: 1.0}]
        """;
    Files.writeString(file, scenario);
    run("simulate", file.toString());
    assertThat(exit).isEqualTo(1);
    assertThat(errors.toString()).contains("s.yaml:5: Class b asks for b, which no agent has");
    Files.writeString(file, scenario.replace("ask: b}", "ask: b, patience: 2}"));
    assertThat(run("simulate", "--json", file.toString())).contains("\"abandoned\":1.0");
  }

  @Test
  void whoNeverGetsATurnEndsTheRun() throws Exception {
    Path file = folder.resolve("s.yaml");
    Files.writeString(
        file,
        """
        contacts: 1000
        warmup: 0
        classes:
          - {name: a, perHour: 7200, ask: a, priority: 1}
          - {name: b, perHour: 2160, ask: a}
        agents: [{name: one, count: 1, skills: {a: 1}, handle: 1.0}]
        """);
    run("simulate", file.toString());
    assertThat(exit).isEqualTo(1);
    assertThat(errors.toString()).contains("contacts wait and are never served");
  }

  @Test
  void simulatePrintsATableAndJson() throws Exception {
    Path file = folder.resolve("s.yaml");
    Files.writeString(
        file,
        """
        contacts: 20000
        warmup: 1000
        target: 1
        classes: [{name: a, perHour: 2160, ask: a}]
        agents: [{name: one, count: 1, skills: {a: 1}, handle: 1.0}]
        """);
    assertThat(run("simulate", file.toString())).contains("class", "mean wait s", "contacts/s");
    assertThat(run("simulate", "--json", file.toString()))
        .contains(
            "\"contactsPerSecond\":", "\"classes\":{\"a\":{\"offered\":20000,", "\"utilisation\":");
  }

  @Test
  void aMistakeInAScenarioIsNamedWithItsLine() throws Exception {
    Path file = folder.resolve("s.yaml");
    Files.writeString(
        file,
        """
        policy: fair
        classes: [{name: a, perHour: many, ask: "a >="}]
        agents: [{name: one, skills: {a: 11}, prefers: [b]}]
        """);
    run("simulate", file.toString());
    assertThat(exit).isEqualTo(1);
    assertThat(errors.toString())
        .contains(
            "s.yaml:1: There is no policy fair. Known are [c-mu,",
            "s.yaml:2: \"perHour\" is many",
            "column 5: expected a proficiency from 1 to 10",
            "s.yaml:3: \"a\" is 11",
            "s.yaml:3: There is no b. Known are [a].");
  }
}
