package org.switchroom.desktop.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.pbx.CallId;

/// How our values are written for browsers: ids as texts, times as milliseconds since 1970; what an
/// `Optional` has not is left out.
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .addModule(
              new SimpleModule()
                  .addSerializer(ContactId.class, ToStringSerializer.instance)
                  .addSerializer(AgentId.class, ToStringSerializer.instance)
                  .addSerializer(QueueId.class, ToStringSerializer.instance)
                  .addSerializer(CallId.class, ToStringSerializer.instance))
          .withConfigOverride(
              Optional.class,
              of ->
                  of.setInclude(
                      JsonInclude.Value.construct(
                          JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS)))
          .disable(SerializationFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ObjectNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  static ArrayNode list(List<?> values) {
    return MAPPER.valueToTree(values);
  }

  /// Null: it is not a JSON object.
  static @Nullable ObjectNode parse(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /// A text field, cut at a length; empty where it is missing or no text.
  static String text(JsonNode object, String field, int longest) {
    JsonNode value = object.get(field);
    if (value == null || !value.isTextual()) return "";
    String text = value.textValue();
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
