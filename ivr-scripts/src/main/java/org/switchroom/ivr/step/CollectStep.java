package org.switchroom.ivr.step;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// Asks for digits. What is secret is known to this walk alone: the caller's path has
/// [Outcome#MASKED] for it, and their answers have nothing.
///
/// @param as the variable that keeps the digits
/// @param otherwise there were not enough
record CollectStep(
    Saying saying, String as, boolean secret, Digits digits, String next, String otherwise)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "collect",
          "digits into a variable; a `secret` is [kept nowhere](#secrets)",
          CollectStep::read);

  private static CollectStep read(StepFields fields) {
    return new CollectStep(
        fields.saying("collect"),
        fields.variable("as"),
        fields.truth("secret"),
        Digits.read(fields, "1-20"),
        fields.required("next"),
        fields.required("otherwise"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) throws CallerHungUpException {
    Optional<String> asked = secret ? digits.askSecret(saying, walker) : digits.ask(saying, walker);
    if (asked.isEmpty()) {
      walker.went("no digits");
      return new Onward.Exit("otherwise", otherwise);
    }
    String pressed = asked.get();
    walker.variables().put(as, pressed);
    if (!secret) walker.answered(as, pressed);
    walker.went(secret ? Outcome.MASKED : pressed);
    return new Onward.Exit("next", next);
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
    return StepLists.sayings(saying, digits.invalid());
  }

  @Override
  public Set<String> sets() {
    return Set.of(as);
  }

  @Override
  public Set<String> secrets() {
    return secret ? sets() : Set.of();
  }

  @Override
  public Family family() {
    return Family.ASKS;
  }
}
