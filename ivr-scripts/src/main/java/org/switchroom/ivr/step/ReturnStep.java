package org.switchroom.ivr.step;

import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// The end of a sub-script. In a script that nobody called, the end of the call.
record ReturnStep() implements Step {
  static final StepKind KIND =
      new StepKind("return", "the end of a sub-script", _ -> new ReturnStep());

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    return new Onward.Back();
  }

  @Override
  public Family family() {
    return Family.ENDS;
  }
}
