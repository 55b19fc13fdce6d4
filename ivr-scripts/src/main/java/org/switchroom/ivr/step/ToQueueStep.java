package org.switchroom.ivr.step;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.Expression;

/// Here the caller waits.
///
/// @param priority added to the queue's own
/// @param ask skills beside those that the queue asks for; empty: none
/// @param prefer the agent to be asked first; empty: nobody
/// @param preferFor for how long
record ToQueueStep(
    String queue,
    int priority,
    Optional<String> ask,
    Optional<Expression> prefer,
    Duration preferFor)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "queue",
          "the caller waits; `ask`: skills beside the queue's; `prefer`: an agent, such as"
              + " `customer.agent`",
          ToQueueStep::read);

  private static ToQueueStep read(StepFields fields) {
    return new ToQueueStep(
        fields.callQueue("queue"),
        fields.number("priority", 0, -100_000, 100_000),
        ask(fields),
        fields.has("prefer") ? Optional.of(fields.expression("prefer")) : Optional.empty(),
        fields.upTo(Duration.ofHours(1), "prefer-for", Duration.ofSeconds(30)));
  }

  private static Optional<String> ask(StepFields fields) {
    Optional<String> ask = fields.text("ask");
    ask.flatMap(fields.declared().faultOfAsk()).ifPresent(fault -> fields.fault("ask", fault));
    return ask;
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    walker.went(queue);
    String preferred = prefer.map(walker::evaluated).orElse("");
    return new Onward.End(
        new Outcome.Queued(walker.walked(), queue, priority, ask, preferred, preferFor));
  }

  @Override
  public Map<String, Set<String>> reads() {
    return prefer.map(agent -> Map.of("prefer", agent.variables())).orElse(Map.of());
  }

  @Override
  public Family family() {
    return Family.ENDS;
  }

  @Override
  public String label() {
    return queue;
  }
}
