package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.switchroom.cti.customer.TypedText;

/// What a desk has sent. All its texts go through here, so whatever is done with them can be kept.
final class DeskMessage {
  private static final int LONGEST_TYPE = 40;

  private final ObjectNode fields;

  private DeskMessage(ObjectNode fields) {
    this.fields = fields;
  }

  /// Empty: it is not a JSON object.
  static Optional<DeskMessage> parse(String text) {
    return Optional.ofNullable(Json.parse(text)).map(DeskMessage::new);
  }

  /// The desk's number of it, from 1; 0: it has none.
  long id() {
    JsonNode id = fields.path("id");
    return id.isIntegralNumber() && id.canConvertToLong() ? Math.max(id.longValue(), 0) : 0;
  }

  String type() {
    return word("type", LONGEST_TYPE);
  }

  /// A name of something we know, cut at a length: what is longer names nothing. Empty where it is
  /// missing or no text.
  String word(String field, int longest) {
    String line = line(field);
    return line.length() <= longest ? line : line.substring(0, longest);
  }

  /// One line that somebody has typed, of any length; empty where it is missing or no text.
  String line(String field) {
    return TypedText.line(typed(field));
  }

  /// Lines that somebody has typed, of any length; empty where they are missing or no text.
  String lines(String field) {
    return TypedText.lines(typed(field));
  }

  private String typed(String field) {
    JsonNode value = fields.path(field);
    return value.isTextual() ? value.textValue() : "";
  }

  /// A number; otherwise where it is missing or none.
  int number(String field, int otherwise) {
    return fields.path(field).asInt(otherwise);
  }

  /// An id; -1, which is nobody's, where it is missing or none.
  long idOf(String field) {
    return fields.path(field).asLong(-1);
  }
}
