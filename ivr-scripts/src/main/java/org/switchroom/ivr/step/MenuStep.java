package org.switchroom.ivr.step;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Onward;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.Walker;

/// Asks for one key.
///
/// @param keys the step of each key, or [#BACK]
/// @param retries how often the menu is said again after a wrong key or silence
/// @param invalid said after a wrong key; empty: nothing
/// @param otherwise where a caller goes who never pressed a right key
record MenuStep(
    Saying saying,
    SequencedMap<Character, String> keys,
    Duration timeout,
    int retries,
    Optional<Saying> invalid,
    String otherwise)
    implements Step {
  /// Where a key leads that leads to the menu before.
  private static final String BACK = "back";

  static final StepKind KIND =
      new StepKind(
          "menu",
          "one key; a key cuts the prompt short; `\"*\": back` among `keys` leads to the menu"
              + " before, in the same script",
          MenuStep::read);

  private static MenuStep read(StepFields fields) {
    return new MenuStep(
        fields.saying("menu"),
        fields.keys("keys"),
        fields.keyTimeout(),
        fields.retries(2),
        fields.optionalSaying("invalid"),
        fields.required("otherwise"));
  }

  @Override
  public String kind() {
    return KIND.word();
  }

  @Override
  public Onward run(Walker walker) throws CallerHungUpException {
    walker.enterMenu();
    for (int round = 0; round <= retries; round++) {
      char key = walker.caller().readKey(walker.prompts(saying), timeout);
      String next = keys.get(key);
      if (BACK.equals(next)) {
        walker.went("back");
        return new Onward.Exit(String.valueOf(key), walker.menuBefore());
      }
      if (next != null) {
        walker.went(String.valueOf(key));
        return new Onward.Exit(String.valueOf(key), next);
      }
      if (key != Caller.SILENCE) walker.caller().play(walker.prompts(invalid));
    }
    walker.went("no choice");
    return new Onward.Exit("otherwise", otherwise);
  }

  @Override
  public SequencedMap<String, String> exits() {
    var exits = new LinkedHashMap<String, String>();
    keys.forEach(
        (key, step) -> {
          if (!step.equals(BACK)) exits.put(key.toString(), step);
        });
    exits.put("otherwise", otherwise);
    return exits;
  }

  @Override
  public List<String> byCaller() {
    return keys.keySet().stream().map(Object::toString).toList();
  }

  @Override
  public List<Saying> sayings() {
    return StepLists.sayings(saying, invalid);
  }

  @Override
  public Family family() {
    return Family.ASKS;
  }
}
