package org.switchroom.cti.pbx.asterisk;

import java.util.List;
import org.switchroom.cti.pbx.PbxCommand;

/// Commands in the words of AMI.
final class AmiActions {
  private AmiActions() {}

  static AmiAction setGlobal(String variable, String value) {
    return new AmiAction("Setvar").with("Variable", variable).with("Value", value);
  }

  /// Only the offer that stands on the caller's channel may be bridged with it.
  static AmiAction setOffer(String call, String offer) {
    return new AmiAction("Setvar")
        .with("Channel", call)
        .with("Variable", "SHARED(" + Kit.OFFER + ")")
        .with("Value", offer);
  }

  static AmiAction originate(PbxCommand.RingAgent ring) {
    var action =
        new AmiAction("Originate")
            .with("Channel", ring.phone())
            .with("ChannelId", ring.leg().value())
            .with("Context", Kit.CONTEXT_CONNECT)
            .with("Exten", "s")
            .with("Priority", "1")
            .with("Timeout", Long.toString(ring.timeout().toMillis()))
            .with("CallerID", ring.from().hidden() ? "anonymous" : ring.from().value())
            .with("Async", "true")
            .with(
                "Variable",
                "%s=%s,%s=%s,%s=%s"
                    .formatted(
                        Kit.CALLER, ring.call(), Kit.OFFER, ring.leg(), Kit.AGENT, ring.agent()));
    action.setActionId(ring.leg().value());
    return action;
  }

  static AmiAction hangUp(String channelId) {
    return new AmiAction("Hangup").with("Channel", channelId).with("Cause", "16");
  }

  static AmiAction setVariable(String channel, String name, String value) {
    return new AmiAction("Setvar")
        .with("Channel", channel)
        .with("Variable", name)
        .with("Value", value);
  }

  static AmiAction redirect(String channel, String context) {
    return new AmiAction("Redirect")
        .with("Channel", channel)
        .with("Context", context)
        .with("Exten", "s")
        .with("Priority", "1");
  }

  /// One dual redirect, so that neither side is ever alone in a bridge.
  static AmiAction hold(PbxCommand.Hold hold) {
    return new AmiAction("Redirect")
        .with("Channel", hold.call().value())
        .with("Context", Kit.CONTEXT_PARKED)
        .with("Exten", "s")
        .with("Priority", "1")
        .with("ExtraChannel", hold.leg().value())
        .with("ExtraContext", Kit.CONTEXT_AGENT)
        .with("ExtraExten", "s")
        .with("ExtraPriority", "1");
  }

  static AmiAction retrieve(PbxCommand.Retrieve retrieve) {
    return new AmiAction("Redirect")
        .with("Channel", retrieve.leg().value())
        .with("Context", Kit.CONTEXT_CONNECT)
        .with("Exten", "s")
        .with("Priority", "1");
  }

  /// Phones with the "talk" event package (Snom, Polycom, Yealink and others) pick up.
  static AmiAction answer(String channelName) {
    return new AmiAction("PJSIPNotify").with("Channel", channelName).with("Variable", "Event=talk");
  }

  /// Only what we read is sent to us: of the about seventy events of a call, a dozen. Without the
  /// right to filter we are sent all, and ignore the rest.
  static List<AmiAction> filters() {
    return List.of(
        filter(
            "Event:"
                + " (Newchannel|Newstate|Hangup|Bridge[A-Z][a-z]+|OriginateResponse|DeviceStateChange"
                + "|BlindTransfer|AttendedTransfer|DTMFEnd|FullyBooted|Shutdown)"),
        filter("Variable: (SR_|SWITCHROOM_)"));
  }

  private static AmiAction filter(String include) {
    return new AmiAction("Filter").with("Operation", "Add").with("Filter", include);
  }

  /// Everything that lives, with what a restart needs to know about it.
  static AmiAction status() {
    return new AmiAction("Status")
        .with(
            "Variables",
            String.join(
                ",",
                Kit.CALL,
                Kit.DNIS,
                Kit.QUEUE,
                Kit.PRIORITY,
                Kit.ARRIVED,
                Kit.SINCE,
                Kit.ASK,
                Kit.LANGUAGE,
                Kit.FALLBACK,
                Kit.CALLER,
                Kit.OFFER,
                Kit.AGENT));
  }

  /// Calls that are over and not forgotten. Asterisk has it since 16.26 and 18.12; an older one
  /// refuses, and remembers nothing for us.
  static AmiAction ended() {
    return new AmiAction("DBGetTree").with("Family", Kit.ENDED);
  }

  static AmiAction forget(String call) {
    return new AmiAction("DBDel").with("Family", Kit.ENDED).with("Key", call);
  }

  /// The PBX's own clock, in seconds since 1970.
  static AmiAction clock() {
    return new AmiAction("Getvar").with("Variable", "EPOCH");
  }

  static AmiAction deviceState(String phone) {
    return new AmiAction("Getvar").with("Variable", "DEVICE_STATE(" + phone + ")");
  }
}
