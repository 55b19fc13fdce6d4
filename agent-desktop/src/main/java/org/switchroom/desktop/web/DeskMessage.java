package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.desktop.web.DeskCommands.FromDesk;
import org.switchroom.desktop.web.DeskCommands.Lines;

/// What a desk has sent. All its texts go through here, so whatever is done with them can be kept.
final class DeskMessage {
  private static final Map<String, Class<? extends Record>> REQUESTS =
      Stream.of(FromDesk.class.getPermittedSubclasses())
          .collect(Collectors.toMap(Json::type, one -> one.asSubclass(Record.class)));

  private final ObjectNode fields;

  private DeskMessage(ObjectNode fields) {
    this.fields = fields;
  }

  /// Empty: it is not a JSON object.
  static Optional<DeskMessage> parse(String text) {
    return Json.parse(text).map(DeskMessage::new);
  }

  /// The desk's number of it, from 1; 0: it has none.
  long id() {
    JsonNode id = fields.path("id");
    return id.isIntegralNumber() && id.canConvertToLong() ? Math.max(id.longValue(), 0) : 0;
  }

  /// What it asks for; empty: there is no such thing. A text that is missing is empty, points are
  /// 0, and the id of a customer is -1, which is nobody's.
  Optional<FromDesk> request() {
    return Optional.ofNullable(REQUESTS.get(TypedText.line(typed("type")))).map(this::read);
  }

  private FromDesk read(Class<? extends Record> request) {
    RecordComponent[] components = request.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = Stream.of(components).map(this::value).toArray();
    try {
      return (FromDesk) request.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s cannot be made of a message.".formatted(request), e);
    }
  }

  private Object value(RecordComponent component) {
    JsonNode value = fields.path(component.getName());
    if (component.getType() == int.class) return value.asInt(0);
    if (component.getType() == long.class) return value.asLong(-1);
    String text = typed(component.getName());
    return component.isAnnotationPresent(Lines.class)
        ? TypedText.lines(text)
        : TypedText.line(text);
  }

  private String typed(String field) {
    JsonNode value = fields.path(field);
    return value.isTextual() ? value.textValue() : "";
  }
}
