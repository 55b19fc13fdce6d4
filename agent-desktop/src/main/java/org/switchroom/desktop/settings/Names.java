package org.switchroom.desktop.settings;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.switchroom.acd.plan.Hours;
import org.switchroom.cti.center.Dialing;
import org.switchroom.ivr.yaml.Yaml;

/// What the parts of a configuration call each other by.
final class Names {
  private final Set<String> queues;
  private final Set<String> agents;
  private final Set<String> scripts;
  private final Map<String, Hours> calendars = new TreeMap<>();
  private final ZoneId zone;
  private final Dialing dialing;
  private final Set<String> wantedScripts = new TreeSet<>();

  Names(
      ZoneId zone,
      Set<String> queues,
      Set<String> agents,
      Set<String> scripts,
      Yaml calendars,
      Dialing dialing) {
    this.zone = zone;
    this.queues = queues;
    this.agents = agents;
    this.scripts = scripts;
    this.dialing = dialing;
    for (String name : calendars.names()) {
      this.calendars.put(name, hours(calendars.mapping(name)));
    }
  }

  Map<String, Hours> calendars() {
    return calendars;
  }

  Dialing dialing() {
    return dialing;
  }

  /// Scripts that something sends callers to.
  Set<String> wantedScripts() {
    return wantedScripts;
  }

  Hours hours(Yaml fields) {
    return HoursLoader.read(fields, zone);
  }

  void queue(Yaml fields, String at, String name) {
    known(fields, at, name, queues, "queue");
  }

  void agent(Yaml fields, String at, String name) {
    known(fields, at, name, agents, "agent");
  }

  String script(Yaml fields, String at, String name) {
    if (!name.isEmpty()) wantedScripts.add(name);
    known(fields, at, name, scripts, "script");
    return name;
  }

  /// Empty: there is none.
  Optional<Hours> calendar(Yaml fields, String at, String name) {
    known(fields, at, name, calendars.keySet(), "calendar");
    return Optional.ofNullable(calendars.get(name));
  }

  private static void known(Yaml fields, String at, String name, Set<String> known, String what) {
    if (!known.contains(name)) {
      fields.fault(
          at, "There is no %s %s. Known are %s.".formatted(what, name, new TreeSet<>(known)));
    }
  }
}
