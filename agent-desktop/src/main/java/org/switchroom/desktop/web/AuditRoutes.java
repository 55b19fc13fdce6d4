package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.history.AuditTrail;
import org.switchroom.cti.history.AuditTrail.Line;
import org.switchroom.cti.history.AuditTrail.Search;
import org.switchroom.cti.history.RefusedTurn;
import org.switchroom.cti.history.RefusedTurns;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// Who did or saw what, and what of it the database did not take, for those who look after that.
final class AuditRoutes {
  private static final int PAGE = 100;

  /// Lines of one file; who wants more asks for a shorter time.
  private static final int MOST_IN_FILE = 100_000;

  /// @param more the place to go on from; empty: there is no more
  record AuditPage(List<AuditLine> lines, Optional<String> more) implements Replies.Body {}

  record AuditLine(Instant at, String who, String what, String about) {}

  /// @param all how many there are; the oldest are among `turns`
  record RefusedPage(List<RefusedTurn> turns, long all) implements Replies.Body {}

  private final Vertx vertx;
  private final AuditTrail trail;
  private final RefusedTurns refused;
  private final Function<RoutingContext, Optional<User>> user;
  private final Notes notes;

  AuditRoutes(
      Vertx vertx,
      AuditTrail trail,
      RefusedTurns refused,
      Function<RoutingContext, Optional<User>> user,
      Notes notes) {
    this.vertx = vertx;
    this.trail = trail;
    this.refused = refused;
    this.user = user;
    this.notes = notes;
  }

  void mount(Routes routes) {
    Routes.Access read = Routes.with(Permission.READ_AUDIT);
    routes.get("/api/audit", read, this::page);
    routes.get("/api/audit.csv", read, this::file);
    routes.get("/api/refused", read, this::refused);
  }

  private void refused(RoutingContext request) {
    vertx
        .executeBlocking(() -> new RefusedPage(refused.refusedTurns(), refused.refused()), false)
        .onFailure(request::fail)
        .onSuccess(page -> Replies.reply(request, 200, page));
  }

  private void page(RoutingContext request) {
    Optional<Search> search = search(request, PAGE);
    if (search.isEmpty()) return;
    vertx
        .executeBlocking(() -> trail.find(search.get()), false)
        .onFailure(request::fail)
        .onSuccess(
            lines ->
                Replies.reply(
                    request,
                    200,
                    new AuditPage(
                        lines.stream().map(AuditRoutes::shown).toList(),
                        lines.size() < PAGE
                            ? Optional.empty()
                            : Optional.of(PageQuery.text(lines.getLast().place())))));
  }

  private static AuditLine shown(Line line) {
    return new AuditLine(line.place().at(), line.who(), line.what(), line.about());
  }

  private void file(RoutingContext request) {
    Optional<Search> search = search(request, AuditTrail.MOST);
    if (search.isEmpty()) return;
    notes.note(user.apply(request).orElseThrow().name(), Deed.TOOK_OUT_AUDIT, "as CSV");
    vertx
        .executeBlocking(() -> csv(search.get()), false)
        .onFailure(request::fail)
        .onSuccess(
            text -> {
              request
                  .response()
                  .putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=audit.csv");
              Replies.text(request, 200, "text/csv; charset=utf-8", text);
            });
  }

  /// RFC 4180, with a byte order mark, by which spreadsheets know UTF-8.
  private String csv(Search first) {
    var text = new StringBuilder("\uFEFFat,who,what,about\r\n");
    int written = 0;
    Search search = first;
    while (written < MOST_IN_FILE) {
      List<Line> lines = trail.find(search);
      for (Line line : lines) text.append(csv(line));
      written += lines.size();
      if (lines.size() < AuditTrail.MOST) break;
      search =
          new Search(
              first.from(),
              first.until(),
              first.who(),
              first.what(),
              first.about(),
              Optional.of(lines.getLast().place()),
              AuditTrail.MOST);
    }
    return text.toString();
  }

  private static String csv(Line line) {
    return Stream.of(line.place().at().toString(), line.who(), line.what(), line.about())
        .map(AuditRoutes::quoted)
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  /// What a spreadsheet would take for a formula has an apostrophe before it.
  private static String quoted(String field) {
    boolean formula = !field.isEmpty() && "=+-@\t\r".indexOf(field.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + field.replace("\"", "\"\"") + '"';
  }

  /// Empty: it has been refused.
  private static Optional<Search> search(RoutingContext request, int most) {
    return PageQuery.of(request)
        .map(
            query ->
                new Search(
                    query.from(),
                    query.until(),
                    PageQuery.word(request, "who"),
                    PageQuery.word(request, "what"),
                    PageQuery.word(request, "about"),
                    query.after(),
                    most));
  }
}
