package org.switchroom.ivr;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.switchroom.ivr.Saying.Part;
import org.switchroom.ivr.expression.ExpressionFault;
import org.switchroom.ivr.speech.Format;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.speech.Speech;

/// Makes sounds of sayings.
///
/// @param today where the center is
public record Speaker(Sounds sounds, Supplier<LocalDate> today) {
  /// Where a sound is missing, because a voice was broken, all of it is said in another language of
  /// the script that has every sound of it: whoever hears a menu in a language that is not theirs
  /// can press a key, and whoever hears nothing cannot.
  ///
  /// @param script whose phrases and first language are used
  /// @param language that the caller chose
  public List<Prompt> prompts(
      Saying saying, Script script, Language language, Map<String, Object> variables) {
    if (saying.inAll()) {
      return script.languages().stream()
          .flatMap(one -> in(one, saying, script, variables).stream())
          .toList();
    }
    List<Language> languages = languages(saying, script, language);
    return languages.stream()
        .map(one -> in(one, saying, script, variables))
        .filter(prompts -> prompts.stream().allMatch(prompt -> prompt.file().isPresent()))
        .findFirst()
        .orElseGet(() -> in(languages.getFirst(), saying, script, variables));
  }

  /// First the one that should be heard, then those that sound the same, then the rest.
  private static List<Language> languages(Saying saying, Script script, Language chosen) {
    Language wanted = saying.parts().containsKey(chosen) ? chosen : script.languages().getFirst();
    var languages = new ArrayList<Language>();
    languages.add(wanted);
    script.languages().stream()
        .filter(one -> one != wanted && saying.parts().containsKey(one))
        .sorted(Comparator.comparing(one -> !one.soundsLike(wanted)))
        .forEach(languages::add);
    return languages;
  }

  private List<Prompt> in(
      Language spoken, Saying saying, Script script, Map<String, Object> variables) {
    var prompts = new ArrayList<Prompt>();
    int number = 0;
    for (Part part : saying.parts().getOrDefault(spoken, List.of())) {
      switch (part) {
        case Part.Words(var text) ->
            prompts.add(prompt(spoken, saying.fileName(number++), text.strip()));
        case Part.Value value -> prompts.addAll(value(value, script, spoken, variables));
      }
    }
    return prompts;
  }

  /// What cannot be worked out is not said.
  private List<Prompt> value(
      Part.Value part, Script script, Language spoken, Map<String, Object> variables) {
    String value;
    try {
      value = part.value().evaluate(variables).map(Object::toString).orElse("");
    } catch (ExpressionFault e) {
      return List.of();
    }
    if (part.format() == Format.PHRASE) {
      String text = script.phrases().getOrDefault(value, Map.of()).get(spoken);
      return text == null ? List.of() : List.of(prompt(spoken, script.phraseName(value), text));
    }
    return Speech.words(spoken, part.format(), value, today.get()).stream()
        .map(word -> prompt(spoken, Script.wordName(word), word))
        .toList();
  }

  private Prompt prompt(Language spoken, String name, String text) {
    return new Prompt(text, sounds.file(spoken, name, text));
  }
}
