package org.switchroom.cti.pbx.simulated;

import org.jspecify.annotations.Nullable;

/// An agent's phone on the simulated PBX.
final class Phone {
  final String device;
  PhoneBehavior plan;

  /// Whether its agent wants not to be disturbed.
  boolean quiet;

  /// The leg that rings or talks on it; null: none.
  @Nullable SimulatedChannel leg;

  /// The channel of its agent's own call; null: there is none.
  @Nullable SimulatedChannel own;

  Phone(String device, PhoneBehavior plan) {
    this.device = device;
    this.plan = plan;
  }

  /// The device that says whether its agent wants to be disturbed.
  String quietDevice() {
    return "Custom:DND" + device.substring(device.indexOf('/') + 1);
  }

  String quietState() {
    return quiet ? "BUSY" : "NOT_INUSE";
  }

  /// In Asterisk's words.
  String deviceState() {
    return switch (plan.manner()) {
      case UNREACHABLE -> "UNAVAILABLE";
      case IN_USE -> leg != null && leg.state.equals("Ringing") ? "RINGINUSE" : "INUSE";
      case ANSWERS, RINGS, DECLINES, BUSY -> {
        if (leg == null) yield "NOT_INUSE";
        yield leg.state.equals("Up") ? "INUSE" : "RINGING";
      }
    };
  }
}
