package org.switchroom.cti.runtime;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;

/// How values of ours stand in JSON, in the ledger and in snapshots: records as objects, one of a
/// sealed interface with its `kind` by simple name, an id as the plain string or number it is, also
/// as a key.
///
/// An instant is a whole number of nanoseconds since 1970, a duration one of nanoseconds; what lies
/// beyond the years 1677 to 2262 is cut to these. What an `Optional` or a null has not is left out.
///
/// Values of an older or a newer build are read as far as they go: a field that nobody knows any
/// more is passed over; one that is missing is empty (text, a list, a map, an `Optional`), zero, or
/// null. Whoever adds a field for which that does not do says in the record's constructor what it
/// is then.
public final class ValueMapper {
  private static final long NANOS = 1_000_000_000L;
  private static final String OURS = "org.switchroom.";

  /// One for all, because each would have to find out about every record anew.
  public static final JsonMapper MAPPER = create();

  private ValueMapper() {}

  private static JsonMapper create() {
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(values())
            .annotationIntrospector(new SealedKinds())
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            // A record's components are its state; what else it can be asked is none.
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .build();
    var missingIsEmpty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    for (Class<?> kind : List.of(String.class, List.class, Map.class, Set.class)) {
      mapper.configOverride(kind).setSetterInfo(missingIsEmpty);
    }
    return mapper;
  }

  private static SimpleModule values() {
    var module = new SimpleModule("values");
    number(module, Instant.class, ValueMapper::nanos, ValueMapper::instant);
    number(module, Duration.class, ValueMapper::nanos, Duration::ofNanos);
    number(module, OfferId.class, OfferId::value, OfferId::new);
    text(module, ContactId.class, ContactId::value, ContactId::new);
    text(module, AgentId.class, AgentId::value, AgentId::new);
    text(module, QueueId.class, QueueId::value, QueueId::new);
    text(module, CallId.class, CallId::value, CallId::new);
    text(module, LegId.class, LegId::value, LegId::new);
    text(module, PbxId.class, PbxId::value, PbxId::new);
    text(module, PhoneNumber.class, PhoneNumber::value, PhoneNumber::new);
    text(module, CallerName.class, CallerName::value, CallerName::new);
    // How many they were is all that is kept of them.
    text(module, KeyedDigits.class, digits -> digits.masked().value(), KeyedDigits::new);
    return module;
  }

  static long nanos(Instant at) {
    return nanos(at.getEpochSecond(), at.getNano());
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  private static long nanos(Duration time) {
    return nanos(time.getSeconds(), time.getNano());
  }

  private static long nanos(long seconds, int nanos) {
    long most = Long.MAX_VALUE / NANOS;
    if (seconds >= most) return Long.MAX_VALUE;
    if (seconds <= -most) return Long.MIN_VALUE;
    return seconds * NANOS + nanos;
  }

  /// A type whose values are texts, also as keys.
  ///
  /// @param value throws an [IllegalArgumentException] where a text is none
  public static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> text, Function<String, T> value) {
    module.addSerializer(type, new Written<>(type, (one, out) -> out.writeString(text.apply(one))));
    module.addKeySerializer(
        type, new Written<>(type, (one, out) -> out.writeFieldName(text.apply(one))));
    module.addDeserializer(type, new Read<>(in -> value.apply(in.getText())));
    module.addKeyDeserializer(type, new Key<>(value));
  }

  private static <T> void number(
      SimpleModule module, Class<T> type, ToLongFunction<T> number, LongFunction<T> value) {
    module.addSerializer(
        type, new Written<>(type, (one, out) -> out.writeNumber(number.applyAsLong(one))));
    module.addKeySerializer(
        type,
        new Written<>(
            type, (one, out) -> out.writeFieldName(Long.toString(number.applyAsLong(one)))));
    module.addDeserializer(type, new Read<>(in -> value.apply(in.getLongValue())));
    module.addKeyDeserializer(type, new Key<>(text -> value.apply(Long.parseLong(text))));
  }

  @FunctionalInterface
  private interface Writing<T> {
    void write(T value, JsonGenerator out) throws IOException;
  }

  private static final class Written<T> extends JsonSerializer<T> {
    private final Class<T> type;
    private final Writing<T> writing;

    Written(Class<T> type, Writing<T> writing) {
      this.type = type;
      this.writing = writing;
    }

    @Override
    public Class<T> handledType() {
      return type;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider all) throws IOException {
      writing.write(value, out);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(JsonParser in) throws IOException;
  }

  private static final class Read<T> extends JsonDeserializer<T> {
    private final Reading<T> reading;

    Read(Reading<T> reading) {
      this.reading = reading;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext all) throws IOException {
      return reading.read(in);
    }
  }

  private static final class Key<T> extends KeyDeserializer {
    private final Function<String, T> value;

    Key(Function<String, T> value) {
      this.value = value;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext all) {
      return value.apply(key);
    }
  }

  /// One of a sealed interface of ours is written with its kind.
  private static final class SealedKinds extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final JsonTypeInfo.Value KIND =
        JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.SIMPLE_NAME, JsonTypeInfo.As.PROPERTY, "kind", null, false, null, null);

    @Override
    public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated of) {
      return of instanceof AnnotatedClass type && choice(type.getRawType())
          ? KIND
          : super.findPolymorphicTypeInfo(config, of);
    }

    @Override
    public List<NamedType> findSubtypes(Annotated of) {
      return choice(of.getRawType()) ? kinds(of.getRawType()) : super.findSubtypes(of);
    }

    private static boolean choice(Class<?> type) {
      return type.isInterface() && type.isSealed() && type.getName().startsWith(OURS);
    }

    private static List<NamedType> kinds(Class<?> type) {
      var kinds = new ArrayList<NamedType>();
      for (Class<?> one : type.getPermittedSubclasses()) {
        if (choice(one)) kinds.addAll(kinds(one));
        else kinds.add(new NamedType(one));
      }
      return kinds;
    }
  }
}
