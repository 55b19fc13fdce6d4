package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.asteriskjava.manager.event.AttendedTransferEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.HoldEvent;
import org.asteriskjava.manager.event.NewChannelEvent;
import org.asteriskjava.manager.event.UnholdEvent;
import org.asteriskjava.manager.event.VarSetEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.CallPutThrough;
import org.switchroom.cti.pbx.PbxEvent.CallTransferred;
import org.switchroom.cti.pbx.PbxEvent.PhoneConnected;
import org.switchroom.cti.pbx.PbxEvent.PhoneHeld;
import org.switchroom.cti.pbx.PbxId;

/// The events of transfers that phones make, in the orders in which a real Asterisk 22 has told
/// them.
class PhoneTransferEventsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final String CALLER = "17.1";
  private static final String LEG = "switchroom-7";

  /// The agent's second line, and the colleague's phone.
  private static final String OWN = "17.5";

  private static final String COLLEAGUE = "17.6";
  private static final CallId CALL = CallId.of(PbxId.MAIN, CALLER);

  private final List<PbxEvent> facts = new ArrayList<>();
  private final AmiTranslator translator =
      new AmiTranslator(PbxId.MAIN, () -> NOW, phone -> phone.startsWith("PJSIP/10"), facts::add);

  @BeforeEach
  void theCallerTalks() {
    comes(CALLER);
    translator.expect(new LegId(LEG), Duration.ofSeconds(20));
    var leg = new NewChannelEvent(this);
    leg.setUniqueId(LEG);
    leg.setChannel("PJSIP/1001-00000001");
    translator.on(leg);
    enters("b1", LEG, "PJSIP/1001-00000001");
    enters("b1", CALLER, "PJSIP/trunk-00000000");
    facts.clear();
  }

  private void comes(String id) {
    var set = new VarSetEvent(this);
    set.setUniqueId(id);
    set.setVariable(Kit.CALL);
    set.setValue(id);
    translator.on(set);
  }

  private void enters(String bridge, String id, String channel) {
    enters(bridge, id, channel, null);
  }

  private void enters(String bridge, String id, String channel, String swap) {
    var event = new BridgedEvent(this);
    event.setBridgeUniqueid(bridge);
    event.setUniqueId(id);
    event.setChannel(channel);
    event.setSwapUniqueid(swap);
    translator.on(event);
  }

  private void attended(String first, String second) {
    var event = new AttendedTransferEvent(this);
    event.setResult("Success");
    event.setOrigTransfererUniqueid(first);
    event.setSecondTransfererUniqueid(second);
    event.setTransfereeUniqueid(CALLER);
    translator.on(event);
  }

  private void hangsUp(String id) {
    var event = new HangupEvent(this);
    event.setUniqueId(id);
    event.setCause(16);
    translator.on(event);
  }

  private <F extends PbxEvent> List<F> told(Class<F> kind) {
    return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private void isWithTheColleague() {
    assertThat(told(PhoneConnected.class))
        .containsExactly(
            new PhoneConnected(NOW, CALL, "PJSIP/1002", LegId.of(PbxId.MAIN, COLLEAGUE)));
    assertThat(told(CallTransferred.class)).hasSize(1);
    facts.clear();
    hangsUp(COLLEAGUE);
    assertThat(facts).singleElement().isInstanceOf(PbxEvent.LegEnded.class);
  }

  @Test
  void theColleagueHasAnswered() {
    enters("b2", COLLEAGUE, "PJSIP/1002-00000003");
    enters("b2", OWN, "PJSIP/1001-00000002");
    enters("b2", CALLER, "PJSIP/trunk-00000000", OWN);
    attended(LEG, OWN);
    hangsUp(LEG);
    hangsUp(OWN);
    isWithTheColleague();
  }

  @Test
  void theColleagueAnswersLater() {
    attended(LEG, OWN);
    hangsUp(LEG);
    hangsUp(OWN);
    enters("b2", COLLEAGUE, "PJSIP/1002-00000003");
    enters("b2", CALLER, "PJSIP/trunk-00000000");
    isWithTheColleague();
  }

  /// Whose channel comes into the bridge is the caller's already, and has its old name.
  @Test
  void theColleagueAnswersInThisMoment() {
    enters("b2", COLLEAGUE, "PJSIP/1002-00000003");
    enters("b2", OWN, "PJSIP/1001-00000002");
    attended(LEG, OWN);
    hangsUp(LEG);
    hangsUp(OWN);
    isWithTheColleague();
  }

  @Test
  void theColleagueAnswersInThisMomentAndIsToldOfLater() {
    attended(LEG, OWN);
    enters("b2", COLLEAGUE, "PJSIP/1002-00000003");
    enters("b2", OWN, "PJSIP/1001-00000002");
    hangsUp(LEG);
    hangsUp(OWN);
    isWithTheColleague();
  }

  /// The phone may send REFER in either of its calls.
  @Test
  void itDoesNotMatterWhichOfBothCallsThePhoneBeganWith() {
    comes(OWN);
    facts.clear();
    attended(OWN, LEG);
    assertThat(told(CallPutThrough.class))
        .containsExactly(new CallPutThrough(NOW, CALL, CallId.of(PbxId.MAIN, OWN)));
    assertThat(told(CallTransferred.class))
        .extracting(CallTransferred::leg)
        .containsExactly(new LegId(LEG));
  }

  @Test
  void aPhoneThatWeHaveRungIsNoColleagues() {
    enters("b3", COLLEAGUE, "PJSIP/1002-00000003");
    enters("b3", OWN, "PJSIP/1001-00000002");
    assertThat(facts).as("agents among themselves").isEmpty();
    enters("b1", "17.9", "PJSIP/1003-00000009");
    assertThat(told(PhoneConnected.class)).as("the agent has the caller").isEmpty();
  }

  @Test
  void holdIsTheLegs() {
    var hold = new HoldEvent(this);
    hold.setUniqueId(LEG);
    var back = new UnholdEvent(this);
    back.setUniqueId(LEG);
    var another = new HoldEvent(this);
    another.setUniqueId(OWN);
    translator.on(hold);
    translator.on(another);
    translator.on(back);
    assertThat(told(PhoneHeld.class)).extracting(PhoneHeld::held).containsExactly(true, false);
    assertThat(facts).hasSize(2);
  }
}
