package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.switchroom.cti.event.CallEvent.DigitsGenerated;
import org.switchroom.cti.event.CallEvent.HoldTimed;
import org.switchroom.cti.event.CallEvent.SupervisionBegan;
import org.switchroom.cti.event.CallEvent.TakeOverAsked;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactReturned;
import org.switchroom.cti.event.ContactOutcome;

/// `agent-desktop/bench chaos 5000` runs as many seeds as one likes.
@Execution(ExecutionMode.CONCURRENT)
class ChaosTest {
  private static final long FIRST = Long.getLong("switchroom.seed", 1L);
  private static final int SEEDS = Integer.getInteger("switchroom.seeds", 100);

  @Test
  void afterAnyTroubleEverythingIsInOrder() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Chaos.Result result = Chaos.run(seed);
      assertThat(result.faults()).as("seed %d: %s", seed, result).isEmpty();
    }
  }

  /// Holds are long enough, and hands quick enough.
  @Test
  void callersGoBackFromHoldAndAreKeyedThingsAndTakenOver() {
    Map<Class<?>, Long> kinds =
        LongStream.range(1, 31)
            .boxed()
            .flatMap(seed -> Chaos.turns(seed).stream())
            .flatMap(turn -> turn.events().stream())
            .collect(Collectors.groupingBy(Object::getClass, Collectors.counting()));
    assertThat(kinds.get(ContactReturned.class)).isGreaterThan(30);
    assertThat(kinds.get(HoldTimed.class)).isGreaterThan(50);
    assertThat(kinds.get(DigitsGenerated.class)).isGreaterThan(50);
    assertThat(kinds.get(SupervisionBegan.class)).isGreaterThan(50);
    assertThat(kinds.get(TakeOverAsked.class)).isGreaterThan(20);
  }

  /// Whom runs fail with is among its troubles.
  @Test
  void callsAreSetAside() {
    long aside =
        LongStream.range(1, 31)
            .boxed()
            .flatMap(seed -> Chaos.turns(seed).stream())
            .flatMap(turn -> turn.events().stream())
            .filter(
                event ->
                    event instanceof ContactClosed one && one.outcome() == ContactOutcome.SET_ASIDE)
            .count();
    assertThat(aside).isGreaterThan(10);
  }

  @Test
  void aSeedIsTheSameEachTime() {
    assertThat(Chaos.run(FIRST)).isEqualTo(Chaos.run(FIRST));
  }
}
