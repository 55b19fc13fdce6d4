package org.switchroom.desktop.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.stream.Stream;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.event.DialProgress;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.Supervision;
import org.switchroom.cti.screens.AgentView;
import org.switchroom.cti.screens.TaskView;
import org.switchroom.cti.task.Task;
import org.switchroom.desktop.settings.Permission;

/// How our values are written for browsers: ids and states as texts, times as milliseconds since
/// 1970; what an `Optional` has not is left out, or null where it is a field of a topic's own. The
/// front end's types (`generated/wire.ts`) are written by the same mapper.
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new WholeTopics())
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .addModule(
              new SimpleModule()
                  .addSerializer(ContactId.class, ToStringSerializer.instance)
                  .addSerializer(AgentId.class, ToStringSerializer.instance)
                  .addSerializer(QueueId.class, ToStringSerializer.instance)
                  .addSerializer(CallId.class, ToStringSerializer.instance)
                  .addSerializer(KeyedDigits.class, new Masked()))
          .addMixIn(AgentView.Activity.class, Word.class)
          .addMixIn(AgentView.AsksView.Progress.class, Word.class)
          .addMixIn(InHand.Stage.class, Word.class)
          .addMixIn(DialProgress.class, Word.class)
          .addMixIn(TaskView.Progress.class, Word.class)
          .addMixIn(Task.Kind.class, Word.class)
          .addMixIn(Permission.class, Word.class)
          .addMixIn(Supervision.class, Word.class)
          .registerSubtypes(
              Stream.of(ToDesk.class.getPermittedSubclasses())
                  .map(said -> new NamedType(said, type(said)))
                  .toArray(NamedType[]::new))
          .withConfigOverride(
              Optional.class,
              of ->
                  of.setInclude(
                      JsonInclude.Value.construct(
                          JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS)))
          .disable(SerializationFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  /// What was keyed is told to nobody.
  private static final class Masked extends ToStringSerializerBase {
    private static final long serialVersionUID = 1L;

    Masked() {
      super(KeyedDigits.class);
    }

    @Override
    public String valueToString(Object value) {
      return ((KeyedDigits) value).masked().value();
    }
  }

  /// Of an enum whose constants have words.
  private interface Word {
    @JsonValue
    String word();
  }

  /// Of what a topic shows nothing is left out: a screen is told null of a field that is gone, so
  /// null is also what it is from the beginning.
  private static final class WholeTopics extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final JsonInclude.Value ALWAYS =
        JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated of) {
      return of instanceof AnnotatedMember member
              && Topics.ALL.stream().anyMatch(topic -> topic.shows() == member.getDeclaringClass())
          ? ALWAYS
          : super.findPropertyInclusion(of);
    }
  }

  private Json() {}

  /// What a message of this class is called: `NotReady` is `notReady`.
  static String type(Class<?> message) {
    String name = message.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ObjectNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  static String text(BrowserMessage value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("This cannot be written as JSON: " + value, e);
    }
  }

  /// Empty: it is not a JSON object.
  static Optional<ObjectNode> parse(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /// What a request has sent; empty: it is not a JSON object.
  static Optional<ObjectNode> body(RoutingContext request) {
    return Optional.ofNullable(request.body().asString("UTF-8")).flatMap(Json::parse);
  }

  /// A text field, cut at a length; empty where it is missing or no text.
  static String text(JsonNode object, String field, int longest) {
    JsonNode value = object.get(field);
    if (value == null || !value.isTextual()) return "";
    String text = value.textValue();
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
