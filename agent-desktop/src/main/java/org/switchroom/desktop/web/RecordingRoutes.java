package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.switchroom.cti.customer.BackOffice;
import org.switchroom.cti.event.Deed;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;

/// What callers have left, to be listened to at a desk.
final class RecordingRoutes {
  private final Vertx vertx;
  private final BackOffice office;
  private final Optional<Path> folder;
  private final Function<RoutingContext, Optional<User>> user;
  private final DeskHub hub;
  private final Notes notes;

  /// @param folder empty: nothing is recorded
  RecordingRoutes(
      Vertx vertx,
      BackOffice office,
      Optional<Path> folder,
      Function<RoutingContext, Optional<User>> user,
      DeskHub hub,
      Notes notes) {
    this.vertx = vertx;
    this.office = office;
    this.folder = folder;
    this.user = user;
    this.hub = hub;
    this.notes = notes;
  }

  void mount(Routes routes) {
    routes.get("/api/tasks/:id/recording", Routes.ownOr(Permission.LISTEN), this::recording);
  }

  /// Who may listen to all, and the agent whose task it is.
  private void recording(RoutingContext request) {
    User asker = user.apply(request).orElseThrow();
    String task = request.pathParam("id");
    if (!asker.may(Permission.LISTEN) && !hub.hasTask(asker.name(), task)) {
      Replies.refuse(request, 403, Replies.notAllowed(Permission.LISTEN));
      return;
    }
    vertx
        .executeBlocking(() -> file(task), false)
        .onFailure(request::fail)
        .onSuccess(
            file -> {
              if (file.isEmpty()) {
                Replies.refuse(request, 404, "not-found", "There is no such recording.");
                return;
              }
              // Vert.x throws where it is to send a file to a browser that is gone.
              if (request.response().closed()) return;
              notes.note(asker.name(), Deed.LISTENED_TO_MESSAGE, "task " + task);
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
