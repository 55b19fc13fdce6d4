package org.switchroom.cti.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.switchroom.ivr.Services.Answer;

/// PINs are guessed by nobody, however many lines they have.
class PinsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Pins pins = new Pins(ServerKey.random(), nanos::get);
  private final String hash = pins.hash("2468");

  private Answer check(long customer, String caller, String pin) {
    return pins.check(customer, caller, pin, hash);
  }

  private void after(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /// As whoever has a backup would.
  @Test
  void aHashAloneDoesNotGiveItAway() {
    assertThat(hash).hasSizeLessThanOrEqualTo(200);
    var hashes = new SecretHash(1);
    assertThat(hashes.matches("2468", hash)).isFalse();
    assertThat(hashes.matches("2468", hash.substring(hash.indexOf('$')))).isFalse();
    var others = new Pins(ServerKey.random());
    assertThat(others.check(7, "+886912345678", "2468", hash)).isEqualTo(Answer.NOT_FOUND);
  }

  @Test
  void aHashOfAnEarlierVersionIsGoodStill() {
    String earlier = SecretHash.of("2468");
    assertThat(pins.check(7, "", "2468", earlier)).isEqualTo(Answer.FOUND);
    assertThat(pins.check(7, "", "1357", earlier)).isEqualTo(Answer.NOT_FOUND);
  }

  /// Where the lock was read before the work, all of them passed it.
  @Test
  void guessesAtOnceAreNoMoreThanOneAfterTheOther() throws Exception {
    var guesses = new ArrayList<Callable<Answer>>();
    for (int i = 0; i < 40; i++) {
      String caller = "+88691234500" + i;
      String pin = i == 39 ? "2468" : "1111";
      guesses.add(() -> check(7, caller, pin));
    }
    try (var lines = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> all = lines.invokeAll(guesses);
      for (Future<Answer> one : all.subList(0, 39)) {
        assertThat(one.get()).isNotEqualTo(Answer.FOUND);
      }
    }
    assertThat(check(7, "+886912345678", "2468")).as("locked").isEqualTo(Answer.NOT_FOUND);
    after(Pins.LOCKED_FOR);
    assertThat(check(7, "+886912345678", "2468")).isEqualTo(Answer.FOUND);
  }

  @Test
  void oneCallerTriesOnePinOnAFewCustomersOnly() {
    for (int customer = 0; customer < Pins.MOST_BY_A_CALLER; customer++) {
      assertThat(check(customer, "", "1111")).isEqualTo(Answer.NOT_FOUND);
    }
    assertThat(check(99, "", "2468"))
        .as("whoever hides theirs counts with them")
        .isNotEqualTo(Answer.FOUND);
    assertThat(check(99, "+886912345678", "2468")).as("somebody else").isEqualTo(Answer.FOUND);
    after(Pins.LOCKED_FOR);
    assertThat(check(99, "", "2468")).isEqualTo(Answer.FOUND);
  }

  @Test
  void manyCallersTogetherAreSlowedDown() {
    for (int i = 0; i < Pins.MOST_IN_ALL; i++) check(i, "caller " + i, "1111");
    assertThat(check(9_999, "another", "2468")).isEqualTo(Answer.NOT_FOUND);
    after(Pins.COUNTED_FOR);
    assertThat(check(9_999, "another", "2468")).isEqualTo(Answer.FOUND);
  }

  @Test
  void whoIsRightHasGuessedNothing() {
    for (int i = 0; i < Pins.MOST_IN_ALL + 1; i++) {
      assertThat(check(7, "+886912345678", "2468")).isEqualTo(Answer.FOUND);
    }
    for (int i = 1; i < Pins.MOST_OF_A_CUSTOMER; i++) check(7, "+886912345678", "1111");
    assertThat(check(7, "+886912345678", "2468")).isEqualTo(Answer.FOUND);
    for (int i = 1; i < Pins.MOST_OF_A_CUSTOMER; i++) check(7, "+886912345678", "1111");
    assertThat(check(7, "+886912345678", "2468")).as("it has begun anew").isEqualTo(Answer.FOUND);
  }
}
