package org.switchroom.cti.testkit;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.RecordingId;

/// Any value of ours, from its type alone: records from their components, one of a sealed
/// interface, enums, lists, maps and what may be missing.
public final class RandomValues {
  private static final List<String> TEXTS =
      List.of("a", "orders", "林雅婷", "with \"quotes\" and \\", "two\nlines", "🙂", "x".repeat(300));

  private final RandomGenerator random;

  public RandomValues(RandomGenerator random) {
    this.random = random;
  }

  /// Every kind of a sealed interface, those of the interfaces below it included.
  public static List<Class<?>> kinds(Class<?> of) {
    if (!of.isSealed()) return List.of(of);
    return Stream.of(of.getPermittedSubclasses()).flatMap(one -> kinds(one).stream()).toList();
  }

  public <T> T of(Class<T> type) {
    return type.cast(value(type));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType with) return container(with);
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) return TEXTS.get(random.nextInt(TEXTS.size()));
    if (plain == int.class) return random.nextBoolean() ? random.nextInt() : random.nextInt(9);
    if (plain == long.class) return random.nextBoolean() ? random.nextLong() : random.nextLong(9);
    if (plain == Long.class) return random.nextBoolean() ? null : random.nextLong(99);
    if (plain == Integer.class) return random.nextInt(1, 11);
    if (plain == Capacity.class) {
      var one = new Capacity(Map.of(Channel.CHAT, random.nextInt(51)), random.nextInt(1, 51));
      return random.nextBoolean() ? one : one.withExclusive(Set.of(Channel.CHAT));
    }
    if (plain == char.class) return "019*#".charAt(random.nextInt(5));
    if (plain == double.class) return random.nextDouble();
    if (plain == boolean.class) return random.nextBoolean();
    if (plain == Instant.class) return Instant.ofEpochSecond(random.nextInt(), random.nextInt(999));
    if (plain == Duration.class) return Duration.ofNanos(random.nextLong());
    if (plain == KeyedDigits.class) return new KeyedDigits("1".repeat(random.nextInt(40))).masked();
    if (plain == RecordingId.class) return new RecordingId("talk-" + random.nextInt(9));
    if (plain == PbxId.class) return new PbxId("pbx-" + random.nextInt(9));
    if (plain.isEnum()) return plain.getEnumConstants()[random.nextInt(count(plain))];
    if (plain.isSealed()) {
      List<Class<?>> kinds = kinds(plain);
      return value(kinds.get(random.nextInt(kinds.size())));
    }
    if (plain.isRecord()) return record(plain);
    throw new IllegalArgumentException(
        "There is no way to make a %s. Maybe it is new, and belongs here.".formatted(plain));
  }

  private static int count(Class<?> kind) {
    return kind.getEnumConstants().length;
  }

  private Object record(Class<?> type) {
    try {
      RecordComponent[] components = type.getRecordComponents();
      var types = new Class<?>[components.length];
      var values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = value(components[i].getGenericType());
      }
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("A %s cannot be made.".formatted(type), e);
    }
  }

  private Object container(ParameterizedType type) {
    Type[] of = type.getActualTypeArguments();
    Class<?> raw = (Class<?>) type.getRawType();
    if (raw == Optional.class) {
      return random.nextBoolean() ? Optional.empty() : Optional.ofNullable(value(of[0]));
    }
    int size = random.nextInt(4);
    if (raw == List.class) {
      var list = new ArrayList<>();
      for (int i = 0; i < size; i++) list.add(value(of[0]));
      return List.copyOf(list);
    }
    if (raw == Set.class) {
      var set = new LinkedHashSet<>();
      for (int i = 0; i < size; i++) set.add(value(of[0]));
      return Set.copyOf(set);
    }
    if (raw == Map.class) {
      var map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) map.put(value(of[0]), value(of[1]));
      return Map.copyOf(map);
    }
    throw new IllegalArgumentException("There is no way to make a %s.".formatted(type));
  }
}
