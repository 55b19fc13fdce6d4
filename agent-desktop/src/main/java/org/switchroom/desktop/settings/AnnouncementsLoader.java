package org.switchroom.desktop.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.switchroom.cti.center.Announcements;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.SayingReader;
import org.switchroom.ivr.speech.Language;
import org.switchroom.ivr.yaml.Yaml;

/// Reads what a queue says to those who wait.
final class AnnouncementsLoader {
  private final Names names;
  private final String queue;

  AnnouncementsLoader(Names names, String queue) {
    this.names = names;
    this.queue = queue;
  }

  Announcements read(Yaml all) {
    if (!all.has("announce")) return Announcements.NONE;
    Yaml fields = all.mapping("announce");
    List<Language> languages = languages(fields);
    Optional<Saying> position = saying(fields, "position", languages);
    Optional<Saying> more =
        fields.has("more")
            ? saying(fields, "more", languages)
            : Optional.of(SayingReader.shipped("more"));
    int limit = fields.number("position-limit", 0, 0, 10_000);
    var none = Announcements.NONE;
    return none.withFirst(Values.positive(fields, "first", none.first()))
        .withEvery(fields.duration("every", none.every()))
        .withLeast(Values.positive(fields, "least", none.least()))
        .withPosition(position)
        .withPositionLimit(limit)
        .withMore(limit > 0 && position.isPresent() ? more : Optional.empty())
        .withOnlyWhenDown(Values.yes(fields, "only-when-down").orElse(false))
        .withExpected(saying(fields, "expected-wait", languages))
        .withMessages(messages(fields, languages))
        .withMessagesEvery(Values.positive(fields, "messages-every", none.messagesEvery()))
        .withMost(fields.number("most", 0, 0, 1_000))
        .withOffers(offers(fields, languages))
        .withLanguages(languages);
  }

  private static List<Language> languages(Yaml fields) {
    var languages = new ArrayList<Language>();
    for (String tag : fields.texts("languages")) {
      Optional<Language> language = Language.of(tag);
      language.ifPresent(languages::add);
      if (language.isEmpty()) {
        fields.fault(
            "languages",
            "Language %s is not spoken here. Known are %s.".formatted(tag, Language.tags()));
      }
    }
    return languages.isEmpty() ? Announcements.NONE.languages() : languages;
  }

  /// `true` for the words that are shipped; empty where nothing is to be said.
  private Optional<Saying> saying(Yaml fields, String field, List<Language> languages) {
    String scalar = fields.scalar(field).orElse("");
    if (!fields.has(field) || scalar.equals("false")) return Optional.empty();
    if (scalar.equals("true")) return Optional.of(SayingReader.shipped(field));
    return Optional.of(
        new SayingReader(languages).read(fields, field, "queue-" + queue + "-" + field));
  }

  private List<Saying> messages(Yaml fields, List<Language> languages) {
    if (fields.scalar("messages").filter("true"::equals).isPresent()) {
      return List.of(SayingReader.shipped("message"));
    }
    var messages = new ArrayList<Saying>();
    for (Yaml message : fields.mappings("messages")) {
      String name = "queue-" + queue + "-message-" + (messages.size() + 1);
      messages.add(new SayingReader(languages).read(message, "say", name));
    }
    return messages;
  }

  /// `{1: callback}`, or `{1: {script: callback, say: …}}`.
  private LinkedHashMap<Character, Announcements.Offer> offers(
      Yaml fields, List<Language> languages) {
    var offers = new LinkedHashMap<Character, Announcements.Offer>();
    Yaml all = fields.mapping("offers");
    for (String key : all.names()) {
      if (key.length() != 1 || "0123456789*#".indexOf(key.charAt(0)) < 0) {
        all.fault(key, "\"%s\" is not a key. Keys are 0 to 9, * and #.".formatted(key));
        continue;
      }
      offers.put(key.charAt(0), offer(all, key, languages));
    }
    return offers;
  }

  private Announcements.Offer offer(Yaml all, String key, List<Language> languages) {
    Optional<String> shipped = all.scalar(key);
    if (shipped.isPresent()) {
      String name = shipped.get();
      return new Announcements.Offer(names.script(all, key, name), said(all, key, name));
    }
    Yaml own = all.mapping(key);
    String script = names.script(own, "script", own.required("script"));
    String name = "queue-" + queue + "-offer-" + key.charAt(0);
    return new Announcements.Offer(script, new SayingReader(languages).read(own, "say", name));
  }

  private static Saying said(Yaml all, String key, String shipped) {
    if (shipped.equals("callback") || shipped.equals("voicemail")) {
      return SayingReader.shipped(shipped);
    }
    all.fault(key, "Say what is offered: {script: %s, say: …}.".formatted(shipped));
    return SayingReader.shipped("message");
  }
}
