package org.switchroom.desktop.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.switchroom.cti.event.Refusal;
import org.switchroom.desktop.settings.Permission;

/// Answers of the API.
final class Replies {
  private Replies() {}

  /// What is answered as JSON, a record; the front end's types are written of these.
  interface Body extends BrowserMessage {}

  /// @param code stays the same across languages
  /// @param message in English
  record Refused(String code, String message) implements Body {}

  record Done() implements Body {}

  static void refuse(RoutingContext request, int status, String code, String message) {
    reply(request, status, new Refused(code, message));
  }

  /// Of who is logged in, and may not do this.
  static Refusal notAllowed(Permission needed) {
    return new Refusal("not-allowed", "Only who may %s can do this.".formatted(needed.words()));
  }

  static void refuse(RoutingContext request, int status, Refusal refusal) {
    refuse(request, status, refusal.code(), refusal.message());
  }

  static void reply(RoutingContext request, int status, Body body) {
    text(request, status, "application/json; charset=utf-8", Json.text(body));
  }

  static void text(RoutingContext request, int status, String type, String text) {
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(text);
  }
}
