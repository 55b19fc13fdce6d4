package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.OutsideBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.PhoneBehavior;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;

/// The simulated PBX as a rig.
public final class SimulatedRig implements PbxRig {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final SimulatedPbx pbx;
  private volatile boolean closed;
  private final Path folder;
  private final Map<String, Manner> manners = new ConcurrentHashMap<>();

  /// By caller, their call.
  private final Map<String, String> listening = new ConcurrentHashMap<>();

  /// By call.
  private final Map<String, String> heard = new ConcurrentHashMap<>();

  public SimulatedRig() {
    try {
      pbx =
          SimulatedFloor.open(
              Duration.ofMillis(150),
              new PbxWatcher() {
                @Override
                public void bridged(String call, String device) {
                  inTalk(device);
                }

                @Override
                public void heardDigit(String call, String digit) {
                  heard.merge(call, digit, String::concat);
                }
              });
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    for (int i = 1; i <= 4; i++) phone(PbxRig.device(i), Manner.RINGS);
    pbx.phone(unreachablePhone(), PhoneBehavior.of(PhoneBehavior.Manner.UNREACHABLE));
    pbx.outside(outside(), OutsideBehavior.of(OutsideBehavior.Manner.NO_ANSWER));
    try {
      folder = Files.createTempDirectory("switchroom-recordings");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public SimulatedPbx pbx() {
    return pbx;
  }

  @Override
  public AmiSettings ami(int agiPort) {
    return new AmiSettings(
        "127.0.0.1", pbx.amiPort(), USER, SECRET, "127.0.0.1:" + agiPort, Duration.ofSeconds(3));
  }

  @Override
  public AmiSettings listening() {
    return ami();
  }

  @Override
  public void phone(String device, Manner manner) {
    manners.put(device, manner);
    Duration soon = Duration.ofMillis(60);
    pbx.phone(
        device,
        switch (manner) {
          case ANSWERS,
              ANSWERS_AND_SPEAKS,
              ANSWERS_AND_HANGS_UP,
              ANSWERS_AND_TRANSFERS,
              ANSWERS_AND_GIVES_AWAY ->
              PhoneBehavior.answersAfter(soon);
          case RINGS, ANSWERS_WHEN_TOLD, ANSWERS_BY_ITSELF_WHEN_TOLD ->
              PhoneBehavior.of(PhoneBehavior.Manner.RINGS);
          case DECLINES, MOVES -> new PhoneBehavior(PhoneBehavior.Manner.DECLINES, soon);
          case BUSY -> PhoneBehavior.of(PhoneBehavior.Manner.BUSY);
        });
  }

  @Override
  public void callsSomebody(String device) {
    pbx.phone(device, PhoneBehavior.of(PhoneBehavior.Manner.IN_USE));
  }

  @Override
  public void doNotDisturb(String device, boolean on) {
    pbx.doNotDisturb(device, on);
  }

  private void inTalk(String device) {
    var later = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);
    switch (manners.getOrDefault(device, Manner.RINGS)) {
      case ANSWERS_AND_HANGS_UP -> later.execute(() -> pbx.hangUpPhone(device));
      case ANSWERS_AND_TRANSFERS -> later.execute(() -> pbx.transferFromPhone(device, "900"));
      case ANSWERS_AND_GIVES_AWAY -> later.execute(() -> pbx.transferFromPhone(device, "1002"));
      case ANSWERS,
          ANSWERS_AND_SPEAKS,
          RINGS,
          ANSWERS_WHEN_TOLD,
          ANSWERS_BY_ITSELF_WHEN_TOLD,
          DECLINES,
          BUSY,
          MOVES -> {}
    }
  }

  @Override
  public void call(String from, char key, Duration hangsUpAfter) {
    String id =
        pbx.call(
            new CallerBehavior(
                from,
                "Caller",
                "8001",
                key == ' ' ? List.of() : List.of(key),
                Duration.ofMillis(100),
                LONG,
                LONG));
    CompletableFuture.delayedExecutor(hangsUpAfter.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> hangUp(id));
  }

  @Override
  public void call(String from, String dialed, Duration hangsUpAfter) {
    call(from, dialed, List.of(), CallerBehavior.WAITS, hangsUpAfter);
  }

  @Override
  public void callThatPressesWhileHeld(String from, char key, char heldKey, Duration hangsUpAfter) {
    call(from, List.of(key), heldKey, hangsUpAfter);
  }

  @Override
  public void callThatPressesAfterTheTalk(
      String from, char key, char second, Duration hangsUpAfter) {
    call(from, List.of(key, second), CallerBehavior.WAITS, hangsUpAfter);
  }

  @Override
  public boolean pressesInTalks() {
    return false;
  }

  @Override
  public void callThatSpeaks(String from, char key, Duration hangsUpAfter) {
    call(from, List.of(key), CallerBehavior.WAITS, hangsUpAfter);
  }

  private void call(String from, List<Character> keys, char heldKey, Duration hangsUpAfter) {
    call(from, "8001", keys, heldKey, hangsUpAfter);
  }

  @Override
  public void callAs(String name, String from, Duration hangsUpAfter) {
    call(name, from, "8001", List.of(), CallerBehavior.WAITS, hangsUpAfter);
  }

  @Override
  public void callThatListens(String from, Duration hangsUpAfter) {
    listening.put(
        from, call("Caller", from, "straight", List.of(), CallerBehavior.WAITS, hangsUpAfter));
  }

  @Override
  public String keysHeard(String from) {
    return heard.getOrDefault(listening.get(from), "");
  }

  private void call(
      String from, String dialed, List<Character> keys, char heldKey, Duration hangsUpAfter) {
    call("Caller", from, dialed, keys, heldKey, hangsUpAfter);
  }

  /// Returns their channel.
  private String call(
      String name,
      String from,
      String dialed,
      List<Character> keys,
      char heldKey,
      Duration hangsUpAfter) {
    String id =
        pbx.call(
            new CallerBehavior(
                from,
                name,
                dialed,
                keys,
                Duration.ofMillis(100),
                LONG,
                LONG,
                Duration.ofSeconds(2),
                heldKey,
                false));
    CompletableFuture.delayedExecutor(hangsUpAfter.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> hangUp(id));
    return id;
  }

  @Override
  public String recordings() {
    return folder.toString();
  }

  @Override
  public Path onThisMachine(String file) {
    return Path.of(file);
  }

  @Override
  public String outside() {
    return "PJSIP/silent@trunk";
  }

  @Override
  public void dropLinks() {
    pbx.dropLinks();
  }

  @Override
  public void stopAndStart() {
    pbx.restart();
  }

  @Override
  public void close() {
    closed = true;
    pbx.close();
  }

  /// Whoever is there still.
  private void hangUp(String id) {
    if (!closed) pbx.hangUpCaller(id);
  }
}
