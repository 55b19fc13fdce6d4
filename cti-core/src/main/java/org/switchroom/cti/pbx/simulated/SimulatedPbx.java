package org.switchroom.cti.pbx.simulated;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A PBX for the demo, for load runs and for tests.
public final class SimulatedPbx implements AutoCloseable {
  /// @param amiPort 0: any free one
  /// @param promptLength how long every prompt plays
  public record Options(int amiPort, String user, String secret, Duration promptLength) {}

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Options settings;
  private final AmiServer ami;
  private final Exchange exchange;

  public SimulatedPbx(Options settings, PbxWatcher watcher) {
    this.settings = settings;
    exchange = new Exchange(new RealWorld(), watcher);
    ami = new AmiServer(settings.user(), settings.secret(), exchange::act);
  }

  /// Its loop, its clock and its sockets.
  private final class RealWorld implements Exchange.World {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public Future<?> in(Duration time, Runnable work) {
      return loop.schedule(work, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void broadcast(String event) {
      ami.broadcast(event);
    }

    @Override
    public void openScript(SimulatedChannel caller, String address, String token) {
      int colon = address.lastIndexOf(':');
      int port = Integer.parseInt(address.substring(colon + 1));
      AgiSession.open(
          loop,
          address.substring(0, colon),
          port,
          token,
          caller,
          settings.promptLength(),
          exchange.dialplan());
    }
  }

  /// @throws java.net.BindException when the port is taken
  public void start() throws InterruptedException {
    ami.listen(group, settings.amiPort());
    loop.scheduleAtFixedRate(exchange.dialplan()::checkBeat, 1, 1, TimeUnit.SECONDS);
  }

  public int amiPort() {
    return ami.port();
  }

  // ── For those who play callers and phones ───────────────────────────────────────────────────

  /// Adds a phone, or changes how one behaves.
  public void phone(String device, PhoneBehavior plan) {
    run(
        () -> {
          exchange.phone(device, plan);
        });
  }

  /// Whoever uses this phone does not want to be disturbed, or does again.
  public void doNotDisturb(String device, boolean on) {
    run(
        () -> {
          exchange.doNotDisturb(device, on);
        });
  }

  /// A caller calls now. Returns the id of their channel.
  public String call(CallerBehavior plan) {
    return await(() -> exchange.call(plan));
  }

  /// What becomes of a number outside, as it is dialed; where nothing is said of it, somebody
  /// answers.
  public void outside(String dial, OutsideBehavior plan) {
    run(
        () -> {
          exchange.outside(dial, plan);
        });
  }

  /// Whomever agents call lets it ring until [#answerOutside], or answers after a while again.
  public void ringOutside(boolean until) {
    run(
        () -> {
          exchange.ringOutside(until);
        });
  }

  /// Whomever an agent calls answers now.
  public void answerOutside() {
    run(
        () -> {
          exchange.dialplan().answerOutside();
        });
  }

  /// A caller who is held presses a key.
  public void pressKey(String call, char key) {
    run(
        () -> {
          exchange.find(call).ifPresent(caller -> exchange.dialplan().keyPressed(caller, key));
        });
  }

  /// The caller hangs up now.
  public void hangUpCaller(String call) {
    run(
        () -> {
          exchange.find(call).ifPresent(caller -> exchange.dialplan().hangUp(caller, 16));
        });
  }

  /// Whoever uses this phone hangs up now.
  public void hangUpPhone(String device) {
    run(
        () -> {
          leg(device).ifPresent(leg -> exchange.dialplan().hangUp(leg, 16));
        });
  }

  /// Whoever uses this phone transfers the caller away with the phone's own keys.
  public void transferFromPhone(String device, String target) {
    run(
        () -> {
          leg(device).ifPresent(leg -> exchange.dialplan().blindTransfer(leg, target));
        });
  }

  private Optional<SimulatedChannel> leg(String device) {
    return exchange.phone(device).map(phone -> phone.leg);
  }

  /// Channels that live.
  public int liveChannels() {
    return await(exchange::liveChannels);
  }

  /// AMI keeps its sockets and says nothing.
  public void freeze(boolean frozen) {
    run(
        () -> {
          ami.freeze(frozen);
        });
  }

  /// Everything on the PBX is gone at once, AMI sessions too, as when it is killed and started.
  public void restart() {
    run(
        () -> {
          exchange.restart();
          ami.dropSessions();
        });
  }

  /// The same; AMI lets clients in at once, and the rest is there later.
  public void restart(Duration boot) {
    await(
        () -> {
          exchange.restart();
          ami.boot();
          ami.dropSessions();
          return loop.schedule(ami::booted, boot.toNanos(), TimeUnit.NANOSECONDS);
        });
  }

  /// Only the AMI connections break; calls talk on.
  public void dropLinks() {
    run(
        () -> {
          ami.dropSessions();
        });
  }

  /// Sends an event as it stands, such as no real PBX would.
  public void sendRaw(String event) {
    loop.execute(() -> ami.broadcast(event));
  }

  private void run(Runnable work) {
    await(Executors.callable(work, true));
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
    dropLinks();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
