package org.switchroom.ivr.step;

import java.util.SequencedMap;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// Has the recordings of the caller's next talks begin paused, or not. In a script itself nothing
/// is recorded.
record TalkRecordingStep(boolean pause, String next) implements Step {
  static final StepKind KIND =
      new StepKind(
          "talk-recording",
          "`pause`: where the caller's talks are recorded from here on, that is paused from the"
              + " beginning, until the agent or `resume` says otherwise",
          TalkRecordingStep::read);

  private static TalkRecordingStep read(StepFields fields) {
    String what = fields.required("talk-recording");
    boolean pause = what.equals("pause");
    if (!pause && !what.equals("resume")) {
      fields.fault(
          "talk-recording",
          "\"talk-recording\" is %s; it must be pause or resume.".formatted(what));
    }
    return new TalkRecordingStep(pause, fields.required("next"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    walker.services().pauseTalkRecording(pause);
    walker.went(label());
    return new Onward.Exit("next", next);
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("next", next);
  }

  @Override
  public String label() {
    return pause ? "pause" : "resume";
  }
}
