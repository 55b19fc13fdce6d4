package org.switchroom.ivr.step;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Services.Answer;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// Records a message and gives it to a queue as work.
///
/// @param otherwise nothing was said
record VoicemailStep(
    Saying saying,
    String queue,
    RecordingLimits limits,
    String next,
    String otherwise,
    String failure)
    implements Step {
  static final StepKind KIND =
      new StepKind(
          "voicemail", "a message becomes work for a queue", VoicemailStep::read, Set.of("queue"));

  private static VoicemailStep read(StepFields fields) {
    return new VoicemailStep(
        fields.saying("voicemail"),
        fields.taskQueue("queue"),
        RecordingLimits.read(fields),
        fields.required("next"),
        fields.required("otherwise"),
        fields.required("failure"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  /// A message counts although its caller hangs up instead of pressing a key.
  @Override
  public Onward run(Walker walker) throws CallerHungUpException {
    Optional<Caller.Recording> recording;
    try {
      recording = limits.record(saying, walker);
    } catch (CallerHungUpException e) {
      e.recording().ifPresent(begun -> walker.leave(take(begun, walker)));
      throw e;
    }
    if (recording.isEmpty()) {
      walker.went("nothing said");
      return new Onward.Exit("otherwise", otherwise);
    }
    return take(recording.get(), walker);
  }

  private Onward.Exit take(Caller.Recording recording, Walker walker) {
    if (walker.services().leaveVoicemail(queue, recording) != Answer.FOUND) {
      walker.went("failed");
      return new Onward.Exit("failure", failure);
    }
    walker.hasLeftSomething();
    walker.went(recording.length().toSeconds() + " s");
    return new Onward.Exit("next", next);
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("next", next, "otherwise", otherwise, "failure", failure);
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
  public Family family() {
    return Family.ASKS;
  }
}
