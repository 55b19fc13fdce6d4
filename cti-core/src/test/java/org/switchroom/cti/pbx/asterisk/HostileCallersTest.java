package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.RealAsterisk;

/// Callers who write whatever they like into who calls, who has forwarded them, and what is dialed,
/// on a real Asterisk: a day of theirs, by a seed.
@NeedsAsterisk
class HostileCallersTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String PHONE = "PJSIP/1001";
  private static final Pattern PROCESSED = Pattern.compile("(\\d+) calls? processed");
  private static final int CALLERS = 30;
  private static final int MOST_PIECES = 6;

  private static final List<String> NAMES =
      List.of(
          "Event: Hangup",
          "1\\r\\n\\r\\nEvent: Hangup",
          "${SHELL(id)} ${GLOBAL(SWITCHROOM_TOKEN)}",
          "%0D%0A%0D%0AEvent: Hangup%0D%0A",
          "\u0085\u2028\u202e" + "林".repeat(300));

  private final Random random = new Random(Long.getLong("switchroom.seed", 1L));
  private final Facts<PbxEvent> facts = new Facts<>();

  /// Of what would do harm, and of what is between it.
  private String anything(CallId victim) {
    List<String> pieces =
        List.of(
            "\r\n",
            "\r\n\r\n",
            "\r\n\r\n",
            "\n",
            "\r",
            "Event: Hangup\r\nUniqueid: %s\r\nCause: 16".formatted(victim),
            "Uniqueid: " + victim,
            "Event: DeviceStateChange\r\nDevice: %s\r\nState: UNAVAILABLE".formatted(PHONE),
            "Event: VarSet\r\nUniqueid: 9\r\nVariable: SR_CALL\r\nValue: 9",
            "Event: Newchannel\r\nContext: switchroom-in\r\nExten: 8001\r\nUniqueid: 9",
            "Event: StatusComplete\r\nEventList: Complete",
            "Response: Success\r\nActionID: 1\r\nEventList: start",
            "agi_uniqueid: " + victim,
            "Variable: SR_CALL=9",
            "${SHELL(id)}",
            "\"<>\\;%&|,",
            "\t\u0001\u007f",
            "\u0085\u2028林",
            "+886223");
    var text = new StringBuilder("1");
    for (int left = 1 + random.nextInt(MOST_PIECES); left > 0; left--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }

  private static int processed(String counts) {
    Matcher calls = PROCESSED.matcher(counts);
    return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
  }

  @Test
  void nothingTheyWriteIsAnEventOrACall() throws Exception {
    try (var asterisk = new RealAsterisk();
        var pbx = new AsteriskPbx(asterisk.ami(), PbxOwner.of("test"), InstantSource.system())) {
      pbx.start(Set.of(PHONE), facts);
      facts.await(PbxEvent.PhoneChanged.class, e -> e.state() == PhoneState.AVAILABLE);
      asterisk.call("+886223000001", "8001", LONG);
      CallId victim = facts.await(PbxEvent.CallQueued.class).call();
      for (int i = 0; i < CALLERS; i++) {
        // Who dials so is hung up on.
        asterisk.call(anything(victim), "8001\r\n" + anything(victim), LONG);
        asterisk.callForwarded(anything(victim), anything(victim), LONG);
      }
      for (String name : NAMES) asterisk.callAs(name, "+886223000002", LONG);
      int come = 1 + CALLERS + NAMES.size();
      Set<CallId> queued = new HashSet<>();
      while (queued.size() < come) {
        queued.add(facts.await(PbxEvent.CallQueued.class, e -> !queued.contains(e.call())).call());
      }
      // Those too on whom it hangs up, and those in whom the link began.
      int all = 1 + 2 * CALLERS + NAMES.size();
      String processed = asterisk.console("core show channels count");
      for (int i = 0; i < 200 && processed(processed) < all; i++) {
        processed = asterisk.console("core show channels count");
      }
      assertThat(processed(processed)).isGreaterThanOrEqualTo(all);
      asterisk.dropLinks();
      facts.await(PbxEvent.Disconnected.class);
      assertThat(facts.await(PbxEvent.Synchronized.class, e -> !e.calls().isEmpty()).calls())
          .extracting(LiveCall::call)
          .containsExactlyInAnyOrderElementsOf(queued);
      assertThat(facts.count(PbxEvent.CallArrived.class, _ -> true)).isEqualTo(come);
      assertThat(facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
      assertThat(facts.count(PbxEvent.PhoneChanged.class, e -> e.state() == PhoneState.UNREACHABLE))
          .isZero();
    }
  }
}
