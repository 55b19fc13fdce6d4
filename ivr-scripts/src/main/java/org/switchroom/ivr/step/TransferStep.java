package org.switchroom.ivr.step;

import java.time.Duration;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Template;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.expression.ExpressionFault;

/// Connects with a number outside.
///
/// @param ring how long the other side may ring
/// @param failure it was busy, did not answer, or could not be reached
record TransferStep(Template number, Duration ring, String failure) implements Step {
  static final StepKind KIND =
      new StepKind("transfer", "connects with a number that `dial` allows", TransferStep::read);

  private static TransferStep read(StepFields fields) {
    Template number = fields.template("transfer");
    if (number.isLiteral()) {
      fields
          .declared()
          .faultOfNumber()
          .apply(number.toString())
          .ifPresent(fault -> fields.fault("transfer", fault));
    }
    return new TransferStep(
        number,
        fields.upTo(Duration.ofMinutes(5), "ring", Duration.ofSeconds(30)),
        fields.required("failure"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    String called = called(walker);
    if (called.isEmpty()) {
      walker.went("failed");
      return new Onward.Exit("failure", failure);
    }
    walker.went(called);
    return new Onward.End(
        new Outcome.Transferred(walker.walked(), called, ring, walker.resumeAt(failure)));
  }

  private String called(Walker walker) {
    try {
      return number.fill(walker.variables(), UnaryOperator.identity());
    } catch (ExpressionFault e) {
      return "";
    }
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("failure", failure);
  }

  /// When somebody answers.
  @Override
  public boolean ends() {
    return true;
  }

  @Override
  public Map<String, Set<String>> reads() {
    return Map.of("transfer", number.variables());
  }

  @Override
  public Family family() {
    return Family.ENDS;
  }

  @Override
  public String label() {
    return number.toString();
  }
}
