package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.ContactEvent.Announced;
import org.switchroom.cti.event.Heard;
import org.switchroom.ivr.Saying;

/// What those who wait hear between the music, each at their own times.
final class AnnouncementRules {
  /// A phone rings for the caller: they are not talked to now.
  private static final Duration WHILE_OFFERED = Duration.ofSeconds(3);

  private AnnouncementRules() {}

  /// A caller waits in a queue from now on, and hears what that one has to say.
  static void begin(ContactId id, Deciding d) {
    Contact contact = d.state().contact(id).orElseThrow();
    if (!contact.waits() || contact.call().isEmpty()) return;
    Announcements rules = rules(contact, d);
    if (!rules.says()) {
      if (contact.heard().due().isPresent()) d.emit(new Announced(id, Heard.NOTHING));
      return;
    }
    Optional<Instant> figures = Optional.of(d.at().plus(rules.first()));
    Optional<Instant> messages =
        rules.messages().isEmpty()
            ? Optional.empty()
            : Optional.of(d.at().plus(rules.messagesEvery()));
    d.emit(
        new Announced(
            id,
            due(
                new Heard(figures, figures, messages, 0, 0, Integer.MAX_VALUE, Long.MAX_VALUE),
                d.at())));
  }

  private static Announcements rules(Contact contact, Deciding d) {
    return d.plan()
        .queue(contact.queue().orElseThrow())
        .map(QueueSettings::announcements)
        .orElse(Announcements.NONE);
  }

  /// The earlier of the two that are due.
  private static Heard due(Heard heard, Instant notBefore) {
    Optional<Instant> next =
        heard
            .figures()
            .filter(at -> heard.messages().filter(at::isAfter).isEmpty())
            .or(heard::messages);
    return new Heard(
        next.map(at -> at.isBefore(notBefore) ? notBefore : at),
        heard.figures(),
        heard.messages(),
        heard.message(),
        heard.said(),
        heard.position(),
        heard.minutes());
  }

  /// Something is due to be said.
  static void say(Contact contact, Deciding d) {
    if (!contact.offers().isEmpty()) {
      Instant later = d.at().plus(WHILE_OFFERED);
      d.emit(new Announced(contact.id(), due(contact.heard(), later)));
      return;
    }
    Announcements rules = rules(contact, d);
    Heard heard = contact.heard();
    var said = new ArrayList<Effect.Said>();
    Heard after =
        heard.figures().filter(at -> !at.isAfter(d.at())).isPresent()
            ? figures(contact, rules, said, d)
            : message(heard, rules, said, d.at());
    if (!said.isEmpty()) {
      d.effect(
          new Effect.Announce(contact.call().orElseThrow(), contact.script().language(), said));
    }
    boolean enough = rules.most() > 0 && after.said() >= rules.most();
    d.emit(
        new Announced(
            contact.id(), enough ? Heard.NOTHING : due(after, d.at().plus(rules.least()))));
  }

  private static Heard message(
      Heard heard, Announcements rules, List<Effect.Said> said, Instant at) {
    if (rules.messages().isEmpty()) {
      return new Heard(
          Optional.empty(),
          heard.figures(),
          Optional.empty(),
          0,
          heard.said(),
          heard.position(),
          heard.minutes());
    }
    Saying message = rules.messages().get(heard.message() % rules.messages().size());
    said.add(new Effect.Said(message, Map.of()));
    return new Heard(
        Optional.empty(),
        heard.figures(),
        Optional.of(at.plus(rules.messagesEvery())),
        heard.message() + 1,
        heard.said() + 1,
        heard.position(),
        heard.minutes());
  }

  /// Neither the place nor the time ever climbs: a caller who hears it take longer hangs up.
  private static Heard figures(
      Contact contact, Announcements rules, List<Effect.Said> said, Deciding d) {
    Heard heard = contact.heard();
    int position = d.routing().router().place(contact.routed());
    int told = heard.position();
    long minutes = heard.minutes();
    boolean down = position < told;
    boolean again = position == told && !rules.onlyWhenDown();
    if (rules.position().isPresent() && (down || again)) {
      told = position;
      place(rules, position).ifPresent(said::add);
    }
    Optional<Duration> expected = d.routing().router().expectedWait(contact.routed());
    if (rules.expected().isPresent() && expected.isPresent()) {
      minutes = Math.min(minutes, Math.max(1, Math.ceilDiv(expected.get().toSeconds(), 60)));
      said.add(new Effect.Said(rules.expected().get(), Map.of("minutes", minutes)));
    }
    rules
        .offers()
        .forEach(
            (key, offer) ->
                said.add(new Effect.Said(offer.saying(), Map.of("key", String.valueOf(key)))));
    return new Heard(
        Optional.empty(),
        rules.every().isPositive() ? Optional.of(d.at().plus(rules.every())) : Optional.empty(),
        heard.messages(),
        heard.message(),
        heard.said() + (said.isEmpty() ? 0 : 1),
        told,
        minutes);
  }

  private static Optional<Effect.Said> place(Announcements rules, int position) {
    int limit = rules.positionLimit();
    return limit == 0 || position <= limit
        ? rules.position().map(place -> new Effect.Said(place, Map.of("position", position)))
        : rules.more().map(more -> new Effect.Said(more, Map.of("position", limit)));
  }
}
