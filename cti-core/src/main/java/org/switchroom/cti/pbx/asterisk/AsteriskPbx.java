package org.switchroom.cti.pbx.asterisk;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxId;

/// Asterisk over AMI.
public final class AsteriskPbx implements Pbx {
  private final PbxId id;
  private final AmiSettings settings;
  private final InstantSource clock;
  private final Function<AmiLink.Listener, AmiLink> links;
  private final Ownership ownership;
  private final AgiAdmission admission;

  /// Empty until the start.
  private volatile Optional<StartedAsterisk> started = Optional.empty();

  /// The only one.
  ///
  /// @param us serves it, unless another does who lives: then the link stays down
  public AsteriskPbx(AmiSettings settings, PbxOwner us, InstantSource clock) {
    this(PbxId.MAIN, settings, us, clock);
  }

  public AsteriskPbx(PbxId id, AmiSettings settings, PbxOwner us, InstantSource clock) {
    this(id, settings, new Ownership(us, settings), clock);
  }

  private AsteriskPbx(PbxId id, AmiSettings settings, Ownership ownership, InstantSource clock) {
    this(
        id,
        settings,
        ownership,
        clock,
        new AgiAdmission(settings),
        listener -> new DefaultAmiLink(settings, ownership, listener));
  }

  AsteriskPbx(
      PbxId id,
      AmiSettings settings,
      Ownership ownership,
      InstantSource clock,
      AgiAdmission admission,
      Function<AmiLink.Listener, AmiLink> links) {
    this.id = id;
    this.settings = settings;
    this.ownership = ownership;
    this.clock = clock;
    this.links = links;
    this.admission = admission;
  }

  /// Who may bring its callers to scripts.
  public AgiAdmission admission() {
    return admission;
  }

  @Override
  public void start(Set<String> phones, Consumer<PbxEvent> facts) {
    start(settings, phones, facts);
  }

  /// The same.
  ///
  /// @param agiPort where FastAGI takes callers, if the settings leave it open
  public void start(Set<String> phones, Consumer<PbxEvent> facts, int agiPort) {
    start(settings.withAgiAt(agiPort), phones, facts);
  }

  private void start(AmiSettings settings, Set<String> phones, Consumer<PbxEvent> facts) {
    var now = new StartedAsterisk(id, settings, ownership, admission, clock, links, phones, facts);
    started = Optional.of(now);
    now.start();
  }

  /// Whether a server that starts may serve this Asterisk. It waits until another's heartbeat goes
  /// on, or is as old as our patience: it may have died just now.
  ///
  /// @return why not, and what to do; empty: it may, or Asterisk is not reachable now
  public static Optional<String> refusal(AmiSettings settings, PbxOwner us)
      throws InterruptedException {
    return new Ownership(us, settings).refusal();
  }

  @Override
  public void watch(Set<String> phones) {
    started().watch(phones);
  }

  @Override
  public void send(PbxCommand command) {
    started().send(command);
  }

  private StartedAsterisk started() {
    return started.orElseThrow(
        () ->
            new IllegalStateException(
                "Asterisk %s is not started. Maybe it is asked for something before the center has begun."
                    .formatted(id)));
  }

  @Override
  public void close() {
    started.ifPresent(StartedAsterisk::close);
  }
}
