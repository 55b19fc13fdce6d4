package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.switchroom.cti.customer.BackOffice;
import org.switchroom.desktop.settings.User;

/// What callers have left, to be listened to at a desk.
final class RecordingRoutes {
  private final Vertx vertx;
  private final BackOffice office;
  private final Optional<Path> folder;
  private final Function<RoutingContext, Optional<User>> user;

  /// @param folder empty: nothing is recorded
  RecordingRoutes(
      Vertx vertx,
      BackOffice office,
      Optional<Path> folder,
      Function<RoutingContext, Optional<User>> user) {
    this.vertx = vertx;
    this.office = office;
    this.folder = folder;
    this.user = user;
  }

  void mount(Router router) {
    router.get("/api/tasks/:id/recording").handler(this::recording);
  }

  private void recording(RoutingContext request) {
    if (user.apply(request).isEmpty()) {
      Replies.refuse(request, 401, "not-logged-in", "Log in first.");
      return;
    }
    vertx
        .executeBlocking(() -> file(request.pathParam("id")), false)
        .onFailure(request::fail)
        .onSuccess(
            file -> {
              if (file.isEmpty()) {
                Replies.refuse(request, 404, "not-found", "There is no such recording.");
                return;
              }
              request
                  .response()
                  .putHeader(HttpHeaders.CONTENT_TYPE, "audio/wav")
                  .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                  .sendFile(file.get().toString());
            });
  }

  /// Only the name counts: where the PBX sees the folder is not where we do.
  private Optional<Path> file(String id) {
    if (folder.isEmpty()) return Optional.empty();
    return office
        .task(id)
        .map(task -> task.recording())
        .filter(recording -> !recording.isEmpty())
        .map(recording -> folder.get().resolve(Path.of(recording).getFileName()))
        .filter(Files::isRegularFile);
  }
}
