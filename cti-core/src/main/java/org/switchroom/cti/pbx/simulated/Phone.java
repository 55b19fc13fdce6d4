package org.switchroom.cti.pbx.simulated;

/// An agent's phone on the simulated PBX.
final class Phone {
  final String device;
  PhonePlan plan;

  /// The leg that rings or talks on it; null: none.
  SimulatedChannel leg;

  Phone(String device, PhonePlan plan) {
    this.device = device;
    this.plan = plan;
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
