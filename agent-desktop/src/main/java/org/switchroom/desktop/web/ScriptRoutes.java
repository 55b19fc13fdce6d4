package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.ivr.ScriptLibrary;
import org.switchroom.cti.ivr.ScriptStore;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.web.Routes.Access;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.picture.Counts;
import org.switchroom.ivr.picture.Picture;
import org.switchroom.ivr.yaml.Fault;
import org.switchroom.ivr.yaml.FaultsException;

/// Scripts: which there are, how they look with the callers in them, and their versions.
final class ScriptRoutes {
  private static final int LARGEST_SCRIPT = 1 << 20;
  private static final Duration COUNTED = Duration.ofHours(24);

  record ScriptList(List<ScriptInfo> scripts) implements Replies.Body {}

  record VersionList(List<ScriptInfo> versions) implements Replies.Body {}

  /// A version of a script.
  ///
  /// @param by who took it
  /// @param steps of the script as it is now
  record ScriptInfo(String name, int version, Instant taken, String by, int steps)
      implements Replies.Body {}

  record Faulty(String code, String message, List<Fault> faults) implements Replies.Body {}

  private final Vertx vertx;
  private final ScriptLibrary library;
  private final ScriptStore store;
  private final InstantSource clock;
  private final Function<RoutingContext, Optional<User>> user;
  private final Notes notes;

  ScriptRoutes(
      Vertx vertx,
      ScriptLibrary library,
      ScriptStore store,
      InstantSource clock,
      Function<RoutingContext, Optional<User>> user,
      Notes notes) {
    this.vertx = vertx;
    this.library = library;
    this.store = store;
    this.clock = clock;
    this.user = user;
    this.notes = notes;
  }

  void mount(Routes routes) {
    Access read = Routes.with(Permission.READ_SCRIPTS);
    Access change = Routes.with(Permission.CHANGE_SCRIPTS);
    routes.get("/api/scripts", read, this::list);
    routes.get("/api/scripts/:name", read, this::yaml);
    routes.add(HttpMethod.PUT, "/api/scripts/:name", change, LARGEST_SCRIPT, this::put);
    routes.get("/api/scripts/:name/picture.svg", read, this::picture);
    routes.get("/api/scripts/:name/versions", read, this::versions);
    routes.get("/api/scripts/:name/versions/:version", read, this::version);
    routes.add(
        HttpMethod.POST,
        "/api/scripts/:name/versions/:version/restore",
        change,
        Routes.NO_BODY,
        this::restore);
  }

  private void list(RoutingContext request) {
    Map<String, ScriptStore.Version> versions = new TreeMap<>(library.versions());
    Replies.reply(
        request, 200, new ScriptList(versions.values().stream().map(this::describe).toList()));
  }

  private ScriptInfo describe(ScriptStore.Version version) {
    Script script = library.scripts().get(version.name());
    int steps = script == null ? 0 : script.steps().size();
    return new ScriptInfo(version.name(), version.version(), version.taken(), version.by(), steps);
  }

  private void yaml(RoutingContext request) {
    ScriptStore.Version version = library.versions().get(request.pathParam("name"));
    if (version == null) notFound(request);
    else Replies.text(request, 200, "application/yaml; charset=utf-8", version.yaml());
  }

  private static void notFound(RoutingContext request) {
    Replies.refuse(request, 404, "not-found", "There is no such script, or no such version.");
  }

  private void picture(RoutingContext request) {
    Script script = library.scripts().get(request.pathParam("name"));
    if (script == null) {
      notFound(request);
      return;
    }
    answer(
        request,
        () -> {
          var walked = store.walked(script.name(), clock.instant().minus(COUNTED));
          var counts = new Counts(walked.calls(), walked.served(), walked.edges(), walked.gaveUp());
          return Picture.svg(script, counts);
        },
        svg -> Replies.text(request, 200, "image/svg+xml; charset=utf-8", svg));
  }

  private void versions(RoutingContext request) {
    answer(
        request,
        () -> store.versions(request.pathParam("name")),
        versions ->
            Replies.reply(
                request, 200, new VersionList(versions.stream().map(this::describe).toList())));
  }

  private void version(RoutingContext request) {
    answer(
        request,
        () -> store.version(request.pathParam("name"), number(request)),
        version -> {
          if (version.isEmpty()) notFound(request);
          else Replies.text(request, 200, "application/yaml; charset=utf-8", version.get().yaml());
        });
  }

  private static int number(RoutingContext request) {
    String text = request.pathParam("version");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  private void put(RoutingContext request) {
    String yaml = request.body().asString("UTF-8");
    String name = request.pathParam("name");
    if (yaml == null || !name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      Replies.refuse(request, 400, "bad-request", "Send the script as YAML, under its name.");
      return;
    }
    take(request, () -> Optional.of(library.take(name, yaml, by(request))));
  }

  private void restore(RoutingContext request) {
    take(request, () -> library.restore(request.pathParam("name"), number(request), by(request)));
  }

  private String by(RoutingContext request) {
    return user.apply(request).orElseThrow().name();
  }

  private void take(RoutingContext request, Callable<Optional<ScriptStore.Version>> work) {
    vertx
        .executeBlocking(work, false)
        .onSuccess(
            version -> {
              if (version.isEmpty()) notFound(request);
              else taken(request, version.get());
            })
        .onFailure(
            fault -> {
              if (fault instanceof FaultsException faults) refuse(request, faults);
              else request.fail(fault);
            });
  }

  private void taken(RoutingContext request, ScriptStore.Version version) {
    String script = "%s (version %d)".formatted(version.name(), version.version());
    notes.note(by(request), Deed.CHANGED_SCRIPT, script);
    Replies.reply(request, 200, describe(version));
  }

  private static void refuse(RoutingContext request, FaultsException refused) {
    var reply =
        new Faulty(
            "script-has-faults",
            "The script has mistakes, so the old one stays.",
            refused.faults());
    Replies.reply(request, 422, reply);
  }

  private <T> void answer(RoutingContext request, Callable<T> work, Consumer<T> then) {
    vertx.executeBlocking(work, false).onSuccess(then::accept).onFailure(request::fail);
  }
}
