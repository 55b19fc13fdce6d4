package org.switchroom.cti.pbx.asterisk;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiScript;
import org.asteriskjava.fastagi.DefaultAgiServer;
import org.asteriskjava.fastagi.StaticMappingStrategy;
import org.asteriskjava.util.ServerSocketFacade;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.IvrGate;
import org.switchroom.cti.pbx.IvrGate.Placement;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;

/// Where the dialplan brings callers: a FastAGI server with a virtual thread a caller, and one
/// script for all of them whatever URL they ask for (the library's default would load a class that
/// the URL names).
public final class FastAgiFront implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FastAgiFront.class);

  /// Callers in a script at once. One more is refused, and the dialplan holds them.
  private static final int MOST_CALLERS = 10_000;

  /// Whoever waits for the next has been woken by then.
  private static final Duration IS_WOKEN = Duration.ofSeconds(2);

  private final Server server;
  private final Thread acceptor;

  /// For the only PBX.
  public FastAgiFront(
      AgiAdmission admission,
      InetAddress address,
      int port,
      String recordings,
      IvrGate gate,
      Consumer<CallId> frozen) {
    this(PbxId.MAIN, admission, address, port, recordings, gate, frozen);
  }

  /// @param pbx whose callers come here
  /// @param admission the PBX's: nobody else brings anybody
  /// @param port 0: any that is free ([#port] says which)
  /// @param recordings where callers are recorded, as the PBX sees it
  /// @param frozen is told of a caller whose session says nothing any more
  public FastAgiFront(
      PbxId pbx,
      AgiAdmission admission,
      InetAddress address,
      int port,
      String recordings,
      IvrGate gate,
      Consumer<CallId> frozen) {
    server =
        new Server(new StaticMappingStrategy(new Front(pbx, gate, recordings, frozen)), admission);
    server.setAddress(address);
    server.setPort(port);
    acceptor = Thread.ofPlatform().name("fastagi-accept").daemon().unstarted(this::accept);
  }

  /// @throws IOException when the address is taken
  public void start() throws IOException {
    server.bind();
    acceptor.start();
  }

  /// Where it takes callers; known when it is started.
  public int port() {
    return server.getPort();
  }

  private void accept() {
    try {
      server.startup();
    } catch (IOException e) {
      log.error("FastAGI has stopped: {}", e.toString());
    }
  }

  /// Takes nobody any more, and lets those in scripts come to their end for a while.
  public void close(Duration most) {
    server.stopTaking();
    try {
      server.awaitEnds(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /// The port is free when this returns.
  @Override
  public void close() {
    server.stopTaking();
    server.scripts.shutdownNow();
    try {
      if (acceptor.isAlive()) acceptor.join(IS_WOKEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The library's server with virtual threads, and with its socket bound before it says so.
  private static final class Server extends DefaultAgiServer {
    private final ExecutorService scripts =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ivr-", 0).factory());
    private final Semaphore places = new Semaphore(MOST_CALLERS);

    /// Null: not bound yet.
    private @Nullable AgiDoor door;

    private final AgiAdmission admission;

    Server(StaticMappingStrategy scripts, AgiAdmission admission) {
      super(scripts);
      this.admission = admission;
    }

    void bind() throws IOException {
      var open = new AgiDoor(getAddress(), getPort(), admission);
      door = open;
      setPort(open.port());
    }

    /// The library goes on listening to a socket that is closed until it is told to end.
    void stopTaking() {
      shutdown();
      try {
        if (door != null) door.close();
      } catch (IOException e) {
        log.debug("FastAGI's socket: {}", e.toString());
      }
    }

    void awaitEnds(Duration most) throws InterruptedException {
      if (places.tryAcquire(MOST_CALLERS, most.toMillis(), TimeUnit.MILLISECONDS)) {
        places.release(MOST_CALLERS);
      }
    }

    @Override
    protected ServerSocketFacade createServerSocket() {
      AgiDoor open = door;
      if (open == null) throw new IllegalStateException("FastAGI is begun before it is bound.");
      return open;
    }

    @Override
    protected void execute(Runnable session) {
      if (!places.tryAcquire()) {
        throw new RejectedExecutionException(MOST_CALLERS + " callers are in scripts.");
      }
      scripts.execute(
          () -> {
            try {
              session.run();
            } finally {
              places.release();
            }
          });
    }
  }

  private record Front(PbxId pbx, IvrGate gate, String recordings, Consumer<CallId> frozen)
      implements AgiScript {
    /// A session that ends early is ordinary: the caller hung up, or the PBX or we went away. The
    /// dialplan holds a caller whose session broke off.
    @Override
    public void service(AgiRequest request, AgiChannel channel) {
      String caller = request.getUniqueId();
      if (caller == null || caller.isBlank()) {
        log.debug("Somebody has connected to FastAGI who is no channel of Asterisk.");
        return;
      }
      var call = CallId.of(pbx, caller);
      var watch = new AgiWatch();
      try {
        serve(call, request, channel, watch);
      } catch (AgiException e) {
        log.debug("The session of call {} ended early: {}", call, e.toString());
      }
      if (watch.frozen()) {
        log.warn("Asterisk does not answer in the script of call {}; the caller is held.", call);
        frozen.accept(call);
      }
    }

    private void serve(CallId call, AgiRequest request, AgiChannel channel, AgiWatch watch)
        throws AgiException {
      PhoneNumber from = PhoneNumber.of(request.getCallerIdNumber());
      String dnis = variable(Kit.DNIS, channel, watch);
      String script = variable(Kit.SCRIPT, channel, watch);
      var name = CallerName.of(request.getCallerIdName());
      IvrGate.Visit visit = visit(call, from, PhoneNumber.dialed(dnis), script, name);
      var caller = new AgiCaller(channel, watch, recordings, call.value());
      Placement placement = gate.serve(visit, caller);
      watch.within(AgiCaller.GRACE, () -> place(channel, placement));
    }

    /// Empty: the channel has none.
    private static String variable(String name, AgiChannel channel, AgiWatch watch)
        throws AgiException {
      return watch.within(
          AgiCaller.GRACE, () -> Objects.requireNonNullElse(channel.getVariable(name), ""));
    }

    private static IvrGate.Visit visit(
        CallId call, PhoneNumber from, PhoneNumber dialed, String script, CallerName caller) {
      if (script.equals(Kit.RESUME)) {
        return new IvrGate.Visit(call, from, dialed, IvrGate.Why.NOT_CONNECTED, "", caller);
      }
      if (script.startsWith(Kit.KEEPS_PLACE)) {
        String name = script.substring(Kit.KEEPS_PLACE.length());
        return new IvrGate.Visit(call, from, dialed, IvrGate.Why.OFFERED, name, caller);
      }
      var why = script.isEmpty() ? IvrGate.Why.ARRIVED : IvrGate.Why.SENT;
      return new IvrGate.Visit(call, from, dialed, why, script, caller);
    }

    private static void place(AgiChannel channel, Placement placement) throws AgiException {
      switch (placement) {
        case Placement.HangUp() -> channel.setVariable(Kit.NEXT, "hangup");
        case Placement.Back() -> channel.setVariable(Kit.NEXT, "hold");
        case Placement.Dial(var number, var dial, var ring, var limit) -> {
          var dials = Kit.dialing(number, AmiAction.clean(dial), ring, limit, "");
          for (var said : dials.entrySet()) {
            channel.setVariable(said.getKey(), said.getValue());
          }
          channel.setVariable(Kit.NEXT, "dial");
        }
        case Placement.Hold(
                var queue,
                var priority,
                var ask,
                var language,
                var arrived,
                var music) -> {
          channel.setVariable(Kit.MUSIC, AmiAction.clean(music));
          channel.setVariable(Kit.ASK, AmiAction.clean(ask));
          channel.setVariable(Kit.LANGUAGE, language);
          channel.setVariable(Kit.QUEUE, AmiAction.clean(queue));
          channel.setVariable(Kit.PRIORITY, Integer.toString(priority));
          channel.setVariable(Kit.ARRIVED, Long.toString(arrived));
          channel.setVariable(Kit.NEXT, "hold");
        }
      }
    }
  }
}
