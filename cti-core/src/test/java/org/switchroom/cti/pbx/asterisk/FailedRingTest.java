package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.NewChannelEvent;
import org.asteriskjava.manager.event.NewStateEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxId;

/// A phone could not be rung: Asterisk says so on one thread, and tells of the channel on another,
/// so that each may come at any place among the others.
class FailedRingTest {
  private static final String ID = "switchroom-7";
  private static final LegId LEG = LegId.of(PbxId.MAIN, ID);

  private Instant now = Instant.parse("2026-01-05T09:00:00Z");
  private final List<PbxEvent> facts = new ArrayList<>();
  private final AmiTranslator translator =
      new AmiTranslator(PbxId.MAIN, () -> now, _ -> false, AgiAdmission.here(), facts::add);

  private List<LegEnd> ends() {
    return facts.stream()
        .filter(PbxEvent.LegEnded.class::isInstance)
        .map(PbxEvent.LegEnded.class::cast)
        .filter(end -> end.leg().equals(LEG))
        .map(PbxEvent.LegEnded::end)
        .toList();
  }

  private ManagerEvent failure(int reason) {
    var event = new OriginateResponseEvent(this);
    event.setActionId(ID);
    event.setResponse("Failure");
    event.setReason(reason);
    return event;
  }

  private List<ManagerEvent> channel(int cause) {
    var comes = new NewChannelEvent(this);
    comes.setUniqueId(ID);
    comes.setChannel("PJSIP/1001-1");
    var rings = new NewStateEvent(this);
    rings.setUniqueId(ID);
    rings.setChannelState(5);
    rings.setChannelStateDesc("Ringing");
    var ends = new HangupEvent(this);
    ends.setUniqueId(ID);
    ends.setCause(cause);
    return List.of(comes, rings, ends);
  }

  /// What Asterisk makes of a cause, and where among the channel's three events it says so.
  static Stream<Arguments> orders() {
    return Stream.of(
            Arguments.of(8, 21, LegEnd.DECLINED),
            Arguments.of(5, 17, LegEnd.BUSY),
            Arguments.of(3, 19, LegEnd.NO_ANSWER),
            Arguments.of(3, 26, LegEnd.CALLER_GONE),
            Arguments.of(8, 38, LegEnd.UNREACHABLE),
            Arguments.of(1, 16, LegEnd.DECLINED))
        .flatMap(
            one ->
                Stream.of(0, 1, 2, 3)
                    .map(
                        place -> {
                          Object[] of = one.get();
                          return Arguments.of(of[0], of[1], of[2], place);
                        }));
  }

  @ParameterizedTest(name = "reason {0}, cause {1}: {2}, said at place {3}")
  @MethodSource("orders")
  void theHangUpSaysWhyWhicheverComesFirst(int reason, int cause, LegEnd why, int place) {
    translator.expect(LEG, Duration.ofSeconds(20));
    var events = new ArrayList<ManagerEvent>(channel(cause));
    events.add(place, failure(reason));
    for (ManagerEvent event : events) {
      assertThat(translator.on(event)).as("nothing is to be hung up").isEmpty();
      translator.heartbeat();
    }
    now = now.plusSeconds(60);
    translator.heartbeat();
    assertThat(ends()).containsExactly(why);
    assertThat(facts).hasAtLeastOneElementOfType(PbxEvent.LegRinging.class);
  }

  @Test
  void whereThereIsNothingToRingItIsUnreachableAtOnce() {
    translator.expect(LEG, Duration.ofSeconds(20));
    translator.on(failure(0));
    assertThat(ends()).containsExactly(LegEnd.UNREACHABLE);
    Optional<String> late = translator.on(channel(18).getFirst());
    assertThat(late).as("one that comes all the same is hung up").contains(ID);
    channel(18).forEach(translator::on);
    assertThat(ends()).hasSize(1);
  }

  /// Other channels than those of SIP may be busy before there is one.
  @ParameterizedTest
  @CsvSource({"5, BUSY", "3, NO_ANSWER", "8, UNREACHABLE", "1, UNREACHABLE"})
  void aChannelThatDoesNotComeIsWaitedForASecond(int reason, LegEnd why) {
    translator.expect(LEG, Duration.ofSeconds(20));
    translator.on(failure(reason));
    now = now.plusMillis(999);
    translator.heartbeat();
    assertThat(ends()).isEmpty();
    now = now.plusMillis(1);
    translator.heartbeat();
    translator.heartbeat();
    assertThat(ends()).containsExactly(why);
    assertThat(translator.on(channel(21).getFirst())).contains(ID);
    channel(21).forEach(translator::on);
    assertThat(ends()).hasSize(1);
  }

  @Test
  void oneThatIsCancelledMeanwhileIsHungUpWhenItComes() {
    translator.expect(LEG, Duration.ofSeconds(20));
    translator.on(failure(8));
    assertThat(translator.cancel(LEG)).isFalse();
    assertThat(translator.on(channel(26).getFirst())).contains(ID);
    translator.on(channel(26).getLast());
    assertThat(ends()).containsExactly(LegEnd.CALLER_GONE);
  }
}
