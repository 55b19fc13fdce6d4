package org.switchroom.ivr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.speech.Format;
import org.switchroom.ivr.speech.Language;

/// What is said at one place of a script, in each of its languages.
///
/// @param name of its sound files: `main-welcome`, with `-2` and so on where values stand between
/// @param inAll whether it is said in all languages, one after the other: to ask for the language
public record Saying(String name, Map<Language, List<Part>> parts, boolean inAll) {
  public sealed interface Part {
    /// Said as it stands.
    record Words(String text) implements Part {}

    /// A value, put into words when it is said: `{order.number|digits}`.
    record Value(Expression value, Format format) implements Part {}
  }

  /// A sound that must be there before a caller comes.
  public record Wanted(Language language, String name, String text) {}

  public Saying {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /// The sounds of its fixed words.
  public List<Wanted> wanted() {
    var wanted = new ArrayList<Wanted>();
    parts.forEach(
        (language, all) -> {
          int number = 0;
          for (Part part : all) {
            if (part instanceof Part.Words(var text)) {
              wanted.add(new Wanted(language, fileName(number++), text));
            }
          }
        });
    return wanted;
  }

  /// @param number of the words among the words of this saying
  String fileName(int number) {
    return number == 0 ? name : name + "-" + (number + 1);
  }

  /// For people who read, as it is written.
  public String text(Language language) {
    var text = new StringBuilder();
    for (Part part : parts.getOrDefault(language, List.of())) {
      switch (part) {
        case Part.Words(var words) -> text.append(words);
        case Part.Value(var value, var format) ->
            text.append('{').append(value).append('|').append(format.word()).append('}');
      }
    }
    return text.toString();
  }
}
