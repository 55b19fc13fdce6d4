package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.CenterPlan;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// To whom an agent can give a caller: colleagues and queues, as they are at this moment. Belongs
/// to the hub's loop.
final class DirectoryRoutes {
  private static final int LARGEST = 4_096;
  private static final int LONGEST = 100;

  /// Of each; who has more before them types more.
  static final int MOST = 20;

  /// Of a queue, who could take a call of it.
  private static final int MOST_TAKERS = 4;

  /// After so long it is answered without places.
  private static final long PLACES_WITHIN_MILLIS = 300;

  private static final Set<String> AWAY =
      Stream.of(PhoneState.values())
          .filter(PhoneState::away)
          .map(PhoneState::name)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> TAKES_NO_CALLS = Set.of("logged-out", "not-ready");

  /// @param agent their id
  /// @param state and since when it is so, as in their own view
  /// @param takesCalls now, or when they are done with what they have
  /// @param away why their phone does not ring; empty: it does
  record Colleague(
      String agent,
      String name,
      String state,
      Instant since,
      boolean takesCalls,
      Optional<String> away) {}

  /// @param oldest when the longest wait began; empty: nobody waits
  /// @param place of the caller in it, from 1, if they were given to it now; empty: it was not
  ///   asked for, or is not known
  /// @param free how many others than who gives the caller away could take a call of it now
  /// @param staffed how many of them are logged in, also on a break
  /// @param takers the first of those who take calls: who is free first, the longest of them before
  ///   others
  /// @param others how many more take calls
  record Destination(
      String queue,
      String title,
      int waiting,
      Optional<Instant> oldest,
      Optional<Integer> place,
      int free,
      int staffed,
      List<Colleague> takers,
      int others) {
    QueueId id() {
      return new QueueId(queue);
    }

    Destination with(Optional<Integer> place) {
      return new Destination(queue, title, waiting, oldest, place, free, staffed, takers, others);
    }
  }

  /// @param colleagues who takes calls first, then by name
  /// @param more whether there are others
  record Directory(List<Colleague> colleagues, List<Destination> queues, boolean more)
      implements Replies.Body {
    Directory with(Map<QueueId, Integer> places) {
      List<Destination> placed =
          queues.stream()
              .map(queue -> queue.with(Optional.ofNullable(places.get(queue.id()))))
              .toList();
      return new Directory(colleagues, placed, more);
    }
  }

  private final Vertx vertx;
  private final EngineInbox engine;
  private final DeskHub hub;
  private final Function<RoutingContext, Optional<User>> user;

  /// Written by any thread; empty: it is not known yet who serves what.
  private volatile Optional<CenterPlan> plan = Optional.empty();

  DirectoryRoutes(
      Vertx vertx, EngineInbox engine, DeskHub hub, Function<RoutingContext, Optional<User>> user) {
    this.vertx = vertx;
    this.engine = engine;
    this.hub = hub;
    this.user = user;
  }

  /// From now on agents have these skills, and queues ask for them. Any thread.
  void configure(CenterSettings settings) {
    plan = Optional.of(new CenterPlan(settings));
  }

  void mount(Routes routes) {
    // What is typed may be a number, and stands in no address.
    Routes.Access may = Routes.with(Permission.SERVE);
    routes.add(HttpMethod.POST, "/api/directory", may, LARGEST, this::search);
  }

  private void search(RoutingContext request) {
    Optional<ObjectNode> body = Json.body(request);
    String typed = body.map(said -> Json.text(said, "text", LONGEST)).orElse("");
    String contact = body.map(said -> Json.text(said, "contact", LONGEST)).orElse("");
    String text = TypedText.line(typed).toLowerCase(Locale.ROOT);
    String own = user.apply(request).orElseThrow().name();
    List<Colleague> colleagues =
        colleagues(own)
            .filter(agent -> has(agent, text, "agent", "name"))
            .map(DirectoryRoutes::colleague)
            .sorted(
                Comparator.comparing(Colleague::takesCalls)
                    .reversed()
                    .thenComparing(Colleague::name))
            .limit(MOST + 1)
            .toList();
    List<Destination> queues =
        hub.all(Topics.QUEUE)
            .filter(queue -> queue.path("calls").asBoolean())
            .filter(queue -> has(queue, text, "queue", "title"))
            .limit(MOST + 1)
            .map(queue -> destination(queue, colleagues(own).toList(), plan))
            .toList();
    boolean more = colleagues.size() > MOST || queues.size() > MOST;
    var found = new Directory(first(colleagues), first(queues), more);
    if (has(own, contact)) placed(new ContactId(contact), found, request);
    else Replies.reply(request, 200, found);
  }

  /// Everybody else: who gives a caller away is the last who is asked.
  private Stream<JsonNode> colleagues(String own) {
    return hub.all(Topics.AGENT).filter(agent -> !agent.path("agent").asText().equals(own));
  }

  private boolean has(String agent, String contact) {
    return hub.all(Topics.AGENT)
        .filter(one -> one.path("agent").asText().equals(agent))
        .flatMap(one -> one.path("contacts").valueStream())
        .anyMatch(one -> one.path("contact").asText().equals(contact));
  }

  /// With the places that the caller would have.
  private void placed(ContactId contact, Directory found, RoutingContext request) {
    var answer = new CompletableFuture<Map<QueueId, Integer>>();
    long late = vertx.setTimer(PLACES_WITHIN_MILLIS, _ -> answer.complete(Map.of()));
    answer.thenAccept(
        places ->
            hub.loop()
                .runOnContext(
                    _ -> {
                      vertx.cancelTimer(late);
                      Replies.reply(request, 200, found.with(places));
                    }));
    List<QueueId> queues = found.queues().stream().map(Destination::id).toList();
    engine.askPlaces(contact, queues, answer::complete);
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(all.size(), MOST));
  }

  private static boolean has(JsonNode value, String text, String... fields) {
    return Stream.of(fields)
        .anyMatch(field -> value.path(field).asText().toLowerCase(Locale.ROOT).contains(text));
  }

  /// Who goes on a break after what they have takes none then.
  static Colleague colleague(JsonNode agent) {
    String state = agent.path("state").asText();
    boolean stays = agent.path("pending").asText().isEmpty();
    Optional<String> away = Optional.of(agent.path("phone").asText()).filter(AWAY::contains);
    return new Colleague(
        agent.path("agent").asText(),
        agent.path("name").asText(),
        state,
        Instant.ofEpochMilli(agent.path("since").asLong()),
        stays && away.isEmpty() && !TAKES_NO_CALLS.contains(state),
        away);
  }

  private static boolean serves(JsonNode agent, QueueId queue, Optional<CenterPlan> plan) {
    var id = new AgentId(agent.path("agent").asText());
    return plan.filter(known -> known.mayServe(id, queue)).isPresent();
  }

  static Destination destination(
      JsonNode queue, List<? extends JsonNode> agents, Optional<CenterPlan> plan) {
    JsonNode oldest = queue.path("oldest");
    var id = new QueueId(queue.path("queue").asText());
    List<? extends JsonNode> serve =
        agents.stream()
            .filter(agent -> !agent.path("state").asText().equals("logged-out"))
            .filter(agent -> serves(agent, id, plan))
            .toList();
    List<? extends JsonNode> free = serve.stream().filter(DirectoryRoutes::isFree).toList();
    List<Colleague> takers =
        serve.stream()
            .sorted(
                Comparator.<JsonNode, Boolean>comparing(agent -> !isFree(agent))
                    .thenComparing(agent -> agent.path("since").asLong()))
            .map(DirectoryRoutes::colleague)
            .filter(Colleague::takesCalls)
            .toList();
    return new Destination(
        id.value(),
        queue.path("title").asText(),
        queue.path("waiting").asInt(),
        oldest.isNumber() ? Optional.of(Instant.ofEpochMilli(oldest.asLong())) : Optional.empty(),
        Optional.empty(),
        free.size(),
        serve.size(),
        takers.subList(0, Math.min(takers.size(), MOST_TAKERS)),
        Math.max(takers.size() - MOST_TAKERS, 0));
  }

  private static boolean isFree(JsonNode agent) {
    return agent.path("state").asText().equals("ready")
        && agent.path("phone").asText().equals(PhoneState.AVAILABLE.name());
  }
}
