package org.switchroom.cti.pbx.simulated;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

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
  @Nullable String bridge;

  /// The other side of the bridge; null: none.
  @Nullable SimulatedChannel peer;

  /// Of a caller in a conference the third in their bridge; null: there is none.
  @Nullable SimulatedChannel third;

  /// A phone that rings for whoever was given to it; null: none does.
  @Nullable SimulatedChannel rung;

  /// Of a phone that was rung so: for whom; null: it was not.
  @Nullable SimulatedChannel ringsFor;

  /// Whether its phone has whoever it talks with on hold by its own key.
  boolean onPhone;

  /// The other end, where it is one of a call of its own; null: it is not.
  @Nullable SimulatedChannel far;

  boolean music;

  /// Only callers have one; null: it is none.
  @Nullable CallerBehavior plan;

  Deque<Character> keys = new ArrayDeque<>();

  /// The script it is in; null: none.
  @Nullable AgiSession agi;

  // What is to happen to it; null: nothing was to.
  @Nullable Future<?> patience;
  @Nullable Future<?> talk;
  @Nullable Future<?> outside;
  @Nullable Future<?> ringing;

  /// What records it; null: nothing does.
  @Nullable Tape tape;

  /// Only agents' legs have one; null: it is none.
  @Nullable Phone phone;

  /// Of the action that made it; empty: none did.
  String originateAction = "";

  SimulatedChannel(
      String name, String id, String number, String callerName, String context, String exten) {
    this.name = name;
    this.id = id;
    this.number = number;
    this.callerName = callerName;
    this.context = context;
    this.exten = exten;
  }

  /// What the caller will do.
  ///
  /// @throws IllegalStateException when it is no caller's
  CallerBehavior plan() {
    if (plan != null) return plan;
    throw new IllegalStateException(
        "Channel %s is no caller's. Maybe a leg was sent where only callers go.".formatted(name));
  }

  /// The phone at its end.
  ///
  /// @throws IllegalStateException when it is no agent's leg
  Phone phone() {
    if (phone != null) return phone;
    throw new IllegalStateException(
        "Channel %s is no agent's. Maybe a caller was sent where only legs go.".formatted(name));
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
