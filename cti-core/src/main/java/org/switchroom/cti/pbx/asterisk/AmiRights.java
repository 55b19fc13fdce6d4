package org.switchroom.cti.pbx.asterisk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asteriskjava.manager.response.ManagerResponse;

/// What a manager user may do, by the classes that `manager.conf` names in `write`. Asterisk tells
/// nobody their classes, but which actions they may send, and of each which classes allow it; so a
/// class is known by an action that it alone allows.
///
/// @param missing of those that the adapter needs
/// @param tooMany that nobody here needs
/// @param may actions that may be sent
record AmiRights(Set<String> missing, Set<String> tooMany, Set<String> may) {
  /// In the order of the kit's `manager_switchroom.conf`. `call` sets variables, hangs up and
  /// redirects, `originate` rings phones, `reporting` reads what the PBX remembers of calls.
  static final List<String> WRITE = List.of("call", "originate", "reporting");

  /// `system` says that Asterisk has started and stops, `call` what happens to calls and phones,
  /// `dialplan` what the kit marks them with, `dtmf` which keys they press.
  static final List<String> READ = List.of("system", "call", "dialplan", "dtmf");

  /// Each is allowed by that class; where a second allows it too, that one is too much anyway.
  private static final Map<String, String> KNOWN_BY =
      Map.of("call", "setvar", "originate", "originate", "reporting", "coresettings");

  /// Whoever has one of these has a shell on the PBX.
  private static final Set<String> SHELL = Set.of("command", "config", "system");

  private static final Pattern CLASSES = Pattern.compile("\\(Priv: ([a-z,]+)\\)\\s*$");

  /// @param commands the answer to `ListCommands`
  static AmiRights of(ManagerResponse commands) {
    var may = new TreeSet<String>();
    var tooMany = new TreeSet<String>();
    commands
        .getAttributes()
        .forEach(
            (action, text) -> {
              Matcher said = CLASSES.matcher(text.toString());
              if (!said.find()) return;
              may.add(action.toLowerCase(Locale.ROOT));
              var classes = new TreeSet<>(List.of(said.group(1).split(",")));
              classes.remove("all");
              if (classes.size() == 1) tooMany.addAll(classes);
            });
    tooMany.removeAll(WRITE);
    var missing = new TreeSet<String>();
    for (String one : WRITE) if (!may.contains(KNOWN_BY.get(one))) missing.add(one);
    return new AmiRights(missing, tooMany, may);
  }

  boolean mayAsk() {
    return may.contains("getvar");
  }

  boolean mayOriginate() {
    return may.contains("originate");
  }

  boolean giveAShell() {
    return tooMany.stream().anyMatch(SHELL::contains);
  }
}
