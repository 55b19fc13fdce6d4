package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.CenterPlan;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// To whom an agent can give a caller: colleagues and queues, as they are at this moment. Belongs
/// to the hub's loop.
final class DirectoryRoutes {
  private static final int LARGEST = 4_096;
  private static final int LONGEST = 100;

  /// Of each; who has more before them types more.
  static final int MOST = 20;

  private static final Set<String> TAKES_NO_CALLS = Set.of("logged-out", "not-ready");

  /// @param agent their id
  /// @param state and since when it is so, as in their own view
  /// @param takesCalls now, or when they are done with what they have
  record Colleague(String agent, String name, String state, Instant since, boolean takesCalls) {}

  /// @param oldest when the longest wait began; empty: nobody waits
  /// @param free how many agents could take a call of it now
  /// @param staffed how many are logged in who take calls of it
  record Destination(
      String queue, String title, int waiting, Optional<Instant> oldest, int free, int staffed) {}

  /// @param colleagues who takes calls first, then by name
  /// @param more whether there are others
  record Directory(List<Colleague> colleagues, List<Destination> queues, boolean more)
      implements Replies.Body {}

  private final DeskHub hub;
  private final Function<RoutingContext, Optional<User>> user;

  /// Written by any thread; empty: it is not known yet who serves what.
  private volatile Optional<CenterPlan> plan = Optional.empty();

  DirectoryRoutes(DeskHub hub, Function<RoutingContext, Optional<User>> user) {
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
    String typed = Json.body(request).map(said -> Json.text(said, "text", LONGEST)).orElse("");
    String text = TypedText.line(typed).toLowerCase(Locale.ROOT);
    String own = user.apply(request).orElseThrow().name();
    List<Colleague> colleagues =
        hub.all(Topics.AGENT)
            .filter(agent -> !agent.path("agent").asText().equals(own))
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
            .map(queue -> destination(queue, hub.all(Topics.AGENT).toList(), plan))
            .toList();
    boolean more = colleagues.size() > MOST || queues.size() > MOST;
    Replies.reply(request, 200, new Directory(first(colleagues), first(queues), more));
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
    return new Colleague(
        agent.path("agent").asText(),
        agent.path("name").asText(),
        state,
        Instant.ofEpochMilli(agent.path("since").asLong()),
        stays && !TAKES_NO_CALLS.contains(state));
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
    long free =
        serve.stream()
            .filter(agent -> agent.path("state").asText().equals("ready"))
            .filter(agent -> agent.path("phone").asText().equals(PhoneState.AVAILABLE.name()))
            .count();
    return new Destination(
        id.value(),
        queue.path("title").asText(),
        queue.path("waiting").asInt(),
        oldest.isNumber() ? Optional.of(Instant.ofEpochMilli(oldest.asLong())) : Optional.empty(),
        (int) free,
        serve.size());
  }
}
