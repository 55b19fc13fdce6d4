package org.switchroom.desktop;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which rooms there are, and whom each may know. A room is a package; the two libraries are one
/// each. Whoever adds a package, or lets one know another, says so here. Constants are not seen,
/// such as the kit's names, which the simulated PBX shares with the adapter.
final class House {
  private static final String ROOT = "org.switchroom.";

  private static final Map<String, Set<String>> MAY_KNOW =
      """
      acd               :
      ivr               :
      cti.pbx           : ivr
      cti.personal      :
      cti.audio         : cti.pbx
      cti.task          : acd cti.pbx cti.personal
      cti.customer      : acd ivr cti.pbx cti.personal cti.task
      cti.event         : acd ivr cti.pbx cti.personal cti.task cti.customer
      cti.call          : acd cti.pbx cti.personal cti.event
      cti.contact       : acd ivr cti.pbx cti.personal cti.task cti.customer cti.event
      cti.agent         : acd cti.pbx cti.event
      cti.center        : acd ivr cti.pbx cti.task cti.customer cti.event cti.call cti.contact cti.agent
      cti.figures       : acd cti.event
      cti.screens       : acd ivr cti.pbx cti.task cti.customer cti.event cti.contact cti.agent cti.center cti.figures
      cti.ledger        :
      cti.history       : acd ivr cti.pbx cti.task cti.customer cti.event cti.figures cti.ledger
      cti.runtime       : acd cti.pbx cti.personal cti.task cti.customer cti.event cti.call cti.contact cti.agent cti.center cti.screens cti.figures cti.history cti.ledger
      cti.recording     : acd ivr cti.pbx cti.center cti.event cti.ledger cti.runtime
      cti.ivr           : acd ivr cti.pbx cti.task cti.customer cti.center
      cti.store         : acd cti.pbx cti.task cti.customer cti.event cti.figures cti.history cti.ivr cti.ledger
      cti.pbx.asterisk  : ivr cti.pbx
      cti.pbx.simulated :
      """
          .lines()
          .collect(
              Collectors.toMap(
                  line -> line.substring(0, line.indexOf(':')).strip(),
                  line ->
                      Arrays.stream(line.substring(line.indexOf(':') + 1).split(" "))
                          .filter(name -> !name.isBlank())
                          .collect(Collectors.toSet())));

  private House() {}

  /// Every room below the desktop, which may know all of them.
  static Set<String> rooms() {
    return new TreeSet<>(MAY_KNOW.keySet());
  }

  /// The room of a class of ours; empty: it is none of ours, or the desktop's.
  static Optional<String> room(JavaClass one) {
    String place = one.getPackageName() + ".";
    if (!place.startsWith(ROOT)) return Optional.empty();
    return MAY_KNOW.keySet().stream()
        .filter(room -> place.startsWith(ROOT + room + "."))
        .max((a, b) -> Integer.compare(a.length(), b.length()));
  }

  /// Who knows whom indeed.
  static Map<String, Set<String>> known(JavaClasses all) {
    var known = new TreeMap<String, Set<String>>();
    rooms().forEach(room -> known.put(room, new TreeSet<>()));
    for (JavaClass one : all) {
      room(one).ifPresent(room -> known.get(room).addAll(others(one, room)));
    }
    return known;
  }

  static Map<String, Set<String>> mayKnow() {
    return MAY_KNOW;
  }

  private static List<String> others(JavaClass one, String room) {
    return one.getDirectDependenciesFromSelf().stream()
        .flatMap(dependency -> room(dependency.getTargetClass()).stream())
        .filter(other -> !other.equals(room))
        .distinct()
        .toList();
  }

  /// Also nobody knows the desktop, which is in no room.
  static final ArchCondition<JavaClass> KNOW_ONLY_WHOM_THE_HOUSE_LETS_THEM =
      new ArchCondition<>("know only whom the house lets them") {
        @Override
        public void check(JavaClass one, ConditionEvents events) {
          Optional<String> room = room(one);
          if (room.isEmpty()) return;
          for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass();
            if (!target.getPackageName().startsWith(ROOT)) continue;
            String other = room(target).orElse("desktop");
            if (other.equals(room.get()) || MAY_KNOW.get(room.get()).contains(other)) continue;
            events.add(
                SimpleConditionEvent.violated(
                    one,
                    "%s may not know %s: %s"
                        .formatted(room.get(), other, dependency.getDescription())));
          }
        }
      };
}
