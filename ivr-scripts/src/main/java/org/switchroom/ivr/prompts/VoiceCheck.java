package org.switchroom.ivr.prompts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.switchroom.ivr.speech.Language;

/// Whether a voice speaks the language that it is configured for. A voice of another language makes
/// sounds too, and callers hear something else: espeak-ng 1.51's `cmn` reads 三 as "san one".
///
/// What espeak-ng makes of a text can be read, as phonemes. Of any other command only an ear can
/// tell.
public sealed interface VoiceCheck {
  /// It reads right what was tried.
  record Speaks() implements VoiceCheck {}

  /// It does not.
  ///
  /// @param text that was tried
  /// @param phonemes what it makes of it, as espeak-ng writes them
  /// @param instead an espeak-ng voice that speaks the language
  record SpeaksAnother(String text, String phonemes, String instead) implements VoiceCheck {}

  /// Nobody here can tell.
  record OnlyHeard() implements VoiceCheck {}

  /// The espeak-ng voice for a language: American English, and Mandarin. The voice `cmn` of
  /// espeak-ng 1.51 has lost its characters.
  static String espeakVoice(Language language) {
    return switch (language) {
      case EN -> "en-us";
      case ZH_HANT, ZH_HANS -> "cmn-latn-pinyin";
    };
  }

  /// Lets a voice read a few words.
  ///
  /// @param command as for [PromptFolder]
  /// @throws IOException when it cannot speak at all
  static VoiceCheck of(Language language, List<String> command)
      throws IOException, InterruptedException {
    var voice = new VoiceCommand(command);
    Path program = Path.of(voice.program()).getFileName();
    if (program == null || !program.toString().equals("espeak-ng")) return new OnlyHeard();
    Map<String, Pattern> known = known(language);
    // Each is a paragraph, and so a line of its own in the answer.
    String[] heard = phonemes(voice, String.join("\n\n", known.keySet())).split("\n");
    var different = new HashSet<String>();
    int line = 0;
    for (var one : known.entrySet()) {
      String phonemes = line < heard.length ? heard[line++].strip() : "";
      if (!one.getValue().matcher(phonemes).matches() || !different.add(phonemes)) {
        return new SpeaksAnother(one.getKey(), phonemes, espeakVoice(language));
      }
    }
    return new Speaks();
  }

  private static String phonemes(VoiceCommand voice, String text)
      throws IOException, InterruptedException {
    Path nothing = Files.createTempFile("voice", ".wav");
    try {
      return voice.speak(text, nothing, "-q", "-x").strip();
    } finally {
      Files.deleteIfExists(nothing);
    }
  }

  /// What was tried, and how its phonemes look. Where espeak-ng does not know a character it
  /// changes to another language and back, and writes `(en)`; and a character of Chinese is one
  /// syllable with one tone, a number. Three and six sound alike in all of English, and so nowhere
  /// else.
  private static Map<String, Pattern> known(Language language) {
    var known = new LinkedHashMap<String, Pattern>();
    switch (language) {
      case EN -> {
        known.put("three", Pattern.compile("(T|t\\[)r'i:;?"));
        known.put("six", Pattern.compile("s'Iks"));
      }
      case ZH_HANT -> characters(known, "零一二三四五六七八九請號");
      case ZH_HANS -> characters(known, "零一二三四五六七八九请号");
    }
    return known;
  }

  private static void characters(Map<String, Pattern> known, String characters) {
    var oneSyllable = Pattern.compile("[^()\\d]*\\d+[^()\\d]*");
    characters
        .codePoints()
        .forEach(character -> known.put(Character.toString(character), oneSyllable));
  }
}
