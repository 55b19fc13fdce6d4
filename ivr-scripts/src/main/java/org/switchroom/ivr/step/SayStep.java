package org.switchroom.ivr.step;

import java.util.List;
import java.util.SequencedMap;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// Says something.
record SayStep(Saying saying, String next) implements Step {
  static final StepKind KIND = new StepKind("say", "says something", SayStep::read);

  private static SayStep read(StepFields fields) {
    return new SayStep(fields.saying("say"), fields.required("next"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) throws CallerHungUpException {
    walker.caller().play(walker.prompts(saying));
    return new Onward.Exit("next", next);
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("next", next);
  }

  @Override
  public List<Saying> sayings() {
    return List.of(saying);
  }
}
