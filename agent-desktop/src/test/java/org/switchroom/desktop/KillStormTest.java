package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.desktop.testkit.KillStorm;
import org.switchroom.desktop.testkit.Stage;

/// A server that may die, stand still or fail at any moment: on the simulated PBX with PostgreSQL,
/// on a real one with the embedded database. `agent-desktop/bench kills` does it fifty times.
class KillStormTest {
  private static final long SEED = Long.getLong("switchroom.seed", 4L);
  private static final int TROUBLES = 8;

  @TempDir Path folder;

  @Test
  void noCallerIsDroppedNoAnswerForgottenNoAgentStuck() throws Exception {
    try (var stage = new Stage.Simulated();
        var postgres = EmbeddedPostgres.builder().start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      hold(new KillStorm(folder, stage, url).run(SEED, TROUBLES));
    }
  }

  private static void hold(KillStorm.Result result) {
    System.out.printf("Seed %d: %s%n", SEED, result);
    assertThat(result.talked()).as("every caller talked").isEqualTo(result.calls());
    assertThat(result.shared()).as("nobody was given to two").isZero();
    assertThat(result.overtaken()).as("the waiting order is kept").isEmpty();
    assertThat(result.passedOver()).as("the longest idle order is kept").isEmpty();
    assertThat(result.differences()).as("the history is what the ledger tells").isEmpty();
    assertThat(result.freezes()).as("it stood still").isPositive();
    assertThat(result.faults()).as("it threw").isPositive();
    assertThat(result.hangs()).as("a turn had no end").isPositive();
    assertThat(result.contacts()).as("every call is in the history").isEqualTo(result.calls());
    assertThat(result.stuck()).isEmpty();
    assertThat(result.stored())
        .as("every talk was wrapped up once, also if it ended unseen")
        .isEqualTo(result.talked());
    assertThat(result.stored())
        .as("what was said to be saved is saved")
        .isGreaterThanOrEqualTo(result.acknowledged());
  }

  @NeedsAsterisk
  @Nested
  class OnARealAsterisk {
    @Test
    void noCallerIsDroppedNoAnswerForgottenNoAgentStuck() throws Exception {
      try (var stage = new Stage.Asterisk()) {
        var result = new KillStorm(folder, stage).run(SEED, TROUBLES);
        assertThat(stage.untalked()).isEmpty();
        hold(result);
      }
    }
  }
}
