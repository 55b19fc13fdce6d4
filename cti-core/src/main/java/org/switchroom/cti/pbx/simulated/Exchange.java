package org.switchroom.cti.pbx.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.switchroom.cti.pbx.asterisk.Kit;

/// The PBX itself: channels, phones, variables, and what AMI asks of them. It knows no socket and
/// no clock, so it runs in real time and in a test's.
final class Exchange {
  /// What it stands in. Everything happens on one thread.
  interface World {
    Instant now();

    Future<?> in(Duration time, Runnable work);

    /// To every AMI session.
    void broadcast(String event);

    /// The dialplan has reached AGI; [Dialplan#scriptOver] is called at its end.
    ///
    /// @param token that its session shows
    void openScript(SimulatedChannel caller, String address, String token);
  }

  /// An AMI session that has asked for something.
  interface Asker {
    /// @param lines further lines, each without its end
    void respond(AmiMessage action, String response, String... lines);

    void write(String text);
  }

  /// What the adapter sets to have the database forget a call.
  private static final String DELETE = "DB_DELETE(" + Kit.ENDED + "/";

  private static final String LOCAL = "Local/s@";

  private final World world;
  private final Dialplan dialplan;
  private final Map<String, SimulatedChannel> channels = new LinkedHashMap<>();
  private final Map<String, Phone> phones = new LinkedHashMap<>();
  private final Map<String, String> globals = new LinkedHashMap<>();
  private final Map<String, String> remembered = new LinkedHashMap<>();
  private String keptOwner = "";
  private final Map<String, OutsideBehavior> outside = new HashMap<>();
  private boolean ringsOutside;
  private long lastChannel;
  private long lastCall;

  Exchange(World world, PbxWatcher watcher) {
    this.world = world;
    dialplan = new Dialplan(this, watcher);
  }

  Dialplan dialplan() {
    return dialplan;
  }

  // ── Callers and phones ──────────────────────────────────────────────────────────────────────

  void phone(String device, PhoneBehavior plan) {
    Phone phone = phones.computeIfAbsent(device, name -> new Phone(name, plan));
    phone.plan = plan;
    ownCall(phone);
    deviceChanged(phone);
  }

  /// A phone in use is in a call of its agent's own, of which its channel is all that is there.
  private void ownCall(Phone phone) {
    boolean calls = phone.plan.manner() == PhoneBehavior.Manner.IN_USE;
    SimulatedChannel own = phone.own;
    if (calls && own == null) {
      phone.own = channelTo(phone, "outside");
      channelEvent("Newchannel", phone.own);
    } else if (!calls && own != null) {
      channelEvent("Hangup", own, "Cause: 16", "Cause-txt: Normal Clearing");
      phone.own = null;
    }
  }

  /// Its agent wants not to be disturbed, or to be again.
  void doNotDisturb(String device, boolean on) {
    Phone phone =
        phone(device)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no phone %s. Maybe it was never added.".formatted(device)));
    phone.quiet = on;
    event("DeviceStateChange", "Device: " + phone.quietDevice(), "State: " + phone.quietState());
  }

  /// Empty: there is none.
  Optional<Phone> phone(String device) {
    return Optional.ofNullable(phones.get(device));
  }

  String call(CallerBehavior plan) {
    String id = "sim-" + now().getEpochSecond() + "." + ++lastCall;
    var channel =
        new SimulatedChannel(
            "PJSIP/trunk-%08x".formatted(++lastChannel),
            id,
            plan.from(),
            plan.name(),
            Kit.CONTEXT_IN,
            plan.dialed());
    channel.plan = plan;
    channel.keys.addAll(plan.keys());
    channels.put(id, channel);
    dialplan.arrive(channel);
    return id;
  }

  /// A channel to the phone of this extension; empty: it is nobody's, or busy.
  Optional<SimulatedChannel> dialled(String extension) {
    Phone phone = phones.get("PJSIP/" + extension);
    if (phone == null || phone.leg != null) return Optional.empty();
    SimulatedChannel channel = channelTo(phone, extension);
    channel.phone = phone;
    channels.put(channel.id, channel);
    return Optional.of(channel);
  }

  /// A further call that this leg's phone makes.
  SimulatedChannel callOf(SimulatedChannel leg) {
    SimulatedChannel own = channelTo(leg.phone(), "outside");
    own.state = "Ring";
    channels.put(own.id, own);
    return own;
  }

  private SimulatedChannel channelTo(Phone phone, String extension) {
    return new SimulatedChannel(
        phone.device + "-%08x".formatted(++lastChannel),
        "sim-" + now().getEpochSecond() + "." + ++lastCall,
        extension,
        "",
        "phones",
        extension);
  }

  /// What becomes of a number outside; of whichever nothing is said somebody answers.
  ///
  /// @param dial as it is dialed
  void outside(String dial, OutsideBehavior plan) {
    outside.put(dial, plan);
  }

  /// Whether somebody outside lets it ring until they are told to answer.
  void ringOutside(boolean until) {
    ringsOutside = until;
  }

  boolean ringsOutside() {
    return ringsOutside;
  }

  OutsideBehavior outside(String dial) {
    return outside.getOrDefault(dial, OutsideBehavior.ANSWERS);
  }

  /// Everything is gone at once, as when the process is killed and started; its database stays.
  void restart() {
    for (SimulatedChannel channel : List.copyOf(channels.values())) dialplan.vanish(channel);
    channels.clear();
    globals.clear();
  }

  /// What lives, for people who look for a fault.
  String describe() {
    return channels.values().stream()
        .map(
            channel ->
                "%s %s %s %s".formatted(channel.name, channel.id, channel.context, channel.state))
        .toList()
        .toString();
  }

  /// Calls that are over and not forgotten.
  Set<String> remembered() {
    return Set.copyOf(remembered.keySet());
  }

  int liveChannels() {
    return channels.size();
  }

  // ── For the dialplan ────────────────────────────────────────────────────────────────────────

  Instant now() {
    return world.now();
  }

  Future<?> in(Duration time, Runnable work) {
    return world.in(time, work);
  }

  /// Into the PBX's own database.
  void remember(String call, String line) {
    remembered.put(call, line);
  }

  Iterable<SimulatedChannel> liveChannelsNow() {
    return List.copyOf(channels.values());
  }

  void remove(SimulatedChannel channel) {
    channels.remove(channel.id);
  }

  /// By unique id or by name, as Asterisk finds them; empty: there is none.
  Optional<SimulatedChannel> find(String key) {
    SimulatedChannel byId = channels.get(key);
    if (byId != null) return Optional.of(byId);
    return channels.values().stream().filter(channel -> channel.name.equals(key)).findFirst();
  }

  String global(String name) {
    return globals.getOrDefault(name, "");
  }

  void openScript(SimulatedChannel caller) {
    String address = global(Kit.GLOBAL_AGI);
    if (address.lastIndexOf(':') < 0) {
      dialplan.scriptOver(caller, false);
      return;
    }
    world.openScript(caller, address, global(Kit.GLOBAL_TOKEN));
  }

  void deviceChanged(Phone phone) {
    event("DeviceStateChange", "Device: " + phone.device, "State: " + phone.deviceState());
  }

  /// @param lines what the event says besides, without line ends
  void event(String name, String... lines) {
    var text = new StringBuilder("Event: ").append(name).append("\r\nPrivilege: call,all\r\n");
    for (String line : lines) text.append(line).append("\r\n");
    tell(text.append("\r\n").toString());
  }

  void channelEvent(String name, SimulatedChannel channel, String... lines) {
    var text = new StringBuilder("Event: ").append(name).append("\r\nPrivilege: call,all\r\n");
    describe(text, channel);
    for (String line : lines) text.append(line).append("\r\n");
    tell(text.append("\r\n").toString());
  }

  /// As the filter of the kit's manager user does it: what a caller has written an event into is
  /// not told. Otherwise all is told.
  private void tell(String event) {
    if (event.indexOf("\r\n\r\n") == event.length() - 4) world.broadcast(event);
  }

  private static void describe(StringBuilder text, SimulatedChannel channel) {
    text.append("Channel: ").append(channel.name);
    text.append("\r\nChannelState: ").append(channel.stateNumber());
    text.append("\r\nChannelStateDesc: ").append(channel.state);
    text.append("\r\nCallerIDNum: ")
        .append(channel.number.isEmpty() ? "<unknown>" : channel.number);
    text.append("\r\nCallerIDName: ").append(channel.callerName);
    text.append("\r\nConnectedLineNum: <unknown>\r\nConnectedLineName: <unknown>");
    text.append("\r\nLanguage: en\r\nAccountCode: \r\nContext: ").append(channel.context);
    text.append("\r\nExten: ").append(channel.exten);
    text.append("\r\nPriority: 1\r\nUniqueid: ").append(channel.id);
    text.append("\r\nLinkedid: ").append(channel.id).append("\r\n");
  }

  // ── AMI actions ─────────────────────────────────────────────────────────────────────────────

  void act(AmiMessage action, Asker session) {
    switch (action.get("Action").toLowerCase(Locale.ROOT)) {
      case "ping" -> session.respond(action, "Success", "Ping: Pong");
      // Everything is sent all the same: the adapter must live with more than it asked for.
      case "events" -> session.respond(action, "Success", "Events: On");
      case "coresettings" ->
          session.respond(
              action, "Success", "AMIversion: 11.0.0", "AsteriskVersion: 22.0.0-simulated");
      case "listcommands" ->
          session.respond(
              action,
              "Success",
              "Originate: Originate a call.  (Priv: originate,all)",
              "Hangup: Hangup channel.  (Priv: system,call,all)",
              "Redirect: Redirect (transfer) a call.  (Priv: call,all)",
              "Setvar: Sets a channel variable.  (Priv: call,all)",
              "Getvar: Gets a channel variable.  (Priv: call,reporting,all)",
              "Status: List channel status.  (Priv: system,call,reporting,all)",
              "CoreSettings: Show PBX core settings.  (Priv: system,reporting,all)",
              "MixMonitorMute: Mute / unMute a Mixmonitor recording.  (Priv: system,call,all)",
              "StopMixMonitor: Stop recording a call through MixMonitor.  (Priv: system,call,all)",
              "DBGetTree: Get DB keys.  (Priv: system,reporting,all)",
              "DeviceStateList: List the current known device states.  (Priv: call,reporting,all)");
      case "setvar" -> setVariable(action, session);
      case "getvar" -> getVariable(action, session);
      case "status" -> status(action, session);
      case "originate" -> originate(action, session);
      case "hangup" -> {
        Optional<SimulatedChannel> channel = find(action.get("Channel"));
        answer(action, session, channel);
        channel.ifPresent(one -> dialplan.hangUp(one, 16));
      }
      case "dbgettree" -> tree(action, session);
      case "devicestatelist" -> deviceStates(action, session);
      case "redirect" -> redirect(action, session);
      case "mixmonitormute" -> {
        Optional<SimulatedChannel> channel = find(action.get("Channel"));
        answer(action, session, channel);
        channel.ifPresent(one -> dialplan.mute(one, action.get("State").equals("1")));
      }
      case "stopmixmonitor" -> {
        Optional<SimulatedChannel> channel = find(action.get("Channel"));
        answer(action, session, channel);
        channel.ifPresent(dialplan::stopTape);
      }
      case "playdtmf" -> {
        Optional<SimulatedChannel> channel = find(action.get("Channel"));
        answer(action, session, channel);
        boolean onwards = action.get("Receive").equals("true");
        channel.ifPresent(one -> dialplan.playDigit(one, action.get("Digit"), onwards));
      }
      default -> session.respond(action, "Error", "Message: Invalid/unknown command");
    }
  }

  private static void answer(AmiMessage action, Asker session, Optional<SimulatedChannel> channel) {
    if (channel.isEmpty()) session.respond(action, "Error", "Message: No such channel");
    else session.respond(action, "Success", "Message: Done");
  }

  private void setVariable(AmiMessage action, Asker session) {
    String name = action.get("Variable");
    if (name.startsWith(DELETE)) {
      remembered.remove(name.substring(DELETE.length(), name.length() - 1));
      session.respond(action, "Success", "Message: Variable Set");
      return;
    }
    if (name.equals("DB_DELETE(" + Kit.KEPT_OWNER + ")")) {
      keptOwner = "";
      session.respond(action, "Success", "Message: Variable Set");
      return;
    }
    if (action.get("Channel").isEmpty()) {
      globals.put(name, action.get("Value"));
      session.respond(action, "Success", "Message: Variable Set");
      event("VarSet", "Channel: none", "Variable: " + name, "Value: " + action.get("Value"));
      return;
    }
    Optional<SimulatedChannel> found = find(action.get("Channel"));
    answer(action, session, found);
    found.ifPresent(channel -> setVariable(channel, name, action.get("Value")));
  }

  private void setVariable(SimulatedChannel channel, String name, String value) {
    if (name.startsWith("SHARED(")) {
      String shared = name.substring(7, name.length() - 1);
      channel.shared.put(shared, value);
      if (shared.equals(Kit.SAY)) dialplan.say(channel, value);
    }
    dialplan.variableSet(channel, name, value);
    if (name.equals(Kit.MUSIC)) dialplan.otherMusic(channel);
  }

  private void getVariable(AmiMessage action, Asker session) {
    String name = action.get("Variable");
    String value = global(name);
    if (name.startsWith("DEVICE_STATE(")) {
      value = deviceState(name.substring(13, name.length() - 1));
    } else if (name.startsWith("DIALPLAN_EXISTS(" + Kit.CONTEXT_KIT)) {
      value = name.contains(",kit,") || name.contains(",version-" + Kit.VERSION + ",") ? "1" : "0";
    }
    if (name.equals("EPOCH")) value = Long.toString(now().getEpochSecond());
    session.respond(action, "Success", "Variable: " + name, "Value: " + value);
  }

  private String deviceState(String device) {
    Phone phone = phones.get(device);
    if (phone != null) return phone.deviceState();
    return phones.values().stream()
        .filter(one -> one.quietDevice().equals(device))
        .map(Phone::quietState)
        .findFirst()
        .orElse(device.startsWith("Custom:") ? "UNKNOWN" : "INVALID");
  }

  private void deviceStates(AmiMessage action, Asker session) {
    session.respond(
        action, "Success", "EventList: start", "Message: Device State Changes will follow");
    String id = "ActionID: " + action.get("ActionID") + "\r\n";
    var states = new LinkedHashMap<String, String>();
    for (Phone phone : phones.values()) {
      if (phone.quiet) states.put(phone.quietDevice(), phone.quietState());
      states.put(phone.device, phone.deviceState());
    }
    states.forEach(
        (device, state) ->
            session.write(
                "Event: DeviceStateChange\r\n%sDevice: %s\r\nState: %s\r\n\r\n"
                    .formatted(id, device, state)));
    session.write(
        "Event: DeviceStateListComplete\r\n%sEventList: Complete\r\nListItems: %d\r\n\r\n"
            .formatted(id, states.size()));
  }

  private void tree(AmiMessage action, Asker session) {
    session.respond(action, "Success", "EventList: start", "Message: Result will follow");
    String id = "ActionID: " + action.get("ActionID") + "\r\n";
    Map<String, String> entries = entries(action.get("Family"));
    entries.forEach(
        (key, line) ->
            session.write(
                "Event: DBGetTreeResponse\r\nKey: /%s\r\nVal: %s\r\n%s\r\n"
                    .formatted(key, line, id)));
    session.write(
        "Event: DBGetTreeComplete\r\n%sEventList: Complete\r\nListItems: %d\r\n\r\n"
            .formatted(id, entries.size()));
  }

  private Map<String, String> entries(String family) {
    var entries = new LinkedHashMap<String, String>();
    if (family.equals(Kit.KEPT_OWNER)) {
      if (!keptOwner.isEmpty()) entries.put(Kit.KEPT_OWNER, keptOwner);
    } else {
      remembered.forEach((call, line) -> entries.put(Kit.ENDED + "/" + call, line));
    }
    return entries;
  }

  private void status(AmiMessage action, Asker session) {
    session.respond(action, "Success", "EventList: start", "Message: Channel status will follow");
    String id = "ActionID: " + action.get("ActionID") + "\r\n";
    for (SimulatedChannel channel : channels.values()) {
      var text = new StringBuilder("Event: Status\r\nPrivilege: Call\r\n");
      describe(text, channel);
      text.append("BridgeID: ").append(channel.bridge == null ? "" : channel.bridge).append("\r\n");
      for (String name : action.get("Variables").split(",")) {
        text.append("Variable: ").append(name).append('=');
        text.append(channel.variables.getOrDefault(name, "")).append("\r\n");
      }
      session.write(text.append(id).append("\r\n").toString());
    }
    session.write(
        "Event: StatusComplete\r\n%sEventList: Complete\r\nListItems: %d\r\nItems: %d\r\n\r\n"
            .formatted(id, channels.size(), channels.size()));
  }

  private void originate(AmiMessage action, Asker session) {
    session.respond(action, "Success", "Message: Originate successfully queued");
    if (action.get("Channel").startsWith(LOCAL)) {
      local(action);
      return;
    }
    Phone phone = phones.get(action.get("Channel"));
    if (phone == null || phone.plan.manner() == PhoneBehavior.Manner.UNREACHABLE) {
      dialplan.originateFailed(action.get("ActionID"), action.get("Channel"), 0);
      return;
    }
    String number = action.get("CallerID");
    var leg =
        new SimulatedChannel(
            phone.device + "-%08x".formatted(++lastChannel),
            action.get("ChannelId"),
            number,
            "",
            action.get("Context"),
            action.get("Exten"));
    leg.phone = phone;
    leg.originateAction = action.get("ActionID");
    channels.put(leg.id, leg);
    dialplan.ring(
        leg,
        action.assignments("Variable"),
        Duration.ofMillis(Long.parseLong(action.get("Timeout"))));
  }

  /// Nobody is called: the dialplan does something, and it is over.
  private void local(AmiMessage action) {
    String context = action.get("Channel").substring(LOCAL.length());
    if (context.equals(Kit.CONTEXT_OWN + "/n")) {
      own(action);
      return;
    }
    if (context.equals(Kit.CONTEXT_OUT + "/n")) {
      made(action);
      return;
    }
    String id = "local-" + ++lastChannel;
    var channel = new SimulatedChannel(LOCAL + context + ";2", id, "", "", context, "s");
    channel.originateAction = action.get("ActionID");
    channel.variables.putAll(action.assignments("Variable"));
    channels.put(id, channel);
    channelEvent("Newchannel", channel);
    switch (context) {
      case Kit.CONTEXT_TELL -> dialplan.tell(channel);
      case Kit.CONTEXT_OWNER -> {
        keptOwner = channel.variables.getOrDefault(Kit.OWNER, "");
        dialplan.hangUp(channel, 16);
      }
      case Kit.CONTEXT_RECORD -> dialplan.record(channel);
      case Kit.CONTEXT_CHECK -> dialplan.check(channel);
      default -> dialplan.hangUp(channel, 16);
    }
  }

  /// An agent's own call has two ends, one of which waits like a caller.
  private void own(AmiMessage action) {
    SimulatedChannel beside = end(action, action.get("ChannelId"), Kit.CONTEXT_OWN, 1);
    SimulatedChannel waits = end(action, action.get("OtherChannelId"), Kit.CONTEXT_OWN, 2);
    beside.far = waits;
    waits.far = beside;
    dialplan.own(waits, beside);
  }

  /// A call that an agent makes: one end is the called side, the other calls the number.
  private void made(AmiMessage action) {
    SimulatedChannel dials = end(action, action.get("ChannelId"), Kit.CONTEXT_OUT, 1);
    SimulatedChannel called = end(action, action.get("OtherChannelId"), Kit.CONTEXT_OUT, 2);
    dials.far = called;
    called.far = dials;
    dialplan.made(called, dials);
  }

  private SimulatedChannel end(AmiMessage action, String id, String context, int which) {
    String name = "%s%s-%08x;%d".formatted(LOCAL, context, ++lastChannel, which);
    var channel = new SimulatedChannel(name, id, "", "", context, "s");
    channel.originateAction = action.get("ActionID");
    channel.variables.putAll(action.assignments("Variable"));
    channel.plan = CallerBehavior.AGENTS_OWN;
    channels.put(id, channel);
    channelEvent("Newchannel", channel);
    return channel;
  }

  private void redirect(AmiMessage action, Asker session) {
    Optional<SimulatedChannel> first = find(action.get("Channel"));
    boolean dual = !action.get("ExtraChannel").isEmpty();
    Optional<SimulatedChannel> second = dual ? find(action.get("ExtraChannel")) : Optional.empty();
    if (first.isEmpty() || (dual && second.isEmpty())) {
      session.respond(action, "Error", "Message: Channel does not exist: " + action.get("Channel"));
      return;
    }
    session.respond(action, "Success", "Message: Redirect successful");
    Optional<SimulatedChannel> left =
        dialplan.unbridge(first.get()).filter(peer -> !second.equals(Optional.of(peer)));
    dialplan.enter(first.get(), action.get("Context"));
    left.filter(peer -> peer.peer == null).ifPresent(dialplan::leftBehind);
    Optional<SimulatedChannel> third = second.flatMap(dialplan::unbridge);
    second.ifPresent(other -> dialplan.enter(other, action.get("ExtraContext")));
    third.ifPresent(dialplan::leftBehind);
  }
}
