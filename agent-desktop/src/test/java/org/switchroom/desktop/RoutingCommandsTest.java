package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Routing;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// `simulate`, `staff` and `explain`, as typed.
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

  @Test
  void aRecordedRunIsExplained() {
    Path file = folder.resolve("run.jsonl");
    Instant now = Instant.parse("2026-01-05T09:00:00Z");
    var billing = new QueueId("billing");
    var ann = new AgentId("ann");
    try (var recorder = record(file)) {
      var plan =
          new Plan(
              List.of(Queue.of(billing, SkillExpression.parse("billing"))),
              List.of(AgentProfile.of(ann, new Skills(Map.of("billing", 5)))),
              Routing.DEFAULT);
      recorder.begins(now, plan, RouterMemory.EMPTY, 3_000_000_000L);
      recorder.goesOn();
      recorder.hears(new AcdEvent.PhoneChanged(now, ann, true));
      recorder.hears(new AcdEvent.AgentLoggedIn(now, ann));
      recorder.hears(new AcdEvent.AgentReady(now, ann));
      recorder.hears(new AcdEvent.ContactQueued(now, new ContactId("c1"), billing, now, 0));
    }
    assertThat(run("explain", file.toString()))
        .contains("offer 3000000001: contact c1 to agent ann");
    assertThat(run("explain", file.toString(), "--contact", "c1", "--json"))
        .contains("\"agent\":\"ann\"", "\"chosenBy\":\"CONTACT\"");
    run("explain", file.toString(), "--contact", "c2");
    assertThat(exit).isEqualTo(1);
  }

  /// A server that is started again writes over nothing.
  @Test
  void aRecordingOfBeforeIsKept() throws Exception {
    Path file = folder.resolve("run.jsonl");
    Files.writeString(file, "of before");
    record(file).close();
    assertThat(file).isEmptyFile();
    try (var files = Files.list(folder)) {
      assertThat(files.filter(other -> !other.equals(file)))
          .singleElement()
          .satisfies(
              before -> {
                assertThat(before.getFileName().toString()).startsWith("run.jsonl-before-");
                assertThat(before).hasContent("of before");
              });
    }
  }

  private static RunRecorder record(Path file) {
    try {
      return new RunRecorder(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
