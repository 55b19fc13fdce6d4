package org.switchroom.acd.run;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.Decision;
import org.switchroom.acd.Explanation;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.skill.Condition;
import org.switchroom.acd.skill.SkillExpression;

/// Facts, decisions, explanations and what a router remembers as JSON, by the components of their
/// records. Where a value may be of several kinds its kind stands in `is`; ids, times and
/// expressions are texts, and what is empty is `null`.
public final class RunJson {
  private static final String KIND = "is";

  /// What is written as a text, and how it is read.
  private static final Map<Class<?>, Function<String, Object>> TEXTS =
      Map.of(
          Instant.class, Instant::parse,
          Duration.class, Duration::parse,
          LocalDate.class, LocalDate::parse,
          LocalTime.class, LocalTime::parse,
          ZoneId.class, ZoneId::of,
          SkillExpression.class, SkillExpression::parse,
          Condition.class, Condition::parse);

  private RunJson() {}

  public static String of(AcdEvent fact) {
    return JsonText.write(write(fact, AcdEvent.class));
  }

  public static String of(Decision decision) {
    return JsonText.write(write(decision, Decision.class));
  }

  public static String of(Explanation explanation) {
    return JsonText.write(write(explanation, Explanation.class));
  }

  public static String of(RouterMemory memory) {
    return JsonText.write(write(memory, RouterMemory.class));
  }

  /// @throws IllegalArgumentException saying what is wrong with the text
  public static RouterMemory memory(String text) {
    return whole(text, RouterMemory.class);
  }

  /// @throws IllegalArgumentException saying what is wrong with the text
  public static AcdEvent fact(String text) {
    return whole(text, AcdEvent.class);
  }

  // ── Writing ─────────────────────────────────────────────────────────────────────────────────

  private static @Nullable Object write(@Nullable Object value, Class<?> declared) {
    return switch (value) {
      case null -> null;
      case Boolean bool -> bool;
      case Number number -> number;
      case Enum<?> one -> one.name();
      case Optional<?> one -> one.map(there -> write(there, kindOf(there))).orElse(null);
      case Map<?, ?> map -> {
        var object = new LinkedHashMap<String, Object>();
        map.forEach((key, one) -> object.put(text(key), write(one, Object.class)));
        yield object;
      }
      case Iterable<?> all -> {
        var list = new ArrayList<>();
        for (Object one : all) list.add(write(one, kindOf(one)));
        yield list;
      }
      case Record one when !TEXTS.containsKey(declared) && !isText(one) -> object(one, declared);
      default -> text(value);
    };
  }

  private static boolean isText(Record value) {
    return value instanceof SkillExpression || value instanceof Condition;
  }

  /// The sealed interface of a value, where it has one.
  private static Class<?> kindOf(Object value) {
    for (Class<?> one : value.getClass().getInterfaces()) if (one.isSealed()) return one;
    return value.getClass();
  }

  private static @Nullable Object object(Record value, Class<?> declared) {
    RecordComponent[] components = value.getClass().getRecordComponents();
    if (isId(value.getClass())) return write(get(components[0], value), Object.class);
    var object = new LinkedHashMap<String, Object>();
    if (declared.isInterface()) object.put(KIND, value.getClass().getSimpleName());
    for (RecordComponent one : components) {
      object.put(one.getName(), write(get(one, value), one.getType()));
    }
    return object;
  }

  private static boolean isId(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 1 && components[0].getName().equals("value");
  }

  private static Object get(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component + " cannot be read.", e);
    }
  }

  private static String text(Object value) {
    return value instanceof Enum<?> one ? one.name() : value.toString();
  }

  // ── Reading ─────────────────────────────────────────────────────────────────────────────────

  private static <T> T whole(String text, Class<T> type) {
    Object json = JsonText.read(text);
    if (json == null) throw wrong(null, type);
    return type.cast(requireNonNull(read(json, type)));
  }

  private static @Nullable Object read(@Nullable Object json, Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      return Optional.ofNullable(read(json, generic.getActualTypeArguments()[0]));
    }
    if (json == null) return null;
    if (type instanceof ParameterizedType generic) return readGeneric(json, generic);
    Class<?> raw = (Class<?>) type;
    if (TEXTS.containsKey(raw)) return TEXTS.get(raw).apply(string(json, raw));
    if (raw == String.class) return string(json, raw);
    if (raw == boolean.class && json instanceof Boolean) return json;
    if (raw == long.class && json instanceof Long) return json;
    if (raw == double.class && json instanceof Number number) return number.doubleValue();
    if ((raw == int.class || raw == Integer.class) && json instanceof Long number) {
      return Math.toIntExact(number);
    }
    if (raw.isEnum()) return constant(string(json, raw), raw);
    if (raw.isSealed()) return readKind(json, raw);
    if (raw.isRecord()) return readRecord(json, raw);
    throw wrong(json, raw);
  }

  private static Object readGeneric(Object json, ParameterizedType type) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] of = type.getActualTypeArguments();
    if (raw == Map.class && json instanceof Map<?, ?> map) {
      var read = new LinkedHashMap<Object, Object>();
      map.forEach((key, value) -> read.put(read(key, of[0]), read(value, of[1])));
      return read;
    }
    if (!(json instanceof List<?> list)) throw wrong(json, raw);
    var items = new ArrayList<>();
    for (Object one : list) items.add(read(one, of[0]));
    return raw == Set.class ? new LinkedHashSet<>(items) : items;
  }

  private static Object readKind(Object json, Class<?> sealed) {
    if (json instanceof Map<?, ?> object) {
      for (Class<?> kind : sealed.getPermittedSubclasses()) {
        if (kind.getSimpleName().equals(object.get(KIND))) return readRecord(json, kind);
      }
    }
    throw wrong(json, sealed);
  }

  private static Object readRecord(Object json, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    var types = new Class<?>[components.length];
    var values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] =
          read(
              isId(type) ? json : field(json, components[i], type), components[i].getGenericType());
      if (values[i] == null && types[i].isPrimitive()) throw wrong(json, type);
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "A %s cannot be so: %s"
              .formatted(type.getSimpleName(), requireNonNull(e.getCause()).getMessage()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made.", e);
    }
  }

  private static @Nullable Object field(Object json, RecordComponent component, Class<?> type) {
    if (json instanceof Map<?, ?> object) return object.get(component.getName());
    throw wrong(json, type);
  }

  private static Object constant(String name, Class<?> type) {
    for (Object one : type.getEnumConstants()) {
      if (((Enum<?>) one).name().equals(name)) return one;
    }
    throw wrong(name, type);
  }

  private static String string(Object json, Class<?> type) {
    if (json instanceof String text) return text;
    throw wrong(json, type);
  }

  private static IllegalArgumentException wrong(@Nullable Object json, Class<?> type) {
    return new IllegalArgumentException(
        "%s is no %s.".formatted(JsonText.write(json), type.getSimpleName()));
  }
}
