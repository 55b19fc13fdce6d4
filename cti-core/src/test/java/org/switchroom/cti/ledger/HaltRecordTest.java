package org.switchroom.cti.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.ledger.HaltRecord.SetAside;
import org.switchroom.cti.testkit.LogWatch;

class HaltRecordTest {
  private static final Instant BEGIN = Instant.parse("2026-01-05T12:00:00Z");

  @TempDir Path root;
  private Instant now = BEGIN;
  private final InstantSource clock = () -> now;
  private int deaths;

  private Path folder() {
    return root.resolve("" + deaths);
  }

  private HaltRecord open() throws IOException {
    return HaltRecord.open(folder(), clock, "start"::equals);
  }

  /// The process dies: what is in its files is all that is left.
  private void dies(HaltRecord record) throws IOException {
    Path left = folder();
    deaths++;
    TestDisk.copy(left, folder());
    record.close();
  }

  private void haltsIn(String subject) throws IOException {
    var record = open();
    record.started();
    record.begin(subject);
    record.halting();
    dies(record);
  }

  private void isKilledIn(String subject) throws IOException {
    var record = open();
    record.started();
    record.begin(subject);
    dies(record);
  }

  @Test
  void whatARunDiedInIsKnownAndAtTheSecondTimeSetAside() throws Exception {
    try (var log = new LogWatch(HaltRecord.class)) {
      haltsIn("call 17.1");
      var second = open();
      assertThat(second.diedIn()).contains("call 17.1");
      assertThat(second.setAside("call 17.1")).isFalse();
      second.started();
      second.begin("call 17.0");
      second.end();
      second.begin("call", "17.1");
      second.halting();
      now = BEGIN.plusSeconds(600);
      dies(second);

      try (var third = open()) {
        assertThat(third.setAside("call 17.1")).isTrue();
        assertThat(third.setAside("call 17.0")).isFalse();
        assertThat(third.setAside())
            .containsExactly(new SetAside("call 17.1", 2, BEGIN.plusSeconds(600)));
      }
      assertThat(log.said(Level.ERROR)).hasSize(2).last().asString().contains("is set aside");
    }
    try (var fourth = open()) {
      assertThat(fourth.diedIn()).as("it ended in order").isEmpty();
      assertThat(fourth.setAside("call 17.1"))
          .as("that outlives a run that ends in order")
          .isTrue();
      fourth.takeBack("call 17.1");
      assertThat(fourth.setAside()).isEmpty();
    }
    try (var fifth = open()) {
      assertThat(fifth.setAside()).isEmpty();
    }
  }

  @Test
  void aTurnThatEndedIsNotToBlame() throws Exception {
    var record = open();
    record.started();
    record.begin("call 17.1");
    record.end();
    dies(record);
    try (var next = open()) {
      assertThat(next.diedIn()).isEmpty();
    }
  }

  @Test
  void whenARunLivedLastIsKnown() throws Exception {
    var record = open();
    assertThat(record.lastAlive()).isEmpty();
    record.started();
    record.alive(now);
    dies(record);
    try (var next = open()) {
      assertThat(next.lastAlive()).contains(now);
    }
  }

  @Test
  void oldFaultsAreForgotten() throws Exception {
    haltsIn("agent ann");
    open().close();
    now = BEGIN.plus(Duration.ofHours(25));
    haltsIn("agent ann");
    try (var record = open()) {
      assertThat(record.diedIn()).contains("agent ann");
      assertThat(record.setAside("agent ann")).isFalse();
    }
  }

  @Test
  void whatIsNeededIsNeverSetAside() throws Exception {
    for (int i = 0; i < 6; i++) haltsIn("start");
    try (var record = open()) {
      assertThat(record.setAside("start")).isFalse();
    }
  }

  @Test
  void whatWasSetAsideIsTriedAgainTheNextDay() throws Exception {
    haltsIn("desk ann");
    haltsIn("desk ann");
    open().close();
    now = BEGIN.plus(Duration.ofHours(23));
    try (var record = open()) {
      assertThat(record.setAside("desk ann")).isTrue();
    }
    now = BEGIN.plus(Duration.ofHours(24));
    try (var record = open()) {
      assertThat(record.setAside("desk ann")).isFalse();
    }
    haltsIn("desk ann");
    try (var record = open()) {
      assertThat(record.setAside("desk ann")).isFalse();
    }
  }

  @Test
  void everySubjectIsKeptAsItIsUpTo200Bytes() throws Exception {
    for (String subject :
        List.of(
            "call 17.1",
            "客戶 王小明",
            "😀".repeat(50),
            "é".repeat(100),
            "\t\n\u0000\u007fx",
            "\ud800")) {
      haltsIn(subject);
      haltsIn(subject);
      try (var record = open()) {
        assertThat(record.diedIn().orElseThrow())
            .isEqualTo(subject.replaceAll("[\\x00-\\x1f\\x7f]", " ").replace('\ud800', '?'));
        assertThat(record.setAside(subject)).isTrue();
      }
    }
    String tooLong = "x" + "語".repeat(100);
    haltsIn(tooLong);
    haltsIn(tooLong);
    try (var record = open()) {
      assertThat(record.diedIn()).contains("x" + "語".repeat(66));
      assertThat(record.setAside(tooLong)).isTrue();
      record.takeBack(tooLong);
      assertThat(record.setAside(tooLong)).isFalse();
    }
  }

  @Test
  void threeHaltsInAMinuteMakeTheLedgerSuspect() throws Exception {
    for (int i = 1; i <= 3; i++) {
      var record = open();
      assertThat(record.ledgerSuspect()).as("after %d halts", i - 1).isFalse();
      // It dies while it starts, or says that it halts.
      if (i == 2) record.started();
      if (i == 2) record.halting();
      now = now.plusSeconds(20);
      dies(record);
    }
    var suspect = open();
    assertThat(suspect.ledgerSuspect()).isTrue();
    suspect.ledgerWasSetAside();
    assertThat(suspect.ledgerSuspect()).isFalse();
    dies(suspect);
    try (var record = open()) {
      assertThat(record.ledgerSuspect()).isFalse();
    }
  }

  @Test
  void threeHaltsInAnHourAreNoReason() throws Exception {
    for (int i = 0; i < 10; i++) {
      var record = open();
      assertThat(record.ledgerSuspect()).isFalse();
      now = now.plusSeconds(40);
      dies(record);
    }
  }

  /// `kill -9` by somebody is no fault of ours.
  @Test
  void whoIsKilledHasNotHalted() throws Exception {
    for (int i = 0; i < 10; i++) {
      var record = open();
      record.started();
      record.begin("call " + i);
      if (i % 2 == 0) record.end();
      dies(record);
    }
    try (var record = open()) {
      assertThat(record.ledgerSuspect()).isFalse();
    }
  }

  /// An impatient administrator, and a database that does not answer.
  @Test
  void whoIsKilledWhileTheStartWaitsHasNotHalted() throws Exception {
    for (int i = 0; i < 3; i++) {
      var record = open();
      record.waits();
      dies(record);
    }
    try (var next = open()) {
      assertThat(next.ledgerSuspect()).isFalse();
    }
    for (int i = 0; i < 3; i++) {
      var record = open();
      record.waits();
      record.goesOn();
      dies(record);
    }
    try (var next = open()) {
      assertThat(next.ledgerSuspect()).isTrue();
    }
  }

  /// A process may be killed in any turn; four times in the same one is no chance.
  @Test
  void whoeverRunsWereKilledInIsSetAsideAtTheFourthTime() throws Exception {
    for (int i = 0; i < 3; i++) isKilledIn("call 17.1");
    try (var record = open()) {
      assertThat(record.diedIn()).contains("call 17.1");
      assertThat(record.setAside()).isEmpty();
    }
    isKilledIn("call 17.1");
    try (var record = open()) {
      assertThat(record.setAside()).containsExactly(new SetAside("call 17.1", 4, BEGIN));
    }
  }

  @Test
  void aDeathBesideAHaltSaysLittle() throws Exception {
    isKilledIn("call 17.1");
    haltsIn("call 17.1");
    try (var record = open()) {
      assertThat(record.setAside()).isEmpty();
    }
    haltsIn("call 17.1");
    try (var record = open()) {
      assertThat(record.setAside()).containsExactly(new SetAside("call 17.1", 3, BEGIN));
    }
  }

  @Test
  void aFileThatCannotBeReadKeepsNobodyFromStarting() throws Exception {
    haltsIn("call 1");
    haltsIn("call 1");
    open().close();
    Files.writeString(folder().resolve("faults"), "nonsense\n");
    Files.write(folder().resolve("halt"), new byte[] {1, 2, 3});
    try (var log = new LogWatch(HaltRecord.class);
        var record = open()) {
      assertThat(record.setAside()).isEmpty();
      assertThat(record.diedIn()).isEmpty();
      assertThat(log.said(Level.ERROR)).singleElement().asString().contains("cannot be read");
    }
    assertThat(folder().resolve("faults.broken")).hasContent("nonsense");
  }

  @Test
  void soManySubjectsAreCounted() throws Exception {
    Files.createDirectory(folder());
    var counts = new FaultCounts(folder(), _ -> false);
    for (int i = 0; i < 2; i++) counts.fault("call 0", true, now);
    for (int i = 1; i <= 220; i++) counts.fault("call " + i, true, now.plusMillis(i));
    assertThat(counts.all()).hasSize(200);
    assertThat(counts.all().getFirst().subject()).as("who is set aside stays").isEqualTo("call 0");
    assertThat(counts.all().getLast().subject()).isEqualTo("call 220");
  }

  @Test
  void twoServersDoNotShareIt() throws Exception {
    try (var _ = open()) {
      assertThatThrownBy(this::open).hasMessageContaining("another server's");
    }
  }
}
