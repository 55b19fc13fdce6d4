package org.switchroom.desktop.web;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.mockito.ArgumentMatchers;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.customer.CustomerStore;
import org.switchroom.cti.testkit.Mutator;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.RecordedScreens;
import org.switchroom.desktop.settings.User;

/// A browser that says anything at all on its WebSocket: every message is answered once, nothing is
/// thrown, and without a call no customer is read or written.
public final class DeskFuzz {
  private static final int AT_ONCE = 10_000;

  private DeskFuzz() {}

  /// @param folder for the ledger
  /// @return what went wrong; empty: nothing
  public static List<String> run(long seed, long inputs, Path folder) throws Exception {
    var faults = new ArrayList<String>();
    var mutator = new Mutator(seed, Mutator.corpus(Mutator.class, "/fuzz/desk.txt"));
    var answered = new AtomicLong();
    ServerWebSocket socket = mock(ServerWebSocket.class, withSettings().stubOnly());
    when(socket.writeTextMessage(ArgumentMatchers.anyString()))
        .thenAnswer(
            _ -> {
              answered.incrementAndGet();
              return Future.succeededFuture();
            });
    Vertx vertx = Vertx.vertx();
    var touched = new AtomicLong();
    var nobody = new NoCustomers(touched::incrementAndGet);
    try (var engine = new TestEngine(folder, 1, new RecordedScreens(), nobody)) {
      var commands =
          new DeskCommands(engine.loop(), new FoundCustomers(vertx, mock(CustomerStore.class)));
      var both = EnumSet.of(User.Role.AGENT, User.Role.SUPERVISOR);
      var user = new User("a1", "A1", "", both, Optional.of("PJSIP/1001"), new Skills(Map.of()));
      var session = Optional.of("a1/fuzzed-desk");
      var clock = InstantSource.system();
      var desk =
          new DeskSocket(
              vertx,
              socket,
              new Sessions.Session("", user, Instant.MAX),
              session,
              new Topics(),
              clock);
      for (long i = 0; i < inputs && faults.size() < 5; i++) {
        String text = mutator.nextText();
        try {
          commands.take(desk, text);
        } catch (RuntimeException e) {
          faults.add("Seed %d, input %d: %s in %s".formatted(seed, i, e, text));
        }
        if (i % AT_ONCE == AT_ONCE - 1) await(answered, i + 1);
      }
      if (faults.isEmpty() && !await(answered, inputs)) {
        faults.add("Seed %d: %d inputs, %d answers.".formatted(seed, inputs, answered.get()));
      }
      if (touched.get() > 0) {
        faults.add("Seed %d: customers were touched %d times.".formatted(seed, touched.get()));
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
    return faults;
  }

  /// Answers come on other threads.
  private static boolean await(AtomicLong answered, long expected) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (answered.get() < expected && System.nanoTime() < deadline) Thread.onSpinWait();
    return answered.get() == expected;
  }
}
