package org.switchroom.desktop;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import java.util.Scanner;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;

/// What code is called pure here: the same facts lead to the same values, whenever and wherever. So
/// it reads no clock, rolls no dice, knows no threads and locks, and does no I/O.
final class PureCode {
  private static final Set<String> OF_OBJECTS = Set.of("wait", "notify", "notifyAll");

  private PureCode() {}

  /// The JDK without what touches the world.
  static final DescribedPredicate<JavaClass> PLAIN_JAVA =
      resideInAnyPackage(
              "java.lang",
              "java.lang.annotation",
              "java.lang.invoke",
              "java.lang.runtime",
              "java.time..",
              "java.util",
              "java.util.function",
              "java.util.stream")
          .and(
              not(
                  belongToAnyOf(
                      Clock.class,
                      InstantSource.class,
                      Thread.class,
                      ThreadLocal.class,
                      ScopedValue.class,
                      Runtime.class,
                      Process.class,
                      ProcessBuilder.class,
                      Random.class,
                      SplittableRandom.class,
                      UUID.class,
                      Date.class,
                      Calendar.class,
                      Timer.class,
                      TimerTask.class,
                      Scanner.class,
                      ServiceLoader.class)))
          .as("plain Java");

  /// Also where it is passed on, as `Instant::now`.
  static final DescribedPredicate<JavaAccess<?>> READS_THE_TIME =
      DescribedPredicate.describe(
          "reads the time",
          access -> {
            String owner = access.getTargetOwner().getFullName();
            String name = access.getTarget().getName();
            boolean now = name.equals("now") || name.startsWith("system");
            return switch (owner) {
              case "java.lang.System" ->
                  name.equals("nanoTime") || name.equals("currentTimeMillis");
              case "java.util.Date", "java.util.Calendar" -> true;
              default -> owner.startsWith("java.time.") && now;
            };
          });

  /// All of [System] but the copying of arrays, chance, threads that a stream takes, and waiting.
  static final DescribedPredicate<JavaAccess<?>> TOUCHES_THE_WORLD =
      READS_THE_TIME
          .or(
              DescribedPredicate.describe(
                  "touches the world",
                  access -> {
                    JavaClass owner = access.getTargetOwner();
                    String name = access.getTarget().getName();
                    boolean world = owner.isEquivalentTo(System.class) && !name.equals("arraycopy");
                    boolean chance =
                        (owner.isEquivalentTo(Math.class) || owner.isEquivalentTo(StrictMath.class))
                                && name.equals("random")
                            || owner.isEquivalentTo(Collections.class) && name.equals("shuffle");
                    boolean threads = name.equals("parallelStream") || name.equals("parallel");
                    boolean waits = owner.isEquivalentTo(Object.class) && OF_OBJECTS.contains(name);
                    return world || chance || threads || waits;
                  }))
          .as("touches the world");

  /// Immutable copies of sets and maps are in another order in each process.
  static final DescribedPredicate<JavaAccess<?>> LOSES_THE_ORDER =
      DescribedPredicate.describe(
          "loses the order",
          access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getTarget().getName();
            boolean copies = owner.isEquivalentTo(Set.class) || owner.isEquivalentTo(Map.class);
            return copies && name.equals("copyOf")
                || name.equals("toUnmodifiableSet")
                || name.equals("toUnmodifiableMap");
          });

  /// Neither `synchronized` methods nor blocks.
  static final ArchCondition<JavaClass> TAKE_A_MONITOR =
      new ArchCondition<>("take a monitor") {
        @Override
        public void check(JavaClass one, ConditionEvents events) {
          for (MethodModel method : ClassFile.of().parse(bytes(one)).methods()) {
            boolean block =
                method.code().stream()
                    .flatMap(code -> code.elementStream())
                    .anyMatch(MonitorInstruction.class::isInstance);
            if (!block && !method.flags().has(AccessFlag.SYNCHRONIZED)) continue;
            String where = one.getFullName() + "." + method.methodName().stringValue();
            events.add(SimpleConditionEvent.satisfied(one, where + " takes a monitor"));
          }
        }
      };

  private static byte[] bytes(JavaClass one) {
    try (InputStream in = one.getSource().orElseThrow().getUri().toURL().openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
