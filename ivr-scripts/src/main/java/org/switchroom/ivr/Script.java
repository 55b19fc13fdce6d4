package org.switchroom.ivr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.switchroom.ivr.Saying.Part;
import org.switchroom.ivr.Saying.Wanted;
import org.switchroom.ivr.speech.Format;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.speech.Speech;

/// A checked script: every exit leads somewhere, every step can be reached, and nobody who stays
/// silent goes round for ever.
///
/// @param version of all versions that the center has had, from 1; 0: it was never taken
/// @param languages the first is spoken until another is chosen
/// @param arguments what a calling script gives it
/// @param phrases what can be said by name, such as an order's status
public record Script(
    String name,
    int version,
    List<Language> languages,
    List<String> arguments,
    String start,
    SequencedMap<String, Step> steps,
    Map<String, Map<Language, String>> phrases) {
  public Step step(String id) {
    Step step = steps.get(id);
    if (step == null) {
      throw new IllegalArgumentException(
          "Script %s has no step %s. Maybe it was not loaded by ScriptLoader.".formatted(name, id));
    }
    return step;
  }

  public Script withVersion(int number) {
    return new Script(name, number, languages, arguments, start, steps, phrases);
  }

  /// The variables that are never kept.
  public Set<String> secrets() {
    var secrets = new HashSet<String>();
    for (Step step : steps.values()) secrets.addAll(step.secrets());
    return secrets;
  }

  /// The scripts that it calls.
  public Set<String> calls() {
    var calls = new LinkedHashSet<String>();
    for (Step step : steps.values()) calls.addAll(step.calls());
    return calls;
  }

  /// Every sound that a caller of it may need.
  public List<Wanted> wanted() {
    var sayings = steps.values().stream().flatMap(step -> step.sayings().stream()).toList();
    var wanted = new ArrayList<>(wanted(sayings, languages));
    phrases.forEach(
        (name, texts) ->
            texts.forEach(
                (language, text) -> wanted.add(new Wanted(language, phraseName(name), text))));
    return wanted;
  }

  /// The sounds of some sayings, with every word that their values may need.
  public static List<Wanted> wanted(Collection<Saying> sayings, List<Language> languages) {
    var wanted = new ArrayList<Wanted>();
    var formats = EnumSet.noneOf(Format.class);
    for (Saying saying : sayings) {
      wanted.addAll(saying.wanted());
      for (List<Part> parts : saying.parts().values()) {
        for (Part part : parts) if (part instanceof Part.Value value) formats.add(value.format());
      }
    }
    for (Language language : languages) {
      var words = new LinkedHashSet<String>();
      for (Format format : formats) words.addAll(Speech.vocabulary(language, format));
      words.forEach(word -> wanted.add(new Wanted(language, wordName(word), word)));
    }
    return wanted;
  }

  /// Nothing but languages: for what is said outside a script.
  public static Script speaking(List<Language> languages) {
    return new Script("", 0, languages, List.of(), "", new LinkedHashMap<>(), Map.of());
  }

  String phraseName(String phrase) {
    return name + "-phrase-" + phrase;
  }

  /// The sound's name of a word that values are made of.
  public static String wordName(String word) {
    return "word-" + word.replaceAll("[^\\p{L}\\p{N}]+", "-");
  }
}
