package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.FullyBootedEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.internal.ManagerConnectionImpl;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.util.SocketConnectionFacade;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One AMI connection, used once: when it is lost it is thrown away, never reconnected.
///
/// It adds to Asterisk-Java what a call center needs: a burst is held back rather than dropped
/// ([AmiFlow]), a fault in the listener cannot stop the events, and a silent PBX is noticed by the
/// socket's read timeout.
final class AmiConnection extends ManagerConnectionImpl {
  private static final Logger log = LoggerFactory.getLogger(AmiConnection.class);

  /// How often the PBX is asked something while it is waited for.
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /// Events for which the library has no class, or another.
  static final List<Class<? extends ManagerEvent>> OWN_EVENTS =
      List.of(
          DbGetTreeResponseEvent.class,
          SwitchroomCheckEvent.class,
          BridgedEvent.class,
          DeviceStateListCompleteEvent.class,
          FlowMarkEvent.class);

  private final AmiSettings settings;
  private final AmiFlow flow = new AmiFlow();
  private final Runnable lost;
  private final Consumer<Throwable> faulted;
  private final CountDownLatch booted = new CountDownLatch(1);
  private volatile boolean untold;
  private volatile String keptOwner = "";

  /// Null: it has not connected yet.
  private volatile @Nullable SocketConnectionFacade wire;

  /// @param lost is called once or more when the connection is gone
  /// @param faulted is told what the listener threw
  AmiConnection(
      AmiSettings settings,
      Consumer<ManagerEvent> listener,
      Runnable lost,
      Consumer<Throwable> faulted) {
    this.settings = settings;
    this.lost = lost;
    this.faulted = faulted;
    setUsername(settings.user());
    setPassword(settings.secret());
    setDefaultResponseTimeout(settings.silence().toMillis());
    setKeepAliveAfterAuthenticationFailure(false);
    OWN_EVENTS.forEach(this::registerUserEventClass);
    addEventListener(listener::accept);
  }

  @Override
  protected SocketConnectionFacade createSocket() throws IOException {
    var socket = new AmiSocket(settings, flow);
    wire = socket;
    return socket;
  }

  /// Not asked: the library does it with rights that we may not have, and takes a refusal for some
  /// version. It writes for each the same.
  @Override
  protected AsteriskVersion determineVersion() {
    return AsteriskVersion.DEFAULT_VERSION;
  }

  /// What Asterisk says that it is, such as `22.10.1`; empty: it does not tell us.
  String asterisk() throws IOException, TimeoutException {
    String version = sendAction(AmiActions.settings()).getAttribute("asteriskversion");
    return version == null ? "" : version;
  }

  /// Who stands as its owner in Asterisk's own database; empty: nobody, or it does not tell us.
  String keptOwner() throws IOException, TimeoutException {
    keptOwner = "";
    sendAction(AmiActions.keptOwner());
    // What is listed comes before the answer to what is asked after it.
    sendAction(AmiActions.clock());
    return keptOwner;
  }

  @Override
  public void dispatchEvent(ManagerEvent event, @Nullable Integer requiredHandlingTime) {
    if (event instanceof FlowMarkEvent) {
      flow.passed();
      return;
    }
    if (event instanceof DisconnectEvent && getState() == ManagerConnectionState.CONNECTED) {
      lost.run();
      return;
    }
    if (event instanceof FullyBootedEvent) booted();
    if (event instanceof DbGetTreeResponseEvent entry
        && ("/" + Kit.KEPT_OWNER).equals(entry.getKey())) {
      keptOwner = entry.getVal() == null ? "" : entry.getVal();
      return;
    }
    try {
      super.dispatchEvent(event, null);
    } catch (Throwable fault) {
      faulted.accept(fault);
    }
  }

  @Override
  public void dispatchResponse(ManagerResponse response, @Nullable Integer requiredHandlingTime) {
    try {
      super.dispatchResponse(response, null);
    } catch (Throwable fault) {
      faulted.accept(fault);
    }
  }

  /// Logs in, and waits until the PBX says that it has loaded all that it will be asked: it lets
  /// managers in before, has no phone's state then, and tells nobody when it has. Where it says
  /// nothing in the time of silence it is used as it is, and begun anew if it speaks later.
  ///
  /// Nothing but that is heard before [AmiActions#hear] is sent.
  void logIn()
      throws IOException, TimeoutException, AuthenticationFailedException, InterruptedException {
    login("system");
    untold = !comes(booted, settings.silence());
    if (untold) {
      log.warn(
          "Asterisk has not said that it has started. If it has, give {} read=system in"
              + " manager.conf, and `manager reload`.",
          settings.user());
    }
  }

  /// Waits until the latch is open, and keeps the connection alive meanwhile: one on which nothing
  /// is heard passes for dead.
  ///
  /// @return whether it is
  boolean comes(CountDownLatch latch, Duration patience)
      throws IOException, TimeoutException, InterruptedException {
    long heartbeats = Math.max(1, patience.dividedBy(HEARTBEAT));
    for (long i = 0; i < heartbeats; i++) {
      if (latch.await(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) return true;
      sendAction(new AmiAction("Ping"));
    }
    return false;
  }

  private void booted() {
    booted.countDown();
    if (untold) lost.run();
  }

  /// Closes the socket at once, whatever the connection is doing; never blocks.
  void drop() {
    SocketConnectionFacade open = wire;
    if (open == null) return;
    try {
      open.close();
    } catch (IOException e) {
      log.debug("Closing the AMI socket: {}", e.toString());
    }
  }
}
