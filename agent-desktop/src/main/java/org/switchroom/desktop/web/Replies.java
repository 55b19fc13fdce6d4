package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/// Answers of the API.
final class Replies {
  private Replies() {}

  static void refuse(RoutingContext request, int status, String code, String message) {
    reply(request, status, Json.object().put("code", code).put("message", message));
  }

  static void reply(RoutingContext request, int status, ObjectNode body) {
    text(request, status, "application/json; charset=utf-8", body.toString());
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
