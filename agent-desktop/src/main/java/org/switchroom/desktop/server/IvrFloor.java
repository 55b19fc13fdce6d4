package org.switchroom.desktop.server;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.ivr.HttpServices;
import org.switchroom.cti.ivr.ScriptEnvironment;
import org.switchroom.cti.ivr.ScriptFacts;
import org.switchroom.cti.ivr.ScriptedCallers;
import org.switchroom.cti.pbx.IvrGate.Placement;
import org.switchroom.cti.pbx.asterisk.FastAgiFront;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.ivr.Outcome;

/// Callers in scripts: where FastAGI brings them, who leads them, and whom their scripts turn to.
final class IvrFloor implements AutoCloseable {
  /// They may come to their end when the server stops.
  private static final Duration SCRIPTS_END = Duration.ofSeconds(3);

  private final HttpServices http = new HttpServices();
  private final FastAgiFront agi;

  /// @param now the settings that are in force
  /// @throws IOException when the recordings' folder cannot be made
  IvrFloor(
      Supplier<Settings> now,
      Stores stores,
      Pins pins,
      Blocking blocking,
      Voices voices,
      EngineFloor engine,
      InstantSource wall)
      throws IOException {
    var environment =
        new ScriptEnvironment(
            stores.customers(),
            stores.office(),
            pins,
            blocking::blocked,
            http,
            wall,
            () -> around(now.get()),
            new EngineFacts(engine));
    var callers =
        new ScriptedCallers(
            voices.library(),
            environment,
            voices.sounds(),
            transferred -> dial(now.get().dialing(), transferred),
            queue -> now.get().music(queue));
    Settings settings = now.get();
    agi =
        new FastAgiFront(
            engine.admission(),
            InetAddress.getByName(settings.agi().address()),
            settings.agi().port(),
            recordings(settings.ivr()),
            callers,
            call -> engine.post(new Input.ScriptFroze(call)));
  }

  private static Optional<Placement> dial(Dialing how, Outcome.Transferred transferred) {
    return how.dial(transferred.number(), Dialing.Wish.SCRIPT)
            instanceof Dialing.Dialed.Allowed(var number, _)
        ? Optional.of(
            new Placement.Dial(
                number, how.through(number), transferred.ring(), how.limits().given()))
        : Optional.empty();
  }

  private static ScriptEnvironment.Around around(Settings settings) {
    return new ScriptEnvironment.Around(
        settings.zone(), settings.ivr().calendars(), settings.ivr().scriptOf());
  }

  /// What scripts tell and ask.
  private record EngineFacts(EngineFloor engine) implements ScriptFacts {
    @Override
    public void tell(Input.ScriptFact fact) {
      engine.post(fact);
    }

    @Override
    public Optional<String> ask(Input.ScriptRequest request, Duration within) {
      return engine.ask(request, within);
    }
  }

  /// The folder as the PBX sees it.
  private static String recordings(IvrSettings ivr) throws IOException {
    if (ivr.recordings().isEmpty()) return "/nowhere";
    IvrSettings.Sound recordings = ivr.recordings().get();
    TalkFloor.makeForPbx(recordings.folder());
    return recordings.reachedAt();
  }

  /// @return the port of FastAGI
  /// @throws IOException when FastAGI's address is taken
  int start() throws IOException {
    agi.start();
    return agi.port();
  }

  @Override
  public void close() {
    agi.close(SCRIPTS_END);
    http.close();
  }
}
