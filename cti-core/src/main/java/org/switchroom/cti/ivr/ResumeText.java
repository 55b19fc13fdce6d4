package org.switchroom.cti.ivr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.ivr.Outcome.Place;
import org.switchroom.ivr.Outcome.Resume;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.speech.Language;

/// Where a script goes on, as text that the engine keeps and does not read: JSON with the places by
/// script, version and step, the innermost first.
final class ResumeText {
  private static final Logger log = LoggerFactory.getLogger(ResumeText.class);

  /// What a script knows may be a whole answer of a service for each step; in the ledger there is
  /// room for so many characters of it for a call.
  private static final int LONGEST = 64 << 10;

  private static final int LONGEST_VALUE = 500;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private record Kept(List<KeptPlace> places) {}

  private record KeptPlace(
      String script, int version, String step, Map<String, Object> variables) {}

  /// The scripts that there were.
  @FunctionalInterface
  interface Versions {
    /// Empty: it is not known any more.
    Optional<Script> script(String name, int version);
  }

  private ResumeText() {}

  /// Beyond its length it keeps the words and numbers of the script, and not the records.
  static String write(Resume resume) {
    List<KeptPlace> all =
        Stream.concat(Stream.of(resume.at()), resume.callers().stream())
            .map(ResumeText::kept)
            .toList();
    String text = text(new Kept(all));
    if (text.length() <= LONGEST) return text;
    log.warn(
        "Script {} knows {} characters while it dials; if nobody answers it goes on without its"
            + " records.",
        resume.at().script().name(),
        text.length());
    return text(new Kept(all.stream().map(ResumeText::withoutRecords).toList()));
  }

  private static KeptPlace kept(Place place) {
    Script script = place.script();
    return new KeptPlace(script.name(), script.version(), place.step(), place.variables());
  }

  private static KeptPlace withoutRecords(KeptPlace place) {
    var few = new HashMap<>(place.variables());
    few.values().removeIf(value -> !isSmall(value));
    return new KeptPlace(place.script(), place.version(), place.step(), few);
  }

  private static boolean isSmall(Object value) {
    return switch (value) {
      case Number _, Boolean _ -> true;
      case String text -> text.length() <= LONGEST_VALUE;
      default -> false;
    };
  }

  private static String text(Kept kept) {
    try {
      return MAPPER.writeValueAsString(kept);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A script's variables are JSON's values.", e);
    }
  }

  /// Empty: there is nothing, or one of the scripts is not there any more or has no such step.
  static Optional<Resume> read(String text, Language language, Versions scripts) {
    if (text.isEmpty()) return Optional.empty();
    try {
      var places = new ArrayList<Place>();
      for (KeptPlace one : MAPPER.readValue(text, Kept.class).places()) {
        Optional<Script> script =
            scripts
                .script(one.script(), one.version())
                .filter(it -> it.steps().containsKey(one.step()));
        if (script.isEmpty()) {
          log.warn("Script {} has no step {} any more.", one.script(), one.step());
          return Optional.empty();
        }
        places.add(new Place(script.get(), one.step(), Objects.requireNonNull(one.variables())));
      }
      return Optional.of(new Resume(places.getFirst(), places.subList(1, places.size()), language));
    } catch (JsonProcessingException | RuntimeException e) {
      log.error("Where a script goes on cannot be read.", e);
      return Optional.empty();
    }
  }
}
