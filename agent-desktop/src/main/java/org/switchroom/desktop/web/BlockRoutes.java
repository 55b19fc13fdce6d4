package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.switchroom.cti.customer.BlockList;
import org.switchroom.cti.customer.BlockedCaller;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Refusal;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// Whose calls are not taken, for those who may say so; and which calls agents have ended because
/// of how the caller spoke.
final class BlockRoutes {
  private static final int LARGEST = 4_096;
  private static final int LONGEST_REASON = 200;

  private static final Refusal NUMBER_NEEDED =
      new Refusal(
          "number-needed",
          "Write a number with its country code. Who hides theirs cannot be blocked.");
  private static final Refusal REASON_MISSING =
      new Refusal(
          "reason-missing", "Write why, in at most %d characters.".formatted(LONGEST_REASON));
  private static final Refusal OVER = new Refusal("bad-request", "\"until\" is over already.");
  private static final Refusal NO_TIME =
      new Refusal("bad-request", "Write times as 2026-11-28T09:00:00Z.");

  /// So long a call that was ended is shown.
  private static final Duration SHOWN = Duration.ofDays(7);

  /// @param ended of which somebody may be blocked
  record BlockPage(List<BlockLine> blocked, List<EndedCall> ended) implements Replies.Body {}

  record BlockLine(
      String number, String reason, Instant since, Optional<Instant> until, String by) {}

  /// @param number empty: it was hidden, or is not known any more
  record EndedCall(Instant at, String agent, String number, String about) {}

  private final Vertx vertx;
  private final BlockList list;
  private final Numbers numbers;
  private final Function<RoutingContext, Optional<User>> user;
  private final Notes notes;
  private final InstantSource wall;

  BlockRoutes(
      Vertx vertx,
      BlockList list,
      Numbers numbers,
      Function<RoutingContext, Optional<User>> user,
      Notes notes,
      InstantSource wall) {
    this.vertx = vertx;
    this.list = list;
    this.numbers = numbers;
    this.user = user;
    this.notes = notes;
    this.wall = wall;
  }

  void mount(Routes routes) {
    Routes.Access may = Routes.with(Permission.BLOCK_CALLERS);
    routes.get("/api/blocked", may, this::all);
    routes.add(HttpMethod.POST, "/api/blocked", may, LARGEST, this::block);
    routes.add(HttpMethod.DELETE, "/api/blocked/:number", may, Routes.NO_BODY, this::unblock);
  }

  private void all(RoutingContext request) {
    Instant now = wall.instant();
    vertx
        .executeBlocking(() -> page(now), false)
        .onFailure(request::fail)
        .onSuccess(page -> Replies.reply(request, 200, page));
  }

  private BlockPage page(Instant now) {
    return new BlockPage(
        list.all().stream().filter(one -> one.isBlocked(now)).map(BlockRoutes::shown).toList(),
        list.ended(now.minus(SHOWN)).stream()
            .map(one -> new EndedCall(one.at(), one.agent(), one.number(), one.about()))
            .toList());
  }

  private static BlockLine shown(BlockedCaller one) {
    return new BlockLine(one.number(), one.reason(), one.since(), one.until(), one.by());
  }

  private void block(RoutingContext request) {
    switch (read(request)) {
      case Read.Refused(var refusal) -> Replies.refuse(request, 400, refusal);
      case Read.Wanted(var caller) ->
          vertx
              .executeBlocking(() -> list.block(caller, caller.since()), false)
              .onFailure(request::fail)
              .onSuccess(done -> blocked(request, caller, done));
    }
  }

  /// Whom somebody wants blocked, or why that cannot be.
  private sealed interface Read {
    record Wanted(BlockedCaller caller) implements Read {}

    record Refused(Refusal refusal) implements Read {}
  }

  private Read read(RoutingContext request) {
    ObjectNode said = Json.body(request).orElse(Json.object());
    String number = number(text(said, "number"));
    String reason = text(said, "reason");
    if (number.isEmpty()) return new Read.Refused(NUMBER_NEEDED);
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      return new Read.Refused(REASON_MISSING);
    }
    // One that cannot be read is not for ever.
    if (said.hasNonNull("until") && !said.path("until").isTextual()) {
      return new Read.Refused(NO_TIME);
    }
    Instant now = wall.instant();
    try {
      Optional<Instant> until =
          Optional.of(text(said, "until")).filter(some -> !some.isEmpty()).map(Moments::parse);
      if (until.filter(end -> !end.isAfter(now)).isPresent()) return new Read.Refused(OVER);
      String by = user.apply(request).orElseThrow().name();
      return new Read.Wanted(new BlockedCaller(number, reason, now, until, by));
    } catch (DateTimeException e) {
      return new Read.Refused(NO_TIME);
    }
  }

  private void blocked(RoutingContext request, BlockedCaller caller, boolean done) {
    if (!done) {
      Replies.refuse(
          request,
          409,
          "too-many",
          "%,d numbers are blocked. Take some back first.".formatted(BlockList.MOST));
      return;
    }
    notes.note(
        caller.by(),
        Deed.BLOCKED_CALLER,
        "%s%s: %s"
            .formatted(
                caller.number(),
                caller.until().map(end -> " until " + end).orElse(""),
                caller.reason()));
    Replies.reply(request, 200, new Replies.Done());
  }

  private void unblock(RoutingContext request) {
    User by = user.apply(request).orElseThrow();
    String number = number(request.pathParam("number"));
    vertx
        .executeBlocking(() -> list.unblock(number), false)
        .onFailure(request::fail)
        .onSuccess(
            done -> {
              if (!done) {
                Replies.refuse(request, 404, "not-blocked", "This number is not blocked.");
                return;
              }
              notes.note(by.name(), Deed.UNBLOCKED_CALLER, number);
              Replies.reply(request, 200, new Replies.Done());
            });
  }

  private String number(String typed) {
    return numbers.e164(Numbers.typed(TypedText.line(typed)));
  }

  private static String text(ObjectNode said, String field) {
    JsonNode value = said.path(field);
    return value.isTextual() ? TypedText.line(value.textValue()) : "";
  }
}
