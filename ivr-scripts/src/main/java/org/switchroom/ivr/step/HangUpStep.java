package org.switchroom.ivr.step;

import java.util.List;
import java.util.Optional;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// Ends the call.
///
/// @param saying said before; empty: nothing
record HangUpStep(Optional<Saying> saying) implements Step {
  static final StepKind KIND =
      new StepKind("hangup", "`true`, or something to say before", HangUpStep::read);

  private static HangUpStep read(StepFields fields) {
    boolean silent = fields.scalar("hangup").filter("true"::equals).isPresent();
    return new HangUpStep(silent ? Optional.empty() : Optional.of(fields.saying("hangup")));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) throws CallerHungUpException {
    walker.went("");
    walker.caller().play(walker.prompts(saying));
    return new Onward.End(new Outcome.HungUp(walker.walked(), false));
  }

  @Override
  public List<Saying> sayings() {
    return saying.stream().toList();
  }

  @Override
  public Family family() {
    return Family.ENDS;
  }
}
