package org.switchroom.acd;

import java.util.HashMap;
import java.util.SplittableRandom;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// A busy center: every agent talks, and as many contacts wait. A talk ends, and the agent is given
/// the next contact, who talks; a new one comes.
final class Center implements Decisions {
  private static final long MICRO = 1_000L;

  final Router router = new Router(this);
  private final SplittableRandom random = new SplittableRandom(11);
  private final ContactId unnamed = new ContactId("caller");
  private final QueueState[] lines;
  private final RoutedContact[] talks;
  private int next;
  private long now = 1_700_000_000_000_000_000L;
  private Assignment offered;

  Center(int agents, int classes, int classesEach, int waiting) {
    lines = new QueueState[classes];
    for (int i = 0; i < classes; i++) {
      var queue = Queue.of(new QueueId("q" + i), SkillExpression.parse("s" + i));
      lines[i] = router.configure(now, queue);
    }
    talks = new RoutedContact[agents];
    for (int i = 0; i < agents; i++) {
      var skills = new HashMap<String, Integer>();
      while (skills.size() < classesEach)
        skills.put("s" + random.nextInt(classes), 1 + random.nextInt(10));
      Agent agent =
          router.configure(
              now, AgentProfile.of(new AgentId("a%05d".formatted(i)), new Skills(skills)));
      agent.tag(i);
      router.phone(now, agent, true);
      router.logIn(now, agent);
      router.ready(now, agent);
    }
    for (int i = 0; i < agents * 20 && router.waitingCount() < waiting; i++) arrive();
    while (router.waitingCount() < waiting) arrive();
  }

  /// A contact's whole life beside others: it comes, is offered, accepted, and ends.
  void turn() {
    now += MICRO;
    int agent = nextTalk();
    RoutedContact over = talks[agent];
    talks[agent] = null;
    router.ended(now, over);
    accept();
    arrive();
  }

  private int nextTalk() {
    do next = next + 1 == talks.length ? 0 : next + 1;
    while (talks[next] == null);
    return next;
  }

  private void arrive() {
    router.queued(now, unnamed, lines[random.nextInt(lines.length)]);
    accept();
  }

  private void accept() {
    if (offered == null) return;
    Assignment assignment = offered;
    offered = null;
    talks[assignment.agent().tag()] = assignment.contact();
    router.accepted(now, assignment);
  }

  @Override
  public void offer(long at, Assignment assignment) {
    offered = assignment;
  }
}
