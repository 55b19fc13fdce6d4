package org.switchroom.ivr.step;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// Records the caller.
///
/// @param as the variable that keeps the recording's name
/// @param otherwise nothing was said
record RecordCallerStep(
    Saying saying, String as, RecordingLimits limits, String next, String otherwise)
    implements Step {
  static final StepKind KIND = new StepKind("record", "records the caller", RecordCallerStep::read);

  private static RecordCallerStep read(StepFields fields) {
    return new RecordCallerStep(
        fields.saying("record"),
        fields.variable("as"),
        RecordingLimits.read(fields),
        fields.required("next"),
        fields.required("otherwise"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) throws CallerHungUpException {
    Optional<Caller.Recording> recorded = limits.record(saying, walker);
    if (recorded.isEmpty()) {
      walker.went("nothing said");
      return new Onward.Exit("otherwise", otherwise);
    }
    Caller.Recording recording = recorded.get();
    walker.variables().put(as, recording.file());
    walker.went(recording.length().toSeconds() + " s");
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
    return List.of(saying);
  }

  @Override
  public Set<String> sets() {
    return Set.of(as);
  }

  @Override
  public Family family() {
    return Family.ASKS;
  }
}
