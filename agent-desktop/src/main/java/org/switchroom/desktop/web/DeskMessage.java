package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.Input.ScreenCommand;
import org.switchroom.cti.center.Typed;
import org.switchroom.cti.customer.TypedText;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.Supervision;

/// What a desk has sent, read into the engine's own records. All its texts go through here, so
/// whatever is done with them can be kept.
final class DeskMessage {
  static final Refusal UNKNOWN =
      new Refusal("bad-request", "This is no request that a desk can make. Load the page again.");

  /// What names something is no longer than this, or names nothing.
  private static final int LONGEST_ID = 150;

  private static final Map<String, Class<? extends ScreenCommand>> COMMANDS =
      Sealed.records(ScreenCommand.class)
          .collect(Collectors.toMap(Json::type, one -> one.asSubclass(ScreenCommand.class)));

  private final ObjectNode fields;

  private DeskMessage(ObjectNode fields) {
    this.fields = fields;
  }

  /// A message, or why it is none.
  sealed interface Read {
    record Command(ScreenCommand command) implements Read {}

    record Refused(Refusal refusal) implements Read {}
  }

  /// A field that cannot be taken.
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
      super(refusal.message(), null, false, false);
      this.refusal = refusal;
    }
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

  /// What it asks for; empty: there is no such thing.
  Optional<Class<? extends ScreenCommand>> command() {
    return Optional.ofNullable(COMMANDS.get(TypedText.line(typed("type"))));
  }

  /// A text that is missing is empty, points are 0, and the id of a customer is -1, which is
  /// nobody's.
  Read read(Class<? extends ScreenCommand> command, CommandId id, AgentId user) {
    RecordComponent[] components = command.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values = new Object[components.length];
    try {
      for (int i = 0; i < values.length; i++) values[i] = value(components[i], id, user);
      return new Read.Command(command.getDeclaredConstructor(types).newInstance(values));
    } catch (RefusedException e) {
      return new Read.Refused(e.refusal);
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("%s cannot be made of a message.".formatted(command), e);
    }
  }

  private Object value(RecordComponent component, CommandId id, AgentId user)
      throws RefusedException {
    JsonNode value = fields.path(component.getName());
    Class<?> type = component.getType();
    if (type == CommandId.class) return id;
    if (type == AgentId.class && !component.isAnnotationPresent(Typed.class)) return user;
    if (type == int.class) return points(value);
    if (type == long.class) return value.canConvertToLong() ? value.asLong(-1) : -1L;
    if (type == ContactId.class) return contact(TypedText.line(typed(component.getName())));
    if (type == Supervision.class) {
      return Supervision.of(TypedText.line(typed(component.getName())))
          .orElseThrow(() -> new RefusedException(UNKNOWN));
    }
    String text = text(component);
    if (type == KeyedDigits.class) return new KeyedDigits(text);
    if (type == AgentId.class) return new AgentId(named(text));
    if (type == QueueId.class) return new QueueId(named(text));
    return text;
  }

  /// More than can be counted are not some others.
  private static int points(JsonNode value) throws RefusedException {
    if (value.isNumber() && !value.canConvertToInt()) throw new RefusedException(Refusal.POINTS);
    return value.asInt(0);
  }

  /// Who or what is not named is not looked for: an engine that knew nobody of no name would fail.
  private static String named(String text) throws RefusedException {
    if (text.isEmpty()) throw new RefusedException(UNKNOWN);
    return text;
  }

  /// A page that does not say which contact it means may mean one that the agent has no more.
  private static ContactId contact(String text) throws RefusedException {
    if (text.isEmpty() || text.length() > LONGEST_ID) {
      throw new RefusedException(UNKNOWN);
    }
    return new ContactId(text);
  }

  /// All of a text is taken, or none of it.
  private String text(RecordComponent component) throws RefusedException {
    Typed typed = component.getAnnotation(Typed.class);
    String raw = typed(component.getName());
    String text = typed.lines() ? TypedText.lines(raw) : TypedText.line(raw);
    if (text.length() > typed.most()) {
      throw new RefusedException(Refusal.tooLong(component.getName(), typed.most()));
    }
    return text;
  }

  private String typed(String field) {
    JsonNode value = fields.path(field);
    return value.isTextual() ? value.textValue() : "";
  }
}
