package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.RecordingId;

/// Commands in the words of AMI.
final class AmiActions {
  /// What the ids of lists end with. Other than the library's ids it cannot be guessed, so that
  /// what bears it is Asterisk's own ([AmiGuard]).
  static final String LIST = "list-" + UUID.randomUUID();

  /// Phones show less.
  private static final int MOST_SHOWN = 60;

  private AmiActions() {}

  static AmiAction setGlobal(String variable, String value) {
    return new AmiAction("Setvar").with("Variable", variable).with("Value", value);
  }

  /// Only an offer that stands on the caller's channel may be bridged with it.
  static AmiAction stands(CallId call, LegId offer) {
    return offered(call, offer, Kit.STANDS);
  }

  static AmiAction withdrawn(CallId call, LegId offer) {
    return offered(call, offer, Kit.WITHDRAWN);
  }

  private static AmiAction offered(CallId call, LegId offer, String value) {
    return setVariable(call.channel(), "SHARED(" + Kit.OFFERED + offer.channel() + ")", value);
  }

  static AmiAction originate(PbxCommand.RingAgent ring) {
    var action =
        new AmiAction("Originate")
            .with("Channel", ring.phone())
            .with("ChannelId", ring.leg().channel())
            .with("Context", Kit.CONTEXT_CONNECT)
            .with("Exten", "s")
            .with("Priority", "1")
            .with("Timeout", Long.toString(ring.timeout().toMillis()))
            .with("CallerID", callerId(ring))
            .with("Async", "true")
            .with(
                "Variable",
                "%s=%s,%s=%s,%s=%s,%s=%s,%s=%s,%s=%s%s%s"
                    .formatted(
                        Kit.FORWARD_CONTEXT,
                        Kit.CONTEXT_MOVED,
                        Kit.CALLER,
                        ring.call().channel(),
                        Kit.OFFER,
                        ring.leg().channel(),
                        Kit.AGENT,
                        ring.agent(),
                        Kit.AFTER,
                        ring.after(),
                        Kit.QUEUE,
                        ring.queue(),
                        ring.recording().map(one -> "," + Kit.RECORD + "=" + one).orElse(""),
                        headers(ring)));
    action.setActionId(ring.leg().channel());
    return action;
  }

  /// What its INVITE says besides. Some phones answer by an Alert-Info alone, and of two read the
  /// first: that is to come before the queue's own, which says how a phone rings that does not
  /// answer. Asterisk puts the last first.
  private static String headers(PbxCommand.RingAgent ring) {
    String own = ring.alertInfo().isEmpty() ? "" : header("Alert-Info", ring.alertInfo());
    return ring.autoAnswer()
        ? own
            + header("Call-Info", "<sip:127.0.0.1>;answer-after=0")
            + header("Alert-Info", "<http://127.0.0.1>;info=alert-autoanswer;delay=0")
        : own;
  }

  private static String header(String name, String value) {
    return ",PJSIP_HEADER(add,%s)=%s".formatted(name, value);
  }

  /// What the phone shows: a customer's name is whatever somebody has typed, so nothing in it may
  /// end the name.
  private static String callerId(PbxCommand.RingAgent ring) {
    String number = ring.from().hidden() ? "anonymous" : ring.from().value();
    String name = plainName(ring.shown());
    return name.isEmpty() ? number : "\"%s\" <%s>".formatted(name, number);
  }

  private static String plainName(String shown) {
    String name = shown.replaceAll("[\"\\\\<>]", "").strip();
    int most = Math.min(name.codePointCount(0, name.length()), MOST_SHOWN);
    return name.substring(0, name.offsetByCodePoints(0, most));
  }

  /// The leg stands on the caller's channel as one does that was rung for them, so that they can be
  /// put on hold and taken off it, and are found so after a start.
  static List<AmiAction> adopt(PbxCommand.Adopt adopt, Instant at) {
    String call = adopt.call().channel();
    String leg = adopt.leg().channel();
    String talk = at.getEpochSecond() + "|" + adopt.agent();
    return List.of(
        stands(adopt.call(), adopt.leg()),
        setVariable(call, Kit.TALKS, leg),
        setVariable(call, "SHARED(" + Kit.WITH + ")", leg),
        setVariable(call, "SHARED(" + Kit.FROM + ")", ""),
        setVariable(call, "SHARED(" + Kit.TALK + ")", talk),
        setVariable(call, "SHARED(" + Kit.AFTER + ")", adopt.after()),
        setVariable(leg, Kit.CALLER, call),
        setVariable(leg, Kit.OFFER, leg),
        setVariable(leg, Kit.AFTER, adopt.after()),
        setVariable(leg, Kit.AGENT, adopt.agent()));
  }

  /// Over restarts of the PBX. A manager with least rights may neither write into its database nor
  /// ask `DB()`: the dialplan writes, and a list reads.
  static AmiAction keepOwner(String owner) {
    return dialplan(Kit.CONTEXT_OWNER).with("Variable", Kit.OWNER + "=" + owner);
  }

  static AmiAction keptOwner() {
    return list("DBGetTree").with("Family", Kit.KEPT_OWNER);
  }

  static AmiAction forgetOwner() {
    return setGlobal("DB_DELETE(%s)".formatted(Kit.KEPT_OWNER), "1");
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

  /// One dual redirect, so that neither side is ever alone in a bridge. The leg goes first: one
  /// that somebody else has rung runs no dialplan, and would be hung up where the caller left it;
  /// the caller, who runs one, waits.
  static AmiAction hold(PbxCommand.Hold hold) {
    return apart(hold.leg(), Kit.CONTEXT_AGENT, hold.call(), Kit.CONTEXT_PARKED);
  }

  static AmiAction move(PbxCommand.Move move) {
    return move.talks()
        ? apart(move.leg(), Kit.CONTEXT_MOVES, move.call(), Kit.CONTEXT_PARKED)
        : redirect(move.leg().channel(), Kit.CONTEXT_MOVES);
  }

  private static AmiAction apart(LegId leg, String where, CallId call, String context) {
    return redirect(leg.channel(), where)
        .with("ExtraChannel", call.channel())
        .with("ExtraContext", context)
        .with("ExtraExten", "s")
        .with("ExtraPriority", "1");
  }

  static AmiAction retrieve(PbxCommand.Retrieve retrieve) {
    return new AmiAction("Redirect")
        .with("Channel", retrieve.leg().channel())
        .with("Context", Kit.CONTEXT_CONNECT)
        .with("Exten", "s")
        .with("Priority", "1");
  }

  /// The end that waits like a caller has the id that we give the call; the other goes to the
  /// agent's leg. What it speaks is a telephone's: with Asterisk's own (`slin`) nothing is heard
  /// through it in a bridge of three (measured on Asterisk 22).
  static AmiAction consult(PbxCommand.Consult consult) {
    String own = consult.call().channel();
    var action =
        new AmiAction("Originate")
            .with("Channel", "Local/s@" + Kit.CONTEXT_OWN + "/n")
            .with("ChannelId", Kit.BESIDE_OF + own)
            .with("OtherChannelId", own)
            .with("Context", Kit.CONTEXT_BESIDE)
            .with("Exten", "s")
            .with("Priority", "1")
            .with("Async", "true")
            .with("Codecs", "ulaw")
            .with("Variable", Kit.BESIDE + "=" + consult.leg().channel());
    action.setActionId(own);
    return action;
  }

  static List<AmiAction> dial(PbxCommand.Dial dial) {
    String call = dial.call().channel();
    var actions = new ArrayList<AmiAction>();
    Kit.dialing(dial.number(), dial.dial(), dial.ring(), dial.limit(), dial.shown())
        .forEach((name, value) -> actions.add(setVariable(call, name, value)));
    actions.add(redirect(call, Kit.CONTEXT_DIAL));
    return actions;
  }

  /// The called side has the id that we give the call.
  static AmiAction makeCall(PbxCommand.MakeCall make) {
    String call = make.call().channel();
    String dials = Kit.DIALS_OF + call;
    var variables = new LinkedHashMap<String, String>();
    variables.put(Kit.DIALS, dials);
    variables.putAll(
        Kit.dialing(
            make.number().value(), make.dial(), make.ring(), make.limit(), make.shown().value()));
    variables.put(Kit.QUEUE, make.queue());
    variables.put(Kit.BY, make.agent());
    var action =
        new AmiAction("Originate")
            .with("Channel", "Local/s@" + Kit.CONTEXT_OUT + "/n")
            .with("ChannelId", dials)
            .with("OtherChannelId", call)
            .with("Context", Kit.CONTEXT_NUMBER)
            .with("Exten", "begins")
            .with("Priority", "1")
            .with("Async", "true")
            .with("Codecs", "ulaw")
            .with(
                "Variable",
                variables.entrySet().stream()
                    .map(one -> one.getKey() + "=" + one.getValue())
                    .collect(Collectors.joining(",")));
    action.setActionId(call);
    return action;
  }

  /// The own call's other side goes where the caller looks for it, as a leg does to which they are
  /// taken over; where it is not, they are held.
  static List<AmiAction> giveToAsked(PbxCommand.GiveToAsked give) {
    var asked = LegId.of(give.call().pbx(), Kit.BESIDE_OF + give.own().channel());
    String call = give.call().channel();
    return List.of(
        setVariable(asked.channel(), Kit.CALLER, call),
        setVariable(asked.channel(), Kit.OFFER, asked.channel()),
        setVariable(asked.channel(), Kit.READY, ""),
        stands(give.call(), asked),
        setVariable(call, "SHARED(" + Kit.AFTER + ")", ""),
        setVariable(call, "SHARED(" + Kit.FROM + ")", ""),
        setVariable(call, "SHARED(" + Kit.WITH + ")", asked.channel()),
        redirect(asked.channel(), Kit.CONTEXT_WAIT),
        redirect(call, Kit.CONTEXT_TALK));
  }

  static List<AmiAction> backToConsultation(CallId own) {
    String beside = Kit.BESIDE_OF + own.channel();
    return List.of(setVariable(beside, Kit.CONFERENCE, ""), redirect(beside, Kit.CONTEXT_BESIDE));
  }

  /// The own call's other side waits for the agent to be with the caller, and goes to them.
  static List<AmiAction> conference(PbxCommand.Conference conference) {
    String beside = Kit.BESIDE_OF + conference.own().channel();
    return List.of(
        setVariable(beside, Kit.CONFERENCE, conference.call().channel()),
        redirect(beside, Kit.CONTEXT_CONFERENCE));
  }

  /// Plays a key to the caller's phone.
  ///
  /// @param onwards as if the caller had pressed it: whoever they are connected with hears it
  static AmiAction playDigit(CallId call, char digit, Duration length, boolean onwards) {
    var action =
        new AmiAction("PlayDTMF")
            .with("Channel", call.channel())
            .with("Digit", String.valueOf(digit))
            .with("Duration", Long.toString(length.toMillis()));
    return onwards ? action.with("Receive", "true") : action;
  }

  static AmiAction originate(PbxCommand.Supervise ring) {
    String name = plainName(ring.shown());
    var action =
        new AmiAction("Originate")
            .with("Channel", ring.phone())
            .with("ChannelId", ring.leg().channel())
            .with("Context", Kit.CONTEXT_SUPERVISE)
            .with("Exten", "s")
            .with("Priority", "1")
            .with("Timeout", Long.toString(ring.timeout().toMillis()))
            .with("CallerID", "\"%s\" <>".formatted(name))
            .with("Async", "true")
            .with(
                "Variable",
                "%s=%s,%s=%s,%s=%s"
                    .formatted(
                        Kit.FORWARD_CONTEXT,
                        Kit.CONTEXT_MOVED,
                        Kit.SUPERVISES,
                        ring.agents().channel(),
                        Kit.HOW,
                        ring.how().word()));
    action.setActionId(ring.leg().channel());
    return action;
  }

  static List<AmiAction> superviseBy(PbxCommand.SuperviseBy by) {
    String leg = by.leg().channel();
    return List.of(
        setVariable(leg, Kit.HOW, by.how().word()), redirect(leg, Kit.CONTEXT_SUPERVISE));
  }

  /// First it stands on the caller's channel who is to have them, and from whom; then the
  /// supervisor's leg goes where the caller looks for it, and the caller leaves the agent's, who
  /// goes there too.
  static List<AmiAction> takeOver(PbxCommand.TakeOver take) {
    String call = take.call().channel();
    String leg = take.leg().channel();
    String agents = take.agents().channel();
    return List.of(
        setVariable(leg, Kit.CALLER, call),
        setVariable(leg, Kit.OFFER, leg),
        setVariable(leg, Kit.AGENT, take.supervisor()),
        setVariable(leg, Kit.READY, ""),
        setVariable(agents, Kit.CALLER, call),
        setVariable(agents, Kit.OFFER, agents),
        setVariable(agents, Kit.READY, ""),
        stands(take.call(), take.leg()),
        setVariable(call, "SHARED(" + Kit.FROM + ")", agents),
        setVariable(call, "SHARED(" + Kit.WITH + ")", leg),
        redirect(leg, Kit.CONTEXT_WAIT),
        apart(take.agents(), Kit.CONTEXT_WAIT, take.call(), Kit.CONTEXT_TALK));
  }

  /// `MixMonitor` would want the right to do anything, so the dialplan begins it.
  static AmiAction record(CallId call, RecordingId recording) {
    return dialplan(Kit.CONTEXT_RECORD)
        .with(
            "Variable", "%s=%s,%s=%s".formatted(Kit.CALLER, call.channel(), Kit.RECORD, recording));
  }

  /// Both sides: silence is recorded meanwhile, so that all times stay as they are.
  static AmiAction mute(CallId call, boolean mute) {
    return new AmiAction("MixMonitorMute")
        .with("Channel", call.channel())
        .with("Direction", "both")
        .with("State", mute ? "1" : "0");
  }

  static AmiAction stopRecording(CallId call) {
    return new AmiAction("StopMixMonitor").with("Channel", call.channel());
  }

  /// Phones with the "talk" event package (Snom, Polycom, Yealink and others) pick up.
  /// `PJSIPNotify` would want the right to do anything, so the dialplan tells them.
  static AmiAction answer(String channelName) {
    return dialplan(Kit.CONTEXT_TELL).with("Variable", Kit.TELL + "=" + channelName);
  }

  /// Has the dialplan do something, on a channel of its own that ends with it. Nobody is called.
  static AmiAction dialplan(String context) {
    return new AmiAction("Originate")
        .with("Channel", "Local/s@" + context)
        .with("Application", "NoOp")
        .with("Async", "true");
  }

  /// All that the user may hear, from now on.
  static AmiAction hear() {
    return new AmiAction("Events").with("EventMask", "on");
  }

  /// Everything that lives, with what a restart needs to know about it.
  static AmiAction status() {
    return list("Status")
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
                Kit.RECORDING,
                Kit.CALLER,
                Kit.OFFER,
                Kit.AGENT,
                Kit.SUPERVISES,
                Kit.HEARS,
                Kit.MOVED));
  }

  /// Calls that are over and not forgotten. Asterisk has it since 16.26 and 18.12; an older one
  /// refuses, and remembers nothing for us.
  static AmiAction ended() {
    return list("DBGetTree").with("Family", Kit.ENDED);
  }

  private static AmiAction list(String name) {
    var action = new AmiAction(name);
    action.setActionId(LIST);
    return action;
  }

  /// `DBDel` would want the right to do anything. What was deleted stands in the global variable
  /// `DB_RESULT` then, which nobody reads.
  static AmiAction forget(String call) {
    return setGlobal("DB_DELETE(%s/%s)".formatted(Kit.ENDED, call), "1");
  }

  /// The PBX's own clock, in seconds since 1970.
  static AmiAction clock() {
    return get("EPOCH");
  }

  /// Of all devices that have told one.
  static AmiAction deviceStates() {
    return list("DeviceStateList");
  }

  static AmiAction deviceState(String phone) {
    return get("DEVICE_STATE(" + phone + ")");
  }

  /// Of a global variable or a function, in the answer's `value`.
  static AmiAction get(String name) {
    return new AmiAction("Getvar").with("Variable", name);
  }

  /// What a channel's application was told to do, in the answer's `value`.
  static AmiAction doing(String channel) {
    return get("CHANNEL(appdata)").with("Channel", channel);
  }

  /// The answer has `asteriskversion`.
  static AmiAction settings() {
    return new AmiAction("CoreSettings");
  }
}
