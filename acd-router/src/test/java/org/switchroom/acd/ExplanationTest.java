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
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

class ExplanationTest {
  private static final QueueId BILLING = new QueueId("billing");

  private final Router router = new Router();
  private final List<Explanation> explanations = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-05T09:00:00Z");

  private void tell(AcdEvent event) {
    router.on(event, _ -> {});
  }

  private void seat(String name, Map<String, Integer> skills) {
    var agent = new AgentId(name);
    tell(new AcdEvent.AgentConfigured(now, AgentProfile.of(agent, new Skills(skills))));
    tell(new AcdEvent.PhoneChanged(now, agent, true));
    tell(new AcdEvent.AgentLoggedIn(now, agent));
    tell(new AcdEvent.AgentReady(now, agent));
    now = now.plusSeconds(10);
  }

  private void explainAll() {
    router.explain(
        new Explainer() {
          @Override
          public boolean wants(OfferId offer, ContactId contact) {
            return true;
          }

          @Override
          public void explained(Explanation explanation) {
            explanations.add(explanation);
          }
        });
  }

  @Test
  void everyAgentHasTheReasonWhyNot() {
    tell(
        new AcdEvent.QueueConfigured(
            now, Queue.of(BILLING, SkillExpression.parse("billing >= 5"))));
    seat("ann", Map.of("billing", 7));
    seat("ben", Map.of("billing", 9));
    seat("cat", Map.of("billing", 2));
    tell(new AcdEvent.AgentNotReady(now, new AgentId("cat"), "lunch"));
    seat("dan", Map.of("billing", 6));
    tell(new AcdEvent.AgentNotReady(now, new AgentId("dan"), "lunch"));
    explainAll();
    tell(new AcdEvent.ContactQueued(now, new ContactId("c1"), BILLING, now.minusSeconds(3), 2));
    Explanation one = explanations.getFirst();
    assertThat(one.agent()).isEqualTo(new AgentId("ann"));
    assertThat(one.chosenBy()).isEqualTo(Explanation.ChosenBy.CONTACT);
    assertThat(one.contact().waited()).isEqualTo(Duration.ofSeconds(3));
    assertThat(one.contact().priority()).isEqualTo(2);
    assertThat(one.agents())
        .extracting(Explanation.Candidate::lost)
        .containsExactly(
            "",
            "free for 30.0 s, ann for 40.0 s",
            "lacks the skills: billing >= 5",
            "not ready: lunch");
    assertThat(one.toText()).contains("offer 1: contact c1 to agent ann", "✓ agent ann");
  }

  @Test
  void anAgentsChoiceNamesTheRivals() {
    var orders = new QueueId("orders");
    tell(new AcdEvent.QueueConfigured(now, Queue.of(BILLING, SkillExpression.parse("billing"))));
    tell(new AcdEvent.QueueConfigured(now, Queue.of(orders, SkillExpression.parse("orders"))));
    tell(new AcdEvent.ContactQueued(now, new ContactId("c1"), BILLING, now, 0));
    tell(new AcdEvent.ContactQueued(now, new ContactId("c2"), orders, now, 5));
    explainAll();
    seat("ann", Map.of("billing", 7, "orders", 3));
    Explanation one = explanations.getFirst();
    assertThat(one.chosenBy()).isEqualTo(Explanation.ChosenBy.AGENT);
    assertThat(one.contact().contact()).isEqualTo(new ContactId("c2"));
    assertThat(one.rivals()).hasSize(1);
    assertThat(one.rivals().getFirst().lost()).startsWith("score 0, c2 has ");
  }
}
