package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.audio.Waveform;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.history.TalkIndex.FoundTalk;
import org.switchroom.cti.history.TalkIndex.RecordedTalk;
import org.switchroom.cti.history.TalkIndex.Silence;
import org.switchroom.cti.history.TalkIndex.TalkSearch;
import org.switchroom.cti.pbx.RecordingId;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// Recordings of talks, for who may hear them: which there are of a contact, how one looks, and its
/// sound, of which a browser asks for parts (RFC 9110, 14). The audit has who listened.
final class TalkRoutes {
  private static final int PAGE = 100;
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private final Vertx vertx;
  private final DeskHub hub;
  private final Optional<RecordedTalks> talks;
  private final Function<RoutingContext, Optional<User>> user;
  private final Notes notes;

  /// @param talks empty: none are recorded
  TalkRoutes(
      Vertx vertx,
      DeskHub hub,
      Optional<RecordedTalks> talks,
      Function<RoutingContext, Optional<User>> user,
      Notes notes) {
    this.vertx = vertx;
    this.hub = hub;
    this.talks = talks;
    this.user = user;
    this.notes = notes;
  }

  record TalkList(List<TalkLine> talks) implements Replies.Body {}

  /// @param millis how long it is; empty: it goes on, or is kept no longer
  /// @param goesOn whether it is not over
  record TalkLine(
      String recording,
      String queue,
      Instant began,
      boolean goesOn,
      Optional<Long> millis,
      List<SilenceLine> silences) {}

  /// @param more the place to go on from; empty: there is no more
  record TalkPage(List<FoundTalkLine> talks, Optional<String> more) implements Replies.Body {}

  /// @param number the caller's; empty: hidden
  /// @param agent the name of who had them last; empty: nobody
  /// @param queue its title; empty: it is not known
  /// @param ended empty: it goes on
  record FoundTalkLine(
      String recording,
      String contact,
      String number,
      String agent,
      String queue,
      Instant began,
      Optional<Instant> ended) {}

  record SilenceLine(Instant began, Optional<Instant> ended) {}

  /// @param silences where it was paused
  record TalkWaveform(
      long millis, List<Integer> caller, List<Integer> heard, List<SilentPart> silences)
      implements Replies.Body {}

  /// In milliseconds from where the recording begins, within it.
  record SilentPart(long from, long to) {}

  void mount(Routes routes) {
    Routes.Access may = Routes.with(Permission.HEAR_TALKS);
    routes.get("/api/contacts/:contact/talks", may, this::list);
    routes.get("/api/talks", may, this::page);
    routes.get("/api/talks/:recording/waveform", may, this::waveform);
    routes.get("/api/talks/:recording", may, this::sound);
  }

  private void list(RoutingContext request) {
    String contact = request.pathParam("contact");
    vertx
        .executeBlocking(() -> lines(contact), false)
        .onFailure(request::fail)
        .onSuccess(lines -> Replies.reply(request, 200, new TalkList(lines)));
  }

  private List<TalkLine> lines(String contact) throws IOException {
    if (talks.isEmpty() || contact.isBlank()) return List.of();
    var lines = new ArrayList<TalkLine>();
    for (RecordedTalk talk : talks.get().index().of(new ContactId(contact))) {
      Optional<Waveform> waveform = talks.get().folder().waveform(talk.recording());
      lines.add(
          new TalkLine(
              talk.recording().value(),
              talk.queue(),
              talk.began(),
              talk.ended().isEmpty(),
              waveform.map(Waveform::millis),
              talk.silences().stream().map(TalkRoutes::line).toList()));
    }
    return lines;
  }

  private static SilenceLine line(Silence silence) {
    return new SilenceLine(silence.began(), silence.ended());
  }

  /// Whoever called: not every caller is a customer in whose record the talk is.
  private void page(RoutingContext request) {
    String about = PageQuery.word(request, "about");
    Map<String, String> agents = names(Topics.AGENT, "agent", "name");
    Map<String, String> queues = names(Topics.QUEUE, "queue", "title");
    Optional<TalkSearch> search =
        PageQuery.of(request)
            .map(
                query ->
                    new TalkSearch(
                        query.from(),
                        query.until(),
                        about,
                        called(about, agents),
                        called(about, queues),
                        query.after(),
                        PAGE));
    if (search.isEmpty()) return;
    vertx
        .executeBlocking(() -> found(search.get(), agents, queues), false)
        .onFailure(request::fail)
        .onSuccess(page -> Replies.reply(request, 200, page));
  }

  /// As they are called now, by their ids.
  private Map<String, String> names(Topics.Topic<?> kind, String id, String name) {
    return hub.all(kind)
        .collect(
            Collectors.toMap(
                one -> one.path(id).asText(), one -> one.path(name).asText(), (a, _) -> a));
  }

  /// Whose names have this in them.
  private static List<String> called(String about, Map<String, String> names) {
    if (about.isEmpty()) return List.of();
    String text = about.toLowerCase(Locale.ROOT);
    return names.entrySet().stream()
        .filter(one -> one.getValue().toLowerCase(Locale.ROOT).contains(text))
        .map(Map.Entry::getKey)
        .toList();
  }

  private TalkPage found(
      TalkSearch search, Map<String, String> agents, Map<String, String> queues) {
    List<FoundTalk> found = talks.map(all -> all.index().search(search)).orElse(List.of());
    return new TalkPage(
        found.stream().map(talk -> line(talk, agents, queues)).toList(),
        found.size() < PAGE
            ? Optional.empty()
            : Optional.of(PageQuery.text(found.getLast().place())));
  }

  private static FoundTalkLine line(
      FoundTalk talk, Map<String, String> agents, Map<String, String> queues) {
    return new FoundTalkLine(
        talk.recording().value(),
        talk.contact().value(),
        talk.from(),
        agents.getOrDefault(talk.agent(), talk.agent()),
        queues.getOrDefault(talk.queue(), talk.queue()),
        talk.place().at(),
        talk.ended());
  }

  private void waveform(RoutingContext request) {
    Optional<RecordingId> id = id(request);
    vertx
        .executeBlocking(() -> looks(id), false)
        .onFailure(request::fail)
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    one -> Replies.reply(request, 200, one), () -> notThere(request)));
  }

  private Optional<TalkWaveform> looks(Optional<RecordingId> id) throws IOException {
    if (id.isEmpty() || talks.isEmpty()) return Optional.empty();
    Optional<Waveform> found = talks.get().folder().waveform(id.get());
    if (found.isEmpty()) return Optional.empty();
    Waveform one = found.get();
    List<SilentPart> silences =
        talks.get().index().find(id.get()).stream()
            .flatMap(talk -> talk.silences().stream().map(part -> silent(part, talk, one.millis())))
            .filter(part -> part.from() < part.to())
            .toList();
    return Optional.of(new TalkWaveform(one.millis(), one.caller(), one.heard(), silences));
  }

  private static SilentPart silent(Silence silence, RecordedTalk talk, long millis) {
    long from = Duration.between(talk.began(), silence.began()).toMillis();
    long to =
        silence
            .ended()
            .map(ended -> Duration.between(talk.began(), ended).toMillis())
            .orElse(millis);
    return new SilentPart(Math.clamp(from, 0, millis), Math.clamp(to, 0, millis));
  }

  /// Only what can be a name leads to a file.
  private static Optional<RecordingId> id(RoutingContext request) {
    String id = request.pathParam("recording");
    return RecordingId.isOne(id) ? Optional.of(new RecordingId(id)) : Optional.empty();
  }

  private static void notThere(RoutingContext request) {
    Replies.refuse(request, 404, "not-found", "There is no such recording.");
  }

  // ── Sound ───────────────────────────────────────────────────────────────────────────────────

  private record Sound(Path file, long bytes, String about) {}

  private void sound(RoutingContext request) {
    Optional<RecordingId> id = id(request);
    vertx
        .executeBlocking(() -> find(id), false)
        .onFailure(request::fail)
        .onSuccess(
            found -> found.ifPresentOrElse(sound -> send(request, sound), () -> notThere(request)));
  }

  private Optional<Sound> find(Optional<RecordingId> id) throws IOException {
    if (id.isEmpty() || talks.isEmpty()) return Optional.empty();
    Optional<Path> file = talks.get().folder().sound(id.get());
    if (file.isEmpty()) return Optional.empty();
    String contact =
        talks.get().index().find(id.get()).map(talk -> talk.contact().value()).orElse("");
    String about = contact.isEmpty() ? "recording " + id.get() : "contact " + contact;
    return Optional.of(new Sound(file.get(), Files.size(file.get()), about));
  }

  /// The first part of it is where somebody begins to listen; the audit is told once for each.
  private void send(RoutingContext request, Sound sound) {
    HttpServerResponse response = request.response();
    // Vert.x throws where it is to send a file to a browser that is gone.
    if (response.closed()) return;
    response
        .putHeader(
            HttpHeaders.CONTENT_TYPE,
            sound.file().toString().endsWith(".wav") ? "audio/wav" : "audio/ogg")
        .putHeader("Accept-Ranges", "bytes")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    Optional<Part> part = part(request.request().getHeader("Range"), sound.bytes());
    long from = part.map(Part::from).orElse(0L);
    long to = part.map(Part::to).orElse(sound.bytes() - 1);
    if (from >= sound.bytes() || from > to) {
      response.putHeader("Content-Range", "bytes */" + sound.bytes());
      response.setStatusCode(416).end();
      return;
    }
    if (from == 0) {
      notes.note(user.apply(request).orElseThrow().name(), Deed.LISTENED_TO_TALK, sound.about());
    }
    if (part.isPresent()) {
      response
          .setStatusCode(206)
          .putHeader("Content-Range", "bytes %d-%d/%d".formatted(from, to, sound.bytes()));
    }
    response.sendFile(sound.file().toString(), from, to - from + 1);
  }

  /// @param to the last byte
  private record Part(long from, long to) {}

  /// Empty: all of it, also where several parts are asked for.
  private static Optional<Part> part(@Nullable String header, long bytes) {
    if (header == null) return Optional.empty();
    Matcher range = RANGE.matcher(header.strip());
    if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      long last = Long.parseLong(range.group(2));
      return Optional.of(new Part(Math.max(0, bytes - last), bytes - 1));
    }
    long to = range.group(2).isEmpty() ? bytes - 1 : Long.parseLong(range.group(2));
    return Optional.of(new Part(Long.parseLong(range.group(1)), Math.min(to, bytes - 1)));
  }
}
