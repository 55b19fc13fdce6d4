package org.switchroom.ivr.step;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Services.Answer;
import org.switchroom.ivr.Services.Found;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Template;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.ExpressionFault;

/// Opens a ticket.
///
/// @param recording the variable of a recording that belongs to it; empty: none
/// @param as the variable that keeps the ticket
record OpenTicketStep(
    Template subject,
    String priority,
    Optional<String> recording,
    String as,
    String next,
    String failure)
    implements Step {
  private static final Set<String> PRIORITIES = Set.of("low", "normal", "high", "urgent");

  static final StepKind KIND =
      new StepKind("ticket", "opens a ticket with this subject", OpenTicketStep::read);

  private static OpenTicketStep read(StepFields fields) {
    return new OpenTicketStep(
        fields.template("ticket"),
        priority(fields),
        fields.text("recording"),
        fields.variable("as", fields.text("as", "ticket")),
        fields.required("next"),
        fields.required("failure"));
  }

  private static String priority(StepFields fields) {
    String priority = fields.text("priority", "normal");
    if (!PRIORITIES.contains(priority)) {
      fields.fault(
          "priority",
          "\"priority\" is %s; it must be low, normal, high or urgent.".formatted(priority));
    }
    return priority;
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    Found opened = open(walker);
    if (opened.answer() != Answer.FOUND) {
      walker.went("failed");
      return new Onward.Exit("failure", failure);
    }
    walker.variables().put(as, opened.record());
    walker.went("opened");
    return new Onward.Exit("next", next);
  }

  private Found open(Walker walker) {
    try {
      String filled = subject.fill(walker.variables(), UnaryOperator.identity());
      Optional<String> file = recording.map(walker.variables()::get).map(Object::toString);
      return walker.services().openTicket(filled, priority, file);
    } catch (ExpressionFault e) {
      return Found.FAILED;
    }
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("next", next, "failure", failure);
  }

  @Override
  public Map<String, Set<String>> reads() {
    var reads = new LinkedHashMap<String, Set<String>>();
    reads.put("ticket", subject.variables());
    recording.ifPresent(variable -> reads.put("recording", Set.of(variable)));
    return reads;
  }

  @Override
  public Set<String> sets() {
    return Set.of(as);
  }

  @Override
  public String label() {
    return subject.toString();
  }
}
