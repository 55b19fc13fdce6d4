package org.switchroom.cti.runtime;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.personal.Personal;

/// Where a kind of record has its personal values, and how they are taken out and put back: its
/// components marked [Personal], and those of records in it, also of such that may be missing. What
/// is taken out leaves behind what an erased value is.
final class PersonalParts {

  /// What an erased value is.
  private static final Map<Class<?>, Object> ERASED = new HashMap<>();

  static {
    ERASED.put(String.class, "");
    ERASED.put(Optional.class, Optional.empty());
    ERASED.put(List.class, List.of());
    ERASED.put(Map.class, Map.of());
    ERASED.put(PhoneNumber.class, new PhoneNumber(""));
    ERASED.put(CallerName.class, CallerName.NONE);
    ERASED.put(CustomerCard.class, CustomerCard.NOBODY);
  }

  private static final ClassValue<PersonalParts> OF =
      new ClassValue<>() {
        @Override
        protected PersonalParts computeValue(Class<?> type) {
          return new PersonalParts(type);
        }
      };

  /// A marked component.
  record Part(String name, Object erased, ObjectWriter writer, ObjectReader reader) {}

  /// Hears what is taken out.
  @FunctionalInterface
  interface Taken {
    void take(String path, Part part, Object value);
  }

  /// Knows what was there.
  @FunctionalInterface
  interface Known {
    /// Empty: it is erased, or was as empty before.
    Optional<Object> value(String path, Part part);
  }

  private sealed interface Component {
    record Plain() implements Component {}

    record Marked(Part part) implements Component {}

    record Within(String name, PersonalParts parts, boolean optional) implements Component {}
  }

  private final Method[] accessors;
  private final Component[] components;
  private final @Nullable Constructor<?> constructor;
  private final boolean any;

  private PersonalParts(Class<?> type) {
    RecordComponent[] all = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
    accessors = new Method[all.length];
    components = new Component[all.length];
    for (int i = 0; i < all.length; i++) {
      accessors[i] = all[i].getAccessor();
      components[i] = component(all[i]);
    }
    any = Arrays.stream(components).anyMatch(one -> !(one instanceof Component.Plain));
    constructor = any ? constructor(type, all) : null;
  }

  static PersonalParts of(Class<?> type) {
    return OF.get(type);
  }

  private static Constructor<?> constructor(Class<?> type, RecordComponent[] all) {
    try {
      return type.getDeclaredConstructor(
          Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("A record has no constructor: " + type, e);
    }
  }

  private static Component component(RecordComponent one) {
    if (one.isAnnotationPresent(Personal.class)) return new Component.Marked(part(one));
    boolean optional = one.getType() == Optional.class;
    Type within =
        optional
            ? ((ParameterizedType) one.getGenericType()).getActualTypeArguments()[0]
            : one.getGenericType();
    if (within instanceof Class<?> type && type.isRecord() && of(type).any()) {
      return new Component.Within(one.getName(), of(type), optional);
    }
    return new Component.Plain();
  }

  private static Part part(RecordComponent one) {
    if (!ERASED.containsKey(one.getType())) {
      throw new IllegalStateException(
          "%s is personal, and nobody has said what a %s is that is erased. Maybe say so in %s."
              .formatted(one, one.getType().getSimpleName(), PersonalParts.class.getSimpleName()));
    }
    JavaType type = ValueMapper.MAPPER.constructType(one.getGenericType());
    return new Part(
        one.getName(),
        ERASED.get(one.getType()),
        ValueMapper.MAPPER.writerFor(type),
        ValueMapper.MAPPER.readerFor(type));
  }

  /// Whether there are any.
  boolean any() {
    return any;
  }

  /// The value without them; itself where all are empty.
  ///
  /// @param at begins the path of each
  Object take(Object value, String at, Taken taken) {
    return change(
        value,
        at,
        (path, part, there) -> {
          if (!Objects.equals(there, part.erased())) taken.take(path, part, there);
          return part.erased();
        });
  }

  /// The value with what is known of them; what is not stays as it is.
  Object putBack(Object value, String at, Known known) {
    return change(value, at, (path, part, there) -> known.value(path, part).orElse(there));
  }

  private interface PartChange {
    Object of(String path, Part part, Object there);
  }

  private Object change(Object value, String at, PartChange change) {
    if (!any || value == null) return value;
    try {
      boolean same = true;
      var values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        Object there = accessors[i].invoke(value);
        values[i] =
            switch (components[i]) {
              case Component.Plain _ -> there;
              case Component.Marked(var part) -> change.of(at + part.name(), part, there);
              case Component.Within(var name, var parts, var optional) -> {
                String within = at + name + ".";
                yield optional
                    ? ((Optional<?>) there).map(one -> parts.change(one, within, change))
                    : parts.change(there, within, change);
              }
            };
        same &= Objects.equals(values[i], there);
      }
      return same ? value : requireNonNull(constructor).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This is no value of ours: " + value.getClass(), e);
    }
  }
}
