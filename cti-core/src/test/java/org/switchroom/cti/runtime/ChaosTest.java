package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.switchroom.cti.event.AgentEvent.PhoneTaken;
import org.switchroom.cti.event.CallEvent.CallConferenced;
import org.switchroom.cti.event.CallEvent.CallHeld;
import org.switchroom.cti.event.CallEvent.CallMade;
import org.switchroom.cti.event.CallEvent.ConsultationBegan;
import org.switchroom.cti.event.CallEvent.DigitsGenerated;
import org.switchroom.cti.event.CallEvent.HoldTimed;
import org.switchroom.cti.event.CallEvent.RecordingPaused;
import org.switchroom.cti.event.CallEvent.RecordingResumed;
import org.switchroom.cti.event.CallEvent.SupervisionBegan;
import org.switchroom.cti.event.CallEvent.TakeOverAsked;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactParked;
import org.switchroom.cti.event.ContactEvent.ContactPickedUp;
import org.switchroom.cti.event.ContactEvent.ContactReturned;
import org.switchroom.cti.event.ContactEvent.DialProgressed;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.DialProgress;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.PauseCause;

/// `agent-desktop/bench chaos 5000` runs as many seeds as one likes.
@Execution(ExecutionMode.CONCURRENT)
class ChaosTest {
  private static final long FIRST = Long.getLong("switchroom.seed", 1L);
  private static final int SEEDS = Integer.getInteger("switchroom.seeds", 80);

  @Test
  void afterAnyTroubleEverythingIsInOrder() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Chaos.Result result = Chaos.run(seed);
      assertThat(result.faults()).as("seed %d: %s", seed, result).isEmpty();
    }
  }

  /// Holds are long enough, and hands quick enough; whom runs fail with is among its troubles.
  @Test
  void everythingThatAgentsAndPhonesCanDoHappens() {
    List<Event> all =
        LongStream.range(1, 31)
            .boxed()
            .flatMap(seed -> Chaos.turns(seed).stream())
            .flatMap(turn -> turn.events().stream())
            .toList();
    happens(all, 30, ContactReturned.class, _ -> true);
    happens(all, 50, HoldTimed.class, _ -> true);
    happens(all, 50, DigitsGenerated.class, _ -> true);
    happens(all, 50, SupervisionBegan.class, _ -> true);
    happens(all, 20, TakeOverAsked.class, _ -> true);
    happens(all, 10, ContactClosed.class, one -> one.outcome() == ContactOutcome.SET_ASIDE);
    happens(all, 50, ContactClosed.class, one -> one.outcome() == ContactOutcome.NOT_REACHED);
    happens(all, 50, ContactClosed.class, one -> one.outcome() == ContactOutcome.TRANSFERRED);
    for (DialProgress progress : DialProgress.values()) {
      boolean told = progress != DialProgress.INITIATED;
      if (told) happens(all, 5, DialProgressed.class, one -> one.progress() == progress);
    }
    happens(all, 100, CallMade.class, _ -> true);
    happens(all, 50, ConsultationBegan.class, one -> !one.number().isEmpty());
    happens(all, 50, ConsultationBegan.class, one -> one.number().isEmpty());
    happens(all, 10, CallConferenced.class, _ -> true);
    happens(all, 30, PhoneTaken.class, _ -> true);
    happens(all, 20, CallHeld.class, CallHeld::onPhone);
    happens(all, 50, ContactParked.class, _ -> true);
    happens(all, 50, ContactPickedUp.class, _ -> true);
    happens(all, 50, OfferEnded.class, one -> one.end() == OfferEnd.DECLINED);
    happens(all, 20, Noted.class, one -> one.what() == Deed.BEGAN_RECORDING);
    happens(all, 20, RecordingPaused.class, one -> one.cause() == PauseCause.ASKED);
    happens(all, 5, RecordingPaused.class, one -> one.cause() == PauseCause.KEYS);
    happens(all, 20, RecordingResumed.class, _ -> true);
  }

  private static <E extends Event> void happens(
      List<Event> all, long more, Class<E> kind, Predicate<E> so) {
    long times = all.stream().filter(kind::isInstance).map(kind::cast).filter(so).count();
    assertThat(times).as(kind.getSimpleName()).isGreaterThan(more);
  }

  @Test
  void aSeedIsTheSameEachTime() {
    assertThat(Chaos.run(FIRST)).isEqualTo(Chaos.run(FIRST));
  }
}
