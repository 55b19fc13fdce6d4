package org.switchroom.desktop;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which files of a package know each other in a circle: a reader of one of them reads all. Whoever
/// adds one says here why. What the build writes beside a record, its builder, is left out.
final class Circles {
  private static final String ROOT = "org.switchroom.";
  private static final Pattern NAMED = Pattern.compile("L(org/switchroom/[\\w/$]+);");

  private static final Map<Set<String>, String> ALLOWED =
      Map.ofEntries(
          Map.entry(
              of(
                  "acd",
                  "Agent Assignment QueueState RequirementClass RoutedContact"
                      + " Heads IdleOrder Places SkillProfile WaitingHeap"),
              "the router's memory: handles that lead to each other without a lookup"),
          Map.entry(
              of("acd", "Matching Choice Scoring"),
              "who fits whom, with the choice and the order that it asks and that count by it"),
          Map.entry(of("acd", "Router Configuration Facts Loading Shadow"), "the router's parts"),
          Map.entry(
              of(
                  "acd",
                  "MemoryChange AgentMemory ContactMemory CounterMemory QueueMemory"
                      + " RemovedQueueMemory ShareMemory"),
              "a sealed interface and its records"),
          Map.entry(
              of("cti.event", "Event AgentEvent CallEvent CenterEvent ContactEvent"),
              "a sealed interface and those that it permits"),
          Map.entry(
              of("ivr", "Script Step Onward Outcome Walker"),
              "a script is its steps, a step says what comes next, and that may be a script"),
          Map.entry(of("ivr", "Caller CallerHungUpException"), "who hangs up while being recorded"),
          Map.entry(of("ivr.step", "StepFields StepKind"), "a kind reads its step from the fields"),
          Map.entry(of("acd.skill", "Condition ConditionParser"), "a language and its parser"),
          Map.entry(of("acd.skill", "SkillExpression SkillParser"), "a language and its parser"),
          Map.entry(of("cti.center", "State Routed"), "a state, and who hears what changes it"),
          Map.entry(of("cti.customer", "TimelineEntry TimelineText"), "an entry and its words"),
          Map.entry(of("cti.ledger", "Ledger LedgerReader"), "a ledger and its readers"),
          Map.entry(
              of("cti.pbx.simulated", "SimulatedChannel AgiSession Phone"),
              "a channel and its two ends"),
          Map.entry(of("cti.pbx.simulated", "Exchange Dialplan"), "an exchange and its dialplan"));

  static final ArchCondition<JavaClass> BE_IN_NO_CIRCLE_BUT_THESE =
      new ArchCondition<>("be in no circle of files but those that are allowed") {
        private Map<String, Set<String>> circles = Map.of();

        @Override
        public void init(Collection<JavaClass> all) {
          circles = circles(all);
        }

        @Override
        public void check(JavaClass one, ConditionEvents events) {
          Set<String> circle = circles.getOrDefault(one.getName(), Set.of());
          if (circle.isEmpty() || ALLOWED.containsKey(circle)) return;
          events.add(
              SimpleConditionEvent.violated(
                  one, "%s is in a circle: %s".formatted(one.getName(), circle)));
        }
      };

  private Circles() {}

  /// Those that are allowed and not there.
  static Set<Set<String>> gone(JavaClasses all) {
    var gone = new HashSet<>(ALLOWED.keySet());
    gone.removeAll(circles(all.stream().toList()).values());
    return gone;
  }

  private static Set<String> of(String name, String files) {
    return Arrays.stream(files.split(" "))
        .map(file -> ROOT + name + "." + file)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The circle of each that is in one.
  private static Map<String, Set<String>> circles(Collection<JavaClass> all) {
    var knows = new TreeMap<String, Set<String>>();
    for (JavaClass one : all) {
      Set<String> known = knows.computeIfAbsent(file(one.getName()), _ -> new TreeSet<>());
      for (String other : named(one)) {
        if (!other.equals(file(one.getName())) && room(other).equals(room(one.getName())))
          known.add(other);
      }
    }
    knows.keySet().removeIf(Circles::isWritten);
    knows.values().forEach(known -> known.retainAll(knows.keySet()));
    Map<String, Set<String>> reach =
        knows.keySet().stream().collect(Collectors.toMap(one -> one, one -> reach(one, knows)));
    var circles = new HashMap<String, Set<String>>();
    reach.forEach(
        (one, reached) -> {
          if (!reached.contains(one)) return;
          circles.put(
              one,
              reached.stream()
                  .filter(other -> reach.get(other).contains(one))
                  .collect(Collectors.toCollection(TreeSet::new)));
        });
    return circles;
  }

  private static Set<String> reach(String from, Map<String, Set<String>> knows) {
    var reached = new HashSet<String>();
    Deque<String> next = new ArrayDeque<>(knows.get(from));
    while (!next.isEmpty()) {
      String one = next.pop();
      if (reached.add(one)) next.addAll(knows.get(one));
    }
    return reached;
  }

  private static boolean isWritten(String file) {
    return file.endsWith("Builder");
  }

  /// The files that its class file names; also those that a sealed interface permits.
  private static Set<String> named(JavaClass one) {
    var named = new TreeSet<String>();
    for (PoolEntry entry : ClassFile.of().parse(bytes(one)).constantPool()) {
      if (entry instanceof ClassEntry known) {
        named.add(known.asInternalName().replaceFirst("^\\[+L?", "").replace(";", ""));
      } else if (entry instanceof Utf8Entry text) {
        Matcher types = NAMED.matcher(text.stringValue());
        while (types.find()) named.add(types.group(1));
      }
    }
    return named.stream()
        .map(name -> file(name.replace('/', '.')))
        .filter(name -> name.startsWith(ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static byte[] bytes(JavaClass one) {
    try (InputStream in = one.getSource().orElseThrow().getUri().toURL().openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static String room(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }
}
