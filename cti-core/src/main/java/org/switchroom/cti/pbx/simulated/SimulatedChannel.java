package org.switchroom.cti.pbx.simulated;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;

/// One leg on the simulated PBX.
final class SimulatedChannel {
  final String name;
  final String id;
  String callerName;
  final Map<String, String> variables = new LinkedHashMap<>();
  final Map<String, String> shared = new LinkedHashMap<>();

  /// As it came, until the dialplan has looked at it.
  String number;

  String context;
  String exten;
  String state = "Down";
  boolean gone;

  /// The bridge it is in; null: none.
  String bridge;

  /// The other side of the bridge.
  SimulatedChannel peer;

  boolean music;

  /// Only callers have one.
  CallerPlan plan;

  Deque<Character> keys = new ArrayDeque<>();
  AgiSession agi;
  Future<?> patience;
  Future<?> talk;
  Future<?> outside;

  /// Only agents' legs have one.
  Phone phone;

  String originateAction;
  Future<?> ringing;

  SimulatedChannel(
      String name, String id, String number, String callerName, String context, String exten) {
    this.name = name;
    this.id = id;
    this.number = number;
    this.callerName = callerName;
    this.context = context;
    this.exten = exten;
  }

  int stateNumber() {
    return switch (state) {
      case "Ring" -> 4;
      case "Ringing" -> 5;
      case "Up" -> 6;
      default -> 0;
    };
  }
}
