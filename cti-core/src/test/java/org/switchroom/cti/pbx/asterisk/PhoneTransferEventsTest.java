package org.switchroom.cti.pbx.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.manager.event.AttendedTransferEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.HangupRequestEvent;
import org.asteriskjava.manager.event.HoldEvent;
import org.asteriskjava.manager.event.NewChannelEvent;
import org.asteriskjava.manager.event.StatusCompleteEvent;
import org.asteriskjava.manager.event.StatusEvent;
import org.asteriskjava.manager.event.UnholdEvent;
import org.asteriskjava.manager.event.VarSetEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.CallPutThrough;
import org.switchroom.cti.pbx.PbxEvent.CallTransferred;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.PhoneConnected;
import org.switchroom.cti.pbx.PbxEvent.PhoneHeld;
import org.switchroom.cti.pbx.PbxId;

/// The events of transfers that phones make, in the orders in which a real Asterisk 22 has told
/// them.
class PhoneTransferEventsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final String CALLER = "17.1";
  private static final String LEG = "switchroom-7";

  /// The agent's second call, and the colleague's phone.
  private static final String OWN = "17.5";

  private static final String COLLEAGUE = "17.6";
  private static final CallId CALL = CallId.of(PbxId.MAIN, CALLER);

  private final List<PbxEvent> facts = new ArrayList<>();
  private final AmiTranslator translator =
      new AmiTranslator(
          PbxId.MAIN,
          () -> NOW,
          phone -> phone.startsWith("PJSIP/10"),
          AgiAdmission.here(),
          facts::add);

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
    set(id, Kit.CALL, id);
  }

  private void set(String id, String variable, String value) {
    var set = new VarSetEvent(this);
    set.setUniqueId(id);
    set.setVariable(variable);
    set.setValue(value);
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

  private void wantsToHangUp(String id) {
    var event = new HangupRequestEvent(this);
    event.setUniqueId(id);
    translator.on(event);
  }

  @Test
  void theLegOfWhomACallerHangsUpOnIsOverFirst() {
    wantsToHangUp(CALLER);
    hangsUp(LEG);
    hangsUp(CALLER);
    assertThat(told(PbxEvent.LegEnded.class))
        .extracting(PbxEvent.LegEnded::end)
        .containsExactly(LegEnd.CALLER_GONE);
    assertThat(told(PbxEvent.CallEnded.class)).hasSize(1);
  }

  @Test
  void anAgentWhoHangsUpHasHungUp() {
    wantsToHangUp(LEG);
    hangsUp(LEG);
    assertThat(told(PbxEvent.LegEnded.class))
        .extracting(PbxEvent.LegEnded::end)
        .containsExactly(LegEnd.HUNG_UP);
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

  /// The colleague has the agent's own call on hold in the very moment: nobody is retrieved.
  @Test
  void whomTheColleagueHasParkedIsInNoBridge() {
    var second = new LegId("switchroom-8");
    comes(OWN);
    translator.expect(second, Duration.ofSeconds(20));
    enters("b2", second.channel(), "PJSIP/1002-00000003");
    enters("b2", OWN, "PJSIP/1001-00000002");
    set(OWN, Kit.PARKED, "1767603600");
    facts.clear();
    attended(LEG, OWN);
    assertThat(told(CallPutThrough.class)).hasSize(1);
    assertThat(told(PbxEvent.LegConnected.class)).isEmpty();
  }

  /// Three in one bridge, until the agent leaves it.
  @Test
  void aColleagueWhoStaysWithTheCallerHasThem() {
    enters("b1", COLLEAGUE, "PJSIP/1002-00000003");
    assertThat(told(PhoneConnected.class)).as("the agent has the caller").isEmpty();
    attended(LEG, OWN);
    hangsUp(LEG);
    isWithTheColleague();
  }

  // ── What nobody has told ────────────────────────────────────────────────────────────────────

  private static StatusEvent listed(String id, String name, String bridge, String... variables) {
    var event = new StatusEvent(PhoneTransferEventsTest.class);
    event.setUniqueId(id);
    event.setChannel(name);
    event.setBridgeId(bridge);
    var all = new HashMap<String, String>();
    for (int i = 0; i < variables.length; i += 2) all.put(variables[i], variables[i + 1]);
    event.setVariables(all);
    return event;
  }

  private void lists(StatusEvent... channels) {
    translator.begin();
    for (StatusEvent channel : channels) translator.on(channel);
    translator.on(new StatusCompleteEvent(this));
  }

  /// The link was lost, or the process was, while the agent gave the caller to a colleague.
  @Test
  void whoIsFoundWithAColleagueIsGivenToThem() {
    lists(
        listed(COLLEAGUE, "PJSIP/1002-00000003", "b2"),
        listed(CALLER, "PJSIP/trunk-00000000", "b2", Kit.CALL, CALLER));
    assertThat(told(PbxEvent.Synchronized.class)).hasSize(1);
    assertThat(facts.getFirst()).isInstanceOf(PbxEvent.Synchronized.class);
    assertThat(told(PbxEvent.Synchronized.class).getFirst().calls())
        .extracting(PbxEvent.LiveCall::leg, PbxEvent.LiveCall::agent, PbxEvent.LiveCall::phone)
        .as("whose it is, is not known to it")
        .containsExactly(tuple(Optional.of(LegId.of(PbxId.MAIN, COLLEAGUE)), "", "PJSIP/1002"));
    assertThat(told(PhoneConnected.class))
        .containsExactly(
            new PhoneConnected(NOW, CALL, "PJSIP/1002", LegId.of(PbxId.MAIN, COLLEAGUE)));
    facts.clear();
    hangsUp(COLLEAGUE);
    assertThat(facts).singleElement().isInstanceOf(PbxEvent.LegEnded.class);
  }

  @Test
  void whoIsFoundWithTheirAgentIsNot() {
    lists(
        listed(LEG, "PJSIP/1001-00000001", "b1", Kit.CALLER, CALLER, Kit.AGENT, "ann"),
        listed(COLLEAGUE, "PJSIP/1002-00000003", "b1"),
        listed(CALLER, "PJSIP/trunk-00000000", "b1", Kit.CALL, CALLER));
    assertThat(told(PhoneConnected.class)).isEmpty();
  }

  /// Whoever has rung the phone.
  @Test
  void whoIsFoundWithAPhoneOfTheFallbackQueueIsToo() {
    StatusEvent caller = listed(CALLER, "PJSIP/trunk-00000000", "b2", Kit.CALL, CALLER);
    caller.setContext(Kit.CONTEXT_FALLBACK);
    lists(listed(COLLEAGUE, "PJSIP/1002-00000003", "b2"), caller);
    assertThat(told(PbxEvent.Synchronized.class).getFirst().calls())
        .extracting(PbxEvent.LiveCall::place, PbxEvent.LiveCall::phone)
        .containsExactly(tuple(PbxEvent.Place.TALKING, "PJSIP/1002"));
    assertThat(told(PhoneConnected.class)).hasSize(1);
  }
}
