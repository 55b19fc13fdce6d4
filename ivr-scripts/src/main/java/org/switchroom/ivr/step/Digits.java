package org.switchroom.ivr.step;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Walker;

/// How digits are asked for.
///
/// @param end the key that ends the input early
/// @param retries how often it is asked again
/// @param invalid said when there were too few; empty: nothing
record Digits(
    int fewest, int most, char end, Duration timeout, int retries, Optional<Saying> invalid) {
  /// Who keys in more does so at once.
  private static final Duration SWALLOWED = Duration.ofSeconds(1);

  private static final Pattern RANGE = Pattern.compile("(\\d{1,2})(?:-(\\d{1,2}))?");

  /// @param fallback how many, such as `4-8`
  static Digits read(StepFields fields, String fallback) {
    var range = RANGE.matcher(fields.text("digits", fallback));
    int fewest = 1;
    int most = 20;
    if (range.matches()) {
      fewest = Integer.parseInt(range.group(1));
      most = range.group(2) == null ? fewest : Integer.parseInt(range.group(2));
    }
    if (!range.matches() || fewest < 1 || most < fewest) {
      fields.fault("digits", "\"digits\" must be how many, such as 6 or 4-8.");
    }
    return new Digits(
        fewest,
        most,
        fields.end(),
        fields.keyTimeout(),
        fields.retries(1),
        fields.optionalSaying("invalid"));
  }

  /// Empty: not enough were pressed, however often it was asked.
  Optional<String> ask(Saying saying, Walker walker) throws CallerHungUpException {
    for (int round = 0; round <= retries; round++) {
      String digits = walker.caller().readDigits(walker.prompts(saying), most, end, timeout);
      if (digits.length() >= fewest && digits.length() <= most) return Optional.of(digits);
      if (!digits.isEmpty() && invalid.isPresent()) walker.caller().play(walker.prompts(invalid));
    }
    return Optional.empty();
  }

  /// The same, of what nobody else may hear of: keys beyond the last that is asked for are no
  /// answer to the next question.
  Optional<String> askSecret(Saying saying, Walker walker) throws CallerHungUpException {
    Optional<String> asked = ask(saying, walker);
    if (asked.filter(digits -> digits.length() == most).isPresent()) {
      walker.caller().swallow(end, SWALLOWED);
    }
    return asked;
  }

  /// The same, asked once.
  Digits once() {
    return new Digits(fewest, most, end, timeout, 0, Optional.empty());
  }
}
