package org.switchroom.ivr;

import java.util.Map;

/// Where a step leads.
public sealed interface Onward {
  /// To another step of the same script.
  ///
  /// @param name of the exit
  record Exit(String name, String next) implements Onward {}

  /// Into another script, and from there to `next`.
  record SubScript(String script, Map<String, Object> arguments, String next) implements Onward {}

  /// Out of a script that another has called.
  record Back() implements Onward {}

  /// Out of all scripts.
  record End(Outcome outcome) implements Onward {}
}
