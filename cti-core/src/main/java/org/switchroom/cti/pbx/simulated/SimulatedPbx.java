package org.switchroom.cti.pbx.simulated;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.switchroom.cti.pbx.asterisk.Kit;

/// A PBX for the demo, for load runs and for tests.
public final class SimulatedPbx implements AutoCloseable {
  /// What happens on it, for whoever measures or checks. Called on the PBX's own loop.
  public interface Watcher {
    default void held(String call, long nanoTime) {}

    default void rung(String call, String device, long nanoTime) {}

    default void bridged(String call, String device) {}

    /// The caller has pressed a key, in a script or while held.
    default void keyPressed(String call, long nanoTime) {}

    /// The script has something played.
    default void prompted(String call, String file, long nanoTime) {}

    /// @param files what a held caller hears
    default void said(String call, String files) {}

    default void callEnded(String call, boolean wasBridged) {}
  }

  /// @param amiPort 0: any free one
  /// @param promptLength how long every prompt plays
  public record Settings(int amiPort, String user, String secret, Duration promptLength) {}

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Settings settings;
  private final AmiServer ami;
  private final Dialplan dialplan;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, Phone> phones = new LinkedHashMap<>();
  private final Map<String, String> globals = new LinkedHashMap<>();
  private volatile Set<String> silentOutside = Set.of();
  private long lastChannel;
  private long lastCall;

  public SimulatedPbx(Settings settings, Watcher watcher) {
    this.settings = settings;
    ami = new AmiServer(settings.user(), settings.secret(), this::act);
    dialplan = new Dialplan(this, watcher);
  }

  /// @throws java.net.BindException when the port is taken
  public void start() throws InterruptedException {
    ami.listen(group, settings.amiPort());
    loop.scheduleAtFixedRate(dialplan::checkBeat, 1, 1, TimeUnit.SECONDS);
  }

  public int amiPort() {
    return ami.port();
  }

  // ── For those who play callers and phones ───────────────────────────────────────────────────

  /// Adds a phone, or changes how one behaves.
  public void phone(String device, PhonePlan plan) {
    await(
        () -> {
          Phone phone = phones.computeIfAbsent(device, name -> new Phone(name, plan));
          phone.plan = plan;
          deviceChanged(phone);
          return null;
        });
  }

  /// A caller calls now. Returns the id of their channel.
  public String call(CallerPlan plan) {
    return await(
        () -> {
          String id = "sim-" + Instant.now().getEpochSecond() + "." + ++lastCall;
          var channel =
              new Channel(
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
        });
  }

  /// Numbers outside that do not answer.
  public void silentOutside(Set<String> dials) {
    silentOutside = Set.copyOf(dials);
  }

  boolean answersOutside(String dial) {
    return !silentOutside.contains(dial);
  }

  /// A caller who is held presses a key.
  public void pressKey(String call, char key) {
    await(
        () -> {
          Channel channel = channels.get(call);
          if (channel != null) dialplan.keyPressed(channel, key);
          return null;
        });
  }

  /// The caller hangs up now.
  public void hangUpCaller(String call) {
    await(
        () -> {
          Channel channel = channels.get(call);
          if (channel != null) dialplan.hangUp(channel, 16);
          return null;
        });
  }

  /// Whoever uses this phone hangs up now.
  public void hangUpPhone(String device) {
    await(
        () -> {
          Phone phone = phones.get(device);
          if (phone != null && phone.leg != null) dialplan.hangUp(phone.leg, 16);
          return null;
        });
  }

  /// Whoever uses this phone transfers the caller away with the phone's own keys.
  public void transferFromPhone(String device, String target) {
    await(
        () -> {
          Phone phone = phones.get(device);
          if (phone != null && phone.leg != null) dialplan.blindTransfer(phone.leg, target);
          return null;
        });
  }

  /// Channels that live.
  public int liveChannels() {
    return await(channels::size);
  }

  /// AMI keeps its sockets and says nothing.
  public void freeze(boolean frozen) {
    await(
        () -> {
          ami.freeze(frozen);
          return null;
        });
  }

  /// Everything on the PBX is gone at once, AMI sessions too, as when it is killed and started.
  public void restart() {
    await(
        () -> {
          for (Channel channel : List.copyOf(channels.values())) dialplan.vanish(channel);
          channels.clear();
          globals.clear();
          ami.dropSessions();
          return null;
        });
  }

  /// Only the AMI connections break; calls talk on.
  public void dropLinks() {
    await(
        () -> {
          ami.dropSessions();
          return null;
        });
  }

  /// Sends an event as it stands, such as no real PBX would.
  public void sendRaw(String event) {
    loop.execute(() -> ami.broadcast(event));
  }

  private <T> T await(Callable<T> work) {
    if (loop.inEventLoop()) {
      try {
        return work.call();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    return loop.submit(work).syncUninterruptibly().getNow();
  }

  @Override
  public void close() {
    ami.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  // ── For the dialplan ────────────────────────────────────────────────────────────────────────

  ScheduledFuture<?> in(Duration time, Runnable work) {
    return loop.schedule(work, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  Iterable<Channel> liveChannelsNow() {
    return List.copyOf(channels.values());
  }

  void remove(Channel channel) {
    channels.remove(channel.id);
  }

  /// By unique id or by name, as Asterisk finds them.
  Channel find(String key) {
    Channel byId = channels.get(key);
    if (byId != null) return byId;
    for (Channel channel : channels.values()) if (channel.name.equals(key)) return channel;
    return null;
  }

  String global(String name) {
    return globals.getOrDefault(name, "");
  }

  void openScript(Channel caller) {
    String address = global(Kit.GLOBAL_AGI);
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      dialplan.scriptOver(caller, false);
      return;
    }
    int port = Integer.parseInt(address.substring(colon + 1));
    AgiSession.open(
        loop, address.substring(0, colon), port, caller, settings.promptLength(), dialplan);
  }

  void deviceChanged(Phone phone) {
    event("DeviceStateChange", "Device: " + phone.device, "State: " + phone.deviceState());
  }

  /// @param lines what the event says besides, without line ends
  void event(String name, String... lines) {
    var text = new StringBuilder("Event: ").append(name).append("\r\nPrivilege: call,all\r\n");
    for (String line : lines) text.append(line).append("\r\n");
    ami.broadcast(text.append("\r\n").toString());
  }

  void channelEvent(String name, Channel channel, String... lines) {
    var text = new StringBuilder("Event: ").append(name).append("\r\nPrivilege: call,all\r\n");
    describe(text, channel);
    for (String line : lines) text.append(line).append("\r\n");
    ami.broadcast(text.append("\r\n").toString());
  }

  private static void describe(StringBuilder text, Channel channel) {
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

  private void act(AmiMessage action, AmiServer.Session session) {
    switch (action.get("Action").toLowerCase(Locale.ROOT)) {
      case "ping" -> session.respond(action, "Success", "Ping: Pong");
      // Everything is sent all the same: the adapter must live with more than it asked for.
      case "filter" -> session.respond(action, "Success", "Message: Filter added successfully");
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
              "PJSIPNotify: Send a NOTIFY.  (Priv: system,all)");
      case "setvar" -> setVariable(action, session);
      case "getvar" -> getVariable(action, session);
      case "status" -> status(action, session);
      case "originate" -> originate(action, session);
      case "hangup" -> {
        Channel channel = find(action.get("Channel"));
        if (answered(action, session, channel)) dialplan.hangUp(channel, 16);
      }
      case "redirect" -> redirect(action, session);
      case "pjsipnotify" -> {
        Channel channel = find(action.get("Channel"));
        if (answered(action, session, channel)) dialplan.answer(channel);
      }
      default -> session.respond(action, "Error", "Message: Invalid/unknown command");
    }
  }

  private static boolean answered(AmiMessage action, AmiServer.Session session, Channel channel) {
    if (channel == null) session.respond(action, "Error", "Message: No such channel");
    else session.respond(action, "Success", "Message: Done");
    return channel != null;
  }

  private void setVariable(AmiMessage action, AmiServer.Session session) {
    String name = action.get("Variable");
    if (action.get("Channel").isEmpty()) {
      globals.put(name, action.get("Value"));
      session.respond(action, "Success", "Message: Variable Set");
      event("VarSet", "Channel: none", "Variable: " + name, "Value: " + action.get("Value"));
      return;
    }
    Channel channel = find(action.get("Channel"));
    if (!answered(action, session, channel)) return;
    if (name.startsWith("SHARED(")) {
      String shared = name.substring(7, name.length() - 1);
      channel.shared.put(shared, action.get("Value"));
      if (shared.equals(Kit.SAY)) dialplan.say(channel, action.get("Value"));
    }
    dialplan.variableSet(channel, name, action.get("Value"));
  }

  private void getVariable(AmiMessage action, AmiServer.Session session) {
    String name = action.get("Variable");
    String value = global(name);
    if (name.startsWith("DEVICE_STATE(")) {
      Phone phone = phones.get(name.substring(13, name.length() - 1));
      value = phone == null ? "INVALID" : phone.deviceState();
    } else if (name.startsWith("DIALPLAN_EXISTS(" + Kit.CONTEXT_KIT)) {
      value = name.contains(",kit,") || name.contains(",version-" + Kit.VERSION + ",") ? "1" : "0";
    }
    session.respond(action, "Success", "Variable: " + name, "Value: " + value);
  }

  private void status(AmiMessage action, AmiServer.Session session) {
    session.respond(action, "Success", "EventList: start", "Message: Channel status will follow");
    String id = "ActionID: " + action.get("ActionID") + "\r\n";
    for (Channel channel : channels.values()) {
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

  private void originate(AmiMessage action, AmiServer.Session session) {
    session.respond(action, "Success", "Message: Originate successfully queued");
    Phone phone = phones.get(action.get("Channel"));
    boolean reachable = phone != null && phone.plan.manner() != PhonePlan.Manner.UNREACHABLE;
    if (!reachable) {
      dialplan.originateFailed(action.get("ActionID"), action.get("Channel"), 0);
      return;
    }
    String number = action.get("CallerID");
    var leg =
        new Channel(
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

  private void redirect(AmiMessage action, AmiServer.Session session) {
    Channel first = find(action.get("Channel"));
    boolean dual = !action.get("ExtraChannel").isEmpty();
    Channel second = dual ? find(action.get("ExtraChannel")) : null;
    if (first == null || (dual && second == null)) {
      session.respond(action, "Error", "Message: Channel does not exist: " + action.get("Channel"));
      return;
    }
    session.respond(action, "Success", "Message: Redirect successful");
    dialplan.unbridge(first);
    dialplan.enter(first, action.get("Context"));
    if (second != null) dialplan.enter(second, action.get("ExtraContext"));
  }
}
