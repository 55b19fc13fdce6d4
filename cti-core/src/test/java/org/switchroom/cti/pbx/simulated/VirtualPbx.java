package org.switchroom.cti.pbx.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    exchange
        .phone(device)
        .map(phone -> phone.leg)
        .ifPresent(leg -> exchange.dialplan().hangUp(leg, 16));
  }

  /// Its process is killed and started.
  public void restart() {
    exchange.restart();
  }

  /// Calls that it remembers to be over.
  public int remembered() {
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
