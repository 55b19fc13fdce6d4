package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.center.Input.ScreenCommand;
import org.switchroom.cti.event.CommandId;

/// What the server writes is what the front end's types say, field by field.
class WireTypesTest {
  private static final Path TYPES = Path.of("src/main/web/src/generated/wire.ts");
  private static final Pattern INTERFACE =
      Pattern.compile("export interface (\\w+) \\{\n(.*?)}", Pattern.DOTALL);
  private static final Pattern MESSAGE = Pattern.compile("\\| \\{ type: '(\\w+)'(?:; )?(.*?) ?}");
  private static final CommandId ID = new CommandId("desk", 7);
  private static final Pattern FIELD = Pattern.compile("'?([\\w:]+)'?(\\??): ([^;]+)");

  /// The fields of each, by name; those of a message by its `type`.
  private final Map<String, Map<String, String>> types = new LinkedHashMap<>();

  WireTypesTest() throws IOException {
    String text = Files.readString(TYPES);
    INTERFACE.matcher(text).results().forEach(one -> put(one.group(1), one.group(2)));
    MESSAGE.matcher(text).results().forEach(one -> put(one.group(1), one.group(2)));
  }

  private void put(String name, String fields) {
    var types = new LinkedHashMap<String, String>();
    FIELD.matcher(fields).results().forEach(one -> types.put(one.group(1), one.group(3)));
    this.types.put(name, types);
  }

  @Test
  void whatADeskIsTold() throws Exception {
    for (Class<?> said : ToDesk.class.getPermittedSubclasses()) {
      ObjectNode written = Json.parse(Json.text((ToDesk) any(said))).orElseThrow();
      assertThat(written.remove("type").textValue()).isEqualTo(Json.type(said));
      is(written, Json.type(said));
    }
  }

  @Test
  void whatIsShown() throws Exception {
    for (Topics.Topic<?> topic : Topics.ALL) {
      is(Json.tree(any(topic.shows())), types.get("Topics").get(topic.name()));
    }
    assertThat(types.get("Topics")).hasSameSizeAs(Topics.ALL);
  }

  @Test
  void whatIsAnswered() throws Exception {
    List<Class<?>> bodies =
        new ClassFileImporter()
            .importPackagesOf(Replies.class).stream()
                .filter(one -> one.isRecord() && one.isAssignableTo(Replies.Body.class))
                .<Class<?>>map(JavaClass::reflect)
                .toList();
    assertThat(bodies).hasSizeGreaterThan(8);
    for (Class<?> body : bodies) {
      is(Json.parse(Json.text((Replies.Body) any(body))).orElseThrow(), body.getSimpleName());
    }
  }

  /// Each field as it is read, and no other.
  @Test
  void whatADeskAsksFor() {
    for (Class<?> asked : Sealed.records(ScreenCommand.class).toList()) {
      ObjectNode said = Json.object().put("type", Json.type(asked));
      types
          .get(Json.type(asked))
          .forEach(
              (name, type) -> {
                if (type.equals("number")) said.put(name, 7);
                else if (type.startsWith("'")) said.put(name, type.split("'")[1]);
                else said.put(name, name.equals("digits") ? "0" : "x");
              });
      DeskMessage message = DeskMessage.parse(said.toString()).orElseThrow();
      assertThat(message.command()).contains(asked.asSubclass(ScreenCommand.class));
      var read = message.read(message.command().orElseThrow(), ID, new AgentId("ann"));
      ObjectNode taken = Json.tree(((DeskMessage.Read.Command) read).command());
      taken.remove(List.of("id", "agent"));
      said.remove("type");
      assertThat(taken).hasToString(said.toString());
    }
  }

  private void is(JsonNode value, String type) {
    if (type.endsWith(" | null")) {
      is(value, type.substring(0, type.length() - " | null".length()));
    } else if (type.startsWith("(") && type.endsWith(")")) {
      is(value, type.substring(1, type.length() - 1));
    } else if (type.endsWith("[]")) {
      assertThat(value.isArray()).as("%s: %s", value, type).isTrue();
      value.forEach(one -> is(one, type.substring(0, type.length() - 2)));
    } else if (type.equals("Record<string, string>")) {
      value.forEach(one -> is(one, "string"));
    } else if (type.startsWith("Record<")) {
      assertThat(value.isObject()).as("%s: %s", value, type).isTrue();
    } else if (types.containsKey(type)) {
      var names = value.properties().stream().map(Map.Entry::getKey).toList();
      assertThat(names).as(type).containsExactlyElementsOf(types.get(type).keySet());
      value.properties().forEach(one -> is(one.getValue(), types.get(type).get(one.getKey())));
    } else if (type.startsWith("'")) {
      assertThat(type.split(" \\| ")).contains("'" + value.textValue() + "'");
    } else {
      boolean fits =
          switch (type) {
            case "number" -> value.isNumber();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            default -> false;
          };
      assertThat(fits).as("%s: %s", value, type).isTrue();
    }
  }

  // ── A value in which nothing is missing ─────────────────────────────────────────────────────

  private static Object any(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType of) {
      Object last = any(of.getActualTypeArguments()[of.getActualTypeArguments().length - 1]);
      if (of.getRawType() == List.class) return List.of(last);
      if (of.getRawType() == Map.class) return Map.of("key", last);
      if (of.getRawType() == Optional.class) return Optional.of(last);
    }
    if (type == ObjectNode.class) return Json.object();
    if (type == String.class) return "text";
    if (type == boolean.class) return true;
    if (type == int.class || type == Integer.class) return 1;
    if (type == long.class || type == Long.class) return 1L;
    if (type == double.class || type == Double.class) return 0.5;
    if (type == Instant.class) return Instant.EPOCH;
    Class<?> one = (Class<?>) type;
    return one.isEnum() ? one.getEnumConstants()[0] : anyRecord(one);
  }

  private static Object anyRecord(Class<?> record) throws ReflectiveOperationException {
    RecordComponent[] components = record.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values = new Object[components.length];
    for (int i = 0; i < values.length; i++) values[i] = any(components[i].getGenericType());
    Constructor<?> constructor = record.getDeclaredConstructor(types);
    return constructor.newInstance(values);
  }
}
