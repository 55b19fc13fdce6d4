package org.switchroom.ivr.step;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.NoticeAnswer;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Prompt;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Services;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// Tells the caller that their talk is recorded. That it was played to its end is kept with the
/// contact, and so is that they refuse.
///
/// @param refuse the key that refuses; empty: it cannot be refused
/// @param timeout how long that key is waited for after the notice
/// @param refused where a caller goes who refuses
record NoticeStep(
    Saying saying, Optional<Character> refuse, Duration timeout, String next, String refused)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "notice",
          "says that talks are recorded, to its end, and keeps that it was heard; the key `refuse`,"
              + " if there is one, has this caller's talks not recorded, and leads to `refused`,"
              + " which is `next`, if it is not said",
          NoticeStep::read);

  private static NoticeStep read(StepFields fields) {
    String next = fields.required("next");
    return new NoticeStep(
        fields.saying("notice"),
        fields.optionalKey("refuse"),
        fields.upTo(Duration.ofSeconds(30), "timeout", Duration.ofSeconds(3)),
        next,
        fields.text("refused", next));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) throws CallerHungUpException {
    List<Prompt> prompts = walker.prompts(saying);
    Caller caller = walker.caller();
    ZonedDateTime began = walker.services().now();
    boolean heard;
    char key = Caller.SILENCE;
    if (refuse.isEmpty()) {
      caller.play(prompts);
      heard = caller.heardAll();
    } else {
      key = caller.readKey(prompts, timeout);
      heard = caller.heardAll();
      if (!heard && !refuse.get().equals(key)) {
        // Another key has cut it short: now none does.
        caller.play(prompts);
        heard = caller.heardAll();
        key = caller.readKey(List.of(), timeout);
      }
    }
    if (refuse.filter(Character.valueOf(key)::equals).isPresent()) {
      return came(NoticeAnswer.REFUSED, refused, began, walker);
    }
    // What nobody could hear is kept by nobody.
    if (!prompts.isEmpty() && heard) return came(NoticeAnswer.HEARD, next, began, walker);
    walker.went("not played");
    return new Onward.Exit("next", next);
  }

  private static Onward came(NoticeAnswer answer, String to, ZonedDateTime began, Walker walker) {
    Outcome.Walk walk = walker.walked();
    String where = "%s %d %s".formatted(walk.script(), walk.version(), walk.last());
    Services services = walker.services();
    services.noticed(answer, where, walk.language(), Duration.between(began, services.now()));
    boolean refused = answer == NoticeAnswer.REFUSED;
    walker.went(refused ? "refused" : "heard");
    return new Onward.Exit(refused ? "refused" : "next", to);
  }

  @Override
  public SequencedMap<String, String> exits() {
    return refuse.isEmpty()
        ? StepLists.exits("next", next)
        : StepLists.exits("next", next, "refused", refused);
  }

  @Override
  public List<String> byCaller() {
    return refuse.isEmpty() ? List.of() : List.of("refused");
  }

  @Override
  public List<Saying> sayings() {
    return List.of(saying);
  }
}
