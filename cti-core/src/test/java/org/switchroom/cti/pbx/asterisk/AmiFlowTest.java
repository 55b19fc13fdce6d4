package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How far the reader may be ahead of the listener.
@Timeout(60)
class AmiFlowTest {
  private static final int WINDOW = AmiFlow.MOST_MARKS * AmiFlow.STRIDE;

  private final AmiFlow flow = new AmiFlow();
  private final AtomicInteger read = new AtomicInteger();
  private final Thread reader = new Thread(this::reads, "reader");

  private void reads() {
    while (read.get() < 3 * WINDOW) {
      flow.holdBack();
      flow.read();
      read.incrementAndGet();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    flow.end();
    reader.join();
  }

  /// Waits for the listener, and not for a time.
  private void heldBack() {
    while (reader.getState() != Thread.State.WAITING) Thread.onSpinWait();
  }

  @Test
  void theReaderIsHeldBackUntilTheListenerHasCaughtUp() {
    reader.start();
    heldBack();
    assertThat(read).hasValue(WINDOW);
    for (int passed = 1; passed <= AmiFlow.MOST_MARKS; passed++) {
      flow.passed();
      while (read.get() < WINDOW + passed * AmiFlow.STRIDE) Thread.onSpinWait();
      heldBack();
      assertThat(read).hasValue(WINDOW + passed * AmiFlow.STRIDE);
    }
  }

  @Test
  void atTheEndOfTheLineNobodyIsHeldBack() throws InterruptedException {
    reader.start();
    heldBack();
    flow.end();
    reader.join();
    assertThat(read).hasValue(3 * WINDOW);
  }

  /// From Asterisk it would say that what waits has come.
  @Test
  void aMarkIsTakenFromNobodyElse() {
    assertThat(AmiEvents.read(AmiFlow.MARK)).isEmpty();
    assertThat(AmiEvents.read(List.of("Response: Success", AmiFlow.MARK.getFirst())))
        .containsExactly("Response: Success");
  }
}
