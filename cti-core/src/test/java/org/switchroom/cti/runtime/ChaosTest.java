package org.switchroom.cti.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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
import org.switchroom.cti.event.Turn;

/// `agent-desktop/bench chaos 5000` runs as many seeds as one likes.
@Execution(ExecutionMode.CONCURRENT)
class ChaosTest {
  private static final long FIRST = Long.getLong("switchroom.seed", 1L);
  private static final int SEEDS = Integer.getInteger("switchroom.seeds", 80);

  private final List<Sought<?>> sought = new ArrayList<>();

  /// Something that is to happen in some of the runs.
  private static final class Sought<E extends Event> {
    private final long more;
    private final Class<E> kind;
    private final Predicate<E> so;
    private long times;

    Sought(long more, Class<E> kind, Predicate<E> so) {
      this.more = more;
      this.kind = kind;
      this.so = so;
    }

    void see(Event event) {
      if (kind.isInstance(event) && so.test(kind.cast(event))) times++;
    }
  }

  private <E extends Event> void happens(long more, Class<E> kind, Predicate<E> so) {
    sought.add(new Sought<>(more, kind, so));
  }

  /// Holds are long enough, and hands quick enough, that all that agents and phones can do happens;
  /// whom runs fail with is among the troubles.
  @Test
  void afterAnyTroubleEverythingIsInOrder() {
    happens(30, ContactReturned.class, _ -> true);
    happens(50, HoldTimed.class, _ -> true);
    happens(50, DigitsGenerated.class, _ -> true);
    happens(50, SupervisionBegan.class, _ -> true);
    happens(10, TakeOverAsked.class, _ -> true);
    happens(10, ContactClosed.class, one -> one.outcome() == ContactOutcome.SET_ASIDE);
    happens(50, ContactClosed.class, one -> one.outcome() == ContactOutcome.NOT_REACHED);
    happens(50, ContactClosed.class, one -> one.outcome() == ContactOutcome.TRANSFERRED);
    for (DialProgress progress : DialProgress.values()) {
      boolean told = progress != DialProgress.INITIATED;
      if (told) happens(5, DialProgressed.class, one -> one.progress() == progress);
    }
    happens(100, CallMade.class, _ -> true);
    happens(50, ConsultationBegan.class, one -> !one.number().isEmpty());
    happens(50, ConsultationBegan.class, one -> one.number().isEmpty());
    happens(10, CallConferenced.class, _ -> true);
    happens(30, PhoneTaken.class, _ -> true);
    happens(20, CallHeld.class, CallHeld::onPhone);
    happens(50, ContactParked.class, _ -> true);
    happens(50, ContactPickedUp.class, _ -> true);
    happens(50, OfferEnded.class, one -> one.end() == OfferEnd.DECLINED);
    happens(20, Noted.class, one -> one.what() == Deed.BEGAN_RECORDING);
    happens(20, RecordingPaused.class, one -> one.cause() == PauseCause.ASKED);
    happens(5, RecordingPaused.class, one -> one.cause() == PauseCause.KEYS);
    happens(20, RecordingResumed.class, _ -> true);
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Chaos.Result result = Chaos.run(seed, turn -> turn.events().forEach(this::see));
      assertThat(result.faults()).as("seed %d: %s", seed, result).isEmpty();
    }
    assertThat(sought)
        .allSatisfy(
            one -> assertThat(one.times).as(one.kind.getSimpleName()).isGreaterThan(one.more));
  }

  private void see(Event event) {
    for (Sought<?> one : sought) one.see(event);
  }

  @Test
  void aSeedIsTheSameEachTime() {
    assertThat(Chaos.run(FIRST)).isEqualTo(Chaos.run(FIRST));
  }

  /// Java's immutable sets and maps are in another order in each process: nothing goes by that.
  @Test
  void aSeedIsTheSameInAnotherProcess() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Teller.class.getName(),
                Long.toString(FIRST))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = new BufferedReader(new InputStreamReader(other.getInputStream(), UTF_8))) {
      String here = Teller.tells(FIRST);
      assertThat(out.lines().toList()).last().isEqualTo(here);
    } finally {
      other.destroyForcibly();
    }
  }

  /// Says what is in the ledger after a seed.
  static final class Teller {
    private Teller() {}

    public static void main(String[] seed) {
      System.out.println(tells(Long.parseLong(seed[0])));
    }

    static String tells(long seed) {
      List<Turn> turns = Chaos.turns(seed);
      return "%d turns %08x".formatted(turns.size(), turns.toString().hashCode());
    }
  }
}
