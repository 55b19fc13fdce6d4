package org.switchroom.ivr.step;

import java.util.SequencedMap;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// Goes by opening hours.
record OpeningHoursStep(String calendar, String open, String closed) implements Step {
  static final StepKind KIND =
      new StepKind("hours", "goes by a calendar of the configuration", OpeningHoursStep::read);

  private static OpeningHoursStep read(StepFields fields) {
    String calendar = fields.required("hours");
    fields.known("hours", calendar, fields.declared().calendars(), "calendar");
    return new OpeningHoursStep(calendar, fields.required("open"), fields.required("closed"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    boolean isOpen = walker.services().open(calendar);
    walker.went(isOpen ? "open" : "closed");
    return isOpen ? new Onward.Exit("open", open) : new Onward.Exit("closed", closed);
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("open", open, "closed", closed);
  }

  @Override
  public Family family() {
    return Family.LOOKS;
  }

  @Override
  public String label() {
    return calendar;
  }
}
