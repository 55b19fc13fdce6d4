package org.switchroom.ivr.step;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.Expression;

/// Here the caller waits.
///
/// @param priority added to the queue's own
/// @param ask skills beside those that the queue asks for; null: none
/// @param prefer the agent to be asked first; null: nobody
/// @param preferFor for how long
record ToQueue(
    String queue,
    int priority,
    @Nullable String ask,
    @Nullable Expression prefer,
    Duration preferFor)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "queue",
          "the caller waits; `ask`: skills beside the queue's; `prefer`: an agent, such as"
              + " `customer.agent`",
          ToQueue::read);

  private static ToQueue read(StepFields fields) {
    return new ToQueue(
        fields.callQueue("queue"),
        fields.number("priority", 0, -100_000, 100_000),
        ask(fields),
        fields.has("prefer") ? fields.expression("prefer") : null,
        fields.upTo(Duration.ofHours(1), "prefer-for", Duration.ofSeconds(30)));
  }

  private static @Nullable String ask(StepFields fields) {
    String ask = fields.text("ask");
    String fault = ask == null ? null : fields.around().faultOfAsk().apply(ask);
    if (fault != null) fields.fault("ask", fault);
    return ask;
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    walker.went(queue);
    String preferred = prefer == null ? "" : walker.evaluated(prefer);
    return new Onward.End(
        new Outcome.Queued(walker.walked(), queue, priority, ask, preferred, preferFor));
  }

  @Override
  public Map<String, Set<String>> reads() {
    return prefer == null ? Map.of() : Map.of("prefer", prefer.variables());
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
