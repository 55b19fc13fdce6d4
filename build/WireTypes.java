import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.center.Input.ScreenCommand;
import org.switchroom.cti.event.CommandId;

/// Writes what goes between the server and its pages as TypeScript (`apply`), or fails where it is
/// not what stands there (`check`).
///
/// The mapper that writes the values is asked how it writes them, so the types are what it writes.
class WireTypes {
  private static final String WEB = "org.switchroom.desktop.web.";

  private final ObjectMapper mapper;

  /// The fields of each, by its name.
  private final Map<String, String> interfaces = new TreeMap<>();

  private final Map<String, Class<?>> named = new TreeMap<>();

  private WireTypes(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[1]);
    String types = new WireTypes((ObjectMapper) constant("Json", "MAPPER")).write();
    if (Files.exists(file) && Files.readString(file).equals(types)) return;
    if (args[0].equals("check")) {
      System.err.println(file + " is not what the server's records say.");
      System.err.println("Run `mvn test-compile`, which writes it, and commit.");
      System.exit(1);
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, types);
  }

  private String write() throws Exception {
    String said = messages(Class.forName(WEB + "ToDesk"));
    String asked = messages(ScreenCommand.class);
    var topics = new StringBuilder();
    for (Object topic : (List<?>) constant("Topics", "ALL")) {
      topics.append(
          line("'" + call(topic, "name") + "': " + type((Class<?>) call(topic, "shows"))));
    }
    for (Class<?> body : bodies()) type(body);
    var all = new StringBuilder("// Written by the build from the server's records.\n");
    all.append("\n/** What the server says on the desk's socket. */\n");
    all.append("export type ToDesk =").append(said).append(";\n");
    all.append("\n/** What a desk asks for. */\n");
    all.append("export type FromDesk =").append(asked).append(";\n");
    all.append("\n/** What is shown where; a name that ends with a colon goes on. */\n");
    all.append("export interface Topics {\n").append(topics).append("}\n");
    interfaces.forEach(
        (name, fields) ->
            all.append("\nexport interface ")
                .append(name)
                .append(" {\n")
                .append(fields)
                .append("}\n"));
    return all.toString();
  }

  /// Every record that is answered.
  private static List<Class<?>> bodies() throws Exception {
    Class<?> body = Class.forName(WEB + "Replies$Body");
    var classes = Path.of(body.getProtectionDomain().getCodeSource().getLocation().toURI());
    var bodies = new ArrayList<Class<?>>();
    try (var files = Files.list(classes.resolve(WEB.replace('.', '/')))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".class") || name.startsWith("package-info")) continue;
        Class<?> one =
            Class.forName(
                WEB + name.substring(0, name.length() - ".class".length()),
                false,
                body.getClassLoader());
        if (one.isRecord() && body.isAssignableFrom(one)) bodies.add(one);
      }
    }
    return bodies;
  }

  /// What a sealed interface permits, by its `type`.
  private String messages(Class<?> sealed) throws Exception {
    var union = new StringBuilder();
    for (Class<?> one : sealed.getPermittedSubclasses()) {
      if (one.isSealed()) {
        union.append(messages(one));
        continue;
      }
      String name = one.getSimpleName();
      var fields = new ArrayList<String>();
      fields.add("type: '" + name.substring(0, 1).toLowerCase() + name.substring(1) + "'");
      fields.addAll(fields(one));
      union.append("\n  | { ").append(String.join("; ", fields)).append(" }");
    }
    return union.toString();
  }

  private static String line(String field) {
    return "  " + field + ";\n";
  }

  private List<String> fields(Class<?> record) throws JsonMappingException {
    var properties = new Properties();
    mapper.acceptJsonFormatVisitor(mapper.constructType(record), new Shape(properties));
    return properties.fields;
  }

  private String type(Class<?> one) throws JsonMappingException {
    return type(mapper.constructType(one));
  }

  private String type(JavaType type) throws JsonMappingException {
    if (type.hasRawClass(ObjectNode.class)) return "Record<string, unknown>";
    var shape = new Shape(null);
    mapper.acceptJsonFormatVisitor(type, shape);
    return shape.type;
  }

  /// An interface of its own; two of one simple name would be one here.
  private String named(JavaType type) throws JsonMappingException {
    Class<?> record = type.getRawClass();
    String name = record.getSimpleName();
    if (!record.isRecord()) throw new IllegalStateException(record + " is no record.");
    Class<?> other = named.putIfAbsent(name, record);
    if (other == null) {
      var lines = new StringBuilder();
      for (String field : fields(record)) lines.append(line(field));
      interfaces.put(name, lines.toString());
    } else if (other != record) {
      throw new IllegalStateException("Both are %s: %s, %s".formatted(name, other, record));
    }
    return name;
  }

  /// How a value is written.
  private final class Shape extends JsonFormatVisitorWrapper.Base {
    private final @Nullable Properties properties;
    private String type = "unknown";

    /// @param properties of a record of which these are wanted, and no name
    Shape(@Nullable Properties properties) {
      this.properties = properties;
    }

    @Override
    public JsonObjectFormatVisitor expectObjectFormat(JavaType record) throws JsonMappingException {
      if (properties != null) return properties;
      type = named(record);
      return new JsonObjectFormatVisitor.Base();
    }

    @Override
    public JsonArrayFormatVisitor expectArrayFormat(JavaType array) throws JsonMappingException {
      String content = type(array.getContentType());
      type = content.contains(" ") ? "(" + content + ")[]" : content + "[]";
      return new JsonArrayFormatVisitor.Base();
    }

    @Override
    public JsonMapFormatVisitor expectMapFormat(JavaType map) throws JsonMappingException {
      type = "Record<string, " + type(map.getContentType()) + ">";
      return new JsonMapFormatVisitor.Base();
    }

    @Override
    public JsonStringFormatVisitor expectStringFormat(JavaType text) {
      type = "string";
      return new JsonStringFormatVisitor.Base() {
        @Override
        public void enumTypes(Set<String> words) {
          type = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" | "));
        }
      };
    }

    @Override
    public JsonNumberFormatVisitor expectNumberFormat(JavaType number) {
      type = "number";
      return new JsonNumberFormatVisitor.Base();
    }

    @Override
    public JsonIntegerFormatVisitor expectIntegerFormat(JavaType number) {
      type = "number";
      return new JsonIntegerFormatVisitor.Base();
    }

    @Override
    public JsonBooleanFormatVisitor expectBooleanFormat(JavaType truth) {
      type = "boolean";
      return new JsonBooleanFormatVisitor.Base();
    }

    @Override
    public JsonAnyFormatVisitor expectAnyFormat(JavaType any) {
      throw new IllegalStateException("How is %s written? Give it a record.".formatted(any));
    }
  }

  private final class Properties extends JsonObjectFormatVisitor.Base {
    private final List<String> fields = new ArrayList<>();

    @Override
    public void property(BeanProperty property) throws JsonMappingException {
      optionalProperty(property);
    }

    /// An `Optional` that is empty is left out, or null.
    @Override
    public void optionalProperty(BeanProperty property) throws JsonMappingException {
      JavaType type = property.getType();
      // Who asks, and for the how manieth time, is not the message's to say.
      if (type.hasRawClass(CommandId.class) || type.hasRawClass(AgentId.class) && asks(property))
        return;
      boolean optional = type.isReferenceType();
      String value = type(optional ? type.getContentType() : type);
      boolean leftOut = property instanceof BeanPropertyWriter writer && writer.willSuppressNulls();
      fields.add(
          property.getName()
              + (optional && leftOut ? "?: " : ": ")
              + value
              + (optional && !leftOut ? " | null" : ""));
    }
  }

  private static boolean asks(BeanProperty property) {
    return ScreenCommand.class.isAssignableFrom(property.getMember().getDeclaringClass())
        && property.getName().equals("agent");
  }

  // The records are the server's own, and nobody else's: they are not public.

  private static Object constant(String owner, String name) throws Exception {
    Field field = Class.forName(WEB + owner).getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }

  private static Object call(Object record, String component) throws Exception {
    Method accessor = record.getClass().getDeclaredMethod(component);
    accessor.setAccessible(true);
    return accessor.invoke(record);
  }
}
