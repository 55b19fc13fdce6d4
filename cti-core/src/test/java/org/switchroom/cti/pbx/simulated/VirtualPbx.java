package org.switchroom.cti.pbx.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// The simulated PBX in a test's own time: no thread, no socket, no clock.
public final class VirtualPbx {
  /// What it stands in.
  public interface World {
    Instant now();

    Future<?> in(Duration time, Runnable work);

    /// An AMI message, to every session.
    void event(String message);

    /// A caller is in a script, until [#scriptOver].
    void script(String call, String from, String dialed, String script);
  }

  private final Exchange exchange;

  public VirtualPbx(World world, PbxWatcher watcher) {
    exchange =
        new Exchange(
            new Exchange.World() {
              @Override
              public Instant now() {
                return world.now();
              }

              @Override
              public Future<?> in(Duration time, Runnable work) {
                return world.in(time, work);
              }

              @Override
              public void broadcast(String event) {
                world.event(event);
              }

              @Override
              public void openScript(SimulatedChannel caller, String address, String token) {
                world.script(
                    caller.id,
                    caller.number,
                    caller.plan.dialed(),
                    caller.variables.getOrDefault("SR_SCRIPT", ""));
              }
            },
            watcher);
  }

  /// The dead-man switch looks at the time; due every second.
  public void tick() {
    exchange.dialplan().checkBeat();
  }

  public void phone(String device, PhoneBehavior plan) {
    exchange.phone(device, plan);
  }

  public String call(CallerBehavior plan) {
    return exchange.call(plan);
  }

  public boolean lives(String call) {
    return exchange.find(call).isPresent();
  }

  public int liveChannels() {
    return exchange.liveChannels();
  }

  public String describe() {
    return exchange.describe();
  }

  /// Whoever uses this phone hangs up.
  public void hangUpPhone(String device) {
    leg(device).ifPresent(leg -> exchange.dialplan().hangUp(leg, 16));
  }

  /// What becomes of a number outside, as it is dialed.
  public void outside(String dial, OutsideBehavior plan) {
    exchange.outside(dial, plan);
  }

  /// Whoever has called presses a key.
  public void pressKey(String call, char key) {
    exchange.find(call).ifPresent(caller -> exchange.dialplan().keyPressed(caller, key));
  }

  /// The phone's own key.
  public void holdOnPhone(String device, boolean on) {
    leg(device).ifPresent(leg -> exchange.dialplan().holdOnPhone(leg, on));
  }

  /// By the phone's own keys, and nobody is asked before.
  public void transferFromPhone(String device, String target) {
    leg(device).ifPresent(leg -> exchange.dialplan().blindTransfer(leg, target));
  }

  /// By the phone's own keys; the colleague is asked before.
  public void attendedTransferFromPhone(String device, String target, Duration talk) {
    leg(device).ifPresent(leg -> exchange.dialplan().attendedTransfer(leg, target, talk));
  }

  private Optional<SimulatedChannel> leg(String device) {
    return exchange.phone(device).map(phone -> phone.leg);
  }

  /// Its process is killed and started.
  public void restart() {
    exchange.restart();
  }

  /// Calls that it remembers to be over.
  public Set<String> remembered() {
    return exchange.remembered();
  }

  public void set(String call, String variable, String value) {
    exchange
        .find(call)
        .ifPresent(channel -> exchange.dialplan().variableSet(channel, variable, value));
  }

  /// @param ended false: it could not be reached
  public void scriptOver(String call, boolean ended) {
    exchange.find(call).ifPresent(channel -> exchange.dialplan().scriptOver(channel, ended));
  }

  /// An AMI action; what it answers goes to the session that asked.
  ///
  /// @param lines `Key: value`
  public void act(List<String> lines, Consumer<String> answers) {
    var message = new AmiMessage();
    lines.forEach(message::add);
    exchange.act(message, new Session(answers));
  }

  private record Session(Consumer<String> answers) implements Exchange.Asker {
    @Override
    public void respond(AmiMessage action, String response, String... lines) {
      var text = new StringBuilder("Response: ").append(response).append("\r\n");
      String id = action.get("ActionID");
      if (!id.isEmpty()) text.append("ActionID: ").append(id).append("\r\n");
      for (String line : lines) text.append(line).append("\r\n");
      write(text.append("\r\n").toString());
    }

    @Override
    public void write(String text) {
      answers.accept(text);
    }
  }
}
