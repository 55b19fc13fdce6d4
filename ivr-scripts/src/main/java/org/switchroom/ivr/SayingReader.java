package org.switchroom.ivr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.switchroom.ivr.Saying.Part;
import org.switchroom.ivr.expression.Expression;
import org.switchroom.ivr.expression.ExpressionFault;
import org.switchroom.ivr.speech.Format;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.FaultsException;
import org.switchroom.ivr.yaml.Yaml;

/// Reads what is to be said: a text, or one for each language, with values in it.
///
/// @param languages in which something must be said
public record SayingReader(List<Language> languages) {
  private static final Pattern VALUE = Pattern.compile("\\{([^{}|]+)(?:\\|\\s*([a-z]+)\\s*)?\\}");

  /// What is shipped to be said to those who wait, by its name.
  public static Saying shipped(String name) {
    try (var stream = SayingReader.class.getResourceAsStream("announcements.yaml")) {
      String yaml = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      var reader = new SayingReader(List.of(Language.values()));
      return Yaml.read(
          "announcements.yaml",
          Yaml.compose("announcements.yaml", yaml),
          "The file",
          new ArrayList<>(),
          fields -> reader.read(fields, name, "waiting-" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FaultsException e) {
      throw new IllegalStateException("The shipped announcements are broken.", e);
    }
  }

  /// @param name of its sound files, unless it says another
  public Saying read(Yaml fields, String field, String name) {
    Map<Language, String> texts = texts(fields, field, languages);
    String file = name;
    boolean inAll = false;
    if (!isOneText(fields, field)) {
      Yaml each = fields.mapping(field);
      file = each.text("name", name);
      inAll = each.has("in");
      if (inAll && !each.text("in", "").equals("all")) {
        each.fault("in", "\"in\" can only be all: said in every language.");
      }
    }
    if (!file.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")) {
      fields.fault(field, "\"%s\" is no name for a sound file.".formatted(file));
    }
    var parts = new EnumMap<Language, List<Part>>(Language.class);
    texts.forEach((language, text) -> parts.put(language, parts(fields, field, text)));
    return new Saying(file, parts, inAll);
  }

  /// In each of the script's languages.
  public static Map<Language, String> texts(Yaml fields, String field, List<Language> languages) {
    var texts = new EnumMap<Language, String>(Language.class);
    if (isOneText(fields, field)) {
      String text = fields.required(field);
      if (languages.size() > 1 && fields.has(field)) {
        fields.fault(
            field,
            "\"%s\" has one text for %d languages; write {%s}."
                .formatted(
                    field,
                    languages.size(),
                    String.join(", ", languages.stream().map(one -> one + ": …").toList())));
      }
      texts.put(languages.getFirst(), text);
      return texts;
    }
    Yaml each = fields.mapping(field);
    // Of a phrase they say nothing, and may stand there.
    each.has("name");
    each.has("in");
    for (Language language : languages) {
      if (each.text(language.tag(), "").isBlank()) {
        each.fault("", "\"%s\" says nothing in %s.".formatted(field, language));
      } else {
        texts.put(language, each.text(language.tag(), ""));
      }
    }
    return texts;
  }

  private static boolean isOneText(Yaml fields, String field) {
    return !fields.has(field) || fields.scalar(field).isPresent();
  }

  private static List<Part> parts(Yaml fields, String field, String text) {
    var parts = new ArrayList<Part>();
    var values = VALUE.matcher(text);
    int at = 0;
    while (values.find()) {
      words(parts, text.substring(at, values.start()));
      at = values.end();
      String word = values.group(2) == null ? "" : values.group(2);
      Optional<Format> format = Format.of(word);
      if (format.isEmpty()) {
        fields.fault(
            field,
            "{%s} must say how it is spoken: {%s|number}, or one of %s."
                .formatted(values.group(1), values.group(1).strip(), Format.words()));
      }
      Expression value = expression(fields, field, values.group(1).strip());
      parts.add(new Part.Value(value, format.orElse(Format.NUMBER)));
    }
    String rest = text.substring(at);
    if (rest.contains("{") || rest.contains("}")) {
      fields.fault(field, "A brace in \"%s\" has no partner.".formatted(text));
    }
    words(parts, rest);
    return parts;
  }

  /// A full stop between two values is nothing to be said.
  private static void words(List<Part> parts, String text) {
    if (text.chars().anyMatch(Character::isLetterOrDigit)) parts.add(new Part.Words(text));
  }

  private static Expression expression(Yaml fields, String field, String text) {
    try {
      return Expression.parse(text);
    } catch (ExpressionFault e) {
      fields.fault(field, e.getMessage());
      return Expression.nothing();
    }
  }
}
