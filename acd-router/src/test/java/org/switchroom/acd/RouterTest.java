package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

class RouterTest {
  private static final QueueId BILLING = new QueueId("billing");
  private static final AgentId ANN = new AgentId("ann");
  private static final AgentId BEN = new AgentId("ben");

  private final List<Decision> decisions = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-05T09:00:00Z");
  private Router router;
  private int contacts;

  private void open(WrapUp wrapUp) {
    var queue = Queue.of(BILLING, SkillExpression.parse("billing")).withWrapUp(wrapUp);
    router = new Router();
    tell(new AcdEvent.QueueConfigured(now, queue));
  }

  private void seat(AgentId agent) {
    tell(
        new AcdEvent.AgentConfigured(
            now, AgentProfile.of(agent, new Skills(Map.of("billing", 5)))));
    tell(new AcdEvent.PhoneChanged(now, agent, true));
    tell(new AcdEvent.AgentLoggedIn(now, agent));
    tell(new AcdEvent.AgentReady(now, agent));
  }

  private void tell(AcdEvent event) {
    router.on(event, decisions::add);
  }

  private void after(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private ContactId caller() {
    var contact = new ContactId("c" + ++contacts);
    tell(new AcdEvent.ContactQueued(now, contact, BILLING, now, 0));
    return contact;
  }

  private Decision.Offer lastOffer() {
    return decisions.stream()
        .filter(Decision.Offer.class::isInstance)
        .map(Decision.Offer.class::cast)
        .reduce((_, second) -> second)
        .orElseThrow();
  }

  private long offers() {
    return decisions.stream().filter(Decision.Offer.class::isInstance).count();
  }

  @Test
  void theLongestIdleAgentIsOfferedFirst() {
    open(WrapUp.none());
    seat(BEN);
    after(1);
    seat(ANN);
    caller();
    assertThat(lastOffer().agent()).isEqualTo(BEN);
    caller();
    assertThat(lastOffer().agent()).isEqualTo(ANN);
  }

  @Test
  void theOldestContactIsServedFirst() {
    open(WrapUp.none());
    ContactId first = caller();
    after(1);
    caller();
    seat(ANN);
    assertThat(lastOffer().contact()).isEqualTo(first);
    assertThat(offers()).isOne();
  }

  @Test
  void higherPriorityGoesBeforeAge() {
    open(WrapUp.none());
    caller();
    after(5);
    var urgent = new ContactId("urgent");
    tell(new AcdEvent.ContactQueued(now, urgent, BILLING, now, 10));
    seat(ANN);
    assertThat(lastOffer().contact()).isEqualTo(urgent);
  }

  @Test
  void aCallerNobodyAnsweredKeepsTheirPlaceAndTheAgentGoesNotReady() {
    open(WrapUp.none());
    seat(ANN);
    ContactId first = caller();
    after(1);
    ContactId second = caller();
    after(20);
    tell(new AcdEvent.TimePassed(now));
    assertThat(router.stateOf(ANN)).isEqualTo(new AgentState.NotReady(now, "no-answer"));
    assertThat(decisions).anyMatch(Decision.Withdraw.class::isInstance);
    assertThat(router.waitingIn(BILLING)).containsExactly(first, second);
    after(1);
    tell(new AcdEvent.AgentReady(now, ANN));
    assertThat(lastOffer().contact()).isEqualTo(first);
  }

  @Test
  void aRejectedContactGoesToTheNextAgentAtOnce() {
    open(WrapUp.none());
    seat(ANN);
    ContactId caller = caller();
    after(1);
    seat(BEN);
    tell(new AcdEvent.OfferRejected(now, lastOffer().offer(), "declined"));
    assertThat(lastOffer().agent()).isEqualTo(BEN);
    assertThat(lastOffer().contact()).isEqualTo(caller);
  }

  @Test
  void aCallerWhoLeavesWhileThePhoneRingsFreesTheAgentInTheirTurn() {
    open(WrapUp.none());
    seat(ANN);
    after(1);
    seat(BEN);
    ContactId caller = caller();
    assertThat(lastOffer().agent()).isEqualTo(ANN);
    tell(new AcdEvent.ContactLeft(now, caller));
    assertThat(decisions).anyMatch(Decision.Withdraw.class::isInstance);
    after(1);
    caller();
    assertThat(lastOffer().agent()).isEqualTo(ANN);
  }

  @Test
  void aPhoneThatCannotRingIsNotOffered() {
    open(WrapUp.none());
    seat(ANN);
    tell(new AcdEvent.PhoneChanged(now, ANN, false));
    caller();
    assertThat(offers()).isZero();
    tell(new AcdEvent.PhoneChanged(now, ANN, true));
    assertThat(offers()).isOne();
  }

  @Test
  void timedWrapUpEndsByItselfAndMandatoryDoesNot() {
    open(new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(30)));
    seat(ANN);
    ContactId caller = caller();
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    tell(new AcdEvent.ContactEnded(now, caller));
    assertThat(router.stateOf(ANN)).isInstanceOf(AgentState.InWrapUp.class);
    after(30);
    assertThat(router.nextDeadline().orElseThrow()).isBeforeOrEqualTo(now);
    tell(new AcdEvent.TimePassed(now));
    assertThat(router.stateOf(ANN)).isInstanceOf(AgentState.Ready.class);

    open(new WrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO));
    seat(ANN);
    caller = caller();
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    tell(new AcdEvent.ContactEnded(now, caller));
    tell(new AcdEvent.AgentReady(now, ANN));
    after(3_600);
    tell(new AcdEvent.TimePassed(now));
    assertThat(router.stateOf(ANN)).isInstanceOf(AgentState.InWrapUp.class);
    tell(new AcdEvent.WrapUpCompleted(now, caller));
    assertThat(router.stateOf(ANN)).isInstanceOf(AgentState.Ready.class);
  }

  @Test
  void aChangeAskedForWhileBusyIsDoneAfterwards() {
    open(WrapUp.none());
    seat(ANN);
    ContactId caller = caller();
    tell(new AcdEvent.OfferAccepted(now, lastOffer().offer()));
    tell(new AcdEvent.AgentNotReady(now, ANN, "lunch"));
    assertThat(router.stateOf(ANN)).isInstanceOf(AgentState.Talking.class);
    tell(new AcdEvent.ContactEnded(now, caller));
    assertThat(router.stateOf(ANN)).isEqualTo(new AgentState.NotReady(now, "lunch"));
  }

  @Test
  void lateAndRepeatedFactsChangeNothing() {
    open(WrapUp.none());
    seat(ANN);
    ContactId caller = caller();
    OfferId offer = lastOffer().offer();
    tell(new AcdEvent.OfferAccepted(now, offer));
    int so = decisions.size();
    tell(new AcdEvent.OfferAccepted(now, offer));
    tell(new AcdEvent.OfferRejected(now, offer, "late"));
    tell(new AcdEvent.OfferRinging(now, offer));
    tell(new AcdEvent.ContactQueued(now, caller, BILLING, now, 0));
    tell(new AcdEvent.ContactLeft(now, new ContactId("unknown")));
    assertThat(decisions).hasSize(so);
  }

  @Test
  void whileItIsHeldBackNobodyIsOfferedAndNothingIsDue() {
    open(WrapUp.none());
    seat(ANN);
    ContactId rings = caller();
    router.holdBack();
    ContactId waits = caller();
    after(60);
    seat(BEN);
    tell(new AcdEvent.TimePassed(now));
    assertThat(offers()).isOne();
    assertThat(router.stateOf(ANN)).isInstanceOf(AgentState.Reserved.class);
    assertThat(router.waitingIn(BILLING)).containsExactly(waits);
    tell(new AcdEvent.OfferLost(now, lastOffer().offer()));
    assertThat(router.waitingIn(BILLING)).containsExactly(rings, waits);
    router.goOn();
    tell(new AcdEvent.TimePassed(now));
    assertThat(offers()).as("both have somebody").isEqualTo(3);
  }
}
