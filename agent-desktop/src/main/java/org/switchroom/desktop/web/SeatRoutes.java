package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// The phones at which an agent can sit, as they are at this moment. Belongs to the hub's loop.
final class SeatRoutes {
  private static final int LARGEST = 4_096;
  private static final int LONGEST = 80;

  /// Who has more before them types more.
  static final int MOST = 20;

  /// @param phone as the PBX names it
  /// @param state whether it could ring
  /// @param by the name of who sits there; empty: nobody does
  record Seat(String phone, PhoneState state, String by) {}

  /// @param own the agent's own phones
  /// @param desks hot desks, where nobody sits first
  /// @param more whether there are others
  record Seats(List<String> own, List<Seat> desks, boolean more) implements Replies.Body {}

  private final DeskHub hub;
  private final Function<RoutingContext, Optional<User>> user;

  SeatRoutes(DeskHub hub, Function<RoutingContext, Optional<User>> user) {
    this.hub = hub;
    this.user = user;
  }

  void mount(Routes routes) {
    Routes.Access may = Routes.with(Permission.SERVE);
    routes.add(HttpMethod.POST, "/api/seats", may, LARGEST, this::search);
  }

  private void search(RoutingContext request) {
    String typed = Json.body(request).map(said -> Json.text(said, "text", LONGEST)).orElse("");
    String text = TypedText.line(typed).toLowerCase(Locale.ROOT);
    User agent = user.apply(request).orElseThrow();
    List<String> own =
        Stream.concat(agent.phone().stream(), agent.browserPhone().stream()).distinct().toList();
    List<Seat> desks =
        hub.all(Topics.HOT_DESKS)
            .flatMap(all -> StreamSupport.stream(all.path("desks").spliterator(), false))
            .map(SeatRoutes::seat)
            .filter(seat -> seat.phone().toLowerCase(Locale.ROOT).contains(text))
            .sorted(Comparator.comparing(seat -> !seat.by().isEmpty()))
            .limit(MOST + 1)
            .toList();
    boolean more = desks.size() > MOST;
    Replies.reply(
        request, 200, new Seats(own, desks.subList(0, Math.min(desks.size(), MOST)), more));
  }

  private static Seat seat(JsonNode desk) {
    return new Seat(
        desk.path("phone").asText(),
        PhoneState.valueOf(desk.path("state").asText()),
        desk.path("by").asText());
  }
}
