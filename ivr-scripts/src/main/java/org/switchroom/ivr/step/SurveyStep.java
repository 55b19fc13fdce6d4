package org.switchroom.ivr.step;

import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// A question that is answered with a key from 1 to `most`.
///
/// @param question its name in the figures, and the variable that keeps the answer
record SurveyStep(
    String question,
    Saying saying,
    int most,
    Duration timeout,
    int retries,
    String next,
    String otherwise)
    implements Step {
  static final StepKind KIND =
      new StepKind("survey", "a key from 1 to `most` as an answer", SurveyStep::read);

  private static SurveyStep read(StepFields fields) {
    return new SurveyStep(
        fields.variable("as"),
        fields.saying("survey"),
        fields.number("most", 5, 2, 9),
        fields.keyTimeout(),
        fields.retries(1),
        fields.required("next"),
        fields.required("otherwise"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) throws CallerHungUpException {
    for (int round = 0; round <= retries; round++) {
      int score = walker.caller().readKey(walker.prompts(saying), timeout) - '0';
      if (score < 1 || score > most) continue;
      walker.variables().put(question, score);
      walker.answered(question, Integer.toString(score));
      walker.went(Integer.toString(score));
      walker.services().score(question, score, most);
      return new Onward.Exit("next", next);
    }
    walker.went("no answer");
    return new Onward.Exit("otherwise", otherwise);
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("next", next, "otherwise", otherwise);
  }

  @Override
  public List<String> byCaller() {
    return List.of("next");
  }

  @Override
  public List<Saying> sayings() {
    return List.of(saying);
  }

  @Override
  public Set<String> sets() {
    return Set.of(question);
  }

  @Override
  public Family family() {
    return Family.ASKS;
  }
}
