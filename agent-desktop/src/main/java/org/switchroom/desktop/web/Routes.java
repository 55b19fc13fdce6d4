package org.switchroom.desktop.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// The API's routes. Each says who may take it when it is added, and there is no other way to add
/// one; `docs/security.md` has the table of them.
final class Routes {
  static final int NO_BODY = 0;

  /// Who may take a route.
  sealed interface Access {
    /// Whoever reaches the server.
    record Anybody() implements Access {}

    /// Whoever is logged in; what they see is decided by what it is.
    record LoggedIn() implements Access {}

    record With(Permission permission) implements Access {}

    /// Whoever is logged in, for what is their own; with the permission, for everybody's. Which it
    /// is the route itself sees.
    record OwnOr(Permission permission) implements Access {}
  }

  static final Access ANYBODY = new Access.Anybody();
  static final Access LOGGED_IN = new Access.LoggedIn();

  static Access with(Permission permission) {
    return new Access.With(permission);
  }

  static Access ownOr(Permission permission) {
    return new Access.OwnOr(permission);
  }

  /// @param path as Vert.x has it: `:name` is anything
  record Entry(HttpMethod method, String path, Access access) {}

  private final Router router;
  private final Function<RoutingContext, Optional<User>> user;
  private final Connections connections;
  private final List<Entry> all = new ArrayList<>();

  /// @param user who asks; empty: nobody who is logged in
  Routes(Router router, Function<RoutingContext, Optional<User>> user, Connections connections) {
    this.router = router;
    this.user = user;
    this.connections = connections;
  }

  /// @param body the longest that it may have, in bytes; a body is read only of who may
  void add(
      HttpMethod method, String path, Access access, int body, Handler<RoutingContext> handler) {
    all.add(new Entry(method, path, access));
    router.route(method, path).handler(request -> gate(request, access));
    if (body > NO_BODY) {
      router.route(method, path).handler(BodyHandler.create(false).setBodyLimit(body));
    }
    router.route(method, path).handler(this::cameWhole);
    router.route(method, path).handler(handler);
  }

  private void cameWhole(RoutingContext request) {
    connections.cameWhole(request);
    request.next();
  }

  void get(String path, Access access, Handler<RoutingContext> handler) {
    add(HttpMethod.GET, path, access, NO_BODY, handler);
  }

  List<Entry> all() {
    return List.copyOf(all);
  }

  private void gate(RoutingContext request, Access access) {
    Optional<User> asker = user.apply(request);
    switch (access) {
      case Access.Anybody() -> request.next();
      case Access.LoggedIn() when asker.isPresent() -> request.next();
      case Access.OwnOr(_) when asker.isPresent() -> request.next();
      case Access.With(var needed) when asker.isPresent() -> {
        if (asker.get().may(needed)) request.next();
        else Replies.refuse(request, 403, Replies.notAllowed(needed));
      }
      default -> Replies.refuse(request, 401, "not-logged-in", "Log in first.");
    }
  }
}
