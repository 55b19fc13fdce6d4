package org.switchroom.desktop.web;

import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.history.AuditTrail.Place;

/// What a browser asks of a list that is shown a page at a time, the latest first.
///
/// @param from from when on
/// @param until before when
/// @param after only what comes after this place, which is older
record PageQuery(Optional<Instant> from, Optional<Instant> until, Optional<Place> after) {
  private static final int LONGEST_WORD = 100;

  /// Empty: it has been refused.
  static Optional<PageQuery> of(RoutingContext request) {
    var wrong = new ArrayList<String>();
    Optional<Instant> from = time(request, "from", wrong);
    Optional<Instant> until = time(request, "until", wrong);
    Optional<Place> after = place(request, wrong);
    if (!wrong.isEmpty()) {
      Replies.refuse(
          request,
          400,
          "bad-request",
          "%s: write times as 2026-11-28T09:00:00Z, and \"after\" as it was given."
              .formatted(String.join(", ", wrong)));
      return Optional.empty();
    }
    return Optional.of(new PageQuery(from, until, after));
  }

  /// What is looked for in a field; empty: anything.
  static String word(RoutingContext request, String name) {
    String text = TypedText.line(given(request, name).orElse(""));
    return text.substring(0, Math.min(text.length(), LONGEST_WORD));
  }

  /// As the next page is asked for.
  static String text(Place place) {
    return place.at() + "/" + place.number();
  }

  private static Optional<String> given(RoutingContext request, String name) {
    return Optional.ofNullable(request.request().getParam(name)).filter(text -> !text.isBlank());
  }

  private static Optional<Instant> time(RoutingContext request, String name, List<String> wrong) {
    try {
      return given(request, name).map(Moments::parse);
    } catch (DateTimeException e) {
      wrong.add(name);
      return Optional.empty();
    }
  }

  private static Optional<Place> place(RoutingContext request, List<String> wrong) {
    Optional<String> given = given(request, "after");
    if (given.isEmpty()) return Optional.empty();
    try {
      String[] parts = given.get().split("/", 2);
      return Optional.of(new Place(Moments.parse(parts[0]), Long.parseLong(parts[1])));
    } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      wrong.add("after");
      return Optional.empty();
    }
  }
}
