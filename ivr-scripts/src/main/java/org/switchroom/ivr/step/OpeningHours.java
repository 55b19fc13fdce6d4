package org.switchroom.ivr.step;

import java.util.SequencedMap;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// Goes by opening hours.
record OpeningHours(String calendar, String open, String closed) implements Step {
  static final StepKind KIND =
      new StepKind("hours", "goes by a calendar of the configuration", OpeningHours::read);

  private static OpeningHours read(StepFields fields) {
    String calendar = fields.required("hours");
    fields.known("hours", calendar, fields.declared().calendars(), "calendar");
    return new OpeningHours(calendar, fields.required("open"), fields.required("closed"));
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
    return Listed.exits("open", open, "closed", closed);
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
