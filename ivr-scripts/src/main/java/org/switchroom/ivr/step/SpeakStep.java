package org.switchroom.ivr.step;

import java.util.Optional;
import java.util.SequencedMap;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;
import org.switchroom.ivr.speech.Language;

/// Speaks another language from here on.
record SpeakStep(Language language, String next) implements Step {
  static final StepKind KIND =
      new StepKind("language", "speaks `en`, `zh-Hant` or `zh-Hans` from here on", SpeakStep::read);

  private static SpeakStep read(StepFields fields) {
    String tag = fields.required("language");
    Optional<Language> language = Language.of(tag);
    if (language.filter(fields.languages()::contains).isEmpty()) {
      fields.fault(
          "language",
          "This script does not speak %s. Its languages are %s."
              .formatted(tag, fields.languages()));
    }
    return new SpeakStep(
        language.orElseGet(() -> fields.languages().getFirst()), fields.required("next"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) {
    walker.speak(language);
    return new Onward.Exit("next", next);
  }

  @Override
  public SequencedMap<String, String> exits() {
    return StepLists.exits("next", next);
  }

  @Override
  public String label() {
    return language.tag();
  }
}
